"""How a figure is judged (rules 4 to 6), with the design's check values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.progress.rules import BUILT_IN, Comparison, decimals_beside, judge, rule_sets
from nap_monitor.progress.statuses import Because, Flag, Status
from tests.progress.plan import d

GREEN, YELLOW, RED = Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK


def compare(v, m, b=None, target=None, sign=1):
    return Comparison(d(v), d(m), None if b is None else d(b), None if target is None else d(target), sign)


@pytest.mark.parametrize(
    ("sign", "v", "m", "c", "two_sided", "one_sided"),
    [
        (1, 95, 100, "95", GREEN, GREEN),
        (1, "94.9", 100, "94.9", YELLOW, YELLOW),
        (1, 90, 100, "90", YELLOW, YELLOW),
        (1, "89.9", 100, "89.9", RED, RED),
        (1, 105, 100, "105", GREEN, GREEN),
        (1, 108, 100, "108", YELLOW, GREEN),
        (1, 112, 100, "112", RED, GREEN),
        (-1, 112, 110, "98.18", GREEN, GREEN),
        (-1, 118, 110, "92.73", YELLOW, YELLOW),
        (-1, 125, 110, "86.36", RED, RED),
        (-1, 95, 110, "113.64", RED, GREEN),
        (-1, 0, 110, "200", RED, GREEN),
        (1, -95, -100, "105", GREEN, GREEN),  # |m|: less negative is better for an ascending one
        (1, 300, 100, "300", RED, GREEN),
        (-1, 300, 100, "-100", RED, RED),  # compliance is not clipped
    ],
)
def test_check_values(sign, v, m, c, two_sided, one_sided):
    comparison = compare(v, m, sign=sign)
    assert round(comparison.compliance_pct, 2) == d(c)
    assert round(comparison.deviation_pct - (comparison.compliance_pct - 100), 12) == 0
    assert judge(BUILT_IN["deviation_5_10"], comparison).status is two_sided
    assert judge(BUILT_IN["floor_95_90"], comparison).status is one_sided


@pytest.mark.parametrize(
    ("rule_set", "v", "m", "status"),
    [
        ("floor_80_60", 80, 100, GREEN),
        ("floor_80_60", "79.99", 100, YELLOW),
        ("floor_80_60", 60, 100, YELLOW),
        ("floor_80_60", "59.99", 100, RED),
        ("within_15", 85, 100, GREEN),
        ("within_15", "84.99", 100, RED),
        ("within_15", 115, 100, GREEN),
    ],
)
def test_limits_belong_to_the_better_colour(rule_set, v, m, status):
    assert judge(BUILT_IN[rule_set], compare(v, m)).status is status


def test_the_tolerance_is_a_billionth_before_rounding():
    rules = BUILT_IN["floor_95_90"]
    assert judge(rules, compare("94.9999999995", 100)).status is GREEN
    assert judge(rules, compare("94.99999999", 100)).status is YELLOW


@pytest.mark.parametrize(
    ("v", "b", "target", "sign", "p"),
    [
        (90, 120, 60, -1, 50),  # the design's check value
        (65, 40, 90, 1, 50),
        (30, 40, 90, 1, -20),  # a setback is not hidden
        (115, 40, 90, 1, 150),  # nor is overshoot
        (3, 5, 5, 1, None),  # no distance to cover
        (3, None, 5, 1, None),
        (3, 1, None, 1, None),
    ],
)
def test_progress(v, b, target, sign, p):
    found = compare(v, 50, b, target, sign).progress_pct
    assert found == (None if p is None else p)


@pytest.mark.parametrize(
    ("v", "b", "target", "sign", "c", "floor", "two_sided"),
    [
        (0, 5, 0, -1, 100, Status.ACHIEVED, Status.ACHIEVED),
        (-1, None, None, -1, 100, GREEN, GREEN),  # better than 0
        (0, None, None, 1, 100, GREEN, GREEN),
        (2, 100, -100, -1, None, RED, RED),  # worse: p = 49 judged in its place
        (1, 100, -10, -1, None, YELLOW, YELLOW),  # p = 90
        (1, 1000, -10, -1, None, GREEN, GREEN),  # p = 98.9
        (1, None, 5, -1, None, Status.NOT_COMPUTABLE, Status.NOT_COMPUTABLE),
    ],
)
def test_nothing_expected(v, b, target, sign, c, floor, two_sided):
    comparison = compare(v, 0, b, target, sign)
    assert comparison.compliance_pct == c
    assert comparison.deviation_pct is None
    may = target != 5
    assert judge(BUILT_IN["floor_95_90"], comparison, may_be_achieved=may).status is floor
    assert judge(BUILT_IN["deviation_5_10"], comparison, may_be_achieved=may).status is two_sided


def test_worse_than_zero_without_progress_says_why():
    judgement = judge(BUILT_IN["floor_95_90"], compare(1, 0, sign=-1))
    assert judgement.because is Because.NO_COMPLIANCE


@pytest.mark.parametrize(
    ("v", "m", "b", "sign", "status", "because"),
    [
        ("9.5", 10, 0, 1, GREEN, None),
        ("9.49", 10, 0, 1, YELLOW, None),
        (6, 10, 0, 1, YELLOW, None),
        ("5.99", 10, 0, 1, RED, None),
        (81, 80, 100, -1, GREEN, None),  # 19 of 20
        (88, 80, 100, -1, YELLOW, None),
        (90, 80, 100, -1, RED, None),
        (10, 10, 10, 1, GREEN, None),  # m = b: no worse
        (9, 10, 10, 1, RED, None),
        (9, 10, None, 1, Status.NOT_COMPUTABLE, Because.NO_BASELINE),
    ],
)
def test_path(v, m, b, sign, status, because):
    judgement = judge(BUILT_IN["path_95_60"], compare(v, m, b, sign=sign))
    assert (judgement.status, judgement.because) == (status, because)


@pytest.mark.parametrize(
    ("v", "m", "sign", "status", "flags"),
    [
        (116, 100, 1, GREEN, (Flag.OVER,)),
        (84, 100, 1, RED, ()),
        (84, 100, -1, GREEN, (Flag.OVER,)),
        (116, 100, -1, RED, ()),
    ],
)
def test_within_15(v, m, sign, status, flags):
    judgement = judge(BUILT_IN["within_15"], compare(v, m, sign=sign))
    assert (judgement.status, judgement.flags) == (status, flags)


def test_within_15_cannot_divide_by_zero():
    assert judge(BUILT_IN["within_15"], compare(1, 0)).because is Because.EXPECTED_ZERO


def test_far_above_the_target_is_red_and_asks_to_review_the_planning():
    judgement = judge(BUILT_IN["deviation_5_10"], compare(112, 100))
    assert (judgement.status, judgement.flags) == (RED, (Flag.REVIEW_THE_PLANNING,))


@pytest.mark.parametrize("rule_set", BUILT_IN)
def test_reaching_the_target_wins_over_every_set_and_the_flag_stays(rule_set):
    judgement = judge(BUILT_IN[rule_set], compare(200, 100, 0, 200))
    assert judgement.status is Status.ACHIEVED
    if rule_set == "deviation_5_10":
        assert judgement.flags == (Flag.REVIEW_THE_PLANNING,)


def test_reaching_a_target_that_is_not_the_last_is_not_achieved():
    assert judge(BUILT_IN["floor_95_90"], compare(200, 200, 0, 200), may_be_achieved=False).status is GREEN


@pytest.mark.parametrize(
    ("v", "m", "b", "sign", "flagged"),
    [
        (10, 20, 10, 1, True),
        (9, 20, 10, 1, True),
        (11, 20, 10, 1, False),
        (10, 10, 10, 1, False),  # nothing better was expected
        (10, 5, 10, -1, True),
        (10, 20, None, 1, False),
    ],
)
def test_no_movement(v, m, b, sign, flagged):
    assert (Flag.NO_MOVEMENT in judge(BUILT_IN["floor_95_90"], compare(v, m, b, sign=sign)).flags) is flagged


def test_a_rule_set_of_ones_own():
    own = {
        "rule_sets": [
            {
                "name": "band",
                "version": "1",
                "on": "ratio",
                "on_track": "0.1",
                "at_risk": "0.2",
                "source": {"es": "Guía"},
            },
            {
                "name": "tight",
                "version": "2",
                "on": "deviation",
                "on_track": 5,
                "at_risk": None,
                "source": {"es": "Guía"},
            },
        ]
    }
    sets = rule_sets(own)
    assert judge(sets["band"], compare(85, 100)).status is YELLOW
    assert judge(sets["band"], compare(75, 100)).status is RED
    assert judge(sets["tight"], compare(106, 100)).status is RED
    assert judge(sets["tight"], compare(104, 100)).status is GREEN
    assert set(BUILT_IN) < set(sets)


def test_no_rule_set_is_called_official():
    assert not any(rules.official for rules in BUILT_IN.values())


@pytest.mark.parametrize(
    "document",
    [
        {
            "rule_sets": [
                {"name": "floor_95_90", "version": "9", "on": "ratio", "on_track": 1, "at_risk": 1, "source": {}}
            ]
        },
        {"rule_sets": [{"name": "x"}]},
    ],
)
def test_an_unusable_rule_set_is_refused(document):
    with pytest.raises(ValueError, match=r"built in|version"):
        rule_sets(document)


def test_no_file_leaves_the_built_in_sets():
    assert rule_sets(None) == dict(BUILT_IN)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("94.96", "94.96"),
        ("94.94", "94.9"),
        ("95.04", "95.04"),
        ("105.04", "105.04"),
        ("105", "105.0"),
        ("89.9996", "89.9996"),
        ("95", "95.0"),
    ],
)
def test_printed_figures_stay_on_their_side_of_a_limit(value, printed):
    places = decimals_beside(d(value), (d(95), d(90), d(105)))
    assert f"{round(d(value), places)}" == printed


def test_a_figure_that_the_tolerance_takes_as_on_the_limit_is_printed_as_the_limit():
    assert decimals_beside(Decimal("94.9999999999999"), (d(95),)) == 1


def test_decimals_end_somewhere():
    assert decimals_beside(Decimal("94.999999998"), (d(95),), most=4) == 4


numbers = st.decimals(min_value=-1000, max_value=1000, places=2)


@given(v=numbers, m=numbers, sign=st.sampled_from([1, -1]))
def test_better_is_never_a_worse_colour(v, m, sign):
    """Under the floors, moving a figure in the good direction never costs a colour."""
    order = [RED, YELLOW, GREEN]
    rules = BUILT_IN["floor_95_90"]
    here = judge(rules, Comparison(v, m, None, None, sign)).status
    there = judge(rules, Comparison(v + sign, m, None, None, sign)).status
    if Status.NOT_COMPUTABLE not in (here, there):
        assert order.index(there) >= order.index(here)


@given(v=numbers, m=numbers, b=numbers, target=numbers, factor=st.integers(2, 50))
def test_the_unit_does_not_matter(v, m, b, target, factor):
    """The same figures in another unit give the same compliance, progress and colours."""
    one = Comparison(v, m, b, target, 1)
    other = Comparison(v * factor, m * factor, b * factor, target * factor, 1)
    tiny = Decimal("1e-12")
    for name in ("compliance_pct", "progress_pct"):
        first, second = getattr(one, name), getattr(other, name)
        assert (first is None) == (second is None)
        assert first is None or abs(first - second) <= tiny * max(1, abs(first))
