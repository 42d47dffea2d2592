"""What the workbooks that we write have in common: typed cells that stay what they are, one look, one page set-up."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Context, Decimal
from functools import partial
from textwrap import wrap
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nap_monitor.language import Language
from nap_monitor.programme.model import Programme
from nap_monitor.sheets.cells import Cell, CellKind

INK = "#173F4A"
HEADER = "#1F5C6B"
OUR_HEADER = "#66737C"
READER = "#EEF1F3"
OURS = "#E1E6EA"
LINE = "#C5CDD3"
ASKED = "#FFF6CF"
BANNER = "#FDE7C4"
GREEN, AMBER, RED, BLUE = "#DDF0E0", "#FDE7C4", "#F9D9D6", "#DCE9F5"
GREEN_INK, AMBER_INK, RED_INK, BLUE_INK = "#1C5E2E", "#7A4B00", "#8F1D14", "#1C4A7A"

LONGEST_TEXT = 32_767
_LINE_POINTS = 13.2
_FIRST_YEAR = 1901  # spreadsheets count days from 1900, and the first sixty of them wrongly
_HEIGHT_BY_HAND = re.compile(rb'(<row [^>]*?) customHeight="1"')
_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@")
_LETTER, _LEGAL, _A4 = 1, 5, 9
_LETTER_COUNTRIES = frozenset(
    {"MX", "US", "CA", "CL", "CO", "CR", "DO", "GT", "HN", "NI", "PA", "PH", "PR", "SV", "VE"}
)


class Exactly(Decimal):
    """A decimal written into the file digit by digit; the library would round it to sixteen."""

    def __format__(self, _specification: str, _context: Context | None = None, /) -> str:
        return super().__format__("f")


class Book:
    """A workbook in the making. Formats are made once each; nothing in the bytes depends on the moment of writing."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._stream = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(
            self._stream,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._formats: dict[frozenset[tuple[str, Any]], Format] = {}

    def say(self, message: str, **values: object) -> str:
        return self.language.say(message, **values)

    def style(self, **properties: Any) -> Format:
        """The format of these properties, over the look that all our cells share."""
        look = {"font_size": 10, "valign": "top", "font_color": "#1B2227"} | properties
        key = frozenset(look.items())
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(look)
        return self._formats[key]

    def describe(self, *, title: str, subject: str, author: str, comments: str, created: date) -> None:
        """The properties of the document. `created` is a given day, so that equal content gives equal bytes."""
        moment = datetime(created.year, created.month, created.day)  # noqa: DTZ001 - the file has no zone to keep
        self.workbook.set_properties(
            {"title": title, "subject": subject, "author": author, "comments": comments, "created": moment}
        )

    def finished(self) -> bytes:
        """The bytes of the workbook; nothing can be added afterwards."""
        self.workbook.close()
        return _rows_that_grow(self._stream)


def _rows_that_grow(stream: io.BytesIO) -> bytes:
    """The same workbook with its row heights as a beginning: without the mark of a height set by hand, rows grow with
    what is typed in them, and programs that do not measure text on opening still show all of ours."""
    grown = io.BytesIO()
    with ZipFile(stream) as source, ZipFile(grown, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                content = _HEIGHT_BY_HAND.sub(rb"\1", content)
            target.writestr(entry, content, ZIP_DEFLATED)
    return grown.getvalue()


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Points that a row needs for its wrapped texts, each with the width of its column."""
    lines = (sum(max(1, len(wrap(line, int(width * 1.15)))) for line in text.splitlines()) for text, width in texts)
    return _LINE_POINTS * max(1, *lines, 1) + 2


def write_text(sheet: Worksheet, row: int, column: int, value: str, book: Book, **properties: Any) -> None:
    """Text as text, always: never a formula, a number or a link, now or after the cell is edited."""
    if not value:
        sheet.write_blank(row, column, None, book.style(**properties))
        return
    if value.startswith(_LOOKS_LIKE_A_FORMULA):
        properties["quote_prefix"] = True
    sheet.write_string(row, column, value[:LONGEST_TEXT], book.style(**properties))


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, book: Book, **properties: Any) -> None:
    """A typed cell as what it is. An error or a formula without result can only be kept as its text."""
    if cell.percent:
        properties["num_format"] = "0.00%"
    style = partial(book.style, **properties)
    match cell.kind, cell.value:
        case CellKind.EMPTY, _:
            sheet.write_blank(row, column, None, style())
        case CellKind.NUMBER, Decimal() as value:
            sheet.write_number(row, column, Exactly(value), style())
        case CellKind.BOOLEAN, bool() as value:
            sheet.write_boolean(row, column, value, style())
        case CellKind.DATE, date() as value if value.year < _FIRST_YEAR:
            write_text(sheet, row, column, value.isoformat(), book, **properties)
        case CellKind.DATE, datetime() as value if value.time() != datetime.min.time():
            sheet.write_datetime(row, column, value, style(num_format="dd/mm/yyyy hh:mm"))
        case CellKind.DATE, date() as value:
            sheet.write_datetime(row, column, value, style(num_format="dd/mm/yyyy"))
        case _, value:
            write_text(sheet, row, column, str(value), book, **properties)


def number_format(decimals: int) -> str:
    """1,234.5 with a fixed number of decimals, in the separators of whoever opens the file."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def set_up_page(
    sheet: Worksheet, book: Book, *, locale: str, note: str, heading_rows: int, wide: bool = False, tall: int = 0
) -> None:
    """Landscape, on the paper of the locale's country, one page wide (`tall` high, if given); the heading on each page.

    Below stand a note (whose data these are, or that they are invented) and the number of the page.
    """
    letter = locale.rpartition("_")[2] in _LETTER_COUNTRIES
    sheet.set_landscape()
    sheet.set_paper((_LEGAL if wide else _LETTER) if letter else _A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.fit_to_pages(1, tall)
    if heading_rows:
        sheet.repeat_rows(0, heading_rows - 1)
    page = book.say("Page {page} of {pages}", page="&P", pages="&N")
    # The space keeps a digit that a text begins with out of the font size.
    sheet.set_footer(f"&L&8 {_escaped(note[:120])}&R&8 {page}")


def _escaped(footer: str) -> str:
    return footer.replace("&", "&&")


def illustrative(programme: Programme, language: Language) -> str:
    """The short warning that stands on whatever shows invented data; nothing for a real plan."""
    if not programme.illustrative:
        return ""
    return language.say("ILLUSTRATIVE DATA: this plan is a demonstration and is not official.")
