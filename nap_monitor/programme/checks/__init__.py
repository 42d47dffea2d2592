"""Checking a plan that was read: does it hold together? Every problem at once, each with place, entry and field."""

from __future__ import annotations

from collections.abc import Collection

from nap_monitor.programme.checks import agencies, calendar, indicators, references, texts, timing
from nap_monitor.programme.entries import Entry, Reading
from nap_monitor.programme.problems import PlanProblem


def check(plan: Entry, reading: Reading, rule_sets: Collection[str] | None = None) -> list[PlanProblem]:
    """All that is wrong with a plan beyond its form. Fields that could not be read are left out, not reported twice."""
    return [
        *references.check(plan, reading),
        *agencies.check(plan),
        *timing.check(plan),
        *calendar.check(plan),
        *indicators.check(plan),
        *texts.check(plan, reading),
        *calendar.rule_sets(plan, rule_sets),
    ]
