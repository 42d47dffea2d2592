"""Numbers as agencies write them: typed, or as text in any country's manner; and the words that stand for none.

A number is taken where every reader would read the same one, and refused with both readings where they would not.
Nothing is guessed and nothing is rescaled. All values are exact decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import Declared, normalise
from nap_monitor.sheets.judging import Answer, exact, plain, refuse
from nap_monitor.sheets.problems import fault

LARGEST = Decimal(10) ** 15
SMALLEST = Decimal(1).scaleb(-12)
LARGEST_COUNT = 2_000_000_000  # what a column of whole numbers holds
_LONGEST = 40  # characters; no figure needs more
_AS_WRITTEN = Context(prec=_LONGEST)


class Percent(StrEnum):
    """Whether a number says of itself that it is a percentage."""

    NO = "no"
    FORMAT = "format"  # a cell in percent format: it holds 0.85 and shows 85 %
    SIGN = "sign"  # text with the sign: 85 %


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in the cell, before its column gives it a meaning."""

    amount: Decimal
    percent: Percent = Percent.NO


_NO_DATA = {"nd", "sd", "-", "sin dato", "sin datos", "no hay dato", "no hay datos", "no disponible", "no data"}
_NO_DATA |= {"dato no disponible", "sin informacion", "not available"}
_NO_CASES = {"na", "no aplica", "not applicable", "sin casos", "no cases"}
_ABBREVIATED = re.compile(r"[a-z][./ ]{0,2}[a-z]\.?")  # n/d, n.d., N. D., nd
_NOT_FINITE = {"nan", "inf", "infinity", "infinito", "∞"}

_DASHES = str.maketrans(dict.fromkeys("−‐‑‒–—―﹣－", "-"))
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ＇´`", "'"))
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％＋", "0123456789.,%+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

_SHAPE = re.compile(r"(?P<sign>[+-]?) ?(?P<digits>[0-9.,' ]*[0-9])(?P<percent> ?%)?")
_WHOLE = re.compile(r"[0-9]+")
_ONE_MARK = re.compile(r"(?P<head>[0-9]*)[.,](?P<tail>[0-9]+)")
_GROUPS = r"(?P<whole>[0-9]{1,3}(?P<mark>[.,' ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
_GROUPED = re.compile(_GROUPS + r"(?:(?!(?P=mark))[.,](?P<tail>[0-9]+))?")


def declared(cell: Cell) -> Declared | None:
    """What a cell declares in place of a figure: "N/D", "s/d", "-" no data; "No aplica", "N/A" no cases; else None."""
    if cell.kind is not CellKind.TEXT:
        return None
    said = normalise(str(cell.value)).translate(_DASHES).rstrip(".")
    if said and not said.strip("- "):
        said = "-"
    elif _ABBREVIATED.fullmatch(said):
        said = re.sub(r"[./ ]", "", said)
    if said in _NO_DATA:
        return Declared.NO_DATA
    return Declared.NO_CASES if said in _NO_CASES else None


def number(cell: Cell) -> Answer[Number]:
    """The number in a cell that is neither blank nor an error.

    Text passes where no country reads it otherwise (`12,5`, `1.234,5`, `1 234`), with a notice unless it is digits
    alone; one mark followed by exactly three digits (`1,234`, `1.234`) is refused with both readings.
    """
    if cell.kind is CellKind.BOOLEAN:
        return refuse("boolean_as_number")
    if cell.kind is CellKind.DATE:
        return refuse("date_as_number")
    if isinstance(cell.value, Decimal):
        return _possible(Number(exact(cell.value), Percent.FORMAT if cell.percent else Percent.NO))
    return _from_text(str(cell.value))


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, typed or as text: what leaving its row out would lose."""
    return cell.kind in (CellKind.NUMBER, CellKind.TEXT) and number(cell).value is not None


def count(cell: Cell) -> Answer[int]:
    """A number of people or things: whole, 0 or more. Words for "no data" give None with a notice."""
    if declared(cell):
        return Answer(None, (fault("declared_no_data"),))
    read = number(cell)
    if read.value is None:
        return Answer(None, read.faults)
    amount = read.value.amount
    if read.value.percent is not Percent.NO or amount != amount.to_integral_value() or amount < 0:
        return refuse("not_a_head_count")
    if amount > LARGEST_COUNT:
        return refuse("absurd_number")
    return Answer(int(amount), read.faults)


def _from_text(text: str) -> Answer[Number]:
    written = _INVISIBLE.sub("", text).translate(_DASHES).translate(_APOSTROPHES).translate(_FULL_WIDTH)
    written = " ".join(written.split())
    if normalise(written).lstrip("+-") in _NOT_FINITE:
        return refuse("not_finite")
    found = _SHAPE.fullmatch(written) if len(written) <= _LONGEST else None
    if found is None:
        return refuse("not_a_number")
    sign, digits, percent = found["sign"].strip("+"), found["digits"], " %" if found["percent"] else ""
    one = _ONE_MARK.fullmatch(digits)
    if one and len(one["tail"]) == 3:
        whole, decimal = Decimal(one["head"] + one["tail"]), Decimal(f"{one['head'] or '0'}.{one['tail']}")
        return refuse("ambiguous_number", whole=f"{sign}{whole}{percent}", decimal=f"{sign}{decimal}{percent}")
    amount = _amount(digits)
    if amount is None:
        return refuse("not_a_number")
    amount = (-amount if sign else amount).normalize(_AS_WRITTEN) + 0
    answer = _possible(Number(amount, Percent.SIGN if percent else Percent.NO))
    if answer.value is None or (_WHOLE.fullmatch(digits) and plain(amount) == text.strip()):
        return answer
    return Answer(answer.value, (fault("number_as_text", reading=plain(amount) + percent),))


def _amount(digits: str) -> Decimal | None:
    """The number of digits with marks; None where the marks make no sense (`12,34.5`, `1.2.3`)."""
    if _WHOLE.fullmatch(digits):
        return Decimal(digits)
    if one := _ONE_MARK.fullmatch(digits):
        return Decimal(f"{one['head'] or '0'}.{one['tail']}")
    if grouped := _GROUPED.fullmatch(digits):
        return Decimal(f"{grouped['whole'].replace(grouped['mark'], '')}.{grouped['tail'] or '0'}")
    return None


def _possible(number: Number) -> Answer[Number]:
    if not number.amount.is_finite():
        return refuse("not_finite")
    if abs(number.amount) > LARGEST or 0 < abs(number.amount) < SMALLEST:
        return refuse("absurd_number")
    return Answer(number)
