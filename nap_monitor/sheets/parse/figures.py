"""What a figure means for its indicator: scale, ratio, range. Where it could mean two things, it asks.

A percentage is a number from 0 to 100 (85) or a cell in percent format (0.85 shown as 85 %). Below 1 without that
format it may be either and asks, unless numerator and denominator settle it. 1 is taken as 1 %, with a warning: it is a
number on the scale that the contract asks for, where everything is 100. 0 is 0 on both scales.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal

from nap_monitor.programme.model import Aggregation, Behaviour, Indicator
from nap_monitor.sheets.cells import Cell
from nap_monitor.sheets.contract import Declared
from nap_monitor.sheets.judging import Answer, plain, refuse
from nap_monitor.sheets.numbers import Number, Percent, declared, number
from nap_monitor.sheets.parse.words import YES_NO, yes_or_no
from nap_monitor.sheets.problems import Fault, fault

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
_DIVISION = Context(prec=28)
_ROUNDING = Context(prec=60)
_QUOTIENT = re.compile(r"\s[/÷]\s")  # not "and/or", not "km/h"
_RATES = tuple(Decimal(10) ** n for n in (2, 3, 4, 5))
"""A level may be a rate per 100, 1,000, 10,000 or 100,000 people: the same ratio, written larger."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a row reports: a value in the indicator's unit, or what it declares instead, or nothing."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    declared: Declared | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure, or None where it is refused; and faults, each with the field that it concerns."""

    figure: Figure | None
    faults: tuple[tuple[str, Fault], ...] = ()


def value(cell: Cell) -> Answer[Number | Declared]:
    """The value column of any indicator but a milestone."""
    said = declared(cell)
    if said:
        return Answer(said, (fault(f"declared_{said}"),))
    read = number(cell)
    return Answer(read.value, read.faults)


def milestone(cell: Cell) -> Answer[Number | Declared]:
    """The value column of a milestone: Sí, No, yes, no, TRUE, FALSE, 1 or 0."""
    said = declared(cell)
    if said:
        return Answer(said, (fault(f"declared_{said}"),))
    done = yes_or_no(cell).value
    return Answer(None, (_neither(),)) if done is None else Answer(Number(ONE if done else ZERO))


def part(cell: Cell) -> Answer[Decimal | Declared]:
    """A numerator or denominator: a number, 0 or more, not a percentage."""
    said = declared(cell)
    if said:
        return Answer(said, (fault(f"declared_{said}"),))
    read = number(cell)
    if read.value is None:
        return Answer(None, read.faults)
    if read.value.percent is not Percent.NO:
        return Answer(None, (_not_a_percentage(read.value),))
    if read.value.amount < 0:
        return refuse("below_minimum", amount=plain(read.value.amount), limit="0")
    return Answer(read.value.amount, read.faults)


def judge(
    indicator: Indicator,
    value: Number | Declared | None,
    numerator: Decimal | Declared | None,
    denominator: Decimal | Declared | None,
) -> Verdict:
    """The figure that the three cells of a row make; None stands for a blank one."""
    if isinstance(numerator, Declared) or isinstance(denominator, Declared):
        said = Declared.NO_DATA if Declared.NO_DATA in (numerator, denominator) else Declared.NO_CASES
        return judge(indicator, said if value is None else value, None, None)
    if isinstance(value, Declared):
        return _declared(value, numerator, denominator)
    if numerator is not None and denominator is not None:
        return _with_ratio(indicator, value, numerator, denominator)
    verdict = _alone(indicator, value)
    if numerator is None and denominator is None:
        return verdict
    missing = ("numerator" if numerator is None else "denominator", fault("incomplete_ratio"))
    return Verdict(None if value is None else verdict.figure, (*verdict.faults, missing))


def _declared(said: Declared, numerator: Decimal | None, denominator: Decimal | None) -> Verdict:
    if numerator is None and denominator is None:
        return Verdict(Figure(declared=said))
    if said is Declared.NO_CASES and numerator == denominator == ZERO:
        return Verdict(Figure(None, ZERO, ZERO, said))
    return Verdict(None, (("value", fault("declared_with_figures")),))


def _alone(indicator: Indicator, value: Number | None) -> Verdict:
    if value is None:
        return Verdict(Figure())
    amount = _in_unit(indicator, value)
    outside = None if amount.value is None else _out_of_range(indicator, amount.value, is_ratio=False)
    faults = (*amount.faults, outside) if outside else amount.faults
    refused = amount.value is None or outside is not None
    return Verdict(None if refused else Figure(amount.value), _of("value", faults))


def _with_ratio(indicator: Indicator, value: Number | None, numerator: Decimal, denominator: Decimal) -> Verdict:
    impossible = _impossible_ratio(indicator, numerator, denominator)
    if impossible:
        return Verdict(None, (impossible,))
    if denominator == 0:
        if value is None:
            return Verdict(Figure(None, ZERO, ZERO, Declared.NO_CASES))
        return Verdict(None, (("value", fault("value_differs_from_ratio", ratio="0 / 0")),))
    ratio = _ratio(indicator, numerator, denominator)
    amount = Answer(ratio) if value is None else _in_unit(indicator, value, ratio)
    faults = amount.faults
    if amount.value is not None:
        faults = _compared(indicator, amount.value, ratio, is_typed=value is not None)
    figure = Figure(amount.value, numerator, denominator)
    is_refused = amount.value is None or Answer(None, faults).is_refused
    return Verdict(None if is_refused else figure, _of("numerator" if value is None else "value", faults))


def _compared(indicator: Indicator, value: Decimal, ratio: Decimal, *, is_typed: bool) -> tuple[Fault, ...]:
    """What there is to say of a value that stands beside its ratio, or was worked out from it."""
    if not _agree(indicator, value, ratio):
        return (fault("value_differs_from_ratio", ratio=_shown(indicator, ratio)),)
    outside = _out_of_range(indicator, value, is_ratio=True)
    if outside:
        return (outside,)
    if is_typed or indicator.behaviour is Behaviour.PERCENTAGE:
        return ()
    return (fault("value_from_ratio", ratio=_shown(indicator, ratio)),)


def _of(field: str, faults: tuple[Fault, ...]) -> tuple[tuple[str, Fault], ...]:
    return tuple((field, f) for f in faults)


def _impossible_ratio(indicator: Indicator, numerator: Decimal, denominator: Decimal) -> tuple[str, Fault] | None:
    if denominator == 0 != numerator:
        return "denominator", fault("division_by_zero", numerator=plain(numerator))
    if indicator.behaviour is Behaviour.PERCENTAGE and numerator > denominator:
        shown = {"numerator": plain(numerator), "denominator": plain(denominator)}
        return "numerator", fault("numerator_above_denominator", **shown)
    return None


def _ratio(indicator: Indicator, numerator: Decimal, denominator: Decimal) -> Decimal:
    scaled = numerator.scaleb(2) if indicator.behaviour is Behaviour.PERCENTAGE else numerator
    return _DIVISION.divide(scaled, denominator).normalize(_DIVISION) + 0


def _in_unit(indicator: Indicator, value: Number, ratio: Decimal | None = None) -> Answer[Decimal]:
    """A number in the indicator's unit; refused where it could mean two figures and the ratio does not tell which."""
    if indicator.behaviour is Behaviour.PERCENTAGE:
        return _percentage(value, is_alone=ratio is None)
    return Answer(value.amount) if value.percent is Percent.NO else Answer(None, (_not_a_percentage(value),))


