"""Which plan a sync reads against, and which files of the folder are its own."""

from __future__ import annotations

from nap_monitor.access import Viewer
from nap_monitor.database import Engine
from nap_monitor.database.engine import reading
from nap_monitor.database.plans import StoredPlan, plan_versions, programmes
from nap_monitor.database.spreadsheets import spreadsheets
from nap_monitor.sheets.cells import Unreadable
from nap_monitor.sheets.folder import FoundFile, find
from nap_monitor.sync.task import Task
from nap_monitor.sync.trouble import FOLDER_MISSING, FOLDER_UNREADABLE, NO_AGENCY, NO_PLAN, NO_PROGRAMME, SyncTrouble


def plan_of(engine: Engine, viewer: Viewer, code: str | None, task: Task) -> tuple[StoredPlan, ...]:
    """The versions of the plan (`code` None: the first programme), with the task's agencies in the newest."""
    with reading(engine) as connection:
        if code is None:
            there = programmes(connection, viewer)
            code = there[0].programme.code if there else None
        versions = plan_versions(connection, viewer, code) if code is not None else ()
        if not versions:
            raise _no_programme(code, [plan.programme.code for plan in programmes(connection, viewer)])
    programme = versions[-1].programme
    for agency in (task.agency, task.release):
        if agency is not None and agency not in programme.agency_by_id:
            agencies = ", ".join(programme.agency_by_id)
            raise SyncTrouble(NO_AGENCY, agency=agency, code=programme.code, agencies=agencies)
    return versions


def _no_programme(code: str | None, codes: list[str]) -> SyncTrouble:
    if code is None or not codes:
        return SyncTrouble(NO_PLAN)
    return SyncTrouble(NO_PROGRAMME, code=code, codes=", ".join(codes))


def codes_with_files(engine: Engine, viewer: Viewer, task: Task) -> list[str | None]:
    """The programmes to sync where none is chosen: the first, and any other that has or had a file of its own."""
    with reading(engine) as connection:
        plans = programmes(connection, viewer)
        kept = {p.programme_id for p in plans if spreadsheets(connection, viewer, p.programme_id)}
    if not plans:
        return [None]  # `plan_of` will say so
    others = (p for p in plans[1:] if p.programme_id in kept or files_of(engine, viewer, p, task))
    concerned = [plan.programme.code for plan in (plans[0], *others) if _has_agencies(plan, task)]
    return [*concerned] or [plans[0].programme.code]  # `plan_of` will say that it has no such agency


def _has_agencies(plan: StoredPlan, task: Task) -> bool:
    wanted = {task.agency, task.release} - {None}
    return wanted <= plan.programme.agency_by_id.keys()


def files_of(engine: Engine, viewer: Viewer, plan: StoredPlan, task: Task) -> tuple[FoundFile, ...]:
    """The files in the folder that are this programme's.

    Those that the sources give to it; of the others, those that are named by an agency which no programme before it
    has (or, if it was chosen, by any of its agencies). A file that no programme knows is the first one's to tell of.
    """
    try:
        found = find(task.folder, task.sources, plan.programme.agency_by_id)
    except Unreadable as error:
        message = FOLDER_MISSING if error.kind == "missing_folder" else FOLDER_UNREADABLE
        raise SyncTrouble(message, folder=str(task.folder)) from error
    with reading(engine) as connection:
        plans = programmes(connection, viewer)
    position = next(n for n, other in enumerate(plans) if other.programme_id == plan.programme_id)
    before = [a for other in plans[:position] for a in other.programme.agency_by_id]
    after = [a for other in plans[position + 1 :] for a in other.programme.agency_by_id]

    def is_ours(file: FoundFile) -> bool:
        if file.programme is not None:
            return file.programme == plan.programme.code
        if file.agency is not None:
            return task.is_chosen or task.sources.owner(file.key, before)[0] is None
        return position == 0 and task.sources.owner(file.key, after)[0] is None

    return tuple(file for file in found if is_ours(file))
