"""The demonstration: a programme, its agencies' workbooks and two years of history, all made by the ordinary ways.

Workbooks are written with the agencies' template and read by the sync, with the clock of each day; the plan is stored
like any other. There is no other writer, so what the demonstration shows is what the product does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from nap_monitor.access import Viewer, operator
from nap_monitor.assess import adopt
from nap_monitor.database.emptying import empty
from nap_monitor.database.engine import reading, writing
from nap_monitor.database.plans import StoredPlan, programmes
from nap_monitor.demo.history import History, files_of
from nap_monitor.language import Language, language, mark
from nap_monitor.programme.files import read_plan
from nap_monitor.programme.model import Programme
from nap_monitor.settings import Settings
from nap_monitor.sheets.contract import VALIDATION_SUFFIX
from nap_monitor.sync import Task, sync

if TYPE_CHECKING:
    from nap_monitor.database import Engine

PLAN, SAMPLES = "programme.yaml", "samples/*.yaml"
UNFINISHED = ".demonstration-unfinished"  # there while it is being loaded: what a killed loading leaves is made anew
MADE_BY = operator("demonstration")
WORKBOOKS = language("es")
_REASONS = {
    "plan": mark("{file} has errors; `python3 run.py check` names them."),
    "real": mark("{file} is not marked `illustrative: true`; only such a plan can be given an invented history."),
    "full": mark("The database holds a programme already; `demo --reset` makes a fresh demonstration."),
}


class CannotLoad(Exception):
    """The demonstration cannot be made; nothing was stored. `kind` is a key of `_REASONS`."""

    def __init__(self, kind: str, **details: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.details = details

    def sentence(self, language: Language) -> str:
        return language.say(_REASONS[self.kind], **self.details)


def is_wanted(engine: Engine, settings: Settings) -> bool:
    """Whether a first start loads it: the default database is empty (or left half filled), the plan illustrative."""
    if not settings.uses_default_database or (_stored(engine) and not _is_unfinished(settings)):
        return False
    plan, _ = read_plan(settings.config / PLAN)
    return plan is not None and plan.illustrative


def is_stale(engine: Engine, now: datetime) -> bool:
    """Whether a demonstration's second year is not this one any more."""
    demonstrations = [p.programme for p in _stored(engine) if p.is_demonstration and p.programme.illustrative]
    return any(p.start is not None and p.start.year + 1 != now.year for p in demonstrations)


def clear(engine: Engine, settings: Settings, viewer: Viewer) -> None:
    """Empty the database and take the demonstration's workbooks away; `HoldsRealData` where it is not ours alone."""
    with writing(engine) as connection:
        empty(connection, viewer)
    plan, _ = read_plan(settings.config / PLAN)
    for name in files_of(plan) if plan else ():
        path = settings.spreadsheets / name
        path.unlink(missing_ok=True)
        path.with_name(path.stem + VALIDATION_SUFFIX).unlink(missing_ok=True)


def load(engine: Engine, settings: Settings, now: datetime) -> Iterator[tuple[int, int]]:
    """Make the demonstration as of a moment, step by step: (steps done, of so many). Raises `CannotLoad`."""
    plan = _plan(settings.config / PLAN, now.year - 1)
    if _is_unfinished(settings):
        clear(engine, settings, MADE_BY)
    if _stored(engine):
        raise CannotLoad("full")
    settings.spreadsheets.mkdir(parents=True, exist_ok=True)
    (settings.home / UNFINISHED).touch()
    _store_plans(engine, settings, plan, now)
    task = Task.of(settings)
    history = History(plan, settings.spreadsheets, now, WORKBOOKS)
    for done, moment in enumerate(history.steps(), 1):
        sync(engine, MADE_BY, plan.code, task, now=moment)
        yield done, history.length
    (settings.home / UNFINISHED).unlink()


def _is_unfinished(settings: Settings) -> bool:
    return (settings.home / UNFINISHED).exists()


def _plan(path: Path, first_year: int) -> Programme:
    plan, _ = read_plan(path, first_year=first_year)
    if plan is None:
        raise CannotLoad("plan", file=path.name)
    if not plan.illustrative:
        raise CannotLoad("real", file=path.name)
    return plan


def _stored(engine: Engine) -> tuple[StoredPlan, ...]:
    with reading(engine) as connection:
        return programmes(connection, MADE_BY)


def _store_plans(engine: Engine, settings: Settings, plan: Programme, now: datetime) -> None:
    """The demonstration plan, from its first day on; and beside it the samples of real plans."""
    samples = (read_plan(path)[0] for path in sorted(settings.config.glob(SAMPLES)))
    at = min(now, datetime.combine(plan.start or now.date(), time(12, tzinfo=UTC)))
    with writing(engine) as connection:
        for programme in (plan, *(sample for sample in samples if sample is not None)):
            adopt(connection, MADE_BY, programme, now=at, is_demonstration=True)
