"""The programme's settings and its calendar of reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError

from nap_monitor.programme.building import NO_ENTRY
from nap_monitor.programme.checks.timing import Span, span_of
from nap_monitor.programme.entries import Entry
from nap_monitor.programme.model import Calendar
from nap_monitor.programme.problems import PlanProblem, problem, suggestion
from nap_monitor.programme.quarters import Quarter


def check(plan: Entry) -> Iterator[PlanProblem]:
    head = plan.get("programme", NO_ENTRY)
    reporting: Entry = head.get("reporting", NO_ENTRY)
    yield from _settings(head)
    yield from _yearly_days(reporting)
    yield from _deadlines(reporting, span_of(plan))
    yield from _extensions(reporting, span_of(plan))
    if set(reporting.get("weekend", ())) == set(range(1, 8)):
        yield problem("no_working_days", reporting.at("weekend"), head.name, "reporting.weekend")
    if plan.get("illustrative") and "disclaimer" not in plan.places:
        yield problem("no_disclaimer", plan.at("illustrative"), head.name, "disclaimer")


def _settings(head: Entry) -> Iterator[PlanProblem]:
    zone, locale = head.get("time_zone"), head.get("number_locale")
    if zone and not _is_time_zone(zone):
        yield problem("unknown_time_zone", head.at("time_zone"), head.name, "time_zone", text=zone)
    if locale and not _is_locale(locale):
        yield problem("unknown_locale", head.at("number_locale"), head.name, "number_locale", text=locale)


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        return False
    return True


def _is_locale(name: str) -> bool:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def rule_sets(plan: Entry, known: Collection[str] | None) -> Iterator[PlanProblem]:
    """Rule sets that the plan names and nobody wrote; `known` is None where they cannot be known."""
    for entry in (plan.get("programme", NO_ENTRY), *plan.entries("indicators")):
        name = entry.get("rule_set")
        if name is not None and known is not None and name not in known:
            likely = suggestion(name, known)
            yield problem(
                "unknown_rule_set", entry.at("rule_set"), entry.name, "rule_set", text=name, suggestion=likely
            )


def _yearly_days(reporting: Entry) -> Iterator[PlanProblem]:
    for rule in reporting.entries("non_working_days"):
        given = set(rule.places) - {"month"}
        if given not in ({"day"}, {"weekday", "nth"}):
            yield problem("not_a_rule_day", rule.place, rule.name, "reporting.non_working_days")


def _deadlines(reporting: Entry, span: Span | None) -> Iterator[PlanProblem]:
    deadlines: Entry = reporting.get("deadlines", NO_ENTRY)
    for code, day in deadlines.values.items():
        quarter, field = Quarter.parse(code), f"reporting.deadlines.{code}"
        if day and day <= quarter.last_day:
            yield problem("deadline_too_early", deadlines.at(code), reporting.name, field, quarter=code)
        yield from _quarter_inside(span, deadlines, code, quarter, reporting.name, field)


def _extensions(reporting: Entry, span: Span | None) -> Iterator[PlanProblem]:
    deadlines: Entry = reporting.get("deadlines", NO_ENTRY)
    days = reporting.get("deadline_days_after_quarter", Calendar.deadline_days_after_quarter)
    for number, extension in enumerate(reporting.entries("extensions"), start=1):
        quarter, until = extension.get("quarter"), extension.get("until")
        if quarter is None:
            continue
        field = f"reporting.extensions[{number}]"
        yield from _quarter_inside(span, extension, "quarter", quarter, reporting.name, f"{field}.quarter")
        ordinary = deadlines.get(str(quarter)) or quarter.last_day + timedelta(days=days)
        if until and until <= ordinary:
            place = extension.at("until")
            yield problem("extension_shortens", place, reporting.name, f"{field}.until", deadline=str(ordinary))


def _quarter_inside(
    span: Span | None, entry: Entry, key: str, quarter: Quarter, name: str, field: str
) -> Iterator[PlanProblem]:
    if span and not span.contains(quarter):
        start, end = (str(Quarter.of(day)) for day in span)
        yield problem("outside_programme", entry.at(key), name, field, text=str(quarter), start=start, end=end)
