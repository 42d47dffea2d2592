"""What can stand in a field: the words in which `format.py` describes a plan's file.

A kind is data. `reading.py` reads by it, `schema.py` writes the JSON Schema from it, `workbook` lays out columns by it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unused:
    """Accepted, and not read: notes of the file's authors, lists for other programs."""


@dataclass(frozen=True, slots=True)
class Line:
    """Free text in one language, shown as it is."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text by language: `es: …`, `en: …`; a plain text where the plan declares a single language."""


@dataclass(frozen=True, slots=True)
class Code:
    """A short text that other entries, spreadsheets and addresses refer to."""

    pattern: str = r"\S(?:[^\r\n\t]*\S)?"
    problem: str = "bad_code"  # what is said of a text that does not fit
    longest: int = 80


@dataclass(frozen=True, slots=True)
class Reference:
    """The code of another entry: agency, objective, strategy, action, indicator or dimension."""

    to: str


@dataclass(frozen=True, slots=True)
class Choice:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """An exact decimal."""

    low: int | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two limits, both possible."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Day:
    """2018-06-30."""


@dataclass(frozen=True, slots=True)
class QuarterCode:
    """2018-Q2."""


@dataclass(frozen=True, slots=True)
class Period:
    """2018 (which stands for its last quarter) or 2018-Q2."""


@dataclass(frozen=True, slots=True)
class Due:
    """2018-Q2, or the very day."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list."""

    of: Kind


@dataclass(frozen=True, slots=True)
class By:
    """A mapping from keys to values: targets by period. With `nullable`, null is a value of its own."""

    key: Kind
    value: Kind
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """A single value, or something with parts: told apart by their form."""

    value: Kind
    parts: Kind


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: Kind
    help: str  # one sentence, for editors and for the workbook's instructions
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """Several fields. With a `title` it is an entry of its own in messages, called by its `identity` field."""

    fields: tuple[Field, ...]
    title: str = ""
    identity: str = ""

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)


Kind = (
    Unused | Line | Words | Code | Reference | Choice | Number | Whole | Flag | Day | QuarterCode | Period | Due
    | Many | By | Either | Record
)  # fmt: skip
