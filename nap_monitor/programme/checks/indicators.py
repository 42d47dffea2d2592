"""Indicators: that baseline, targets, direction, range and the rest say one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from nap_monitor.programme.building import NO_ENTRY
from nap_monitor.programme.checks.references import actions
from nap_monitor.programme.checks.targets import baseline, milestone_targets, targets
from nap_monitor.programme.checks.timing import outside, span_of
from nap_monitor.programme.entries import Entry
from nap_monitor.programme.model import Aggregation, Behaviour, Frequency
from nap_monitor.programme.problems import PlanProblem, problem

_SDG = re.compile(r"(1[0-7]|[1-9])(\.(\d{1,2}|[a-d]))?")


def check(plan: Entry) -> Iterator[PlanProblem]:
    head, indicators, span = plan.get("programme", NO_ENTRY), plan.entries("indicators"), span_of(plan)
    if not plan.get("indicators") and head is not NO_ENTRY:
        yield problem("no_indicators", plan.at("indicators"), head.name, "indicators")
    weights = [i.get("weight", Decimal(1)) for i in indicators]
    if weights and not any(weights):
        yield problem("weights_all_zero", indicators[0].at("weight"), head.name, "weight")
    for indicator in indicators:
        for rule in _RULES:
            yield from rule(indicator)
        yield from targets(indicator, span)
        yield from baseline(indicator, head.get("baseline_default_year"))
        yield from milestone_targets(indicator)
        yield from outside(span, indicator, "due", indicator.get("due"))
        yield from outside(span, indicator, "series_break", indicator.get("series_break"))
    for entry in [*(a for _, a in actions(plan)), *indicators]:
        yield from _sdg(entry)


def _sdg(entry: Entry) -> Iterator[PlanProblem]:
    for target in entry.get("sdg", ()):
        if not _SDG.fullmatch(target):
            yield problem("bad_sdg", entry.at("sdg"), entry.name, "sdg", text=target)


def _responsible(indicator: Entry) -> Iterator[PlanProblem]:
    given = {"responsible", "responsibles"} & set(indicator.places)
    if len(given) == 2:
        yield problem("responsible_twice", indicator.at("responsibles"), indicator.name, "responsibles")
    if not given or indicator.get("responsibles") == []:
        yield problem("missing_field", indicator.at("responsibles"), indicator.name, "responsible")
    for number, (earlier, later) in enumerate(pairwise(indicator.entries("responsibles")), start=2):
        if "from" in later.places and later.get("from") is None:
            continue  # said already: it is no quarter
        since, before = later.get("from"), earlier.get("from")
        if since is None or (before is not None and since <= before):
            field = f"responsibles[{number}].from"
            yield problem("responsibles_not_in_order", later.at("from"), indicator.name, field)


def _range(indicator: Entry) -> Iterator[PlanProblem]:
    given: Entry = indicator.get("range", NO_ENTRY)
    low, high, short = given.get("min"), given.get("max"), indicator.get("max")
    if None not in (high, short) and high != short:
        yield problem("range_twice", indicator.at("max"), indicator.name, "max")
    high = short if high is None else high
    field = "range" if "range" in indicator.places else "max"
    if low is not None and high is not None and low > high:
        details = {"low": str(low), "high": str(high)}
        yield problem("range_reversed", indicator.at(field), indicator.name, field, **details)
    limits = [limit for limit in (low, high) if limit is not None]
    if indicator.get("behaviour") == Behaviour.PERCENTAGE and any(not 0 <= limit <= 100 for limit in limits):
        yield problem("range_of_percentage", indicator.at(field), indicator.name, field)


def _behaviour(indicator: Entry) -> Iterator[PlanProblem]:
    behaviour = indicator.get("behaviour")
    if behaviour is None:
        return
    is_milestone = behaviour == Behaviour.MILESTONE
    if is_milestone and "due" not in indicator.places:
        yield problem("milestone_without_due", indicator.place, indicator.name, "due")
    if not is_milestone and "due" in indicator.places:
        yield problem("due_without_milestone", indicator.at("due"), indicator.name, "due")
    if not is_milestone and indicator.get("frequency") == Frequency.ONCE:
        yield problem("once_without_milestone", indicator.at("frequency"), indicator.name, "frequency")
    is_cumulative = behaviour == Behaviour.CUMULATIVE
    if is_cumulative and "accumulation" not in indicator.places:
        yield problem("accumulation_missing", indicator.at("behaviour"), indicator.name, "accumulation")
    if not is_cumulative and "accumulation" in indicator.places:
        yield problem("accumulation_unused", indicator.at("accumulation"), indicator.name, "accumulation")


def _breakdown(indicator: Entry) -> Iterator[PlanProblem]:
    dimensions = indicator.get("disaggregation", [])
    aggregation = indicator.get("aggregation", Aggregation.NONE)
    if aggregation != Aggregation.NONE and not dimensions:
        yield problem("aggregation_without_parts", indicator.at("aggregation"), indicator.name, "aggregation")
    if aggregation == Aggregation.SUM and indicator.get("behaviour") == Behaviour.PERCENTAGE:
        yield problem("percentages_added", indicator.at("aggregation"), indicator.name, "aggregation")
    for combination in indicator.get("combinations", []):
        if len(set(combination)) < 2:
            yield problem("combination_too_short", indicator.at("combinations"), indicator.name, "combinations")
        for dimension in combination:
            if dimension not in dimensions:
                place = indicator.at("combinations")
                yield problem("combination_not_declared", place, indicator.name, "combinations", text=dimension)


def _series(indicator: Entry) -> Iterator[PlanProblem]:
    given, year = indicator.get("series_break"), indicator.get("baseline", NO_ENTRY).get("year")
    if given and year and given.year <= year:
        yield problem("break_before_baseline", indicator.at("series_break"), indicator.name, "series_break")
    if indicator.get("replaces") and indicator.get("replaces") == indicator.get("code"):
        yield problem("refers_to_itself", indicator.at("replaces"), indicator.name, "replaces")


_RULES: tuple[Callable[[Entry], Iterator[PlanProblem]], ...] = (
    _responsible,
    _range,
    _behaviour,
    _breakdown,
    _series,
)
