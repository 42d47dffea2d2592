"""What changed since the quarter before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nap_monitor.language import language
from nap_monitor.progress.assessment import assess
from nap_monitor.progress.rules import BUILT_IN
from nap_monitor.progress.shown import Shown, shown
from nap_monitor.progress.statuses import Status
from nap_monitor.web.change import moves, signed
from tests.progress.plan import indicator, programme, q


def at(status: Status, code: str = "I-1") -> Shown:
    one = indicator(code=code)
    seen = shown(assess(programme(one), one, q("2025-Q2"), [], BUILT_IN["floor_95_90"]), None, date(2025, 8, 1))
    return replace(seen, status=status)


@pytest.mark.parametrize(
    ("before", "now", "way"),
    [
        (Status.AT_RISK, Status.ON_TRACK, True),
        (Status.NO_DATA, Status.OFF_TRACK, True),  # a bad figure is better than silence
        (Status.ON_TRACK, Status.OFF_TRACK, False),
        (Status.ACHIEVED, Status.NO_DATA, False),
        (Status.ON_TRACK, Status.ON_TRACK, None),
        (Status.NOT_DUE, Status.OFF_TRACK, None),  # nothing to compare with
        (Status.ON_TRACK, Status.NOT_COMPUTABLE, None),
    ],
)
def test_better_and_worse(before, now, way):
    found = moves([at(before)], [at(now)])
    assert [move.is_better for move in found] == ([] if way is None else [way])


def test_the_deepest_fall_comes_first():
    before = [at(Status.ON_TRACK, "A"), at(Status.ACHIEVED, "B"), at(Status.OFF_TRACK, "C")]
    now = [at(Status.AT_RISK, "A"), at(Status.NO_DATA, "B"), at(Status.ON_TRACK, "C"), at(Status.ON_TRACK, "NEW")]
    assert [move.code for move in moves(before, now)] == ["B", "A", "C"]


@pytest.mark.parametrize(("points", "said"), [("1.26", "+1.3"), ("-0.41", "−0.4"), ("0.04", "0.0"), ("-0.04", "0.0")])
def test_a_difference_has_its_sign(points, said):
    assert signed(Decimal(points), language("en")) == said
