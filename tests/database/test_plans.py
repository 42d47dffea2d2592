"""Plans and their versions, on either database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from nap_monitor.access import PUBLIC, NotAllowed, Role, Viewer, operator
from nap_monitor.database import tables
from nap_monitor.database.engine import data_version, reading, writing
from nap_monitor.database.plans import (
    REFUSALS,
    PlanRefused,
    StoredPlan,
    plan_versions,
    plan_versions_by_id,
    programmes,
    store_plan,
    version_for,
)
from nap_monitor.language import language
from nap_monitor.programme.model import Programme
from nap_monitor.programme.quarters import Quarter
from tests.programme.plans import plan

ANA = operator("Ana")
NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return plan(tmp_path_factory.mktemp("plan"))


def store(engine: sa.Engine, programme: Programme, viewer: Viewer = ANA) -> StoredPlan:
    with writing(engine) as connection:
        return store_plan(connection, viewer, programme, now=NOW)


def version(engine: sa.Engine) -> int:
    with reading(engine) as connection:
        return data_version(connection)


def heavier(programme: Programme, weight: int = 2) -> Programme:
    """The plan with another weight: what is judged changes."""
    first, *others = programme.indicators
    return replace(programme, indicators=(replace(first, weight=Decimal(weight)), *others))


def renamed(programme: Programme, name: str = "Otro") -> Programme:
    """The plan under another name: nothing that is judged changes."""
    return replace(programme, name={"es": name, "en": name})


def from_quarter(programme: Programme, quarter: str, reason: str = "Porque") -> Programme:
    return replace(programme, effective_from=Quarter.parse(quarter), reason={"es": reason}, decision="GT-1")


def test_a_plan_comes_back_as_it_was_stored(engine: sa.Engine, small: Programme) -> None:
    stored = store(engine, small)
    assert (stored.number, stored.effective_from, stored.is_demonstration) == (1, None, False)
    assert (stored.loaded_by, stored.loaded_at, stored.differences) == ("Ana", NOW, ())
    with reading(engine) as connection:
        assert programmes(connection, PUBLIC) == (stored,)
        assert plan_versions(connection, PUBLIC, "SMALL") == (stored,)
        assert plan_versions_by_id(connection, PUBLIC, stored.programme_id) == (stored,)
        assert plan_versions(connection, PUBLIC, "OTHER") == ()
    assert stored.programme == small


def test_the_same_plan_again_stores_nothing(engine: sa.Engine, small: Programme) -> None:
    first, before = store(engine, small), version(engine)
    again = store(engine, from_quarter(small, "2019-Q1"))  # what says why is not what it says
    assert again == first
    assert version(engine) == before


def test_each_new_version_raises_the_data_version(engine: sa.Engine, small: Programme) -> None:
    before = version(engine)
    store(engine, small)
    store(engine, renamed(small))
    assert version(engine) == before + 2


def test_only_the_coordinator_loads_a_plan(engine: sa.Engine, small: Programme) -> None:
    for role in set(Role) - {Role.COORDINATOR}:
        with pytest.raises(NotAllowed):
            store(engine, small, Viewer(role, "x"))
    with reading(engine) as connection:
        assert programmes(connection, PUBLIC) == ()


def test_a_change_that_judges_nothing_needs_no_reason(engine: sa.Engine, small: Programme) -> None:
    store(engine, small)
    stored = store(engine, renamed(small))
    assert (stored.number, stored.effective_from) == (2, None)
    assert [d["field"] for d in stored.differences] == ["name.en", "name.es"]


@pytest.mark.parametrize(
    ("grounds", "kind"),
    [
        ((None, None), "needs_effective_from"),
        ((None, {"es": "Porque"}), "needs_effective_from"),
        ((Quarter(2019, 1), None), "needs_reason"),
    ],
)
def test_a_change_of_what_is_judged_needs_its_quarter_and_a_reason(
    grounds: tuple[Quarter | None, dict[str, str] | None], kind: str, engine: sa.Engine, small: Programme
) -> None:
    store(engine, small)
    before = version(engine)
    quarter, reason = grounds
    with pytest.raises(PlanRefused) as refused:
        store(engine, replace(heavier(small), effective_from=quarter, reason=reason))
    assert refused.value.kind == kind
    assert "I-1" in refused.value.sentence(language("en"))
    assert version(engine) == before


def test_with_them_it_is_a_version_that_keeps_what_was_judged_before(engine: sa.Engine, small: Programme) -> None:
    first = store(engine, small)
    second = store(engine, from_quarter(heavier(small), "2019-Q3"))
    assert (second.number, second.effective_from) == (2, Quarter(2019, 3))
    assert second.differences[0]["judges"] is True
    versions = (first, second)
    assert version_for(versions, Quarter(2019, 2)) is first
    assert version_for(versions, Quarter(2019, 3)) is second
    assert version_for(versions[1:], Quarter(2018, 1)) is second  # nothing older is known
    with reading(engine) as connection:
        row = connection.execute(sa.select(tables.plan_version).order_by(tables.plan_version.c.number.desc())).first()
        assert row is not None
        assert (row.reason, row.decision) == ("Porque", "GT-1")


def test_a_new_name_after_that_does_not_reach_back(engine: sa.Engine, small: Programme) -> None:
    store(engine, small)
    store(engine, from_quarter(heavier(small), "2019-Q3"))
    third = store(engine, renamed(heavier(small)))
    assert third.effective_from == Quarter(2019, 3)
    assert third.programme.effective_from == Quarter(2019, 3)


def test_the_reason_of_the_version_before_does_not_serve_again(engine: sa.Engine, small: Programme) -> None:
    store(engine, small)
    store(engine, from_quarter(heavier(small), "2019-Q3"))
    with pytest.raises(PlanRefused) as refused:
        store(engine, from_quarter(heavier(small, 3), "2019-Q3"))
    assert refused.value.kind == "stale_reason"
    assert store(engine, from_quarter(heavier(small, 3), "2019-Q3", "Corrección")).number == 3


def test_a_version_cannot_hold_from_before_the_one_it_follows(engine: sa.Engine, small: Programme) -> None:
    store(engine, small)
    store(engine, from_quarter(heavier(small), "2019-Q3"))
    with pytest.raises(PlanRefused) as refused:
        store(engine, from_quarter(renamed(heavier(small)), "2019-Q2"))
    assert refused.value.kind == "before_current"


def test_closed_quarters_keep_their_colours(engine: sa.Engine, small: Programme) -> None:
    stored = store(engine, small)
    with writing(engine) as connection:
        closed = {"programme_id": stored.programme_id, "state": "closed", "changed_by": "Ana", "changed_at": NOW}
        rows = [{**closed, "quarter": quarter} for quarter in ("2018-Q4", "2019-Q1")]
        connection.execute(sa.insert(tables.quarter_state), rows)
    with pytest.raises(PlanRefused) as refused:
        store(engine, from_quarter(heavier(small), "2019-Q1"))
    assert refused.value.kind == "closed_quarter"
    assert "2019-Q2" in str(refused.value)
    assert store(engine, from_quarter(heavier(small), "2019-Q2")).number == 2


def test_many_changes_are_named_by_the_first_few(engine: sa.Engine, small: Programme) -> None:
    actions = [replace(a, lead=None) for a in small.actions]
    parts = zip(small.objectives, actions, strict=True)
    objectives = tuple(replace(o, strategies=(replace(o.strategies[0], actions=(a,)),)) for o, a in parts)
    heavy = tuple(replace(i, weight=Decimal(2)) for i in small.indicators)
    store(engine, small)
    with pytest.raises(PlanRefused, match=r"\(1\.1\.1, 2\.1\.1, I-1, …\)"):
        store(engine, replace(small, objectives=objectives, indicators=heavy))


def test_an_indicator_that_left_the_plan_is_known_through_the_version_that_had_it(
    engine: sa.Engine, small: Programme
) -> None:
    store(engine, small)
    store(engine, from_quarter(replace(small, indicators=small.indicators[:1]), "2020-Q1"))
    with reading(engine) as connection:
        versions = plan_versions(connection, PUBLIC, "SMALL")
    assert "I-2" in version_for(versions, Quarter(2019, 4)).programme.indicator_by_code
    assert "I-2" not in version_for(versions, Quarter(2020, 1)).programme.indicator_by_code
    assert versions[1].differences[0] == {
        "change": "removed", "entry": "indicator I-2", "field": "", "old": None, "new": None, "judges": True,
    }  # fmt: skip


def test_several_programmes_stand_in_the_order_of_their_loading(engine: sa.Engine, small: Programme) -> None:
    store(engine, small)
    with writing(engine) as connection:
        other = store_plan(connection, ANA, replace(small, code="B"), now=NOW, is_demonstration=True)
    store(engine, renamed(small))
    assert other.is_demonstration
    with reading(engine) as connection:
        assert [(p.programme.code, p.number) for p in programmes(connection, PUBLIC)] == [("SMALL", 2), ("B", 1)]


def test_every_refusal_says_itself_in_both_languages() -> None:
    details = {"entries": "I-1", "current": "2019-Q3", "quarter": "2019-Q1", "closed": "2019-Q1", "first": "2019-Q2"}
    for code in ("es", "en"):
        for kind in REFUSALS:
            assert PlanRefused(kind, **details).sentence(language(code)).endswith(".")


def test_the_plan_of_the_project_is_stored_whole(engine: sa.Engine, tmp_path: Path) -> None:
    from nap_monitor.programme.files import read_plan
    from tests.programme.plans import ROOT

    for path in (ROOT / "config" / "programme.yaml", ROOT / "config" / "samples" / "chile.yaml"):
        programme, _ = read_plan(path)
        assert programme is not None
        assert store(engine, programme).programme == programme
