"""What a reading changes, key by key: all that can be stored of a key against all that a sheet can say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nap_monitor.database.revisions import ACTIONS, FIGURES, Known, Reported, Stored
from nap_monitor.sync.differences import differences
from tests.sync.world import NOW

KEY = ("A1", "2026-Q3", "")
PLACE = {"file": "STPS.xlsx", "tab": "Indicadores", "row": 2, "column": "C"}
EARLIER = NOW.replace(year=2025)


def _values(value):
    said = {"value": None if value is None else Decimal(value), "evidence_public": False}
    return tuple(said.get(name) for name in FIGURES.fields)


def _stored(identity, standing, value, *, vanished=False, first=EARLIER):
    return Stored(identity, standing, identity, _values(value), PLACE, 1, vanished, (None, first))


def _known(counted=None, draft=None, restatement=None, **more):
    rows = {"counted": (1, counted), "draft": (2, draft), "restatement": (3, restatement)}
    made = {s: _stored(i, s, None if v == "empty" else v, **more) for s, (i, v) in rows.items() if v is not None}
    return Known(**made)


def _differences(known, value, *, counts=True, closed=False, there=False, **report):
    said = None if value == "gone" else Reported(KEY, _values(value), PLACE, 1, counts, is_empty=value is None)
    return differences(
        FIGURES,
        {KEY: known} if known else {},
        [said] if said else [],
        is_closed=lambda _: closed,
        still_there=lambda *_: there,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("known", "said", "how", "added", "closed_rows"),
    [
        # counted at once: submitted, or a workbook that submits nothing
        (None, 5, {}, ["counted"], []),
        (None, None, {}, [], []),  # a row left as it was prepared
        (_known(5), 5, {}, [], []),
        (_known(5), 6, {}, ["counted"], [1]),
        (_known(5), None, {}, ["counted"], [1]),  # cleared: a revision of its own
        (_known("empty"), None, {}, [], []),
        (_known(draft=5), 5, {}, ["counted"], [2]),  # submitted
        (_known(draft=5), None, {}, [], [2]),  # cleared before it was submitted
        (_known(5, draft=6), 6, {}, ["counted"], [2, 1]),
        (_known(5, draft=6), 5, {}, [], [2]),  # submitted again as it was
        (_known(5, restatement=6), 6, {}, ["counted"], [3, 1]),  # its quarter was reopened
        # not submitted: a draft beside what counts
        (None, 5, {"counts": False}, ["draft"], []),
        (None, None, {"counts": False}, [], []),
        (_known(5), 5, {"counts": False}, [], []),
        (_known(5), 6, {"counts": False}, ["draft"], []),
        (_known(5), None, {"counts": False}, ["draft"], []),
        (_known(5, draft=6), 6, {"counts": False}, [], []),
        (_known(5, draft=6), 7, {"counts": False}, ["draft"], [2]),
        (_known(5, draft=6), 5, {"counts": False}, [], [2]),  # taken back
        (_known(draft=6), None, {"counts": False}, ["draft"], [2]),
        (_known(5, restatement=6), 6, {"counts": False}, [], []),  # set back to draft, nothing typed
        (_known(5, restatement=6), 7, {"counts": False}, ["draft"], []),
        # its quarter is closed: it waits for the next meeting
        (None, 5, {"closed": True}, ["restatement"], []),
        (None, None, {"closed": True}, [], []),
        (_known(5), 5, {"closed": True}, [], []),
        (_known(5), 6, {"closed": True}, ["restatement"], []),
        (_known(5), None, {"closed": True}, ["restatement"], []),
        (_known(5, restatement=6), 6, {"closed": True}, [], []),
        (_known(5, restatement=6), 7, {"closed": True}, ["restatement"], [3]),
        (_known(5, restatement=6), 5, {"closed": True}, [], [3]),  # withdrawn
        (_known(5, draft=6), 6, {"closed": True}, ["restatement"], [2]),
        (_known(draft=6), 6, {"closed": True}, ["restatement"], [2]),
        (_known(5, draft=6), 6, {"closed": True, "counts": False}, [], []),
    ],
)
def test_what_is_added_and_what_is_no_longer_current(known, said, how, added, closed_rows):
    changes = _differences(known, said, **how)
    assert [a.standing for a in changes.add] == added
    assert changes.close == closed_rows
    assert changes.unchanged == (said is not None and not added)


def test_the_agency_is_told_of_every_figure_that_waits_as_long_as_it_waits():
    assert not _differences(_known(5), 5, closed=True).waiting
    assert _differences(_known(5), 6, closed=True).waiting
    assert _differences(_known(5, restatement=6), 6, closed=True).waiting
    assert not _differences(_known(5, restatement=6), 5, closed=True).waiting
    assert not _differences(_known(5), 6, counts=False, closed=True).waiting


def test_a_row_that_is_gone_is_marked_in_every_standing_once():
    assert _differences(_known(5, draft=6), "gone").vanish == [1, 2]
    assert _differences(_known(5, vanished=True), "gone").vanish == []
    assert _differences(_known(5), "gone", there=True).vanish == []


def test_a_row_that_comes_back_is_no_longer_marked_whatever_it_says():
    for said, counts in ((5, True), (6, True), (6, False)):
        changes = _differences(_known(5, vanished=True), said, counts=counts)
        assert changes.come_back == [1]


def test_a_row_that_moved_in_its_sheet_keeps_its_revision():
    known = _known(5)
    moved = Reported(KEY, _values(5), {**PLACE, "row": 9}, 2)
    changes = differences(
        FIGURES, {KEY: known}, [moved], is_closed=lambda _: False, still_there=lambda *_: False, now=NOW
    )
    assert changes.move == [(1, moved)]
    assert not changes.add


@pytest.mark.parametrize(
    ("known", "said", "declared", "first"),
    [
        (None, 5, None, NOW),
        (None, None, "no_cases", NOW),  # an answer as good as a figure
        (None, None, "no_data", None),  # declared no data: not reported yet
        (_known(5), 6, None, EARLIER),
        (_known("empty", first=None), 6, None, NOW),
        (_known(5), None, None, EARLIER),
        (_known(draft=5, first=None), 5, None, NOW),
    ],
)
def test_when_a_figure_first_counted_is_set_once_and_carried_over(known, said, declared, first):
    values = dict(zip(FIGURES.fields, _values(said), strict=True)) | {"declared": declared}
    report = Reported(KEY, tuple(values.values()), PLACE, 1)
    changes = differences(
        FIGURES, {KEY: known} if known else {}, [report], is_closed=lambda _: 0, still_there=lambda *_: 0, now=NOW
    )
    accepted_at, first_counted_at = changes.add[0].carried
    assert (accepted_at, first_counted_at) == (None, first)


def test_other_reports_carry_nothing():
    report = Reported(("O1.1.1",), ("completed", None, None, None, None, None, False), PLACE, 1)
    changes = differences(ACTIONS, {}, [report], is_closed=lambda _: False, still_there=lambda *_: False, now=NOW)
    assert changes.add[0].carried == ()
