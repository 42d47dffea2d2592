"""Who may report what: by quarter, by shared action, by succession."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.parse.duties import reporters_of_action, reporters_of_indicator
from tests.sheets.plan import COUNT, HANDED_OVER, OF_PREDECESSOR, PROGRAMME, TODAY


@pytest.mark.parametrize(
    ("indicator", "quarter", "agencies"),
    [
        (COUNT, Quarter(2026, 3), ("STPS",)),
        (HANDED_OVER, Quarter(2025, 4), ("SE",)),
        (HANDED_OVER, Quarter(2026, 1), ("STPS",)),
        (OF_PREDECESSOR, Quarter(2025, 4), ("SFP", "SABG")),  # reported in January, when SABG has the duty
        (OF_PREDECESSOR, Quarter(2026, 1), ("SABG",)),
    ],
)
def test_an_indicator_is_reported_by_whoever_has_the_duty_for_the_quarter(indicator, quarter, agencies):
    assert reporters_of_indicator(PROGRAMME, indicator, quarter, TODAY) == agencies


def test_before_a_succession_the_predecessor_reports_alone():
    assert reporters_of_indicator(PROGRAMME, OF_PREDECESSOR, Quarter(2025, 3), date(2025, 11, 1)) == ("SFP",)


@pytest.mark.parametrize(
    ("code", "agencies"),
    [
        ("1.1.1", ("STPS", "SE")),
        ("1.1.2", ("SE",)),
        ("1.1.3", ("STPS",)),  # nobody named: the lead of the strategy
        ("1.2.1", ("SEGOB",)),  # nor there: the coordinator
        ("1.1.4", ("SABG",)),
    ],
)
def test_an_action_is_reported_by_its_lead_and_those_that_share_it(code, agencies):
    assert reporters_of_action(PROGRAMME, PROGRAMME.action_by_code[code], TODAY) == agencies


def test_an_action_of_nobody_in_a_plan_without_coordinator_is_reported_by_nobody():
    alone = replace(PROGRAMME, coordinator=None)
    assert reporters_of_action(alone, alone.action_by_code["1.2.1"], TODAY) == ()
