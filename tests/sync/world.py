"""A small world to sync: a plan of two agencies, their folder, workbooks written as Excel would, and what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import sqlalchemy as sa
from sqlalchemy import Engine

from nap_monitor.access import Role, Viewer
from nap_monitor.database import tables
from nap_monitor.database.engine import data_version, reading, writing
from nap_monitor.database.plans import StoredPlan, store_plan
from nap_monitor.programme.model import (
    Action,
    Agency,
    AgencyName,
    Baseline,
    Behaviour,
    Category,
    Dimension,
    Direction,
    Frequency,
    Indicator,
    Kind,
    Objective,
    Programme,
    Responsible,
    Strategy,
)
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sync import SyncResult, Task, sync

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
COORDINATOR = Viewer(Role.COORDINATOR, "Ana")
Cells = Iterable[Iterable[Any]]
FIGURES = ("Código", "Periodo", "Valor", "Desagregación", "Causa de la variación", "Acción correctiva")


def text(said: str) -> dict[str, str]:
    return {"es": said, "en": said}


def indicator(code: str, agency: str = "STPS") -> Indicator:
    return Indicator(
        code=code,
        name=text(code),
        unit=text("cases"),
        objective="O1",
        strategy="O1.1",
        action=None,
        kind=Kind.PROCESS,
        direction=Direction.ASCENDING,
        behaviour=Behaviour.LEVEL,
        frequency=Frequency.QUARTERLY,
        responsibles=(Responsible(agency),),
        baseline=Baseline(Decimal(0), 2024),
        targets={Quarter(2028, 4): Decimal(1600)},
        disaggregation=("sex",),
    )


def programme(indicators: int = 20, more_actions: int = 0) -> Programme:
    """Indicators A1, A2… of STPS and B1 of SE; actions O1.1.1 and X0, X1… of STPS and O1.1.2 of SE."""
    more = (Action(f"X{n}", text(f"X{n}"), lead="STPS") for n in range(more_actions))
    actions = (Action("O1.1.1", text("Inspect"), lead="STPS"), Action("O1.1.2", text("Train"), lead="SE"), *more)
    sexes = (Category("F", text("Women")), Category("M", text("Men")))
    return Programme(
        code="NAP",
        name=text("Programme"),
        agencies=tuple(Agency(i, (AgencyName(text(i), i),)) for i in ("STPS", "SE")),
        objectives=(Objective("O1", text("One"), (Strategy("O1.1", text("First"), "STPS", actions),)),),
        indicators=(*(indicator(f"A{n}") for n in range(1, indicators + 1)), indicator("B1", "SE")),
        dimensions=(Dimension("sex", text("Sex"), sexes),),
        start=date(2025, 1, 1),
        end=date(2028, 12, 31),
    )


def workbook(path: Path, tabs: Mapping[str, Cells]) -> Path:
    """Write a workbook, whole: tab title -> rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in tabs.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def figures(*rows: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The Indicadores tab: (code, period, value[, breakdown, cause, corrective])."""
    return [FIGURES, *rows]


def entrega(**states: str) -> list[tuple[Any, ...]]:
    """The Entrega tab: T3_2026="Enviado"."""
    return [("Periodo", "Estado de la entrega"), *((name.replace("_", " "), state) for name, state in states.items())]


def actions(*rows: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    return [("Código", "Estatus", "Inicio", "Término"), *rows]


@dataclass
class World:
    """A database with the plan, and the folder of its agencies."""

    engine: Engine
    folder: Path
    plan: StoredPlan

    def write(self, name: str = "STPS.xlsx", **tabs: Cells) -> Path:
        return workbook(self.folder / name, tabs)

    def sync(self, *, now: datetime = NOW, viewer: Viewer = COORDINATOR, **task: Any) -> SyncResult:
        wanted = replace(Task(self.folder, settle_seconds=0), **task)
        return sync(self.engine, viewer, "NAP", wanted, now=now)

    def outcome(self, agency: str = "STPS", **how: Any) -> Any:
        """One sync; what it found at one agency."""
        return next(o for o in self.sync(**how).outcomes if o.agency == agency)

    def rows(self, table: sa.Table, *conditions: Any) -> list[dict[str, Any]]:
        with reading(self.engine) as connection:
            found = connection.execute(sa.select(table).where(*conditions).order_by(table.c.id)).mappings()
            return [dict(row) for row in found]

    def figures(self, standing: str = "counted") -> dict[tuple[str, str, str], Decimal | None]:
        """The current figures of a standing: key -> value."""
        c = tables.observation.c
        current = self.rows(tables.observation, c.is_current.is_(True), c.standing == standing)
        return {(row["code"], row["quarter"], row["breakdown"]): row["value"] for row in current}

    def kinds(self) -> list[str]:
        return [row["kind"] for row in self.rows(tables.problem)]

    def version(self) -> int:
        with reading(self.engine) as connection:
            return data_version(connection)

    def close(self, quarter: str, state: str = "closed") -> None:
        """What the review does."""
        c = tables.quarter_state.c
        with writing(self.engine) as connection:
            connection.execute(sa.delete(tables.quarter_state).where(c.quarter == quarter))
            row = {"programme_id": self.plan.programme_id, "quarter": quarter, "state": state}
            connection.execute(sa.insert(tables.quarter_state).values(**row, changed_by="Ana", changed_at=NOW))


def make_world(engine: Engine, folder: Path, plan: Programme | None = None) -> World:
    with writing(engine) as connection:
        stored = store_plan(connection, COORDINATOR, plan or programme(), now=NOW)
    folder.mkdir(exist_ok=True)
    return World(engine, folder, stored)
