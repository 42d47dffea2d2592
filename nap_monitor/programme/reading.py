"""Reading a tree by the description of the format: entries of exact values, and every problem of form on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from nap_monitor.programme import kinds
from nap_monitor.programme.problems import PlanProblem, problem, suggestion
from nap_monitor.programme.quarters import Quarter
from nap_monitor.programme.tree import Listing, Mapping, Node, Place, Value, Written, is_nothing, repeated

_NUMBER = re.compile(r"[-+]?\d[\d_]{0,17}(\.\d{1,15})?")
_WHOLE = re.compile(r"[-+]?\d{1,9}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Entry:
    """What was read of a mapping: the fields that are right, and where each stands (also those that are wrong)."""

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


def read(kind: kinds.Kind, node: Node, at: At, reading: Reading) -> Any:
    """The value of a node, None where it is not what the kind wants (and the problem is noted)."""
    match kind:
        case kinds.Record():
            return read_record(kind, node, at, reading)
        case kinds.Many():
            return _many(kind, node, at, reading)
        case kinds.By():
            return _by(kind, node, at, reading)
        case kinds.Either():
            return read(kind.value if isinstance(node, Value) else kind.parts, node, at, reading)
        case kinds.Words():
            return _words(node, at, reading)
        case kinds.Unused():
            return None
    if not isinstance(node, Value):
        reading.add("not_a_value", node.place, at)
        return None
    if node.written is Written.STRANGE:
        reading.add("error_cell", node.place, at, text=node.text)
        return None
    return _SINGLE[type(kind)](kind, node, at, reading)


def read_record(kind: kinds.Record, node: Node, at: At, reading: Reading, number: int = 0) -> Entry | None:
    """The entry of a mapping. `number`: which one of a list, to call it by while it has no code."""
    if not isinstance(node, Mapping):
        reading.add("not_fields", node.place, at)
        return None
    if kind.title:
        at = At(f"{kind.title} {_called(kind, node) or number or ''}".strip())
    for first, again in repeated(node):
        reading.add("duplicate_key", again.place, at.below(again.text), key=again.text, line=str(first.place.line))
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for item in node.items:
        name = item.key.text
        described = kind.field(name)
        if described is None:
            known = suggestion(name, (f.name for f in kind.fields))
            reading.add("unknown_field", item.key.place, at.below(name), key=name, suggestion=known)
        elif name not in places:
            places[name] = item.node.place
            values |= _given(described, item.node, at.below(name), reading)
    for described in kind.fields:
        if described.required and is_nothing(node.get(described.name)):
            place = places.get(described.name, node.place)
            reading.add("missing_field", place, at.below(described.name))
    return Entry(at.entry, node.place, values, places)


def _called(kind: kinds.Record, node: Mapping) -> str:
    """What an entry is called in messages: its code, else its name."""
    for name in (kind.identity, "name"):
        found = node.get(name)
        if isinstance(found, Mapping):
            found = next((i.node for i in found.items), None)
        if isinstance(found, Value) and not is_nothing(found):
            return found.text.strip()
    return ""


def _given(described: kinds.Field, node: Node, at: At, reading: Reading) -> dict[str, Any]:
    if is_nothing(node):
        return {}
    value = read(described.kind, node, at, reading)
    return {} if value is None else {described.name: value}


def _many(kind: kinds.Many, node: Node, at: At, reading: Reading) -> list[Any] | None:
    if not isinstance(node, Listing):
        reading.add("not_a_list", node.place, at)
        return None
    read_items: list[Any] = []
    for number, child in enumerate(node.items, start=1):
        if isinstance(kind.of, kinds.Record):
            inner = at if kind.of.title else At(at.entry, f"{at.field}[{number}]")
            value = read_record(kind.of, child, inner, reading, number)
        elif is_nothing(child):
            reading.add("missing_field", child.place, at)
            continue
        else:
            value = read(kind.of, child, at, reading)
        if value is not None and not isinstance(value, Entry | list) and value in read_items:
            reading.add("repeated_value", child.place, at, text=str(value))
        elif value is not None:
            read_items.append(value)
    return read_items


def _by(kind: kinds.By, node: Node, at: At, reading: Reading) -> Entry | None:
    """A mapping by keys that are themselves values: an entry whose fields are the keys as they are written."""
    if not isinstance(node, Mapping):
        reading.add("not_fields", node.place, at)
        return None
    for first, again in repeated(node):
        reading.add("duplicate_key", again.place, at.below(again.text), key=again.text, line=str(first.place.line))
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for item in node.items:
        key, inner = item.key.text, at.below(item.key.text)
        if key in places or read(kind.key, item.key, inner, reading) is None:
            continue
        places[key] = item.node.place
        if not is_nothing(item.node):
            values[key] = read(kind.value, item.node, inner, reading)
        elif kind.nullable:
            values[key] = None
        else:
            reading.add("missing_field", item.node.place, inner)
    return Entry(at.entry, node.place, values, places)


def _words(node: Node, at: At, reading: Reading) -> dict[str, str] | None:
    if isinstance(node, Value):
        if reading.plain_language is None:
            reading.add("no_language", node.place, at)
            return None
        said = _line(kinds.Line(), node, at, reading)
        text = {reading.plain_language: said} if said else {}
    elif isinstance(node, Mapping):
        text = _by_language(node, at, reading)
    else:
        reading.add("not_a_value", node.place, at)
        return None
    if text:
        reading.texts.append(Said(at, node.place, tuple(text)))
    return text or None


def _by_language(node: Mapping, at: At, reading: Reading) -> dict[str, str]:
    for first, again in repeated(node):
        reading.add("duplicate_key", again.place, at.below(again.text), key=again.text, line=str(first.place.line))
    text: dict[str, str] = {}
    for item in node.items:
        code, inner = item.key.text, at.below(item.key.text)
        if code not in reading.languages:
            known = suggestion(code, reading.languages)
            reading.add("unknown_language", item.key.place, inner, key=code, suggestion=known)
        elif not is_nothing(item.node) and code not in text:
            said = read(kinds.Line(), item.node, inner, reading)
            if said:
                text[code] = said
    if not text and all(is_nothing(i.node) for i in node.items):
        reading.add("missing_field", node.place, at)
    return text


def _line(kind: kinds.Line, node: Value, at: At, reading: Reading) -> str | None:
    # A name that YAML takes for a number or a date ("2030") lost nothing: its text is kept as written.
    if node.written is Written.FLAG:
        reading.add("not_text", node.place, at, text=node.text)
        return None
    return node.text.strip()


def _code(kind: kinds.Code, node: Value, at: At, reading: Reading) -> str | None:
    if node.written in (Written.NUMBER, Written.DATE, Written.FLAG):
        reading.add("code_is_number" if node.written is Written.NUMBER else "not_text", node.place, at, text=node.text)
        return None
    if not re.fullmatch(kind.pattern, node.text) or len(node.text) > kind.longest:
        rule = kind.rule or f"1–{kind.longest}"
        reading.add("bad_code", node.place, at, text=node.text, rule=rule)
        return None
    return node.text


def _reference(kind: kinds.Reference, node: Value, at: At, reading: Reading) -> str | None:
    code = _code(kinds.Code(), node, at, reading)
    if code is not None:
        reading.mentions.append(Mention(at, node.place, kind.to, code))
    return code


def _choice(kind: kinds.Choice, node: Value, at: At, reading: Reading) -> str | None:
    if node.text in kind.words:
        return str(node.text)
    known = suggestion(node.text, kind.words)
    reading.add("not_a_choice", node.place, at, text=node.text, choices=", ".join(kind.words), suggestion=known)
    return None


def exact(text: str) -> Decimal:
    """A decimal in its one form, so that 2.0 and 2 are the same in a stored document."""
    value = Decimal(text.replace("_", "")).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral() else value


def _number(kind: kinds.Number, node: Value, at: At, reading: Reading) -> Decimal | None:
    if node.written is not Written.NUMBER or not _NUMBER.fullmatch(node.text):
        reading.add("not_a_number", node.place, at, text=node.text)
        return None
    value = exact(node.text)
    if kind.low is not None and value < kind.low:
        reading.add("out_of_range", node.place, at, text=node.text, low=str(kind.low), high="∞")
        return None
    return value


def _whole(kind: kinds.Whole, node: Value, at: At, reading: Reading) -> int | None:
    if node.written is not Written.NUMBER or not _WHOLE.fullmatch(node.text):
        reading.add("not_whole", node.place, at, text=node.text)
        return None
    value = int(node.text)
    if not kind.low <= value <= kind.high:
        reading.add("out_of_range", node.place, at, text=node.text, low=str(kind.low), high=str(kind.high))
        return None
    return value


def _flag(kind: kinds.Flag, node: Value, at: At, reading: Reading) -> bool | None:
    if node.written is not Written.FLAG:
        reading.add("not_a_flag", node.place, at, text=node.text)
        return None
    return node.text.lower() == "true"


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def quarter_of(text: str) -> Quarter | None:
    try:
        return Quarter.parse(text)
    except ValueError:
        return None


def period_of(text: str) -> Quarter | None:
    """A quarter, or the last quarter of a year, at which a year's target stands."""
    return Quarter(int(text), 4) if re.fullmatch(r"[12]\d{3}", text) else quarter_of(text)


def due_of(text: str) -> Quarter | date | None:
    return day_of(text) or quarter_of(text)


def _by_text(parse: Callable[[str], Any], kind_of_problem: str) -> Callable[..., Any]:
    def reader(kind: kinds.Kind, node: Value, at: At, reading: Reading) -> Any:
        value = parse(node.text.strip())
        if value is None:
            reading.add(kind_of_problem, node.place, at, text=node.text)
        return value

    return reader


_SINGLE: dict[type, Callable[..., Any]] = {
    kinds.Line: _line,
    kinds.Code: _code,
    kinds.Reference: _reference,
    kinds.Choice: _choice,
    kinds.Number: _number,
    kinds.Whole: _whole,
    kinds.Flag: _flag,
    kinds.Day: _by_text(day_of, "not_a_date"),
    kinds.QuarterCode: _by_text(quarter_of, "not_a_quarter"),
    kinds.Period: _by_text(period_of, "not_a_period"),
    kinds.Due: _by_text(due_of, "not_a_due"),
}
