"""Numbers and days as spreadsheet files store them, and how much a file can hold that anybody made."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from nap_monitor.sheets.cells import Cell, CellKind, Unreadable

LAST_ROW = 1_048_575
LAST_COLUMN = 16_383
# Far beyond what people make, and what memory and time can bear: a few bytes of XML may stand for millions of cells.
MOST_CELLS = 20_000_000  # in one tab, with the empty ones before the last of each row
MOST_MERGES = 200_000
MOST_TABS = 1_000
MOST_STYLES = 100_000
MOST_TEXTS = 2_000_000

EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LEAP_DAY_1900 = 60  # Excel counts a 29 February 1900: before it, its days are one ahead
_EXACT_DIGITS = 15  # a double holds any decimal of up to 15 digits
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_TOO_WIDE = Cell(CellKind.ERROR, "########")  # what the application shows for a number that is no day


def within(count: int, most: int) -> None:
    """Raise `Unreadable` if a file holds more of something than anybody made."""
    if count > most:
        raise Unreadable("corrupt")


def number(text: str) -> Decimal | None:
    """The number that a file's text stands for; None if it is none (NaN and infinity are none).

    Files keep doubles, often with 17 digits: 0.84999999999999998 is the double that everybody knows as 0.85, so the
    shortest decimal of that double is taken (what `repr` prints). Nothing is rounded: 0.1 + 0.2 stays
    0.30000000000000004.
    """
    text = text.strip()
    if len(text) <= _EXACT_DIGITS and text.isascii() and text.isdigit():
        return Decimal(text)
    if not _NUMBER.fullmatch(text):
        return None
    double = float(text)
    if not math.isfinite(double):
        return None
    exact = Decimal(repr(double))
    if not exact:
        return Decimal(0)  # -0 too
    exact = Decimal(format(exact, "f"))
    return exact.to_integral_value() if exact == exact.to_integral_value() else exact


def day_cell(serial: Decimal, epoch: datetime, *, formula: bool, duration: bool = False) -> Cell:
    """A DATE cell of a number with a date format: a date, or a datetime if it holds a time.

    Times and durations alone count from 1899-12-30, whatever the epoch.
    """
    if duration or 0 <= serial < 1:
        epoch = EPOCH_1900
    elif epoch == EPOCH_1900 and 0 < serial < _LEAP_DAY_1900:
        serial += 1
    if serial < 0:
        return _TOO_WIDE
    try:
        moment = epoch + timedelta(milliseconds=round(serial * 86_400_000))
    except OverflowError:
        return _TOO_WIDE
    return Cell(CellKind.DATE, day_or_moment(moment), formula=formula)


def day_or_moment(moment: datetime) -> date | datetime:
    """The date alone when the time is midnight."""
    return moment.date() if moment.time() == datetime.min.time() else moment


def iso_cell(text: str, *, formula: bool) -> Cell:
    """A DATE cell of 2026-09-30 or 2026-09-30T12:00:00; what is no day stays as its text."""
    try:
        moment = datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return Cell(CellKind.TEXT, text, formula=formula)
    return Cell(CellKind.DATE, day_or_moment(moment), formula=formula)
