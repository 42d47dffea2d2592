"""Rows of actions: status and days, or the reasons why not."""

from __future__ import annotations

from datetime import date

import pytest

from nap_monitor.sheets.contract import ActionReport, Place, Severity
from tests.sheets.grids import ACTIONS, ERROR, Value, kinds, only, problem, read_others, reasons

START, FINISH = date(2026, 1, 15), date(2026, 6, 30)


def read_actions(*rows: tuple[Value, ...], **how: object):
    return read_others("Acciones", ACTIONS, *rows, **how)


def test_a_row_with_everything_is_read_whole():
    row = ("1.1.1", "Concluida", START, FINISH, date(2027, 6, 30), "Listo", "https://gob.mx/a", "Sí")
    assert only(read_actions(row)) == ActionReport(
        *(Place("STPS.xlsx", "Acciones", 2, "B"), "1.1.1", "completed", START, FINISH, date(2027, 6, 30)),
        *("Listo", "https://gob.mx/a", True),
    )


def test_a_row_with_the_least_is_read():
    report = only(read_actions(("1.1.1", "En proceso")))
    assert isinstance(report, ActionReport)
    assert (report.key, report.status, report.start) == (("1.1.1",), "in_progress", None)


def test_a_co_responsible_agency_may_report_an_action_that_it_shares():
    assert only(read_actions(("1.1.1", "En proceso"), agency="SE"))
    found = problem(read_actions(("1.1.2", "En proceso"), agency="STPS"))
    assert (found.kind, found.code, found.details["agency"]) == ("other_agency", "1.1.2", "SE")


def test_an_action_of_nobody_is_the_coordinators():
    assert only(read_actions(("1.2.1", "En proceso"), agency="SEGOB"))


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        (("1.1.9", "En proceso"), "unknown_code", "A"),
        ((date(2001, 1, 1), "En proceso"), "code_became_date", "A"),
        ((None, "En proceso"), "missing_field", "A"),
        (("1.1.1", "Casi lista"), "unknown_word", "B"),
        (("1.1.1", None, START), "missing_field", "B"),
        (("1.1.1", ERROR), "formula_error", "B"),
        (("Otra", "Casi lista"), "unknown_code", "A"),
    ],
)
def test_a_bad_code_or_status_refuses_the_row(row, kind, column):
    parsed = read_actions(row, ("1.1.3", "En proceso"))
    assert len(parsed.reports) == 1
    found = parsed.problems[0]
    assert (found.kind, found.severity, found.place.cell) == (kind, Severity.ERROR, f"Acciones!{column}2")


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("1.1.1", "En proceso", "ayer"), "not_a_date"),
        (("1.1.1", "En proceso", date(2026, 12, 1)), "date_in_future"),
        (("1.1.1", "En proceso", None, date(2026, 12, 1)), "date_in_future"),
        (("1.1.1", "En proceso", None, None, "15/01/26"), "two_digit_year"),
        (("1.1.1", "En proceso", None, None, date(2226, 1, 1)), "far_date"),
        (("1.1.1", "En proceso", None, None, None, "x" * 50_001), "text_too_long"),
        (("1.1.1", "En proceso", None, None, None, None, "Ver carpeta"), "link_not_https"),
        (("1.1.1", "En proceso", None, None, None, None, None, "quizá"), "unknown_word"),
    ],
)
def test_a_bad_optional_field_is_lost_alone_with_a_problem(row, kind):
    parsed = read_actions(row)
    (report,) = parsed.reports
    assert report == ActionReport(Place("STPS.xlsx", "Acciones", 2, "B"), "1.1.1", "in_progress")
    assert (problem(parsed).kind, problem(parsed).severity) == (kind, Severity.WARNING)


def test_what_has_not_begun_may_begin_later():
    report = only(read_actions(("1.1.1", "Por iniciar", date(2027, 1, 1))))
    assert isinstance(report, ActionReport)
    assert report.start == date(2027, 1, 1)


def test_a_finish_before_the_start_loses_both_days():
    parsed = read_actions(("1.1.1", "Concluida", FINISH, START))
    (report,) = parsed.reports
    assert isinstance(report, ActionReport)
    assert (report.status, report.start, report.finish) == ("completed", None, None)
    assert (kinds(parsed), parsed.problems[0].severity) == (["finish_before_start"], Severity.WARNING)


@pytest.mark.parametrize("finish", [None, "N/A"])
def test_completed_without_a_finish_is_a_warning(finish):
    parsed = read_actions(("1.1.1", "Concluida", None, finish))
    assert len(parsed.reports) == 1
    assert (problem(parsed).kind, problem(parsed).severity) == ("completed_without_finish", Severity.WARNING)


def test_a_finish_that_cannot_be_read_is_said_once():
    assert kinds(read_actions(("1.1.1", "Concluida", None, "ayer"))) == ["not_a_date"]


def test_a_prefilled_row_left_alone_is_no_problem():
    parsed = read_actions(("1.1.1",))
    assert (parsed.reports, parsed.problems, reasons(parsed)) == ((), (), [(2, "left_empty")])


def test_an_action_reported_twice_is_refused_twice():
    parsed = read_actions(("1.1.1", "En proceso"), ("1.1.1", "Concluida", None, FINISH))
    assert [(p.kind, p.place.row, p.details["other"]) for p in parsed.problems] == [
        ("duplicate", 2, "Acciones!3"),
        ("duplicate", 3, "Acciones!2"),
    ]
