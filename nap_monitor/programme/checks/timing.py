"""Dates of the plan: its period, and that what it promises falls inside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from nap_monitor.programme.building import NO_ENTRY
from nap_monitor.programme.checks.references import actions
from nap_monitor.programme.entries import Entry
from nap_monitor.programme.problems import PlanProblem, problem
from nap_monitor.programme.quarters import Quarter


class Span(NamedTuple):
    """First and last day of a programme."""

    start: date
    end: date

    def contains(self, when: date | Quarter) -> bool:
        if isinstance(when, Quarter):
            return Quarter.of(self.start) <= when <= Quarter.of(self.end)
        return self.start <= when <= self.end


def span_of(plan: Entry) -> Span | None:
    """The programme's period, if it gives a possible one."""
    period = plan.get("programme", NO_ENTRY).get("period", NO_ENTRY)
    start, end = period.get("start"), period.get("end")
    return Span(start, end) if start and end and start <= end else None


def outside(span: Span | None, entry: Entry, field: str, when: date | Quarter | None) -> Iterator[PlanProblem]:
    """The problem of a date outside the programme."""
    if span and when is not None and not span.contains(when):
        start, end = (str(d) if isinstance(when, date) else str(Quarter.of(d)) for d in span)
        yield problem("outside_programme", entry.at(field), entry.name, field, text=str(when), start=start, end=end)


def check(plan: Entry) -> Iterator[PlanProblem]:
    head = plan.get("programme", NO_ENTRY)
    if head is NO_ENTRY:
        return
    yield from _period(head)
    span = span_of(plan)
    yield from outside(span, head, "effective_from", head.get("effective_from"))
    yield from _structure(plan)
    yield from _actions(plan, span)
    sample, count = head.get("sample", NO_ENTRY), len(list(actions(plan)))
    shown, total = sample.get("shown"), sample.get("total")
    if None not in (shown, total) and (shown != count or total < shown):
        details = {"shown": str(shown), "total": str(total), "count": str(count)}
        yield problem("sample_counts", head.at("sample"), head.name, "sample", **details)


def _period(head: Entry) -> Iterator[PlanProblem]:
    period: Entry | None = head.get("period")
    if "period" not in head.places or (period and not period.places):
        yield problem("plan_without_dates", head.at("period"), head.name, "period")
    elif period and len({"start", "end"} & set(period.places)) == 1:
        yield problem("period_incomplete", period.place, head.name, "period")
    elif period and period.get("start") and period.get("end") and period.get("end") < period.get("start"):
        yield problem("end_before_start", period.at("end"), head.name, "period.end")


def _structure(plan: Entry) -> Iterator[PlanProblem]:
    for objective in plan.entries("objectives"):
        if not objective.get("strategies"):
            yield problem("no_strategies", objective.at("strategies"), objective.name, "strategies")
        for strategy in objective.entries("strategies"):
            if not strategy.get("actions"):
                yield problem("no_actions", strategy.at("actions"), strategy.name, "actions")


def _actions(plan: Entry, span: Span | None) -> Iterator[PlanProblem]:
    found = [a for _, a in actions(plan)]
    dateless = [a for a in found if "due" not in a.places]
    if len(dateless) == len(found) > 1:
        head = plan.get("programme")
        yield problem("no_action_has_due", plan.at("objectives"), head.name, "due", count=str(len(found)))
    else:
        for action in dateless:
            yield problem("action_without_due", action.place, action.name, "due")
    for action in found:
        if "lead" not in action.places:
            yield problem("action_without_lead", action.place, action.name, "lead")
        start, due = action.get("start"), action.get("due")
        yield from outside(span, action, "start", start)
        yield from outside(span, action, "due", due)
        if start and due and start > (due if isinstance(due, date) else due.last_day):
            yield problem("due_before_start", action.at("due"), action.name, "due")
