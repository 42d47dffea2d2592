"""The first tab: what to fill in, by when, with which words, and how mistakes come back."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from nap_monitor.programme.model import pick
from nap_monitor.sheets.excel import (
    AMBER_INK,
    BANNER,
    HEADER,
    INK,
    LINE,
    READER,
    Book,
    height,
    illustrative,
    set_up_page,
    write_text,
)
from nap_monitor.sheets.template.assignment import Assignment
from nap_monitor.sheets.template.guidance import Section, sections
from nap_monitor.sheets.template.lists import template_tab

_WIDTHS = (2, 28, 104)


def write_instructions(book: Book, assignment: Assignment) -> None:
    sheet = book.workbook.add_worksheet(template_tab("instructions", book.language))
    sheet.hide_gridlines(2)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = _title(sheet, book, assignment)
    for section in sections(assignment):
        row = _section(sheet, book, section, row)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    set_up_page(sheet, book, locale=assignment.programme.number_locale, note=assignment.footer, heading_rows=0, tall=1)
    sheet.print_area(0, 0, row, 2)
    sheet.activate()


def _title(sheet: Worksheet, book: Book, assignment: Assignment) -> int:
    heading = book.say("Report of {agency} · {period}", agency=assignment.acronym, period=assignment.period)
    sheet.set_row(0, 26)
    write_text(sheet, 0, 1, heading, book, bold=True, font_size=18, font_color=INK)
    write_text(sheet, 1, 1, assignment.programme_name, book, font_size=12, font_color=INK)
    if not illustrative(assignment.programme, book.language):
        return 3
    disclaimer = pick(assignment.programme.disclaimer, book.language.code) or illustrative(
        assignment.programme, book.language
    )
    sheet.set_row(2, 34)
    look = {"bold": True, "font_color": AMBER_INK, "bg_color": BANNER, "text_wrap": True, "valign": "vcenter"}
    sheet.merge_range(2, 1, 2, 2, "", book.style(**look))
    write_text(sheet, 2, 1, disclaimer, book, **look)
    return 4


def _section(sheet: Worksheet, book: Book, section: Section, row: int) -> int:
    """Write a section from a row on; what it returns is the row of the next one."""
    for column in (1, 2):
        text = section.heading if column == 1 else ""
        write_text(sheet, row, column, text, book, bold=True, font_size=12, font_color="white", bg_color=HEADER)
    for number, (what, text) in enumerate(section.lines, row + 1):
        sheet.set_row(number, height([(what, _WIDTHS[1]), (text, _WIDTHS[2])]))
        look = {"text_wrap": True, "bottom": 1, "bottom_color": LINE}
        write_text(sheet, number, 1, what, book, bold=True, bg_color=READER, **look)
        write_text(sheet, number, 2, text, book, **look)
    return row + len(section.lines) + 2
