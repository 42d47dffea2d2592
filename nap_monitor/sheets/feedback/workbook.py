"""The companion workbook `<name>.validacion.xlsx`: what `FeedbackContent` says, on two tabs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from nap_monitor.language import mark
from nap_monitor.sheets.contract import VALIDATION_SUFFIX, Place, Severity, label
from nap_monitor.sheets.excel import (
    AMBER,
    AMBER_INK,
    BANNER,
    BLUE,
    BLUE_INK,
    GREEN,
    GREEN_INK,
    HEADER,
    INK,
    LINE,
    READER,
    RED,
    RED_INK,
    Book,
    Exactly,
    height,
    number_format,
    set_up_page,
    write_text,
)
from nap_monitor.sheets.feedback.content import FeedbackContent, ProblemLine
from nap_monitor.sheets.feedback.rows import STATUS_WORDS, RowLine, RowStatus
from nap_monitor.sheets.saving import save

SEVERITY_WORDS = {
    Severity.ERROR: mark("✖ Error"),
    Severity.WARNING: mark("▲ Warning"),
    Severity.NOTICE: mark("● Notice"),
}
_SEVERITY_COLOURS = {
    Severity.ERROR: (RED, RED_INK),
    Severity.WARNING: (AMBER, AMBER_INK),
    Severity.NOTICE: (BLUE, BLUE_INK),
}
_STATUS_COLOURS = {
    RowStatus.TAKEN: (GREEN, GREEN_INK),
    RowStatus.DRAFT: (BLUE, BLUE_INK),
    RowStatus.RESTATEMENT: (AMBER, AMBER_INK),
    RowStatus.REJECTED: (RED, RED_INK),
    RowStatus.HELD_BACK: (AMBER, AMBER_INK),
}
_PROBLEM_WIDTHS = (20, 16, 7, 9, 18, 11, 11, 22, 52, 46, 12)
_ROW_WIDTHS = (18, 7, 12, 11, 26, 24, 20, 70)
_NO_DAY = date(2000, 1, 1)
"""The day of making in the file's properties: always the same, so that the same content is the same file."""
_MOST_LINES = 50_000
"""Lines shown on a tab, and links (Excel takes 65,530). Whoever has more problems begins with these."""

_SUFFIXES = (".xlsx", ".ods", ".csv")


def feedback_path(path: Path) -> Path:
    """Where a workbook's companion stands. An `.ods` or `.csv` beside a namesake has its own, by its whole name."""
    earlier = _SUFFIXES[: _SUFFIXES.index(path.suffix.lower())] if path.suffix.lower() in _SUFFIXES else ()
    taken = any(path.with_suffix(suffix).exists() for suffix in earlier)
    return path.with_name((path.name if taken else path.stem) + VALIDATION_SUFFIX)


def write_feedback(path: Path, content: FeedbackContent) -> None:
    """Write the companion at `path` (see `feedback_path`), whole or not at all; the same content leaves the file alone.

    OSError when the folder cannot be written.
    """
    wanted = feedback_workbook(content)
    if path.is_file() and path.read_bytes() == wanted:
        return
    save(path, wanted)


def feedback_workbook(content: FeedbackContent) -> bytes:
    """The bytes of the companion: a function of the content alone."""
    book = Book(content.language)
    title = book.say("Validation of {file}", file=content.file_name)
    book.describe(
        title=title, subject=content.programme, author="NAP Monitor", comments=content.warning, created=_NO_DAY
    )
    _problems_tab(book, content, title)
    _rows_tab(book, content)
    return book.finished()


def _problems_tab(book: Book, content: FeedbackContent, title: str) -> None:
    sheet = book.workbook.add_worksheet(label("tabs", "validation", book.language.code))
    row = _heading(sheet, book, content, title, len(_PROBLEM_WIDTHS))
    row = _counts(sheet, book, content, row)
    headers = (
        book.say("Severity"),
        book.say("Tab"),
        book.say("Row"),
        book.say("Column"),
        book.say("Go to the cell"),
        book.say("Code"),
        book.say("Period"),
        book.say("What the cell says"),
        book.say("What is wrong"),
        book.say("What is accepted"),
        book.say("Since"),
    )
    _headers(sheet, book, row, headers, _PROBLEM_WIDTHS)
    shown = content.problems[:_MOST_LINES]
    for number, line in enumerate(shown, row + 1):
        _problem(sheet, book, content.file_name, number, line)
    if not shown:
        write_text(sheet, row + 1, 0, book.say("Nothing to correct."), book, bold=True, font_color=GREEN_INK)
    _more(sheet, book, row + 1 + len(shown), len(content.problems))
    _finish(sheet, book, content, row, len(shown), len(headers))


