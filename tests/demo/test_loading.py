"""The demonstration loaded: a living programme, the same each time, whole or made anew, never over real data."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
import sqlalchemy as sa

from nap_monitor import demo
from nap_monitor.access import operator
from nap_monitor.database import Engine
from nap_monitor.database.emptying import HoldsRealData
from nap_monitor.database.engine import connect, migrate, reading, writing
from nap_monitor.database.plans import programmes, store_plan
from nap_monitor.database.tables import metadata
from nap_monitor.language import language
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.statuses import Status
from nap_monitor.settings import Settings
from nap_monitor.status import Standing, standing

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
SOON = datetime(2025, 1, 5, 18, tzinfo=UTC)
"""Early in a second year: three quarters of history, quickly loaded."""
VIEWER = operator("test")

Install = Callable[[str], tuple[Engine, Settings]]


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    """Make an empty installation of a name."""
    engines = []

    def installation(name: str) -> tuple[Engine, Settings]:
        settings = Settings(home=tmp_path / name)
        engine = connect(settings.url)
        migrate(engine)
        engines.append(engine)
        return engine, settings

    yield installation
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Settings]]:
    settings = Settings(home=tmp_path_factory.mktemp("demonstration"))
    engine = connect(settings.url)
    migrate(engine)
    steps = list(demo.load(engine, settings, NOW))
    assert steps == [(n, len(steps)) for n in range(1, len(steps) + 1)]
    yield engine, settings
    engine.dispose()


def _standing(engine: Engine) -> Standing:
    with reading(engine) as connection:
        return standing(connection, VIEWER, "PNEDH-DEMO", None, NOW.date())


@pytest.mark.slow
def test_it_shows_a_living_programme(loaded: tuple[Engine, Settings]) -> None:
    found = _standing(loaded[0])
    assert found.is_demonstration
    assert found.quarter == Quarter(2026, 3)
    counts = found.total.counts
    assert counts[Status.ON_TRACK] > counts[Status.OFF_TRACK] > 0
    assert all(counts[s] for s in (Status.ACHIEVED, Status.AT_RISK, Status.NO_DATA, Status.NOT_DUE))
    assert 0 < found.total.reported < found.total.due
    assert any(a.is_delayed for a in found.actions)
    assert any(a.is_completed_late for a in found.actions)
    assert any(a.co_responsible_differs for a in found.actions)
    assert {a.requested for a in found.actions} > {"cancelled", "modified"}


def _rows(engine: Engine, table: str) -> list[sa.Row[tuple[object, ...]]]:
    with reading(engine) as connection:
        return list(connection.execute(sa.select(metadata.tables[table])))


@pytest.mark.slow
def test_its_workbooks_have_the_mistakes_of_real_ones(loaded: tuple[Engine, Settings]) -> None:
    kinds = Counter(problem.kind for problem in _rows(loaded[0], "problem"))
    assert set(kinds) >= {
        "ambiguous_number",
        "cause_missing",
        "corrupt",
        "declared_no_data",
        "duplicate",
        "formula_error",
        "link_not_https",
        "merged_cells",
        "number_as_text",
        "percent_unclear",
        "unknown_code",
        "unreadable_period",
    }


@pytest.mark.slow
def test_it_has_revisions_drafts_late_figures_breakdowns_and_events(loaded: tuple[Engine, Settings]) -> None:
    observations = _rows(loaded[0], "observation")
    assert any(o.revision > 1 and o.quality == "revised" for o in observations)
    assert any(o.standing == "draft" for o in observations)
    assert {"women", "men"} <= {o.breakdown for o in observations}
    assert any(o.evidence_public for o in observations)
    assert {p.kind for p in _rows(loaded[0], "participation")} == {"consultation", "training", "session"}
    recorded = [o.recorded_at for o in observations]
    assert min(recorded).year == 2025
    assert max(recorded) <= NOW
    flags = [flag for a in _rows(loaded[0], "assessment") for flag in (*a.flags, *a.reasons)]
    assert "late" in flags


@pytest.mark.slow
def test_each_agency_has_a_workbook_and_what_was_wrong_beside_it(loaded: tuple[Engine, Settings]) -> None:
    names = {path.name for path in loaded[1].spreadsheets.iterdir()}
    assert {"STPS.xlsx", "STPS.validacion.xlsx", "CNDH_Acciones.csv", "SFP.xlsx"} <= names
    assert not list(loaded[1].home.glob(".demonstration*"))


@pytest.mark.slow
def test_a_real_plan_stands_beside_it(loaded: tuple[Engine, Settings]) -> None:
    with reading(loaded[0]) as connection:
        codes = [plan.programme.code for plan in programmes(connection, VIEWER)]
    assert codes[0] == "PNEDH-DEMO"
    assert len(codes) == 2


@pytest.mark.slow
def test_it_grows_stale_at_the_end_of_its_second_year(loaded: tuple[Engine, Settings]) -> None:
    assert not demo.is_stale(loaded[0], datetime(2026, 12, 31, tzinfo=UTC))
    assert demo.is_stale(loaded[0], datetime(2027, 1, 1, tzinfo=UTC))


TABLES = ("observation", "action_report", "participation", "submission", "problem", "assessment", "plan_version")


@pytest.mark.slow
def test_it_is_the_same_each_time(install: Install) -> None:
    first, second = (install(name)[0:2] for name in ("first", "second"))
    for engine, settings in (first, second):
        assert demo.is_wanted(engine, settings)
        list(demo.load(engine, settings, SOON))
        assert not demo.is_wanted(engine, settings)
    for table in TABLES:
        assert _rows(first[0], table) == _rows(second[0], table), table


@pytest.mark.slow
def test_a_loading_that_was_killed_is_made_anew(install: Install) -> None:
    engine, settings = install("home")
    list(islice(demo.load(engine, settings, SOON), 2))
    assert demo.is_wanted(engine, settings)
    list(demo.load(engine, settings, SOON))
    assert not demo.is_wanted(engine, settings)
    whole, _ = install("whole")
    list(demo.load(whole, Settings(home=settings.home.parent / "whole"), SOON))
    assert len(_rows(engine, "observation")) == len(_rows(whole, "observation"))


@pytest.mark.slow
def test_a_second_one_needs_the_first_one_gone(install: Install) -> None:
    engine, settings = install("home")
    list(demo.load(engine, settings, SOON))
    with pytest.raises(demo.CannotLoad) as refused:
        next(demo.load(engine, settings, SOON))
    assert "demo --reset" in refused.value.sentence(language("en"))
    (settings.spreadsheets / "notes.xlsx").touch()
    demo.clear(engine, settings, VIEWER)
    assert [path.name for path in settings.spreadsheets.iterdir()] == ["notes.xlsx"]
    assert _rows(engine, "programme") == []
    assert demo.is_wanted(engine, settings)


def test_real_data_are_never_cleared(install: Install) -> None:
    engine, settings = install("home")
    plan = demo._plan(settings.config / "programme.yaml", 2025)
    with writing(engine) as connection:
        store_plan(connection, VIEWER, plan, now=NOW)
    with pytest.raises(HoldsRealData) as refused:
        demo.clear(engine, settings, VIEWER)
    assert "PNEDH-DEMO" in refused.value.sentence(language("en"))
    assert len(_rows(engine, "programme")) == 1
    assert not demo.is_wanted(engine, settings)


def _config(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(Settings().config, folder)
    path = folder / "programme.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("illustrative: true", "illustrative: false", "is not marked"),
        ("responsible: IMSS", "responsible: IMS", "has errors"),
    ],
)
def test_a_real_plan_gets_no_invented_history(old: str, new: str, said: str, install: Install, tmp_path: Path) -> None:
    engine, home = install("home")
    settings = Settings(home=home.home, config=_config(tmp_path, old, new))
    assert not demo.is_wanted(engine, settings)
    with pytest.raises(demo.CannotLoad) as refused:
        next(demo.load(engine, settings, NOW))
    assert said in refused.value.sentence(language("en"))
    assert _rows(engine, "programme") == []


def test_a_database_of_ones_own_is_never_filled_unasked(install: Install, tmp_path: Path) -> None:
    engine, home = install("home")
    chosen = Settings(home=home.home, database_url=home.url)
    assert not demo.is_wanted(engine, chosen)
