"""One figure from its parts, only as the indicator declares (rule 13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nap_monitor.programme.model import Aggregation, Behaviour, Indicator, Programme
from nap_monitor.progress.rules import HUNDRED


@dataclass(frozen=True, slots=True)
class Part:
    """What was reported for one category; `value` None where nothing was, or where there were no cases."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    cut_off: date | None = None
    has_no_cases: bool = False

    @property
    def is_answered(self) -> bool:
        return self.value is not None or self.has_no_cases


def complete_parts(
    programme: Programme, indicator: Indicator, parts: Mapping[str, Part]
) -> tuple[str, dict[str, Part]] | None:
    """The first of the indicator's dimensions of which every category was reported: its code and those parts.

    A sum over some of the states is no national figure: where a category is missing there is no total.
    """
    dimensions = {dimension.code: dimension for dimension in programme.dimensions}
    for code in indicator.disaggregation:
        categories = [category.code for category in dimensions[code].categories] if code in dimensions else []
        found = {c: parts[c] for c in categories if c in parts and parts[c].is_answered}
        if categories and len(found) == len(categories):
            return code, found
    return None


def made_total(programme: Programme, indicator: Indicator, parts: Mapping[str, Part]) -> Part | None:
    """The total that an indicator's parts make by its declared aggregation, or None.

    A category without cases adds nothing; where every category is without cases, so is the total.
    """
    complete = complete_parts(programme, indicator, parts)
    if complete is None or indicator.aggregation is Aggregation.NONE:
        return None
    found = {code: part for code, part in complete[1].items() if not part.has_no_cases}
    if not found:
        return Part(None, has_no_cases=True)
    value = _aggregated(indicator, found)
    return None if value is None else Part(value)


def _aggregated(indicator: Indicator, found: Mapping[str, Part]) -> Decimal | None:
    values = [part.value for part in found.values() if part.value is not None]
    match indicator.aggregation:
        case Aggregation.SUM:
            return sum(values, Decimal(0))
        case Aggregation.MEAN:
            return sum(values, Decimal(0)) / len(values)
        case Aggregation.LATEST:
            return max(found.values(), key=lambda part: part.cut_off or date.min).value
        case _:
            return _ratio(indicator, found)


def _ratio(indicator: Indicator, parts: Mapping[str, Part]) -> Decimal | None:
    numerators = [part.numerator for part in parts.values()]
    denominators = [part.denominator for part in parts.values()]
    if None in numerators or None in denominators:
        return None
    whole = sum((d for d in denominators if d is not None), Decimal(0))
    if whole == 0:
        return None
    ratio = sum((n for n in numerators if n is not None), Decimal(0)) / whole
    return ratio * HUNDRED if indicator.behaviour is Behaviour.PERCENTAGE else ratio
