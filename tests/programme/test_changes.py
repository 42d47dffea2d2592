"""What a new version changes, and which of it touches judgement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nap_monitor.language import language
from nap_monitor.programme.changes import Change, differences, touches_judgement
from tests.programme.plans import SMALL, changed, plan


def between(folder: Path, *changes: tuple[str, str]) -> list[tuple[str, str, str, bool]]:
    found = differences(plan(folder, SMALL), plan(folder, changed(*changes)))
    return [(str(d.change), d.entry, d.field, d.judges) for d in found]


def test_the_same_plan_has_no_difference(tmp_path: Path) -> None:
    assert between(tmp_path) == []


C, I1 = "changed", "indicator I-1"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("2020: 20", "2020: 25"), [(C, I1, "targets.2020-Q4", True)]),
        (("2019: 10, ", ""), [(C, I1, "targets.2019-Q4", True)]),
        (("value: 1,", "value: 2,"), [(C, I1, "baseline.value", True)]),
        (("    disaggregation: [sex]", "    disaggregation: [sex]\n    weight: 2"), [(C, I1, "weight", True)]),
        (("responsible: AAA", "responsible: BBB"), [(C, I1, "responsibles", True)]),
        (("{es: Casos, en: Cases}", "{es: Casos, en: Case load}"), [(C, I1, "name.en", False)]),
        (("    disaggregation: [sex]", "    disaggregation: []"), [(C, I1, "disaggregation", False)]),
        (("due: 2019-Q2", "due: 2019-Q3"), [(C, "action 1.1.1", "due", True)]),
        (("sdg: ['8.7']", "sdg: ['8.8']"), [(C, "action 1.1.1", "sdg", False)]),
        (("lead: BBB", "lead: AAA"), [(C, "action 2.1.1", "lead", True)]),
        (("quarter: 15", "quarter: 20"), [(C, "programme SMALL", "calendar.deadline_days_after_quarter", True)]),
        (("end: 2020-12-31", "end: 2021-12-31"), [(C, "programme SMALL", "end", True)]),
        (("Plan pequeño", "Plan"), [(C, "programme SMALL", "name.es", False)]),
        (("en: Agency A", "en: A"), [(C, "agency AAA", "names", False)]),
        (("en: Men}", "en: Males}"), [(C, "dimension sex", "categories", False)]),
        (
            ("dimensions:\n", "taxonomies: {ungp: [{n: 4, pillar: 1, title: {es: a, en: b}}]}\ndimensions:\n"),
            [("added", "principle 4", "", False)],
        ),
        (("coordinator: AAA", "coordinator: AAA\n  effective_from: 2018-Q2\n  decision: GT-1"), []),
    ],
    ids=lambda value: value[1][:40] if isinstance(value, tuple) else "",
)
def test_each_field_is_told_apart(
    change: tuple[str, str], expected: list[tuple[str, str, str, bool]], tmp_path: Path
) -> None:
    assert between(tmp_path, change) == expected


def test_entries_come_and_go(tmp_path: Path) -> None:
    assert between(tmp_path, ("code: I-2", "code: I-3")) == [
        ("removed", "indicator I-2", "", True),
        ("added", "indicator I-3", "", True),
    ]
    assert between(tmp_path, ("code: 2.1.1", "code: 2.1.9"))[:2] == [
        ("removed", "action 2.1.1", "", True),
        ("added", "action 2.1.9", "", True),
    ]
    assert ("added", "agency CCC", "", False) in between(
        tmp_path, ("objectives:\n", "  - {id: CCC, name: {es: C, en: C}}\nobjectives:\n")
    )


def test_an_action_that_moves_says_where_it_belongs_now(tmp_path: Path) -> None:
    swapped = (("code: '1.1'", "code: 'x'"), ("code: '2.1'", "code: '1.1'"), ("code: 'x'", "code: '2.1'"))
    text = SMALL
    for old, new in swapped:
        text = text.replace(old, new)
    text = text.replace("    strategy: '1.1'\n    action: 1.1.1\n", "")
    found = differences(plan(tmp_path, SMALL), plan(tmp_path, text))
    moved = {(d.entry, d.field): (d.old, d.new) for d in found}
    assert moved["action 1.1.1", "strategy"] == ("1.1", "2.1")
    assert moved["strategy 1.1", "objective"] == ("1", "2")


def test_another_order_is_a_difference_that_judges_nothing(tmp_path: Path) -> None:
    first = "  - id: AAA\n    name: {es: Agencia A, en: Agency A}\n"
    text = SMALL.replace(first, "").replace("objectives:\n", f"{first}objectives:\n", 1)
    found = differences(plan(tmp_path, SMALL), plan(tmp_path, text))
    assert [(d.change, d.entry, d.field) for d in found] == [(Change.CHANGED, "programme SMALL", "order")]
    assert not touches_judgement(found)
    assert found[0].sentence(language("en")).endswith("its entries stand in another order")


def test_differences_are_json_and_sentences(tmp_path: Path) -> None:
    long = "x" * 100
    found = differences(
        plan(tmp_path, SMALL),
        plan(
            tmp_path,
            changed(("2020: 20", "2020: 25"), ("code: I-2", "code: I-3"), ("Hacer más", long), ("[BBB]", "[]")),
        ),
    )
    assert touches_judgement(found)
    json.dumps([d.to_json() for d in found])
    said = [d.sentence(language("en")) for d in found]
    assert "indicator I-1, targets.2020-Q4: 20 → 25" in said
    assert "indicator I-2: no longer in the plan" in said
    assert "indicator I-3: new" in said
    assert f"action 2.1.1, name.es: Hacer más → {'x' * 79}…" in said
    assert 'action 1.1.1, co_responsible: ["BBB"] → –' in said
    assert found[0].to_json()["judges"] in (True, False)
