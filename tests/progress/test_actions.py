"""Where an action stands (rule 9)."""

from datetime import date

import pytest

from nap_monitor.programme.model import Action
from nap_monitor.progress.actions import ReportOfAction, action_standing
from nap_monitor.progress.statuses import ActionStatus as S
from tests.progress.plan import q

ACTION = Action("1.1.1", {"es": "Publicar"}, lead="A", co_responsible=("B",), due=q("2025-Q2"))
LAST_DAY, NEXT_DAY = date(2025, 6, 30), date(2025, 7, 1)


def stand(*reports, day=NEXT_DAY, action=ACTION):
    return action_standing(action, reports, day)


@pytest.mark.parametrize(
    ("status", "day", "delayed"),
    [
        (S.IN_PROGRESS, LAST_DAY, False),
        (S.IN_PROGRESS, NEXT_DAY, True),
        (S.PARTLY_MET, NEXT_DAY, True),  # partly met is not completed
        (S.NOT_STARTED, NEXT_DAY, True),
        (S.COMPLETED, NEXT_DAY, False),
        (S.CANCELLED, NEXT_DAY, True),  # a wish, until the group decides
    ],
)
def test_delayed_is_derived(status, day, delayed):
    assert stand(ReportOfAction("A", status), day=day).is_delayed is delayed


def test_nothing_reported_past_the_due_quarter_is_delayed():
    found = stand()
    assert (found.status, found.is_delayed, found.reported_status) == (S.NO_REPORT, True, None)


def test_without_a_date_nothing_is_delayed():
    undated = Action("2", {"es": "Dialogar"})
    found = stand(ReportOfAction("A", S.COMPLETED, finish=NEXT_DAY), action=undated)
    assert (found.is_delayed, found.is_completed_late, found.due) == (False, False, None)


@pytest.mark.parametrize(("finish", "late"), [(LAST_DAY, False), (NEXT_DAY, True), (None, False)])
def test_completed_late_is_a_finish_after_the_due_quarter(finish, late):
    found = stand(ReportOfAction("A", S.COMPLETED, finish=finish))
    assert (found.status, found.is_completed_late) == (S.COMPLETED, late)


@pytest.mark.parametrize("wish", [S.CANCELLED, S.MODIFIED])
def test_a_wish_changes_no_status(wish):
    before = ReportOfAction("A", S.PARTLY_MET)
    found = stand(before, ReportOfAction("A", wish, new_due=date(2026, 3, 31)))
    assert (found.status, found.reported_status, found.requested) == (S.PARTLY_MET, wish, wish.value)
    assert (found.requested_due, found.due) == (date(2026, 3, 31), q("2025-Q2"))


def test_a_wish_from_the_first_day_leaves_what_the_dates_say():
    assert stand(ReportOfAction("A", S.CANCELLED)).status is S.NOT_STARTED
    assert stand(ReportOfAction("A", S.MODIFIED, start=LAST_DAY)).status is S.IN_PROGRESS


def test_a_new_due_date_alone_is_a_wish_too():
    found = stand(ReportOfAction("A", S.IN_PROGRESS, new_due=date(2026, 3, 31)))
    assert (found.status, found.requested, found.is_delayed) == (S.IN_PROGRESS, "new_due_date", True)
    assert stand(ReportOfAction("A", S.IN_PROGRESS)).requested is None


def test_the_lead_s_report_stands_and_a_difference_is_kept():
    found = stand(ReportOfAction("A", S.IN_PROGRESS), ReportOfAction("B", S.COMPLETED, finish=LAST_DAY))
    assert (found.status, found.reported_by, found.co_responsible_differs) == (S.IN_PROGRESS, "A", True)
    same = stand(ReportOfAction("A", S.IN_PROGRESS), ReportOfAction("B", S.IN_PROGRESS))
    assert same.co_responsible_differs is False


def test_where_the_lead_is_silent_the_co_responsible_s_report_stands():
    found = stand(ReportOfAction("B", S.COMPLETED, finish=LAST_DAY, note="Listo"))
    assert (found.status, found.reported_by, found.note) == (S.COMPLETED, "B", "Listo")
