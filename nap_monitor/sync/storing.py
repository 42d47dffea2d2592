"""One agency's reading, stored in one transaction: revisions, assessments, problems, and what it is to be told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from nap_monitor.access import Viewer
from nap_monitor.assess import recompute
from nap_monitor.database import Connection, Engine
from nap_monitor.database.engine import raise_data_version, writing
from nap_monitor.database.locks import StillHeld
from nap_monitor.database.outbox import put_feedback
from nap_monitor.database.plans import StoredPlan
from nap_monitor.database.problems import store_problems
from nap_monitor.database.revisions import apply
from nap_monitor.database.runs import Outcome, record_outcome
from nap_monitor.database.spreadsheets import MISSING, QUARANTINED, READ, REFUSED, Spreadsheet, change, differs, meet
from nap_monitor.progress.rules import RuleSet
from nap_monitor.sheets.contract import IndicatorReport, Place, Problem, Severity
from nap_monitor.sheets.feedback import FeedbackContent, desired, feedback_path
from nap_monitor.sheets.problems import refused
from nap_monitor.sync.comparing import Comparison, compare, quarantine
from nap_monitor.sync.questions import questions
from nap_monitor.sync.reading import Circumstances, Sheet, whole_file
from nap_monitor.sync.rows import SORT_OF, stored_problem
from nap_monitor.sync.task import Task
from nap_monitor.sync.trouble import LOST_LOCK, SyncTrouble


@dataclass(frozen=True, slots=True)
class Run:
    """What every step of one run needs to know."""

    engine: Engine
    viewer: Viewer
    task: Task
    versions: tuple[StoredPlan, ...]  # the newest last: what is read is read against it
    rules: Mapping[str, RuleSet]
    around: Circumstances
    known: Mapping[str, Spreadsheet]  # by key, as they were before the run
    problem_counts: Mapping[str, int]  # by agency, before the run
    run_id: int
    still_held: StillHeld
    now: datetime
    day: date  # in the programme's time zone

    @property
    def plan(self) -> StoredPlan:
        return self.versions[-1]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.plan.programme.time_zone)


@dataclass(frozen=True, slots=True)
class ToTell:
    """Feedback that is in the outbox and has to be written beside its workbook."""

    spreadsheet_id: int
    sheet: Sheet
    content: FeedbackContent


@dataclass(slots=True)
class Stored:
    """What the transaction did."""

    outcome: Outcome
    to_tell: list[ToTell] = field(default_factory=list)


def store(
    run: Run, agency: str, sheets: Sequence[Sheet], missing: Collection[Spreadsheet], seconds: Callable[[], Decimal]
) -> Stored:
    """Store what an agency's sheets say, all or nothing, with its outcome.

    `missing`: its files that are no more. `seconds`: since its turn began.
    """
    with writing(run.engine) as connection:
        require_lock(run, connection)
        step = _Step(run, connection, agency, sheets)
        step.take()
        for gone in missing:
            step.mark_missing(gone)
        stored = step.finish(seconds())
        if step.is_visible:
            raise_data_version(connection)
    return stored


def require_lock(run: Run, connection: Connection) -> None:
    if not run.still_held(connection):
        raise SyncTrouble(LOST_LOCK)


class _Step:
    """The transaction of one agency."""

    def __init__(self, run: Run, connection: Connection, agency: str, sheets: Sequence[Sheet]) -> None:
        self.run = run
        self.connection = connection
        self.agency = agency
        programme_id = run.plan.programme_id
        files = [(sheet.file.key, sheet.file.name) for sheet in sheets]
        ids = meet(connection, run.viewer, programme_id, agency, files, state=READ, now=run.now)
        self.sheets = {ids[sheet.file.key]: sheet for sheet in sheets}
        self.is_visible = any(sheet.file.key not in run.known for sheet in sheets)
        self.problems: dict[int, list[Problem]] = {}
        self.to_tell: list[ToTell] = []
        self.state = "unchanged"
        self.unchanged = 0

    def take(self) -> None:
        """Store revisions, problems and the state of each sheet, unless the guards hold them back."""
        comparison = compare(
            self.connection,
            self.run.viewer,
            self.run.plan.programme_id,
            self.agency,
            self.sheets,
            self.run.around.closed,
            over=self.run.around.quarter - 1,
            now=self.run.now,
        )
        self.unchanged = comparison.unchanged
        is_held = comparison.upheaval is not None and self.run.task.release != self.agency
        self._find_problems(comparison, is_held=is_held)
        if not is_held:
            self._apply(comparison)
        for spreadsheet_id, sheet in self.sheets.items():
            self._keep_problems_and_tell(spreadsheet_id, sheet, comparison.drafts_in(sheet))
            self._keep_sheet(spreadsheet_id, sheet, is_held=is_held, released=comparison.upheaval is not None)
        self._name_state(is_held=is_held)

    def _find_problems(self, comparison: Comparison, *, is_held: bool) -> None:
        notices = {} if is_held else comparison.notices_of_closed_quarters()
        for spreadsheet_id, sheet in self.sheets.items():
            if sheet.refusal is not None:
                self.problems[spreadsheet_id] = [refused(sheet.refusal, sheet.file.name)]
                continue
            found = list(sheet.parsed.problems) + notices.get(spreadsheet_id, [])
            found += questions(sheet.parsed.reports, self.run.versions, self.run.rules, self.run.around.closed)
            if is_held and comparison.upheaval is not None:
                found += quarantine(comparison.upheaval, [whole_file(sheet)])
            self.problems[spreadsheet_id] = found

    def _apply(self, comparison: Comparison) -> None:
        run = self.run
        for role, changes in comparison.changes.items():
            if changes:
                programme_id = run.plan.programme_id
                sort = SORT_OF[role]
                apply(
                    self.connection,
                    run.viewer,
                    sort,
                    programme_id,
                    self.agency,
                    changes,
                    run_id=run.run_id,
                    now=run.now,
                )
                self.is_visible = True
                self.state = "done"
        if comparison.touched_codes:
            recompute(self.connection, run.plan.programme_id, comparison.touched_codes)

    def _keep_problems_and_tell(self, spreadsheet_id: int, sheet: Sheet, drafts: set[Place]) -> None:
        run = self.run
        found = self.problems[spreadsheet_id]
        rows = [stored_problem(one) for one in found]
        programme_id = run.plan.programme_id
        changed, since = store_problems(
            self.connection, run.viewer, programme_id, self.agency, spreadsheet_id, rows, now=run.now
        )
        if changed:
            self.is_visible = True
            self.state = "done"
        content = desired(
            sheet.file.name,
            self.agency,
            replace(sheet.parsed, problems=tuple(found) if sheet.was_read else ()),
            programme=run.plan.programme,
            language=run.task.language,
            since=[moment.astimezone(run.zone).date() for moment in since] if sheet.was_read else (),
            refusal=sheet.refusal,
            drafts=drafts,
        )
        is_news = put_feedback(self.connection, run.viewer, self.agency, spreadsheet_id, content.digest, now=run.now)
        if is_news or not feedback_path(sheet.file.path).is_file():  # somebody deleted it
            self.to_tell.append(ToTell(spreadsheet_id, sheet, content))

    def _keep_sheet(self, spreadsheet_id: int, sheet: Sheet, *, is_held: bool, released: bool) -> None:
        run = self.run
        known = run.known.get(sheet.file.key)
        shown: dict[str, Any] = {"agency": self.agency, "name": sheet.file.name, "modified_at": sheet.file.modified_at}
        if sheet.refusal is not None:
            shown |= {"state": REFUSED, "trouble": _trouble(self.problems[spreadsheet_id][0])}
        elif is_held:
            shown |= {"state": QUARANTINED, "trouble": _trouble(self.problems[spreadsheet_id][-1])}
        else:
            valid, rejected = rows_of(sheet)
            shown |= {"state": READ, "trouble": None, "rows_valid": valid, "rows_rejected": rejected}
            shown |= {"digest": sheet.digest}
        is_news = known is None or differs(known, shown)
        if is_news:
            self.is_visible = True
            if shown["state"] == READ:
                shown["read_at"] = run.now
        if shown["state"] == READ:
            shown |= {"plan_version_id": run.plan.version_id, "read_as": sheet.read_as}
            if released:
                shown |= {"released_digest": sheet.digest, "released_by": run.viewer.name, "released_at": run.now}
        if known is None or differs(known, {n: v for n, v in shown.items() if n != "released_digest"}):
            change(self.connection, run.viewer, self.agency, spreadsheet_id, **shown)

    def _name_state(self, *, is_held: bool) -> None:
        if any(not sheet.was_read for sheet in self.sheets.values()):
            self.state = "refused"
        if is_held:
            self.state = "quarantined"

    def mark_missing(self, gone: Spreadsheet) -> None:
        """A file that is no more: what it said stands, what was wrong in it is gone with it."""
        run = self.run
        if gone.state != MISSING:
            change(self.connection, run.viewer, self.agency, gone.id, state=MISSING, trouble=None, digest=None)
            programme_id = run.plan.programme_id
            store_problems(self.connection, run.viewer, programme_id, self.agency, gone.id, [], now=run.now)
            self.is_visible = True

    def finish(self, seconds: Decimal) -> Stored:
        counts = [rows_of(sheet) for sheet in self.sheets.values()]
        valid, rejected = sum(c[0] for c in counts), sum(c[1] for c in counts)
        outcome = Outcome(
            agency=self.agency,
            state=self.state if self.sheets else "missing",
            read=valid + rejected,
            valid=valid,
            unchanged=self.unchanged,
            rejected=rejected,
            problems=sum(len(found) for found in self.problems.values()),
            seconds=seconds,
        )
        record_outcome(self.connection, self.run.viewer, self.run.run_id, outcome)
        return Stored(outcome, self.to_tell)


def rows_of(sheet: Sheet) -> tuple[int, int]:
    """(good rows, rows that were not taken) of a sheet. A row given to be filled in and left empty is neither."""
    parsed = sheet.parsed
    taken = {(report.place.tab, report.place.row) for report in parsed.reports}
    wrong = {
        (found.place.tab, found.place.row)
        for found in parsed.problems
        if found.severity is Severity.ERROR and found.place.row is not None
    }
    empty = sum(isinstance(report, IndicatorReport) and report.is_empty for report in parsed.reports)
    return len(parsed.reports) - empty, len(wrong - taken)


def _trouble(one: Problem) -> dict[str, Any]:
    return {"kind": one.kind, "details": dict(one.details)}
