"""Which plan a command about one agency's spreadsheet is for, and which agency is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nap_monitor.language import Language, mark
from nap_monitor.settings import Settings

if TYPE_CHECKING:
    from nap_monitor.database import Engine
    from nap_monitor.programme.model import Programme
    from nap_monitor.programme.quarters import Quarter

PLAN = "programme.yaml"


class CannotBeDone(Exception):
    """Why a command was not carried out, as a message and its values."""

    def __init__(self, message: str, **details: str) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def sentence(self, reader: Language) -> str:
        return reader.say(self.message, **self.details)


@dataclass(frozen=True)
class Chosen:
    """A plan, and where more is known of it: None while there is no database."""

    programme: Programme
    engine: Engine | None = None
    programme_id: int = 0


def chosen_plan(code: str | None, day: date) -> Chosen:
    """The newest version of a plan: the database's, else that of the configuration."""
    from nap_monitor.access import operator
    from nap_monitor.commands.asking import opened
    from nap_monitor.database.engine import reading
    from nap_monitor.database.plans import programmes

    settings = Settings()
    codes: list[str] = []
    if not settings.uses_default_database or (settings.home / "nap.db").exists():
        engine = opened()
        with reading(engine) as connection:
            stored = programmes(connection, operator("template"))
        codes = [p.programme.code for p in stored]
        found = next((p for p in stored if code in (None, p.programme.code)), None)
        if found is not None:
            return Chosen(found.programme, engine, found.programme_id)
    plan = plan_in_file(settings.config / PLAN, day)
    if code not in (None, plan.code):
        raise CannotBeDone(
            mark("There is no programme {code}; there are: {codes}."),
            code=str(code),
            codes=", ".join(dict.fromkeys([*codes, plan.code])),
        )
    return Chosen(plan)


def plan_in_file(path: Path, day: date) -> Programme:
    """The plan of the configuration; one of invented data is moved so that the day is in its second year."""
    from nap_monitor.programme.files import read_plan

    plan, _ = read_plan(path)
    if plan is not None and plan.illustrative:
        plan, _ = read_plan(path, first_year=day.year - 1)
    if plan is None:
        raise CannotBeDone(mark("The plan {file} has errors; `check` names them."), file=str(path))
    return plan


def in_force(chosen: Chosen, quarter: Quarter) -> Chosen:
    """The version of the plan that judges the quarter."""
    from nap_monitor.access import operator
    from nap_monitor.database.engine import reading
    from nap_monitor.database.plans import plan_versions, version_for

    if chosen.engine is None:
        return chosen
    with reading(chosen.engine) as connection:
        versions = plan_versions(connection, operator("template"), chosen.programme.code)
    return Chosen(version_for(versions, quarter).programme, chosen.engine, chosen.programme_id)


def agency_of(plan: Programme, asked: str) -> str:
    """The id of an agency, however its case; also by its acronym of any time."""
    for agency in plan.agencies:
        names = {agency.id, *(name.acronym for name in agency.names if name.acronym)}
        if asked.casefold() in {name.casefold() for name in names}:
            return agency.id
    raise CannotBeDone(
        mark("There is no agency {agency} in the plan; there are: {agencies}."),
        agency=asked,
        agencies=", ".join(sorted(plan.agency_by_id)),
    )
