"""Codes of indicators and actions: compared as text, because spreadsheets turn 0001 into 1 and 3-4 into a date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import normalise
from nap_monitor.sheets.judging import Answer, refuse, text_of
from nap_monitor.sheets.problems import fault

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SHOWN = 5
_LONGEST = 80
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
_RUNS = re.compile(r"[0-9]+|[^\W\d_]+|\s+")


class CodeList:
    """The codes of one kind that the plan has, and how cells name them."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = frozenset(codes)
        self._by_text = _grouped((comparable(c), c) for c in self._codes)
        self._by_number = _grouped((n, c) for c in self._codes if (n := _as_number(c)) is not None)
        self._by_parts = _grouped((_parts(c), c) for c in self._codes)
        self._shapes = frozenset(_shape(c) for c in self._codes)

    def find(self, cell: Cell) -> Answer[str]:
        """The code in a cell that is neither blank nor an error.

        Text must be the code, but for case, accents, spaces and kinds of dash. A number is taken only if exactly one
        code has its value (1 for `0001`), with a notice; a date is what a spreadsheet made of some code, nobody knows
        which.
        """
        if cell.kind is CellKind.DATE:
            return refuse("code_became_date")
        if cell.kind is CellKind.BOOLEAN:
            return refuse("unreadable_code")
        if isinstance(cell.value, Decimal):
            return self._of_number(cell.value)
        text = text_of(cell)
        if text in self._codes:
            return Answer(text)
        same = self._by_text.get(comparable(text), ())
        if len(same) == 1:
            return Answer(same[0])
        meant = same or self._by_parts.get(_parts(text), ())
        details = {"suggestion": ", ".join(meant[:_SHOWN])} if meant and len(text) <= _LONGEST else {}
        return refuse("unknown_code", **details)

    def looks_like_code(self, cell: Cell) -> bool:
        """Whether a cell is built as the plan's codes are (`IND-9.99` beside `IND-1.05`), known or not."""
        text = text_of(cell)
        return self.find(cell).value is not None or (len(text) <= _LONGEST and _shape(text) in self._shapes)

    def _of_number(self, number: Decimal) -> Answer[str]:
        same = self._by_number.get(number, ()) if number.is_finite() else ()
        if len(same) == 1:
            return Answer(same[0], (fault("code_from_number", read=same[0]),))
        if same:
            return refuse("ambiguous_code", codes=", ".join(same[:_SHOWN]))
        return refuse("unknown_code")


def _grouped(pairs: Iterable[tuple[object, str]]) -> dict[object, tuple[str, ...]]:
    groups: dict[object, list[str]] = defaultdict(list)
    for key, code in pairs:
        groups[key].append(code)
    return {key: tuple(sorted(codes)) for key, codes in groups.items()}


def comparable(text: str) -> str:
    """A code or a category as it is compared."""
    return normalise(text).translate(_DASHES)


def _as_number(code: str) -> Decimal | None:
    try:
        number = Decimal(code)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _parts(text: str) -> tuple[str, ...]:
    """Letters and numbers alone, without leading zeros: what IND 1.5, IND-1-05 and IND-1.05 have in common."""
    return tuple(part.lstrip("0") or "0" if part.isdigit() else part for part in _PARTS.findall(comparable(text)))


def _shape(text: str) -> str:
    """The build of a code: IND-1.05 and ind-12.3 are both `a-9.9`."""
    return _RUNS.sub(lambda run: "9" if run[0].isdigit() else " " if run[0].isspace() else "a", comparable(text))
