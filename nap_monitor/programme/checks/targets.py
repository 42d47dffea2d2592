"""Targets and baselines: inside the programme, inside the range, and on the way that the indicator is to go."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nap_monitor.programme.building import NO_ENTRY, indicator_range, targets_of
from nap_monitor.programme.checks.timing import Span
from nap_monitor.programme.entries import Entry
from nap_monitor.programme.model import Accumulation, Behaviour, Direction
from nap_monitor.programme.problems import PlanProblem, problem
from nap_monitor.programme.quarters import Quarter
from nap_monitor.programme.values import period_of


def targets(indicator: Entry, span: Span | None) -> Iterator[PlanProblem]:
    given: Entry = indicator.get("targets", NO_ENTRY)
    is_milestone = indicator.get("behaviour") == Behaviour.MILESTONE
    if "targets" not in indicator.places and not is_milestone:
        yield problem("no_targets", indicator.place, indicator.name, "targets")
    for text, value in given.values.items():
        quarter, field = _quarter(text), f"targets.{text}"
        if span and not span.contains(quarter):
            start, end = (str(Quarter.of(day)) for day in span)
            details = {"text": text, "start": start, "end": end}
            yield problem("outside_programme", given.at(text), indicator.name, field, **details)
        if value is not None and not is_milestone:
            yield from _figure(indicator, value, given, text, field)
    yield from _years_and_quarters(indicator, given)
    yield from _direction(indicator)


def _quarter(text: str) -> Quarter:
    quarter = period_of(text)
    assert quarter is not None  # the reader keeps no other keys
    return quarter


def _figure(indicator: Entry, value: Decimal, given: Entry, key: str, field: str) -> Iterator[PlanProblem]:
    """A target or baseline within the indicator's range and printed decimals."""
    low, high = indicator_range(indicator)
    if low is not None and high is not None and low > high:
        low = high = None  # said already
    if (low is not None and value < low) or (high is not None and value > high):
        details = {"value": str(value), "low": _limit(low, "−∞"), "high": _limit(high, "∞")}
        yield problem("target_outside_range", given.at(key), indicator.name, field, **details)
    decimals = indicator.get("decimals", 0)
    if -int(value.as_tuple().exponent) > decimals:
        details = {"value": str(value), "decimals": str(decimals)}
        yield problem("too_many_decimals", given.at(key), indicator.name, field, **details)


def _limit(limit: Decimal | None, none: str) -> str:
    return none if limit is None else str(limit)


def _years_and_quarters(indicator: Entry, given: Entry) -> Iterator[PlanProblem]:
    """A year and its quarters must not contradict each other."""
    for text, value in given.values.items():
        if "Q" not in text:
            continue
        year, field = text[:4], f"targets.{text}"
        if text.endswith("-Q4") and year in given.values:
            if given.values[year] != value:
                details = {"year": year, "first": _shown(given.values[year]), "second": _shown(value)}
                yield problem("target_twice", given.at(text), indicator.name, field, **details)
        elif value is None:
            yield problem("quarter_without_target", given.at(text), indicator.name, field)
        elif year in given.values and given.values[year] is None:
            yield problem("target_in_unplanned_year", given.at(text), indicator.name, field, year=year, text=text)


def _shown(value: Decimal | None) -> str:
    return "null" if value is None else str(value)


def _direction(indicator: Entry) -> Iterator[PlanProblem]:
    """The first target that goes against the indicator's direction, seen from the one before or the baseline."""
    direction = indicator.get("direction")
    restarts = indicator.get("accumulation") == Accumulation.YEAR
    if direction is None or indicator.get("behaviour") == Behaviour.MILESTONE:
        return
    sign = 1 if direction == Direction.ASCENDING else -1
    # A count that restarts each January compares with no other year, nor a quarter of it with the year before.
    before = None if restarts else indicator.get("baseline", NO_ENTRY).get("value")
    year = None
    for quarter, value in targets_of(indicator).items():
        if value is None:
            continue
        if restarts and quarter.year != year:
            before, year = None, quarter.year
        if before is not None and sign * (value - before) < 0:
            details = {"period": str(quarter), "value": str(value), "before": str(before)}
            yield problem(f"{direction}_contradicted", indicator.at("targets"), indicator.name, "targets", **details)
            return
        before = value


def baseline(indicator: Entry, default_year: int | None) -> Iterator[PlanProblem]:
    given: Entry = indicator.get("baseline", NO_ENTRY)
    year = given.get("year", default_year)
    has_value, has_year = "value" in given.values, "year" in given.values
    is_readable = set(given.places) <= set(given.values)
    if is_readable and ((has_value and year is None) or (has_year and not has_value)):
        yield problem("baseline_incomplete", indicator.at("baseline"), indicator.name, "baseline")
    value = given.get("value")
    if value is not None and indicator.get("behaviour") != Behaviour.MILESTONE:
        yield from _figure(indicator, value, given, "value", "baseline.value")
    first = next((q for q, target in targets_of(indicator).items() if target is not None), None)
    if has_value and year is not None and first and first <= Quarter(year, 4):
        details = {"year": str(year), "first": str(first)}
        yield problem("baseline_not_before_target", given.at("year"), indicator.name, "baseline.year", **details)


def milestone_targets(indicator: Entry) -> Iterator[PlanProblem]:
    """A milestone's targets are 0 before its due quarter and 1 from it on; null where the year has nothing planned."""
    if indicator.get("behaviour") != Behaviour.MILESTONE:
        return
    due = Quarter.of(indicator.get("due")) if indicator.get("due") else None
    given: Entry = indicator.get("targets", NO_ENTRY)
    for text, value in given.values.items():
        field, quarter = f"targets.{text}", _quarter(text)
        if value not in (None, 0, 1):
            yield problem("milestone_target", given.at(text), indicator.name, field, value=str(value))
        elif due and (value == 1) != (quarter >= due):
            details = {"due": str(due), "period": text, "value": _shown(value)}
            yield problem("milestone_inconsistent", given.at(text), indicator.name, field, **details)
