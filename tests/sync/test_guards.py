"""The guards: from ten stored rows on, more than 20 % gone or more than 30 % changed waits for a person."""

from __future__ import annotations

import pytest

from nap_monitor.sync.guards import Upheaval, held_back


@pytest.mark.parametrize(
    ("stored", "gone", "changed", "is_too_much"),
    [
        (9, 9, 0, False),  # too few to judge
        (10, 2, 0, False),  # 20 % is not more than 20 %
        (10, 3, 0, True),
        (10, 0, 3, False),
        (10, 0, 4, True),
        (1000, 200, 300, False),
        (1000, 201, 0, True),
        (1000, 0, 301, True),
        (0, 0, 0, False),
    ],
)
def test_the_limits(stored, gone, changed, is_too_much):
    assert Upheaval(stored, gone, changed).is_too_much == is_too_much


def test_each_sort_of_report_is_judged_alone_and_all_together():
    assert held_back([Upheaval(50, 0, 0), Upheaval(10, 3, 0)]) == Upheaval(10, 3, 0)
    assert held_back([Upheaval(6, 3, 0), Upheaval(5, 0, 0)]) == Upheaval(11, 3, 0)
    assert held_back([Upheaval(50, 1, 1), Upheaval(5, 5, 0)]) is None
    assert held_back([]) is None
