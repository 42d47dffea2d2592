"""One run over the folder: each agency by itself, so that none stops another."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from nap_monitor.access import Act, Viewer
from nap_monitor.assess import RulesUnusable, recompute_if_rules_changed, rule_sets_in_force
from nap_monitor.database import Engine
from nap_monitor.database.engine import DatabaseUnavailable, raise_data_version, reading, writing
from nap_monitor.database.locks import StillHeld, lock
from nap_monitor.database.plans import StoredPlan
from nap_monitor.database.problems import problem_counts
from nap_monitor.database.quarters import closed_quarters
from nap_monitor.database.runs import Outcome, finish_run, record_outcome, start_run
from nap_monitor.database.spreadsheets import FOLDER, MISSING, NOBODYS, Spreadsheet, spreadsheets
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.folder import FoundFile, is_settled
from nap_monitor.sync.files import codes_with_files, files_of, plan_of
from nap_monitor.sync.reading import Circumstances, Waiting, is_unchanged, read
from nap_monitor.sync.storing import Run, require_lock, store
from nap_monitor.sync.task import Task
from nap_monitor.sync.telling import tell, was_told
from nap_monitor.sync.trouble import RULES_UNUSABLE, Busy, SyncTrouble
from nap_monitor.sync.unclaimed import keep_unclaimed

LOCK = "sync"
TROUBLED = frozenset({"refused", "quarantined", "failed"})
OnProgress = Callable[[int, int, str | None], None]
"""Called with agencies finished, agencies in all, and the agency now at work (None: it is over)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a run found, by agency. `unclaimed`: files that belong to none."""

    run_id: int
    programme: str
    programme_id: int
    outcomes: tuple[Outcome, ...]
    unclaimed: tuple[str, ...]

    @property
    def has_trouble(self) -> bool:
        """Whether a file was refused or held back, or an agency failed."""
        return any(outcome.state in TROUBLED for outcome in self.outcomes)


def _silent(_done: int, _total: int, _agency: str | None) -> None:
    pass


def sync(
    engine: Engine,
    viewer: Viewer,
    programme_code: str | None,
    task: Task,
    *,
    now: datetime,
    on_progress: OnProgress = _silent,
) -> SyncResult:
    """Read the folder into the database, for one programme (None: the first one).

    Raises `Busy` when another sync is running, `SyncTrouble` when it cannot be done, `DatabaseUnavailable` when the
    database fails on the way; what was finished by then stands, and the next run goes on from there.
    """
    with lock(engine, LOCK) as still_held:
        if still_held is None:
            raise Busy
        return sync_locked(engine, viewer, programme_code, task, still_held, now=now, on_progress=on_progress)


def sync_all(
    engine: Engine, viewer: Viewer, task: Task, *, now: datetime, on_progress: OnProgress = _silent
) -> tuple[SyncResult, ...]:
    """`sync` for every programme that has spreadsheets, the first one in any case."""
    with lock(engine, LOCK) as still_held:
        if still_held is None:
            raise Busy
        return tuple(
            sync_locked(engine, viewer, code, task, still_held, now=now, on_progress=on_progress)
            for code in codes_with_files(engine, viewer, task)
        )


def sync_locked(
    engine: Engine,
    viewer: Viewer,
    programme_code: str | None,
    task: Task,
    still_held: StillHeld,
    *,
    now: datetime,
    on_progress: OnProgress = _silent,
) -> SyncResult:
    """`sync` for who holds the lock already."""
    began = time.perf_counter()
    viewer.require(Act.SYNC, task.agency)
    if task.release is not None:
        viewer.require(Act.RELEASE)
    versions = plan_of(engine, viewer, programme_code, task)
    files = files_of(engine, viewer, versions[-1], task)
    run = _begin(engine, viewer, versions, task, still_held, now)
    work = _Work(run, files)
    work.do(on_progress)
    unclaimed = tuple(file for file in files if file.agency is None and not file.key.endswith("/"))
    with writing(engine) as connection:
        require_lock(run, connection)
        for outcome in work.not_recorded:
            record_outcome(connection, viewer, run.run_id, outcome)
        claimed = {file.key for file in files if file.agency is not None}
        if task.agency is None and keep_unclaimed(connection, run, unclaimed, claimed):
            raise_data_version(connection)
        finish_run(connection, viewer, run.run_id, now=now + timedelta(seconds=time.perf_counter() - began))
    return SyncResult(
        run_id=run.run_id,
        programme=run.plan.programme.code,
        programme_id=run.plan.programme_id,
        outcomes=tuple(work.outcomes),
        unclaimed=tuple(file.key for file in unclaimed),
    )


def _begin(
    engine: Engine, viewer: Viewer, versions: tuple[StoredPlan, ...], task: Task, still_held: StillHeld, now: datetime
) -> Run:
    """Record the run, and read what all agencies have in common."""
    programme_id = versions[-1].programme_id
    try:
        rules = rule_sets_in_force()
        with writing(engine) as connection:
            run_id = start_run(connection, viewer, programme_id, source=FOLDER, now=now)
            if recompute_if_rules_changed(connection, programme_id):
                raise_data_version(connection)
    except RulesUnusable as error:
        raise SyncTrouble(RULES_UNUSABLE, place=error.place, reason=error.reason) from error
    with reading(engine) as connection:
        closed = closed_quarters(connection, viewer, programme_id)
        known = {sheet.key: sheet for sheet in spreadsheets(connection, viewer, programme_id)}
        counts = problem_counts(connection, viewer, programme_id)
    day = now.astimezone(ZoneInfo(versions[-1].programme.time_zone)).date()
    in_force = tuple(sorted((each.name, each.version) for each in rules.values()))
    return Run(
        engine=engine,
        viewer=viewer,
        task=task,
        versions=versions,
        rules=rules,
        around=Circumstances(Quarter.of(day), closed, in_force),
        known=known,
        problem_counts={agency: sum(of.values()) for agency, of in counts.items()},
        run_id=run_id,
        still_held=still_held,
        now=now,
        day=day,
    )


@dataclass(slots=True)
class _Work:
    """The agencies of one run. `not_recorded`: outcomes of agencies for which nothing had to be stored."""

    run: Run
    files: Sequence[FoundFile]
    outcomes: list[Outcome] = field(default_factory=list)
    not_recorded: list[Outcome] = field(default_factory=list)

    def do(self, on_progress: OnProgress) -> None:
        of_agency: dict[str, list[FoundFile]] = defaultdict(list)
        for file in self.files:
            if file.agency is not None:
                of_agency[file.agency].append(file)
        known = {sheet.agency for sheet in self.run.known.values()} - {NOBODYS}
        agencies = sorted(known | of_agency.keys())
        if self.run.task.agency is not None:
            agencies = [self.run.task.agency]
        for number, agency in enumerate(agencies):
            on_progress(number, len(agencies), agency)
            self._agency(agency, of_agency[agency])
        on_progress(len(agencies), len(agencies), None)

    def _agency(self, agency: str, files: Sequence[FoundFile]) -> None:
        began = time.perf_counter()
        try:
            outcome = self._serve(agency, files, began)
        except (DatabaseUnavailable, SyncTrouble):
            raise  # nothing can be kept of the others either
        except Waiting:
            outcome = self._as_before(agency, "waiting", began)
            self.not_recorded.append(outcome)
        except Exception as error:  # noqa: BLE001 - one agency's failure, whatever it is, never stops the others
            _log.exception("the spreadsheets of %s could not be synced", agency)
            outcome = self._as_before(agency, "failed", began, type(error).__name__)
            self.not_recorded.append(outcome)
        self.outcomes.append(outcome)

    def _serve(self, agency: str, files: Sequence[FoundFile], began: float) -> Outcome:
        run = self.run
        missing = self._missing(agency)
        is_news = any(sheet.state != MISSING for sheet in missing)
        if not is_news and all(self._is_unchanged(file, agency) for file in files):
            outcome = self._as_before(agency, "unchanged" if files else "missing", began)
            self.not_recorded.append(outcome)
            return outcome
        if any(not is_settled(file, run.now, run.task.settle_seconds) for file in files):
            raise Waiting
        sheets = read(files, agency, run.plan, run.task, run.around, run.day)
        stored = store(run, agency, sheets, missing, partial(_seconds, began))
        tell(run, agency, stored.to_tell)
        return stored.outcome

    def _is_unchanged(self, file: FoundFile, agency: str) -> bool:
        run = self.run
        known = run.known.get(file.key)
        if known is None or known.agency != agency:
            return False
        return is_unchanged(file, known, run.plan, run.task, run.around, run.day) and was_told(file, known)

    def _missing(self, agency: str) -> list[Spreadsheet]:
        """The agency's spreadsheets that are no more; what lies in a folder that cannot be opened may be there."""
        found = {file.key for file in self.files}
        closed_folders = tuple(key for key in found if key.endswith("/"))
        of_agency = (sheet for sheet in self.run.known.values() if sheet.agency == agency)
        return [s for s in of_agency if s.key not in found and not s.key.startswith(closed_folders or ("\0",))]

    def _as_before(self, agency: str, state: str, began: float, error_class: str | None = None) -> Outcome:
        """The outcome of an agency from whom nothing was taken now: what is stored of it stands."""
        sheets = [s for s in self.run.known.values() if s.agency == agency and s.state != MISSING]
        valid, rejected = sum(s.rows_valid for s in sheets), sum(s.rows_rejected for s in sheets)
        return Outcome(
            agency=agency,
            state=state,
            read=valid + rejected,
            valid=valid,
            unchanged=valid,
            rejected=rejected,
            problems=self.run.problem_counts.get(agency, 0),
            seconds=_seconds(began),
            error_class=error_class,
        )


def _seconds(began: float) -> Decimal:
    return Decimal(str(round(time.perf_counter() - began, 3)))
