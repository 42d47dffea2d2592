"""Where a programme stands, from what is stored, on both databases."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from nap_monitor import assess
from nap_monitor.access import PUBLIC, NotAllowed, Role, Viewer
from nap_monitor.assess import RulesUnusable, recompute, recompute_if_rules_changed, rule_sets_in_force
from nap_monitor.commands.status import as_document
from nap_monitor.database.assessments import assessments_shown, counted_figures
from nap_monitor.database.engine import reading, writing
from nap_monitor.database.tables import assessment
from nap_monitor.history import NoIndicator, history, programme_curve
from nap_monitor.language import language
from nap_monitor.programme.model import Action, Aggregation, Objective, Responsible, Strategy
from nap_monitor.progress.statuses import ActionStatus, Because, Reason, Status
from nap_monitor.status import NoProgramme, NoSuchQuarter, NoSuchRuleSet, colours_by_rule_set, standing
from tests.progress.plan import d, indicator, milestone, programme, q, targets
from tests.stored import COORDINATOR, report, report_action, stored

DAY = date(2025, 8, 1)
ACTION = Action("1.1.1", {"es": "Publicar"}, lead="A", due=q("2025-Q1"))


def plan(*indicators, **changes):
    objective = Objective("1", {"es": "Uno"}, (Strategy("1.1", {"es": "Uno uno"}, actions=(ACTION,)),))
    return programme(*(indicators or (indicator(),)), objectives=(objective,), **changes)


def stand(engine, quarter="2025-Q2", day=DAY, viewer=COORDINATOR, **options):
    with reading(engine) as connection:
        return standing(connection, viewer, "P", quarter and q(quarter), day, **options)


def only(engine, *arguments, **options):
    (shown,) = stand(engine, *arguments, **options).indicators
    return shown


def test_a_counted_figure_becomes_a_status(engine):
    with writing(engine) as connection:
        report(connection, stored(connection, plan()), "I-1", "2025-Q2", "46.5")
    shown = only(engine)
    assert (shown.status, shown.value, shown.expected, shown.compliance_pct) == (Status.AT_RISK, d("46.5"), 50, 93)
    assert stand(engine).total.index_pct == 93


def test_the_quarter_shown_by_default_is_the_latest_that_is_over(engine):
    with writing(engine) as connection:
        stored(connection, plan())
    assert stand(engine, None).quarter == q("2025-Q2")


@pytest.mark.parametrize("row", [{"standing": "draft"}, {"is_current": False}, {"declared": "no_data", "value": None}])
def test_what_does_not_count_is_missing(engine, row):
    with writing(engine) as connection:
        known = stored(connection, plan())
        report(connection, known, "I-1", "2025-Q2", **{"value": 50} | row)
    assert only(engine).status is Status.NO_DATA
    assert stand(engine).total.reported == 0


def test_no_cases_is_an_answer_that_cannot_be_judged(engine):
    with writing(engine) as connection:
        report(connection, stored(connection, plan()), "I-1", "2025-Q2", None, declared="no_cases")
    shown = only(engine)
    assert (shown.status, shown.because) == (Status.NOT_COMPUTABLE, Because.NO_CASES)
    assert stand(engine).total.reported == 1


def test_late_is_measured_in_the_programme_s_own_days(engine):
    """18:00 UTC on the 15th is noon in Mexico; 05:00 UTC on the 16th is still the 15th there."""
    with writing(engine) as connection:
        known = stored(connection, plan(indicator(), indicator(code="I-2")))
        report(connection, known, "I-1", "2025-Q2", 50, on="2025-07-16")
        five = datetime(2025, 7, 16, 5, tzinfo=UTC)
        report(connection, known, "I-2", "2025-Q2", 50, first_counted_at=five)
    late, in_time = stand(engine).indicators
    assert late.reasons == (Reason.LATE,)
    assert in_time.reasons == ()


def test_a_silent_quarter_is_awaited_then_missing_without_anything_being_stored(engine):
    with writing(engine) as connection:
        report(connection, stored(connection, plan()), "I-1", "2025-Q1", 25)
    awaited = only(engine, day=date(2025, 7, 15))
    assert (awaited.status, awaited.origin, awaited.is_awaited) == (Status.ON_TRACK, q("2025-Q1"), True)
    assert only(engine, day=date(2025, 7, 16)).status is Status.NO_DATA


def test_parts_make_the_total_that_the_plan_declares(engine):
    by_sex = indicator(disaggregation=("sex",), aggregation=Aggregation.SUM)
    with writing(engine) as connection:
        known = stored(connection, plan(by_sex))
        report(connection, known, "I-1", "2025-Q2", 20, breakdown="women")
        report(connection, known, "I-1", "2025-Q2", 30, breakdown="men", evidence=None)
        report(connection, known, "I-1", "2025-Q1", 20, breakdown="women")
    shown = only(engine)
    assert (shown.value, shown.observation_id, shown.reasons) == (50, None, (Reason.NO_EVIDENCE,))
    assert only(engine, "2025-Q1").status is Status.NO_DATA  # a half is no total


def test_a_reported_total_stands_beside_its_parts(engine):
    by_sex = indicator(disaggregation=("sex",), aggregation=Aggregation.SUM)
    with writing(engine) as connection:
        known = stored(connection, plan(by_sex))
        for breakdown, value in (("", 52), ("women", 20), ("men", 30)):
            report(connection, known, "I-1", "2025-Q2", value, breakdown=breakdown)
    assert only(engine).value == 52


def test_where_a_duty_moved_the_responsible_agency_s_figure_stands(engine):
    moved = indicator(responsibles=(Responsible("A"), Responsible("B", q("2025-Q2"))))
    with writing(engine) as connection:
        known = stored(connection, plan(moved))
        for agency, value in (("B", 50), ("A", 10)):
            report(connection, known, "I-1", "2025-Q2", value, agency=agency)
            report(connection, known, "I-1", "2025-Q1", value, agency=agency)
    assert only(engine, "2025-Q2").value == 50
    assert only(engine, "2025-Q1").value == 10
    assert [(group.code, group.size) for group in stand(engine, "2025-Q1").agencies] == [("A", 1), ("B", 0)]
    assert [(group.code, group.size) for group in stand(engine, "2025-Q2").agencies] == [("A", 0), ("B", 1)]


def test_a_new_version_of_the_plan_leaves_earlier_quarters_their_colour(engine):
    with writing(engine) as connection:
        known = stored(connection, plan())
        for quarter in ("2025-Q1", "2025-Q2"):
            report(connection, known, "I-1", quarter, 20)
        easier = plan(
            indicator(targets=targets(y2025=40, y2026=200)), effective_from=q("2025-Q2"), reason={"es": "Ajuste"}
        )
        stored(connection, easier)
        recompute(connection, known.programme_id, None)
    assert only(engine, "2025-Q1").status is Status.OFF_TRACK
    assert only(engine, "2025-Q2").status is Status.ON_TRACK
    assert stand(engine, "2025-Q2").against_original.counts[Status.OFF_TRACK] == 1
    assert stand(engine, "2025-Q1").against_original is None
    assert stand(engine, "2025-Q2").plan_number == 2


def test_an_indicator_that_a_version_drops_keeps_its_past(engine):
    with writing(engine) as connection:
        known = stored(connection, plan(indicator(), indicator(code="I-2")))
        report(connection, known, "I-2", "2025-Q1", 25)
        stored(connection, plan(effective_from=q("2025-Q2"), reason={"es": "Se retira"}))
        recompute(connection, known.programme_id, None)
    assert [shown.code for shown in stand(engine, "2025-Q1").indicators] == ["I-1", "I-2"]
    assert [shown.code for shown in stand(engine, "2025-Q2").indicators] == ["I-1"]


def test_recomputing_what_has_not_changed_changes_nothing(engine):
    with writing(engine) as connection:
        known = stored(connection, plan(indicator(), milestone(code="M")))
        report(connection, known, "I-1", "2025-Q1", 25)
        recompute(connection, known.programme_id, None)
        assert recompute(connection, known.programme_id, None) == 0


def test_one_rule_set_for_all_replaces_every_override(engine):
    strict = indicator(rule_set="deviation_5_10")
    with writing(engine) as connection:
        report(connection, stored(connection, plan(strict)), "I-1", "2025-Q2", 60)
    assert only(engine).status is Status.OFF_TRACK
    assert only(engine, rule_set="floor_95_90").status is Status.ON_TRACK
    assert stand(engine, rule_set="floor_95_90").rule_set == "floor_95_90"
    with reading(engine) as connection:
        by_set = colours_by_rule_set(connection, COORDINATOR, "P", q("2025-Q2"), DAY)
    assert by_set["within_15"].total.counts[Status.ON_TRACK] == 1


def test_judging_anew_by_the_plan_s_own_set_gives_what_is_stored(engine):
    yearly = indicator(code="I-2", targets=targets(y2025=None, y2026=10))
    with writing(engine) as connection:
        known = stored(connection, plan(indicator(), yearly, milestone(code="M")))
        for code, quarter, value in (("I-1", "2025-Q1", 25), ("I-2", "2025-Q1", 3), ("M", "2025-Q2", 0)):
            report(connection, known, code, quarter, value)
    for quarter in ("2025-Q1", "2025-Q2", "2025-Q3"):
        assert stand(engine, quarter).indicators == stand(engine, quarter, rule_set="floor_95_90").indicators


def test_the_public_sees_the_plan_and_who_has_reported_and_no_figure(engine):
    with writing(engine) as connection:
        known = stored(connection, plan())
        report(connection, known, "I-1", "2025-Q2", 46)
        report_action(connection, known, "1.1.1", "completed")
    seen = stand(engine, viewer=PUBLIC)
    assert (seen.withheld, seen.indicators, seen.actions, seen.total.index_pct) == (True, (), (), None)
    assert [(r.agency, r.due, r.reported) for r in seen.reporting] == [("A", 1, 1), ("B", 0, 0)]
    with reading(engine) as connection:
        assert history(connection, PUBLIC, "P", "I-1", q("2025-Q2")).revisions == ()
        assert {point.index_pct for point in programme_curve(connection, PUBLIC, "P", DAY)} == {None}
        with pytest.raises(NotAllowed):
            assessments_shown(connection, PUBLIC, known.programme_id, q("2025-Q2"), DAY)
        with pytest.raises(NotAllowed):
            list(counted_figures(connection, PUBLIC, known.programme_id, ["I-1"]))


def test_actions_stand_as_last_reported(engine):
    with writing(engine) as connection:
        known = stored(connection, plan())
        report_action(connection, known, "1.1.1", "in_progress", is_current=False)
        report_action(connection, known, "1.1.1", "cancelled", revision=2)
        report_action(connection, known, "1.1.1", "completed", standing="draft", revision=3)
    (action,) = stand(engine).actions
    assert (action.status, action.requested, action.is_delayed) == (ActionStatus.IN_PROGRESS, "cancelled", True)


def test_the_history_of_an_indicator(engine):
    with writing(engine) as connection:
        known = stored(connection, plan())
        for number, value in enumerate((20, 40, 60), start=1):
            report(connection, known, "I-1", f"2025-Q{number}", value, is_current=number != 2)
        report(connection, known, "I-1", "2025-Q2", 45, revision=2)
        report(connection, known, "I-1", "2025-Q4", 99, standing="draft")
        report(connection, known, "I-1", "2025-Q4", 90)
    with reading(engine) as connection:
        found = history(connection, COORDINATOR, "P", "I-1", q("2025-Q4"))
        group = history(connection, Viewer(Role.WORKING_GROUP, "x"), "P", "I-1", q("2025-Q3"))
    assert [str(quarter) for quarter, _ in found.path][:2] == ["2024-Q4", "2025-Q1"]
    assert [figure.value for figure in found.figures] == [20, 45, 60, 90]
    assert [(str(r.quarter), r.value) for r in found.revisions][:3] == [
        ("2025-Q4", 90),
        ("2025-Q4", 99),
        ("2025-Q3", 60),
    ]
    assert found.revisions[0].place["row"] == 5
    assert found.forecast.figures == 4
    assert "draft" not in {r.standing for r in group.revisions}
    assert group.forecast is None
    assert str(found.assessments[0].quarter) == "2025-Q1"
    assert found.rules.name == "floor_95_90"


def test_the_curve_of_the_programme(engine):
    with writing(engine) as connection:
        report(connection, stored(connection, plan()), "I-1", "2025-Q1", 20)
    with reading(engine) as connection:
        points = programme_curve(connection, COORDINATOR, "P", DAY)
    assert [str(p.quarter) for p in points][:2] == ["2025-Q1", "2025-Q2"]
    assert (points[0].expected_pct, points[0].actual_pct, points[0].index_pct) == (d("12.5"), 10, 80)
    assert (points[1].actual_pct, points[1].index_low_pct, points[1].index_high_pct) == (None, 0, 100)
    assert (points[2].expected_pct, points[2].index_high_pct) == (d("37.5"), None)


def test_what_is_not_there_is_said(engine):
    spanish = language("es")
    with writing(engine) as connection:
        stored(connection, plan())
        with pytest.raises(NoProgramme) as missing:
            standing(connection, COORDINATOR, "X", None, DAY)
        with pytest.raises(NoProgramme):
            history(connection, COORDINATOR, "X", "I-1", q("2025-Q1"))
        with pytest.raises(NoProgramme):
            programme_curve(connection, COORDINATOR, "X", DAY)
        with pytest.raises(NoIndicator):
            history(connection, COORDINATOR, "P", "X", q("2025-Q1"))
        with pytest.raises(NoSuchQuarter) as outside:
            standing(connection, COORDINATOR, "P", q("2031-Q1"), DAY)
        with pytest.raises(NoSuchRuleSet) as unknown:
            standing(connection, COORDINATOR, "P", None, DAY, rule_set="x")
    assert "X" in missing.value.sentence(spanish)
    assert "2027-Q4" in outside.value.sentence(spanish)
    assert "floor_95_90" in unknown.value.sentence(spanish)


def test_the_document_for_machines(engine):
    with writing(engine) as connection:
        known = stored(connection, plan())
        report(connection, known, "I-1", "2025-Q2", "33.3333333333333")
        report_action(connection, known, "1.1.1", "modified", new_due=date(2025, 12, 31))
    document = json.loads(json.dumps(as_document(stand(engine))))
    (shown,) = document["indicators"]
    assert shown["value"] == "33.3333333333"
    assert shown["compliance_pct"] == "66.6666666667"
    assert (shown["from"], shown["carried"], shown["due"], shown["status"]) == ("2025-Q2", False, True, "off_track")
    assert document["total"]["counts"]["off_track"] == 1
    assert document["total"]["counts_by_kind"]["process"]["off_track"] == 1
    assert document["total"]["coverage_weight"] == "1.0000000000"
    assert (document["quarter"], document["as_of"], document["rule_set"]) == ("2025-Q2", "2025-08-01", "floor_95_90")
    (action,) = document["actions"]
    assert (action["requested"], action["requested_due"], action["due"]) == ("modified", "2025-12-31", "2025-Q1")
    assert [group["code"] for group in document["strategies"]] == ["1.1"]


def test_rule_sets_of_ones_own_are_read_from_the_file(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(
        "rule_sets:\n- {name: own, version: '1', on: compliance, on_track: 70, at_risk: 50, source: {es: Guía}}\n"
    )
    assert rule_sets_in_force(path)["own"].on_track == 70
    for broken in ("rule_sets: [", "rule_sets: [{name: own}]", "- x"):
        path.write_text(broken)
        with pytest.raises(RulesUnusable) as refused:
            assess._read_rule_sets.__wrapped__(path, 0)
        assert "rules.yaml" in refused.value.sentence(language("en"))


def test_a_plan_that_names_an_unknown_rule_set_is_refused(engine):
    with writing(engine) as connection, pytest.raises(RulesUnusable, match="I-1"):
        recompute(connection, stored(connection, plan(indicator(rule_set="nowhere"))).programme_id, None)


def test_everything_is_judged_anew_when_the_rules_change(engine):
    with writing(engine) as connection:
        known = stored(connection, plan())
        report(connection, known, "I-1", "2025-Q2", 46)
        assert recompute_if_rules_changed(connection, known.programme_id) == 0
        connection.execute(sa.update(assessment).values(rule_version="0", status="achieved"))
        assert recompute_if_rules_changed(connection, known.programme_id) > 0
    assert only(engine).status is Status.AT_RISK


def test_weights_of_a_version_do_not_leak_into_the_next(engine):
    heavy = replace(indicator(), weight=d(3))
    with writing(engine) as connection:
        known = stored(connection, plan(heavy, indicator(code="I-2")))
        report(connection, known, "I-1", "2025-Q1", 25)
        report(connection, known, "I-2", "2025-Q1", "12.5")
    assert stand(engine, "2025-Q1").total.index_pct == d("87.5")
