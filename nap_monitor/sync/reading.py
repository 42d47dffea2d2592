"""Reading one agency's files: which of them are new, and what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from nap_monitor.database.plans import StoredPlan
from nap_monitor.database.spreadsheets import READ, Spreadsheet
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.cells import Unreadable, Workbook
from nap_monitor.sheets.contract import Parsed, Place, Role
from nap_monitor.sheets.folder import FoundFile, read_workbook
from nap_monitor.sheets.headers import role_of
from nap_monitor.sheets.parse import Context, parse, without_duplicates
from nap_monitor.sync.task import Task

STILL_CHANGING = frozenset({"changed_while_reading", "missing_file"})
"""Refusals of a file that somebody is just saving: it waits for the next run."""
BOUND_TO_THE_DAY = frozenset({"date_in_future"})
"""Problems that go away by themselves, on some morning."""
NOTHING = Parsed((), (), ())


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a reading depends on besides the bytes read and the plan's version."""

    quarter: Quarter  # of the day: duties move, quarters begin
    closed: frozenset[str]
    rules: tuple[tuple[str, str], ...]  # name and version of each rule set in force

    def fingerprint(self, helper_columns: Collection[str], day: date | None = None) -> str:
        """SHA-256; `day`: where the reading is bound to the very day."""
        said = (str(self.quarter), sorted(self.closed), self.rules, sorted(helper_columns), day and day.isoformat())
        return hashlib.sha256(repr(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of an agency, read or refused. `has_submission_tab`: it is there, readable or not."""

    file: FoundFile
    digest: str | None
    read_as: str
    parsed: Parsed
    refusal: Unreadable | None = None
    has_submission_tab: bool = False

    @property
    def was_read(self) -> bool:
        return self.refusal is None


class Waiting(Exception):
    """A file of the agency is being saved; all of them wait for the next run."""


def digest_of(file: FoundFile, max_packed: int) -> str | None:
    """SHA-256 of a file's bytes; None where reading it will say what is the matter."""
    if file.size > max_packed:
        return None
    try:
        with file.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def is_unchanged(
    file: FoundFile, known: Spreadsheet | None, plan: StoredPlan, task: Task, around: Circumstances, day: date
) -> bool:
    """Whether reading the file would say what is stored: the same bytes, the same plan, the same circumstances."""
    if known is None or known.state != READ or known.digest is None or known.plan_version_id != plan.version_id:
        return False
    helpers = task.sources.helper_columns_of(file.key, known.agency)
    if known.read_as not in (around.fingerprint(helpers), around.fingerprint(helpers, day)):
        return False
    return known.digest == digest_of(file, task.max_packed)


def read(
    files: Iterable[FoundFile], agency: str, plan: StoredPlan, task: Task, around: Circumstances, day: date
) -> tuple[Sheet, ...]:
    """What an agency's files say, after what they say twice is taken out. Raises `Waiting`."""
    sheets = [_read(file, agency, plan, task, around, day) for file in files]
    good = [sheet for sheet in sheets if sheet.was_read]
    single = dict(zip([s.file.key for s in good], without_duplicates([s.parsed for s in good]), strict=True))
    return tuple(replace(sheet, parsed=single.get(sheet.file.key, sheet.parsed)) for sheet in sheets)


def _read(file: FoundFile, agency: str, plan: StoredPlan, task: Task, around: Circumstances, day: date) -> Sheet:
    helpers = task.sources.helper_columns_of(file.key, agency)
    context = Context(plan.programme, agency, day, helpers)
    try:
        workbook = read_workbook(file.path, max_packed=task.max_packed, max_unpacked=task.max_unpacked)
        parsed = parse(workbook, context)
    except Unreadable as refusal:
        if refusal.kind in STILL_CHANGING:
            raise Waiting from refusal
        return Sheet(file, None, around.fingerprint(helpers), NOTHING, refusal)
    bound = any(problem.kind in BOUND_TO_THE_DAY for problem in parsed.problems)
    read_as = around.fingerprint(helpers, day if bound else None)
    return Sheet(file, workbook.digest, read_as, parsed, has_submission_tab=_has_submission_tab(workbook))


def _has_submission_tab(workbook: Workbook) -> bool:
    return any(role_of(tab.title) is Role.SUBMISSION for tab in workbook.tabs)


def one_workbook(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """The sheets that make one workbook together: the CSV files of one folder are the tabs of one."""
    groups: dict[Path, list[Sheet]] = {}
    for sheet in sheets:
        path = sheet.file.path
        groups.setdefault(path.parent if path.suffix.casefold() == ".csv" else path, []).append(sheet)
    return list(groups.values())


def whole_file(sheet: Sheet) -> Place:
    """The place of what concerns a file as a whole."""
    return Place(sheet.file.name, "")
