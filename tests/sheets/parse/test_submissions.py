"""Rows of submissions: drafts and what has been handed in."""

from __future__ import annotations

from datetime import date

import pytest

from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.contract import Place, Severity, SubmissionReport
from tests.sheets.grids import SUBMISSIONS, Value, kinds, only, problem, read_others, reasons


def read_submissions(*rows: tuple[Value, ...]):
    return read_others("Entrega", SUBMISSIONS, *rows)


def test_a_row_with_everything_is_read_whole():
    row = ("T3 2026", "Enviado", "Ana López", "Directora", "DG/123/2026", date(2026, 10, 14), "ACUSE-1")
    assert only(read_submissions(row)) == SubmissionReport(
        *(Place("STPS.xlsx", "Entrega", 2, "B"), Quarter(2026, 3), "submitted"),
        *("Ana López", "Directora", "DG/123/2026", date(2026, 10, 14)),
    )


@pytest.mark.parametrize("state", ["Borrador", "draft", "BORRADOR"])
def test_a_draft_is_a_draft(state):
    report = only(read_submissions(("2026-T3", state)))
    assert isinstance(report, SubmissionReport)
    assert (report.state, report.key) == ("draft", ("2026-Q3",))


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (("2026/3", "Enviado"), "unreadable_period"),
        (("2027-T1", "Enviado"), "future_quarter"),
        (("2024-T1", "Enviado"), "outside_programme"),
        ((None, "Enviado"), "missing_field"),
        (("2026-T3", "Listo"), "unknown_word"),
        (("2026-T3", None, "Ana"), "missing_field"),
    ],
)
def test_a_bad_period_or_state_refuses_the_row(row, kind):
    found = problem(read_submissions(row))
    assert (found.kind, found.severity) == (kind, Severity.ERROR)


def test_both_are_said_where_both_are_bad():
    assert kinds(read_submissions(("2026/3", "Listo"))) == ["unreadable_period", "unknown_word"]


def test_a_bad_day_is_lost_alone():
    parsed = read_submissions(("2026-T3", "Enviado", None, None, None, "ayer"))
    assert (len(parsed.reports), kinds(parsed)) == (1, ["not_a_date"])


def test_a_quarter_twice_is_refused_twice_whatever_its_states():
    parsed = read_submissions(("2026-T3", "Borrador"), ("T3 2026", "Enviado"))
    assert [(p.kind, p.code, p.period) for p in parsed.problems] == [("duplicate", None, "2026-Q3")] * 2


def test_a_prefilled_quarter_left_alone_is_no_problem():
    parsed = read_submissions(("2026-T3",))
    assert (parsed.problems, reasons(parsed)) == ((), [(2, "left_empty")])
