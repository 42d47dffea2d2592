"""What reading a plan's file gives: entries with the place of each field, and what is to be checked afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nap_monitor.programme.problems import PlanProblem, problem
from nap_monitor.programme.tree import Place


@dataclass(frozen=True)
class Entry:
    """What was read of a mapping: the values that are right, and the places of all fields that are given."""

    name: str  # "indicator IND-1.05": as messages call it
    place: Place
    values: dict[str, Any]
    places: dict[str, Place]

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def at(self, name: str) -> Place:
        """Where a field stands, else where its entry begins."""
        return self.places.get(name, self.place)

    def entries(self, name: str) -> list[Entry]:
        """The entries of a list; the ones that could be read."""
        found = self.values.get(name)
        return [e for e in found if isinstance(e, Entry)] if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class At:
    """Which field of which entry is being read."""

    entry: str
    field: str = ""

    def below(self, name: str) -> At:
        return At(self.entry, f"{self.field}.{name}" if self.field else name)


@dataclass(frozen=True, slots=True)
class Mention:
    """A code that refers to another entry, or a text: to be checked when all of the file is read."""

    at: At
    place: Place
    what: str  # what kind of entry a code refers to
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the languages that it is given in."""

    at: At
    place: Place
    languages: tuple[str, ...]


@dataclass
class Reading:
    """What one reading gathers."""

    languages: tuple[str, ...]  # those that a text may be in
    plain_language: str | None = None  # that of a text without language, where the plan has a single one
    problems: list[PlanProblem] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    texts: list[Said] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)  # kinds of entry whose file could not be read

    def add(self, kind: str, place: Place, at: At, **details: str) -> None:
        self.problems.append(problem(kind, place, at.entry, at.field, **details))