def _rows_tab(book: Book, content: FeedbackContent) -> None:
    sheet = book.workbook.add_worksheet(book.say("Rows read"))
    row = _heading(sheet, book, content, book.say("Rows read in {file}", file=content.file_name), len(_ROW_WIDTHS))
    headers = (
        book.say("Tab"),
        book.say("Row"),
        book.say("Code"),
        book.say("Period"),
        label("indicator", "breakdown", book.language.code),
        book.say("Read as"),
        label("indicator", "system_status", book.language.code),
        label("indicator", "system_message", book.language.code),
    )
    _headers(sheet, book, row, headers, _ROW_WIDTHS)
    shown = content.rows[:_MOST_LINES]
    for number, line in enumerate(shown, row + 1):
        _read_row(sheet, book, number, line)
    _more(sheet, book, row + 1 + len(shown), len(content.rows))
    _finish(sheet, book, content, row, len(shown), len(headers))


def _heading(sheet: Worksheet, book: Book, content: FeedbackContent, title: str, across: int) -> int:
    sheet.hide_gridlines(2)
    sheet.set_row(0, 24)
    write_text(sheet, 0, 0, title, book, bold=True, font_size=15, font_color=INK)
    write_text(sheet, 1, 0, f"{content.agency} · {content.programme}", book, font_color=INK)
    hint = book.say(
        "The system writes this file anew after each reading. Please correct the workbook itself, not this one."
    )
    write_text(sheet, 2, 0, hint, book, italic=True, font_color="#44505A")
    if not content.warning:
        return 4
    look: dict[str, Any] = {"bold": True, "font_color": AMBER_INK, "bg_color": BANNER}
    write_text(sheet, 3, 0, content.warning, book, **look)
    for column in range(1, across):
        sheet.write_blank(3, column, None, book.style(**look))
    return 5


def _counts(sheet: Worksheet, book: Book, content: FeedbackContent, row: int) -> int:
    """What the reading came to, in numbers: rows on the left, problems on the right. Returns the row of the table."""
    rows, problems = content.rows_by_status, content.problems_by_severity
    of_rows = [(STATUS_WORDS[s], rows[s], _STATUS_COLOURS.get(s)) for s in RowStatus if rows[s] or s is RowStatus.TAKEN]
    of_problems = [(SEVERITY_WORDS[s], problems[s], _SEVERITY_COLOURS[s]) for s in Severity]
    for column, heading, counts in ((0, mark("Rows"), of_rows), (4, mark("Problems"), of_problems)):
        write_text(sheet, row, column, book.say(heading), book, bold=True, font_color=INK)
        for number, (name, count, colours) in enumerate(counts, row + 1):
            background, ink = colours or (READER, "#44505A")
            look: dict[str, Any] = {"bg_color": background, "font_color": ink, "bold": True}
            write_text(sheet, number, column, book.say(name), book, **look)
            sheet.write_number(number, column + 1, count, book.style(**look, num_format="#,##0", align="left"))
    return row + max(len(of_rows), len(of_problems)) + 2


def _headers(sheet: Worksheet, book: Book, row: int, headers: tuple[str, ...], widths: tuple[int, ...]) -> None:
    sheet.set_row(row, 30)
    look = {
        "bold": True,
        "font_color": "white",
        "bg_color": HEADER,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
    }
    for column, (header, width) in enumerate(zip(headers, widths, strict=True)):
        sheet.set_column(column, column, width)
        write_text(sheet, row, column, header, book, **look, border_color=LINE)


