"""`status`: where a programme stands, for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nap_monitor.commands.status import _decimal
from tests.commands.conftest import Give
from tests.progress.plan import d

ROOT = Path(__file__).resolve().parents[2]
DEMONSTRATION = str(ROOT / "config" / "programme.yaml")


@pytest.fixture
def loaded(give: Give) -> Give:
    """The demonstration plan without a single report."""
    assert give("plan", "load", DEMONSTRATION, "--first-year", "2025").code == 0
    return give


def test_the_json_has_what_machines_were_promised(loaded: Give) -> None:
    document = json.loads(loaded("status", "--as-of", "2026-11-23", "--json").out)
    assert {"programme", "quarter", "as_of", "rule_set", "indicators", "objectives", "strategies"} <= document.keys()
    assert {"agencies", "total", "actions"} <= document.keys()
    assert (document["programme"], document["quarter"]) == ("PNEDH-DEMO", "2026-Q3")
    indicator = {
        *("code", "from", "carried", "due", "value", "expected", "deviation_pct", "compliance_pct", "progress_pct"),
        *("status", "flags", "confidence", "reasons"),
    }
    assert all(indicator <= shown.keys() for shown in document["indicators"])
    group = {
        *("code", "counts", "counts_by_kind", "reported", "due", "index_pct", "index_low_pct", "index_high_pct"),
        *("progress_index_pct", "coverage_weight"),
    }
    for name in ("objectives", "strategies", "agencies"):
        assert all(group <= found.keys() for found in document[name])
    action = {"code", "status", "reported_status", "requested", "delayed", "completed_late", "due"}
    assert all(action <= found.keys() for found in document["actions"])
    assert len(document["indicators"]) == document["total"]["size"] == 47


def test_the_day_decides_what_is_awaited_and_what_is_missing(loaded: Give) -> None:
    """The deadline of the third quarter is 15 October: that day everything is awaited, the next day missing."""
    before = json.loads(loaded("status", "--quarter", "2026-Q3", "--as-of", "2026-10-15", "--json").out)
    after = json.loads(loaded("status", "--quarter", "2026-Q3", "--as-of", "2026-10-16", "--json").out)
    statuses = [{s["code"]: s for s in found["indicators"]}["IND-1.04"] for found in (before, after)]
    assert [(s["status"], s["from"], s["awaited"]) for s in statuses] == [
        ("no_data", "2026-Q2", True),  # the silence of the quarter before, carried
        ("no_data", "2026-Q3", False),
    ]
    assert after["total"]["counts"]["no_data"] >= before["total"]["counts"]["no_data"]


def test_a_quarter_may_be_said_the_spanish_way(loaded: Give) -> None:
    assert json.loads(loaded("status", "--quarter", "2026-t1", "--json").out)["quarter"] == "2026-Q1"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--quarter", "2024-Q4"), "from 2025-Q1 to 2029-Q4"),
        (("--quarter", "2026/3"), "not a quarter"),
        (("--as-of", "23/11/2026"), "not a day"),
        (("--rule-set", "ours"), "There is no rule set ours"),
        (("--programme", "NOWHERE"), "There is no programme NOWHERE"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(loaded: Give, words: tuple[str, ...], said: str) -> None:
    answer = loaded("status", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_without_a_programme_it_says_how_to_load_one(give: Give) -> None:
    answer = give("status")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("There is no programme yet. Load one: python3 run.py plan load")


def test_a_plan_without_indicators_is_followed_by_its_actions(give: Give) -> None:
    assert give("plan", "load", str(ROOT / "config" / "samples" / "chile.yaml")).code == 0
    answer = give("status")
    assert answer.code == 0
    assert answer.out.count("No report") == 24
    assert "Compliance" not in answer.out


def test_people_get_a_table(loaded: Give) -> None:
    answer = loaded("status", "--as-of", "2026-11-23")
    assert answer.code == 0
    assert "Illustrative data" in answer.out
    assert "0 of 20" in answer.out
    assert "IND-5.10" in answer.out


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("95", "95.0000000000"),
        ("-0", "0.0000000000"),
        ("-1e-15", "0.0000000000"),
        ("98.18181818181818181818181818", "98.1818181818"),
        ("123456789012345678901234567890", "123456789012345678901234567890.0000000000"),
        (None, None),
    ],
)
def test_decimals_are_text_with_ten_places(value: str | None, text: str | None) -> None:
    assert _decimal(None if value is None else d(value)) == text