def _percentage(value: Number, *, is_alone: bool) -> Answer[Decimal]:
    scaled = value.amount.scaleb(2).normalize(_ROUNDING) + 0
    readings = {"as_typed": plain(value.amount), "scaled": plain(scaled)}
    if value.percent is Percent.FORMAT:
        return refuse("percent_too_large", **readings) if value.amount > ONE else Answer(scaled)
    if value.percent is Percent.NO and is_alone and ZERO < value.amount < ONE:
        return refuse("percent_unclear", **readings)
    if value.percent is Percent.NO and is_alone and value.amount == ONE:
        return Answer(value.amount, (fault("percent_of_one"),))
    return Answer(value.amount)


def _agree(indicator: Indicator, value: Decimal, ratio: Decimal) -> bool:
    """Whether two numbers are the same at the indicator's decimals, whichever way a half was rounded."""
    scales = (ONE, *_RATES) if indicator.behaviour is Behaviour.LEVEL else (ONE,)
    return any(
        _rounded(value, indicator.decimals, way) == _rounded(ratio * scale, indicator.decimals, way)
        for scale in scales
        for way in (ROUND_HALF_UP, ROUND_HALF_DOWN)
    )


def _rounded(number: Decimal, decimals: int, way: str = ROUND_HALF_UP) -> Decimal:
    return number.quantize(ONE.scaleb(-decimals), rounding=way, context=_ROUNDING)


def _out_of_range(indicator: Indicator, value: Decimal, *, is_ratio: bool) -> Fault | None:
    """Why a figure cannot be this indicator's: percentage 0-100, counts whole and not negative, the plan's range."""
    low, high = indicator.minimum, indicator.maximum
    if indicator.is_milestone:
        return None if value in (ZERO, ONE) else _neither()
    if indicator.behaviour is Behaviour.PERCENTAGE:
        low, high = max(low or ZERO, ZERO), min(HUNDRED if high is None else high, HUNDRED)
    elif indicator.decimals == 0:
        low = ZERO if low is None else low
        if value != value.to_integral_value() and not _is_average(indicator, is_ratio=is_ratio):
            return fault("not_whole", amount=plain(value))
    if low is not None and value < low:
        return fault("below_minimum", amount=plain(value), limit=plain(low))
    if high is not None and value > high:
        return fault("above_maximum", amount=plain(value), limit=plain(high))
    return None


def _is_average(indicator: Indicator, *, is_ratio: bool) -> bool:
    """Whether a figure without decimals in the plan may still have some: a level that is worked out, not counted.

    Its aggregation says so, its formula, or the row, where numerator and denominator stand.
    """
    is_worked_out = is_ratio or indicator.aggregation in (Aggregation.MEAN, Aggregation.RATIO) or _divides(indicator)
    return indicator.behaviour is Behaviour.LEVEL and is_worked_out


def _divides(indicator: Indicator) -> bool:
    """Whether the plan's formula is a quotient: "sum of days / conciliations concluded" is no count of days."""
    return any(_QUOTIENT.search(text) for text in (indicator.formula or {}).values())


def _shown(indicator: Indicator, ratio: Decimal) -> str:
    return plain(_rounded(ratio, indicator.decimals + 2))


def _not_a_percentage(value: Number) -> Fault:
    typed = value.amount
    low, high = (typed, typed.scaleb(2)) if value.percent is Percent.FORMAT else (typed.scaleb(-2), typed)
    return fault("percent_not_expected", plain=plain(low), scaled=plain(high))


def _neither() -> Fault:
    return fault("not_yes_or_no", words=" ".join(YES_NO))
