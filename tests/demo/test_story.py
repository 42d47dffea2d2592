"""The demonstration's story: figures that such indicators can have, deliveries, actions, events; the same each time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nap_monitor.demo.courses import Course, course_of, figures
from nap_monitor.demo.deliveries import Manner, deliveries, manner_of, past_quarters, reporting_agencies
from nap_monitor.demo.events import events
from nap_monitor.demo.works import work_on
from nap_monitor.programme.files import read_plan
from nap_monitor.programme.model import Behaviour, Indicator, Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.settings import Settings

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def plan() -> Programme:
    plan, _ = read_plan(Settings().config / "programme.yaml", first_year=2025)
    assert plan is not None
    return plan


@pytest.fixture(scope="module")
def quarters(plan: Programme) -> list[Quarter]:
    return past_quarters(plan, TODAY)


def test_the_quarters_that_are_over(plan: Programme, quarters: list[Quarter]) -> None:
    assert [str(q) for q in quarters] == [*(f"2025-Q{n}" for n in (1, 2, 3, 4)), *(f"2026-Q{n}" for n in (1, 2, 3))]
    assert past_quarters(plan, date(2025, 3, 31)) == []


def test_figures_are_what_such_an_indicator_can_have(plan: Programme, quarters: list[Quarter]) -> None:
    for indicator in plan.indicators:
        for value in figures(indicator, quarters).values():
            assert value >= 0
            assert value == round(value, indicator.decimals)
            if indicator.behaviour is Behaviour.PERCENTAGE:
                assert value <= 100
            if indicator.is_milestone:
                assert value in {0, 1}


def test_running_totals_never_sink_but_in_january(plan: Programme, quarters: list[Quarter]) -> None:
    for indicator in plan.indicators:
        if indicator.behaviour is Behaviour.CUMULATIVE:
            series = figures(indicator, quarters)
            for quarter, value in series.items():
                if not (indicator.restarts and quarter.number == 1):
                    assert value >= series.get(quarter - 1, Decimal(0)), (indicator.code, quarter)


def test_the_same_story_in_whatever_year_it_is_told(plan: Programme, quarters: list[Quarter]) -> None:
    later, _ = read_plan(Settings().config / "programme.yaml", first_year=2031)
    assert later is not None
    moved = past_quarters(later, date(2032, 11, 23))
    for now, then in zip(plan.indicators, later.indicators, strict=True):
        assert list(figures(now, quarters).values()) == list(figures(then, moved).values()), now.code


def test_every_course_is_run_by_somebody(plan: Programme) -> None:
    assert {course_of(indicator) for indicator in plan.indicators} == set(Course)


def test_an_indicator_without_a_story_draws_one(plan: Programme) -> None:
    unknown = Indicator(**{**vars(plan.indicators[0]), "code": "X-1"})
    assert course_of(unknown) is course_of(unknown)


def test_some_agencies_are_late_one_falls_silent_the_others_keep_to_the_deadline(plan: Programme) -> None:
    found = deliveries(plan, reporting_agencies(plan), TODAY)
    assert [d.day for d in found] == sorted(d.day for d in found)
    assert all(d.day < TODAY for d in found)
    by_manner = {m: [d for d in found if d.manner is m] for m in Manner}
    assert all(by_manner.values())
    assert max(d.quarter for d in by_manner[Manner.SILENT]) <= Quarter(2025, 3)
    assert all(d.day > d.quarter.last_day.replace(day=28) for d in by_manner[Manner.LATE])
    assert [d.quarter for d in found if d.is_draft] == [Quarter(2026, 3)]
    assert manner_of("NOBODY") is Manner.PUNCTUAL


def test_actions_finish_early_late_partly_or_never_and_agencies_ask_for_changes(plan: Programme) -> None:
    start = plan.start
    assert start is not None
    works = {a.code: work_on(a, a.lead or "", TODAY, start) for a in plan.actions}
    found = {work.status for work in works.values() if work is not None}
    assert found == {"not_started", "in_progress", "partly_met", "completed", "modified", "cancelled"}
    for code, work in works.items():
        assert work is not None
        assert (work.finish is not None) == (work.status == "completed"), code
        assert (work.new_due is not None) == (work.status == "modified"), code
    lead, other = works["1.3.1"], work_on(plan.action_by_code["1.3.1"], "SRE", TODAY, start)
    assert lead is not None
    assert other is not None
    assert (lead.status, other.status) == ("in_progress", "completed")
    assert work_on(plan.action_by_code["1.1.1"], "SRE", TODAY, start) is None


def test_the_people_of_an_event_are_its_women_and_men(quarters: list[Quarter]) -> None:
    found = [event for agency in ("SEGOB", "SE", "INPI") for event in events(agency, quarters, quarters[-1])]
    assert len({event.id for event in found}) == len(found) > 20
    for event in found:
        assert event.counts["total"] == event.counts["women"] + event.counts["men"]
        assert event.counts.get("proposals_answered", 0) <= event.counts.get("proposals_received", 0)
        assert Quarter.of(event.day) in quarters
