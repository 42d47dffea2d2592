"""What stands on the pages is what the database and the rules say; each number leads to its indicator."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nap_monitor.access import operator
from nap_monitor.assess import recompute
from nap_monitor.database.engine import reading, writing
from nap_monitor.database.plans import programmes, store_plan
from nap_monitor.language import language
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.statuses import ActionStatus, Status
from nap_monitor.status import Standing, standing
from nap_monitor.web import attention
from nap_monitor.web.text import percent, plain
from tests.databases import connected
from tests.pages.conftest import Show, words
from tests.shown import NOW, PROGRAMME, SAMPLE, TODAY, Installation

ENGLISH = language("en")
pytestmark = pytest.mark.usefixtures("on_this_machine")


@pytest.fixture(scope="module")
def stands(demonstration: Installation) -> Standing:
    with connected(demonstration.url) as engine, reading(engine) as connection:
        return standing(connection, operator("test"), PROGRAMME, Quarter(2026, 3), TODAY)


def test_the_headline_counts_what_the_roll_up_counts(show: Show, demonstration: Installation, stands: Standing) -> None:
    counts = stands.total.counts
    said = words(show("overview", demonstration, lang="en"))
    good = counts[Status.ACHIEVED] + counts[Status.ON_TRACK]
    assert f"In Q3 2026, {good} of 47 indicators have reached their target or are on track." in said
    missing = counts[Status.NO_DATA]
    assert (
        f"{counts[Status.AT_RISK]} are at risk, {counts[Status.OFF_TRACK]} off track and {missing} without data."
        in said
    )


def test_indexes_come_with_their_range_and_coverage(show: Show, demonstration: Installation, stands: Standing) -> None:
    app = show("overview", demonstration, lang="en")
    total = stands.total
    assert percent(total.index_pct, ENGLISH) in {metric.value for metric in app.metric}
    assert percent(total.progress_index_pct, ENGLISH) in {metric.value for metric in app.metric}
    assert total.coverage_weight is not None
    share = percent(total.coverage_weight * 100, ENGLISH, decimals=0)
    assert any(percent(total.index_high_pct, ENGLISH) in c.value and share in c.value for c in app.caption)


def test_completed_and_delayed_actions_are_counted_apart(
    show: Show, demonstration: Installation, stands: Standing
) -> None:
    done = sum(a.status is ActionStatus.COMPLETED for a in stands.actions)
    late = sum(a.is_delayed for a in stands.actions)
    app = show("overview", demonstration, lang="en")
    assert f"{done} of 43" in {metric.value for metric in app.metric}
    assert f"{late} delayed" in {caption.value for caption in app.caption}


def test_every_case_for_attention_has_its_reason_its_agency_and_leads_to_its_indicator(
    show: Show, demonstration: Installation, stands: Standing
) -> None:
    said = words(show("overview", demonstration, lang="en", quarter="2026-Q2"))
    first = next(line for line in said.splitlines() if line.startswith("1. "))
    assert ":red-badge[■ Off track]" in first
    assert "(indicator?lang=en&quarter=2026-Q2&indicator=IND-" in first
    assert "was due on 31/12/2025" in first  # a milestone: it has no degree of compliance worth telling
    found = attention.cases(stands, ENGLISH)
    assert [case.urgency for case in found] == sorted(case.urgency for case in found)
    assert {Status.OFF_TRACK, Status.NO_DATA} <= {s.status for s in stands.indicators}
    named = {case.code for case in found}
    assert {
        s.code for s in stands.indicators if s.status in (Status.OFF_TRACK, Status.AT_RISK, Status.NO_DATA)
    } <= named
    assert {a.code for a in stands.actions if a.is_delayed or a.requested} <= named


def test_the_tree_names_every_strategy_action_and_indicator(
    show: Show, demonstration: Installation, stands: Standing
) -> None:
    said = words(show("objectives", demonstration, lang="en"))
    programme = stands.programme
    for objective in programme.objectives:
        assert f"**{objective.code}. " in said
        for strategy in objective.strategies:
            assert f"##### {strategy.code} " in said
    assert all(f"**{action.code}** " in said for action in programme.actions)
    assert all(f"indicator={indicator.code})" in said for indicator in programme.indicators)


def test_an_objective_in_the_address_shows_that_one_alone(show: Show, demonstration: Installation) -> None:
    app = show("objectives", demonstration, lang="en", objective="3")
    (only,) = [expander for expander in app.expander if expander.label.startswith("**")]
    assert only.label.startswith("**3. ")


@pytest.mark.parametrize("name", ["objective", "agency", "indicator", "quarter", "programme", "lang"])
@pytest.mark.parametrize("page", ["objectives", "agencies", "timeline", "indicator"])
def test_a_code_that_nobody_knows_is_as_if_it_were_absent(
    page: str, name: str, show: Show, demonstration: Installation
) -> None:
    app = show(page, demonstration, **{name: '../etc/passwd" onload='})
    assert [e.message for e in app.exception] == []
    assert not app.error


def test_agencies_are_ranked_by_the_low_end_of_their_range(
    show: Show, demonstration: Installation, stands: Standing
) -> None:
    app = show("agencies", demonstration, lang="en")
    table = next(m.value for m in app.markdown if m.value.startswith("| Agency | Due |"))
    order = [row.split("agency=")[1].split(")")[0] for row in table.splitlines()[2:]]
    low = {r.code: r.index_low_pct for r in stands.agencies}
    known = [low[agency] for agency in order if low.get(agency) is not None]
    assert known == sorted(known)
    assert all(low.get(agency) is None for agency in order[len(known) :])


def test_one_agency_has_its_indicators_and_its_actions(
    show: Show, demonstration: Installation, stands: Standing
) -> None:
    said = words(show("agencies", demonstration, lang="en", agency="STPS"))
    quarter = Quarter(2026, 3)
    own = {i.code for i in stands.programme.indicators if i.responsible_in(quarter) == "STPS"}
    led = {a.code for a in stands.programme.actions if "STPS" in (a.lead, *a.co_responsible)}
    assert all(f"indicator={code})" in said for code in own)
    assert all(f"**{code}** " in said for code in led)
    assert "(reporting?lang=en&agency=STPS)" in said


def test_the_two_dates_of_an_action_show_for_ever(show: Show, demonstration: Installation, stands: Standing) -> None:
    app = show("timeline", demonstration, lang="en")
    table = next(m.value for m in app.markdown if m.value.startswith("| Action | Responsible |"))
    asked = [a for a in stands.actions if a.requested_due]
    assert asked
    for action in asked:
        row = next(line for line in table.splitlines() if f"| {plain(action.code)} " in line)
        assert action.due
        assert ENGLISH.day(action.due_date or action.due.last_day) in row
        assert action.requested_due
        assert ENGLISH.day(action.requested_due) in row


def test_an_indicator_explains_its_colour_and_names_the_cells_of_its_figures(
    show: Show, demonstration: Installation
) -> None:
    app = show("indicator", demonstration, lang="en", indicator="IND-1.04")
    said = words(app)
    assert "Why this colour" in said
    assert "compliance c = 100 \\+ d" in said
    assert "Rule floor" in said
    table = next(m.value for m in app.markdown if m.value.startswith("| Quarter | Figure |"))
    assert "SEGOB\\.xlsx › Indicadores\\!" in table


def test_the_technical_sheet_has_every_field_that_the_plan_fills(
    show: Show, demonstration: Installation, stands: Standing
) -> None:
    indicator = stands.programme.indicator_by_code["IND-1.04"]
    app = show("indicator", demonstration, lang="en", indicator=indicator.code)
    sheet = next(m.value for m in app.markdown if m.value.startswith("| Field | Content |"))
    for text in (indicator.formula, indicator.unit, indicator.means_of_verification):
        assert text
        assert plain(text["en"]) in sheet
    assert "2025: 60 · 2026: 75" in sheet
    assert "SEGOB · Ministry of the Interior" in sheet


def test_problems_are_told_in_the_readers_language_with_file_cell_and_what_is_accepted(
    show: Show, demonstration: Installation
) -> None:
    spanish = words(show("reporting", demonstration, lang="es", agency="SEGOB"))
    english = words(show("reporting", demonstration, lang="en", agency="SEGOB"))
    assert "SEGOB\\.xlsx › Indicadores\\!" in english
    assert "It says" in english
    assert "\\#DIV/0\\!" in english
    assert " → *" in english
    assert language("es").say("It says") in spanish
    assert set(spanish.splitlines()) != set(english.splitlines())


def test_a_plan_without_indicators_or_dates_is_followed_by_its_actions(show: Show, demonstration: Installation) -> None:
    overview = words(show("overview", demonstration, lang="en", programme=SAMPLE))
    assert "The plan has 24 actions; no agency has reported on them yet." in overview
    assert "the plan gives no dates" in overview
    assert "No report" in overview
    assert "Compliance index" not in overview
    timeline = show("timeline", demonstration, lang="en", programme=SAMPLE)
    assert "no dates" in words(timeline)
    assert not timeline.get("vega_lite_chart")
    agencies = words(show("agencies", demonstration, lang="en", programme=SAMPLE))
    assert "ChileCompra" in agencies


def test_the_day_is_the_programmes_own(show: Show, demonstration: Installation) -> None:
    assert f"Today: {ENGLISH.day(date(2026, 11, 23))}" in words(show("overview", demonstration, lang="en"))


def test_beside_a_changed_plan_stands_the_original_one(show: Show, demonstration: Installation, tmp_path: Path) -> None:
    own = demonstration.copy_to(tmp_path / "own")
    assert "Against the original plan" not in words(show("overview", own, lang="en"))
    with connected(own.url) as engine, writing(engine) as connection:
        (plan, *_) = programmes(connection, operator("test"))
        eased = replace(plan.programme.indicators[1], weight=Decimal(3))
        indicators = (plan.programme.indicators[0], eased, *plan.programme.indicators[2:])
        changed = replace(
            plan.programme,
            indicators=indicators,
            effective_from=Quarter(2026, 3),
            reason={"es": "Prueba", "en": "Test"},
        )
        store_plan(connection, operator("test"), changed, now=NOW)
        recompute(connection, plan.programme_id, None)
    said = words(show("overview", own, lang="en"))
    assert "Against the original plan: 27 of 47 have reached their target or are on track" in said
