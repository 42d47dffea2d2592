"""One cell of the plan's workbook, both ways: what is written for a value, and what a cell says."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from nap_monitor.language import Language
from nap_monitor.programme import kinds
from nap_monitor.programme.checks.references import folded
from nap_monitor.programme.tree import Item, Listing, Mapping, Node, Place, Value, Written
from nap_monitor.programme.workbook.labels import WORDS, label
from nap_monitor.programme.workbook.layout import SEPARATOR

_QUARTER = re.compile(r"(\d{4})-?\s?[QT]([1-4])", re.IGNORECASE)
_RESPONSIBLE = re.compile(r"(.+?)(?:\s+\(?(\d{4}-[QT][1-4])\)?)?", re.IGNORECASE)
_CROSS = re.compile(r"[+×]")
_DASHES = ("-", "–", "—")
_SPLIT = re.compile(r"[;\n]")

Cell = str | int | float | date


def written(kind: kinds.Kind, value: Any, reader: Language) -> Cell:
    """What is written for a value of `plain`."""
    if isinstance(value, bool):
        return label(WORDS, str(value).lower(), reader)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    if isinstance(value, list):
        return SEPARATOR.join(_part(part) for part in value)
    if isinstance(kind, kinds.Choice):
        return label(WORDS, value, reader)
    return value if isinstance(value, int | date) else str(value)


def _part(part: Any) -> str:
    if isinstance(part, list):
        return "+".join(part)
    if isinstance(part, dict):  # responsible from a quarter on
        return " ".join(str(value) for value in part.values())
    return str(part)


def node(kind: kinds.Kind, cell: Any, place: Place, words: dict[str, str], *, commas: bool = True) -> Node:
    """What a cell says, in the form that `reading` reads. `words`: recognised words; `commas`: they too part a list."""
    if isinstance(kind, kinds.Many) and isinstance(cell, str):
        return _listing(kind.of, cell, place, commas=commas)
    value = _value(kind, cell, place, words)
    return Listing((value,), place) if isinstance(kind, kinds.Many) else value


def _value(kind: kinds.Kind, cell: Any, place: Place, words: dict[str, str]) -> Value:
    if isinstance(cell, bool):
        return Value(str(cell).lower(), Written.FLAG, place)
    if isinstance(cell, int | float):
        return Value(format(Decimal(repr(cell)), "f"), Written.NUMBER, place)
    if isinstance(cell, datetime | date):
        return Value(cell.isoformat()[:10], Written.DATE, place)
    text = str(cell).strip()
    word = words.get(folded(text), "")
    if isinstance(kind, kinds.Flag) and word in ("true", "false"):
        return Value(word, Written.FLAG, place)
    if isinstance(kind, kinds.Number) and (word == "no_target" or text in _DASHES):
        return Value("", Written.NOTHING, place)
    if isinstance(kind, kinds.Choice) and word:
        text = word
    elif isinstance(kind, kinds.QuarterCode | kinds.Due):
        text = quarter_text(text)
    return Value(text, Written.TEXT, place)


def quarter_text(text: str) -> str:
    """2018-T2 and 2018 Q2 as the format writes them, 2018-Q2; any other text as it is."""
    found = _QUARTER.fullmatch(text)
    return f"{found[1]}-Q{found[2]}" if found else text


def _listing(of: kinds.Kind, cell: str, place: Place, *, commas: bool) -> Listing:
    parts = [part.strip() for part in _SPLIT.split(cell.replace(",", ";") if commas else cell)]
    return Listing(tuple(_item(of, part, place) for part in parts if part), place)


def _item(of: kinds.Kind, part: str, place: Place) -> Node:
    if isinstance(of, kinds.Many):
        crossed = (p.strip() for p in _CROSS.split(part))
        return Listing(tuple(Value(p, Written.TEXT, place) for p in crossed if p), place)
    if isinstance(of, kinds.Record):
        found = _RESPONSIBLE.fullmatch(part)
        assert found is not None  # any text without a line break is one
        return mapping({"agency": found[1], "from": quarter_text(found[2] or "")}, place)
    is_number = isinstance(of, kinds.Whole) and part.isdecimal()
    return Value(part, Written.NUMBER if is_number else Written.TEXT, place)


def mapping(texts: dict[str, str], place: Place) -> Mapping:
    """A mapping of the texts that are given."""
    return Mapping(
        tuple(
            Item(Value(key, Written.TEXT, place), Value(text, Written.TEXT, place))
            for key, text in texts.items()
            if text
        ),
        place,
    )
