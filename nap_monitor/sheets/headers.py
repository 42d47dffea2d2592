"""Which tab is which, and which column of it is which: by normalised text, in either language, in any order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from nap_monitor.sheets.cells import Cell, CellKind, Tab, Workbook, column_letter
from nap_monitor.sheets.contract import (
    HEADER_SEARCH_ROWS,
    REQUIRED,
    Place,
    Problem,
    Role,
    is_template_tab,
    labels,
    normalise,
)
from nap_monitor.sheets.judging import is_blank, text_of
from nap_monitor.sheets.problems import problem

_AROUND = " *:¿?"
"""What may stand around a header without changing it: the mark of a required column, a colon, question marks."""


@dataclass(frozen=True, slots=True)
class Tabs:
    """The tabs to read by role, and what is wrong with the others."""

    by_role: Mapping[Role, Tab]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a tab: its 0-based number and the 0-based column of each field found."""

    row: int
    columns: Mapping[str, int]
    named: frozenset[int] = frozenset()  # columns with a header, known or not


@dataclass(frozen=True, slots=True)
class HeaderSearch:
    """The header of a tab, or None where the tab cannot be read; and what is to be said of it."""

    header: Header | None
    problems: tuple[Problem, ...] = field(default=())


def tabs(workbook: Workbook, *, needs_indicators: bool) -> Tabs:
    """Each tab by its title; hidden tabs are read too: hiding is no deletion.

    Two tabs of one role: neither is read. Unknown tabs that hold something get a notice; those of the template and
    our own give none. Without the tab of indicators the others are still read.
    """
    of_role: dict[Role, list[Tab]] = {}
    problems: list[Problem] = []
    for tab in workbook.tabs:
        role = role_of(tab.title)
        if role is not None:
            of_role.setdefault(role, []).append(tab)
        elif not is_template_tab(tab.title) and _holds_something(tab):
            problems.append(problem("unknown_tab", Place(workbook.name, tab.title), title=tab.title))
    of_role.pop(Role.VALIDATION, None)  # ours, rewritten whole
    for role, several in of_role.items():
        if len(several) > 1:
            titles = ", ".join(f"“{tab.title}”" for tab in several)
            place = Place(workbook.name, several[0].title)
            problems.append(problem("two_tabs", place, role=role.value, titles=titles))
    if needs_indicators and Role.INDICATOR not in of_role:
        problems.append(problem("missing_tab", Place(workbook.name, ""), role=Role.INDICATOR.value))
    return Tabs({role: found[0] for role, found in of_role.items() if len(found) == 1}, tuple(problems))


def role_of(title: str) -> Role | None:
    """The role of a tab with this title, in either language; None for any other."""
    return _titles().get(normalise(title))


def find_header(tab: Tab, role: Role, file: str, helper_columns: frozenset[str]) -> HeaderSearch:
    """The header row among the first 20 rows: the one with most known headers, the first of equals.

    Two columns for one field, or a required column that is missing, stop the tab: nothing is picked, nothing is
    guessed. Unknown columns are left out with a notice, except those in `helper_columns` (normalised headers).
    """
    row, found = _best_row(tab, role)
    if row is None:
        return HeaderSearch(None, (problem("no_header", Place(file, tab.title)),))
    fields: dict[str, list[int]] = {}
    problems: list[Problem] = []
    for column, text in found.items():
        name = field_of(role, text)
        if name is not None:
            fields.setdefault(name, []).append(column)
        elif header_text(text) not in helper_columns and normalise(text) not in helper_columns:
            place = Place(file, tab.title, row + 1, column_letter(column))
            problems.append(problem("unknown_column", place, value=text))
    stopping = [*_doubled(fields, role, Place(file, tab.title, row + 1)), *_missing(fields, role, tab, file, row)]
    if stopping:
        return HeaderSearch(None, (*stopping, *problems))
    columns = {name: places[0] for name, places in fields.items()}
    return HeaderSearch(Header(row, columns, frozenset(found)), tuple(problems))


def field_of(role: Role, text: str) -> str | None:
    """The field that a header names in a tab of a role; None for any other text."""
    return _fields(role).get(header_text(text))


def header_text(text: str) -> str:
    """A header as it is compared: normalised, without what may stand around it."""
    return normalise(text).strip(_AROUND)


def _best_row(tab: Tab, role: Role) -> tuple[int | None, dict[int, str]]:
    best: tuple[int | None, dict[int, str]] = (None, {})
    most = 0
    for row, cells in tab.rows():
        if row >= HEADER_SEARCH_ROWS:
            break
        texts = dict(_texts(cells))
        known = len({name for text in texts.values() if (name := field_of(role, text))})
        if known > most:
            best, most = (row, texts), known
    return best


def _texts(cells: tuple[Cell, ...]) -> Iterator[tuple[int, str]]:
    for column, cell in enumerate(cells):
        if cell.kind is CellKind.TEXT and not is_blank(cell):
            yield column, text_of(cell)


def _doubled(fields: Mapping[str, list[int]], role: Role, place: Place) -> Iterator[Problem]:
    for name, columns in fields.items():
        if len(columns) > 1:
            letters = ", ".join(column_letter(c) for c in columns)
            second = Place(place.file, place.tab, place.row, column_letter(columns[1]))
            yield problem("two_columns", second, field=name, in_role=role.value, columns=letters)


def _missing(fields: Mapping[str, list[int]], role: Role, tab: Tab, file: str, row: int) -> Iterator[Problem]:
    place = Place(file, tab.title, row + 1)
    for name in REQUIRED[role]:
        if name not in fields:
            yield problem("missing_column", place, field=name, in_role=role.value)
    if role is Role.INDICATOR and "value" not in fields and not {"numerator", "denominator"} <= fields.keys():
        yield problem("missing_figure_column", place, field="value", in_role=role.value)


def _holds_something(tab: Tab) -> bool:
    return any(not is_blank(cell) for _, cells in tab.rows() for cell in cells)


@cache
def _titles() -> dict[str, Role]:
    return {normalise(title): Role(name) for name, titles in labels()["tabs"].items() for title in titles.values()}


@cache
def _fields(role: Role) -> dict[str, str]:
    return {header_text(text): name for name, texts in labels()[role.value].items() for text in texts.values()}
