"""The tab of lists: the codes, periods and categories that the drop-downs offer, with their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from nap_monitor.language import Language, mark
from nap_monitor.programme.model import pick
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.contract import TEMPLATE_TABS, normalise
from nap_monitor.sheets.excel import HEADER, LINE, Book, height, set_up_page, write_text
from nap_monitor.sheets.template.assignment import Assignment, period_text

_FIRST_ROW = 1
_STATE = "state"


@dataclass(frozen=True, slots=True)
class Block:
    """One list: its columns, its rows, and the drop-downs that take a stretch of its first column (first row, rows)."""

    column: int
    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[tuple[str, ...]]
    stretches: dict[str, tuple[int, int]]


def template_tab(name: str, language: Language) -> str:
    """The title of a tab that the template adds: `instructions`, `lists`."""
    titles = TEMPLATE_TABS[name]
    return titles.get(language.code) or titles["es"]


def blocks(assignment: Assignment) -> tuple[Block, ...]:
    """The lists of a workbook, side by side with a free column between; a list without rows is left out."""
    placed: list[Block] = []
    column = 0
    for headers, widths, rows, stretches in (
        _indicators(assignment),
        _actions(assignment),
        _periods(assignment),
        _categories(assignment),
    ):
        if rows:
            placed.append(Block(column, headers, widths, rows, stretches))
            column += len(headers) + 1
    return tuple(placed)


def drop_downs(lists: Sequence[Block], language: Language) -> dict[str, str]:
    """Name of a drop-down -> the formula of its cells."""
    title = template_tab("lists", language)
    return {
        name: f"='{title}'!{xl_range_abs(first, block.column, first + size - 1, block.column)}"
        for block in lists
        for name, (start, size) in block.stretches.items()
        if (first := _FIRST_ROW + start) and size
    }


def write_lists(book: Book, assignment: Assignment, lists: Sequence[Block]) -> None:
    sheet = book.workbook.add_worksheet(template_tab("lists", book.language))
    for block in lists:
        for column, (header, width) in enumerate(zip(block.headers, block.widths, strict=True), block.column):
            sheet.set_column(column, column, width)
            write_text(sheet, 0, column, header, book, bold=True, font_color="white", bg_color=HEADER)
        for number, row in enumerate(block.rows, _FIRST_ROW):
            for column, value in enumerate(row, block.column):
                write_text(sheet, number, column, value, book, text_wrap=True, bottom=1, bottom_color=LINE)
        sheet.set_column(block.column + len(block.headers), block.column + len(block.headers), 3)
    _set_heights(sheet, lists)
    sheet.freeze_panes(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1000"})
    set_up_page(sheet, book, locale=assignment.programme.number_locale, note=assignment.footer, heading_rows=1)


def _set_heights(sheet: Worksheet, lists: Sequence[Block]) -> None:
    for number in range(max(len(block.rows) for block in lists)):
        rows = [(block.rows[number], block.widths) for block in lists if number < len(block.rows)]
        sheet.set_row(_FIRST_ROW + number, height([pair for texts, w in rows for pair in zip(texts, w, strict=True)]))


_Content = tuple[tuple[str, ...], tuple[int, ...], Sequence[tuple[str, ...]], dict[str, tuple[int, int]]]


def _indicators(assignment: Assignment) -> _Content:
    say, code = assignment.language.say, assignment.language.code
    names = {d.code: pick(d.name, code) for d in assignment.programme.dimensions}
    rows = [
        (i.code, pick(i.name, code), ", ".join(names.get(d, d) for d in i.disaggregation))
        for i in assignment.own_indicators()
    ]
    headers = (say("Indicator"), say("Name"), say("Can be broken down by"))
    return headers, (11, 60, 32), rows, {"indicator code": (0, len(rows))}


def _actions(assignment: Assignment) -> _Content:
    say, code = assignment.language.say, assignment.language.code
    rows = [(a.code, pick(a.name, code)) for a in assignment.actions()]
    return (say("Action"), say("Name")), (9, 60), rows, {"action code": (0, len(rows))}


def _periods(assignment: Assignment) -> _Content:
    say = assignment.language.say
    rows = [(period_text(q, assignment.language), _months(q, assignment.language)) for q in assignment.periods()]
    return (say("Period"), say("Months")), (10, 26), rows, {"period": (0, len(rows))}


def _months(quarter: Quarter, language: Language) -> str:
    message = (
        mark("January to March {year}"),
        mark("April to June {year}"),
        mark("July to September {year}"),
        mark("October to December {year}"),
    )[quarter.number - 1]
    return language.say(message, year=quarter.year)


def _categories(assignment: Assignment) -> _Content:
    """The categories that the agency's figures can be broken down by, and the states, where events take place."""
    say, code = assignment.language.say, assignment.language.code
    used = {d for i in assignment.own_indicators() for d in i.disaggregation}
    # Those of the figures come first: their drop-down is one stretch.
    dimensions = sorted(
        (d for d in assignment.programme.dimensions if d.code in used or d.code == _STATE),
        key=lambda d: d.code not in used,
    )
    of = [d.code for d in dimensions for _ in d.categories]
    names = [normalise(pick(c.name, code)) for d in dimensions for c in d.categories]
    rows = [
        # Two categories with one name are told apart by their codes.
        (c.code if names.count(normalise(pick(c.name, code))) > 1 else pick(c.name, code), pick(d.name, code), c.code)
        for d in dimensions
        for c in d.categories
    ]
    states = (of.index(_STATE), of.count(_STATE)) if _STATE in of else (0, 0)
    headers = (say("Breakdown"), say("Dimension"), say("Code"))
    return headers, (28, 20, 14), rows, {"breakdown": (0, sum(d in used for d in of)), _STATE: states}