def _problem(sheet: Worksheet, book: Book, file_name: str, row: int, line: ProblemLine) -> None:
    look: dict[str, Any] = {"text_wrap": True, "border": 1, "border_color": LINE}
    background, ink = _SEVERITY_COLOURS[line.severity]
    texts = [
        (line.value[:200], _PROBLEM_WIDTHS[7]),
        (line.what, _PROBLEM_WIDTHS[8]),
        (line.accepted, _PROBLEM_WIDTHS[9]),
    ]
    sheet.set_row(row, height(texts))
    word = book.say(SEVERITY_WORDS[line.severity])
    write_text(sheet, row, 0, word, book, **look, bg_color=background, font_color=ink, bold=True)
    write_text(sheet, row, 1, line.place.tab, book, **look)
    if line.place.row is None:
        sheet.write_blank(row, 2, None, book.style(**look))
    else:
        sheet.write_number(row, 2, line.place.row, book.style(**look, align="center"))
    write_text(sheet, row, 3, line.place.column or "", book, **look)
    _link(sheet, book, row, 4, file_name, line.place, look)
    for column, text in enumerate((line.code, line.period, line.value, line.what, line.accepted), 5):
        write_text(sheet, row, column, text, book, **look)
    if line.since is None:
        sheet.write_blank(row, 10, None, book.style(**look))
    else:
        sheet.write_datetime(row, 10, line.since, book.style(**look, num_format="dd/mm/yyyy"))


def _link(
    sheet: Worksheet, book: Book, row: int, column: int, file_name: str, place: Place, look: dict[str, Any]
) -> None:
    """A link to the very cell of the workbook beside this one; its text alone where no link could be written safely."""
    if not place.tab or place.row is None or any(c in file_name for c in '#%\\:*?"<>|'):
        write_text(sheet, row, column, place.cell if place.row is not None else "", book, **look)
        return
    tab = place.tab.replace("'", "''")
    target = f"external:{file_name}#'{tab}'!{place.column or 'A'}{place.row}"
    style = book.style(**look | {"font_color": "#0B5CAD", "underline": 1})
    sheet.write_url(row, column, target, style, string=place.cell)


def _read_row(sheet: Worksheet, book: Book, row: int, line: RowLine) -> None:
    look: dict[str, Any] = {"text_wrap": True, "border": 1, "border_color": LINE}
    background, ink = _STATUS_COLOURS.get(line.status, ("#FFFFFF", "#44505A"))
    texts = [(line.message, _ROW_WIDTHS[7]), (line.breakdown, _ROW_WIDTHS[4])]
    texts += [(line.value, _ROW_WIDTHS[5])] if isinstance(line.value, str) else []
    sheet.set_row(row, height(texts))
    write_text(sheet, row, 0, line.tab, book, **look)
    sheet.write_number(row, 1, line.row, book.style(**look, align="center"))
    for column, text in enumerate((line.code, line.period, line.breakdown), 2):
        write_text(sheet, row, column, text, book, **look)
    if isinstance(line.value, Decimal):
        shown = number_format(max(0, -int(line.value.normalize().as_tuple().exponent)))
        sheet.write_number(row, 5, Exactly(line.value), book.style(**look, num_format=shown, align="left"))
    else:
        write_text(sheet, row, 5, line.value or "", book, **look)
    word = book.say(STATUS_WORDS[line.status])
    write_text(sheet, row, 6, word, book, **look, bg_color=background, font_color=ink, bold=True)
    write_text(sheet, row, 7, line.message, book, **look)


def _more(sheet: Worksheet, book: Book, row: int, total: int) -> None:
    if total > _MOST_LINES:
        text = book.say(
            "The first {shown} of {total}.", shown=book.language.number(_MOST_LINES), total=book.language.number(total)
        )
        write_text(sheet, row, 0, text, book, bold=True)


def _finish(sheet: Worksheet, book: Book, content: FeedbackContent, header: int, lines: int, across: int) -> None:
    sheet.freeze_panes(header + 1, 0)
    sheet.autofilter(header, 0, header + max(lines, 1), across - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    note = content.warning or content.agency
    set_up_page(sheet, book, locale=content.paper, note=note, heading_rows=0)
    sheet.repeat_rows(header)
