"""Reading single values: exact numbers, codes that stayed text, dates and quarters in their one form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from nap_monitor.programme import kinds
from nap_monitor.programme.entries import At, Mention, Reading
from nap_monitor.programme.problems import suggestion
from nap_monitor.programme.quarters import Quarter
from nap_monitor.programme.tree import Node, Value, Written

_NUMBER = re.compile(r"[-+]?\d[\d_]{0,20}(\.\d{1,20})?")
_MOST_DIGITS = 15  # as many as a spreadsheet keeps; no indicator has more
_WHOLE = re.compile(r"[-+]?\d{1,9}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_value(kind: kinds.Kind, node: Node, at: At, reading: Reading) -> Any:
    """The value of a node that must be a single one; None where it is not (and the problem is noted)."""
    if not isinstance(node, Value):
        reading.add("not_a_value", node.place, at)
        return None
    if node.written is Written.STRANGE:
        reading.add("error_cell", node.place, at, text=node.text)
        return None
    return _SINGLE[type(kind)](kind, node, at, reading)


def _line(_: kinds.Line, node: Value, at: At, reading: Reading) -> str | None:
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
        reading.add(kind.problem, node.place, at, text=node.text, longest=str(kind.longest))
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
    if len(value.as_tuple().digits) > _MOST_DIGITS:
        reading.add("too_many_digits", node.place, at, text=node.text)
        return None
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


def _flag(_: kinds.Flag, node: Value, at: At, reading: Reading) -> bool | None:
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
    def reader(_: kinds.Kind, node: Value, at: At, reading: Reading) -> Any:
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
