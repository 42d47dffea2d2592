"""Rows of the tab of actions: where one action stands."""

from __future__ import annotations

from datetime import date

from nap_monitor.sheets import dates
from nap_monitor.sheets.contract import ActionReport
from nap_monitor.sheets.numbers import declared
from nap_monitor.sheets.parse.duties import reporters_of_action
from nap_monitor.sheets.parse.row import Row
from nap_monitor.sheets.parse.texts import link, text
from nap_monitor.sheets.parse.words import STATUSES, is_one_of, one_of, yes_or_no
from nap_monitor.sheets.problems import fault


def read(row: Row) -> ActionReport | None:
    """The report of a row; None where it is refused, with the reasons in the row's problems."""
    context = row.sheet.context
    row.code = row.take("code", row.sheet.vocabulary.actions.find, required=True)
    if row.code:
        row.key = (row.code,)
        action = context.programme.action_by_code[row.code]
        row.check_agency(reporters_of_action(context.programme, action, context.day))
    status = row.take("status", one_of(STATUSES), required=True)
    start, finish = _start_and_finish(row, status)
    new_due = row.take("new_due", dates.reader(context.programme, context.day, past=False), declinable=True)
    note = row.take("note", text())
    evidence = row.take("evidence", link, declinable=True)
    evidence_public = row.take("evidence_public", yes_or_no)
    if row.is_refused or row.code is None or status is None:
        return None
    return ActionReport(
        place=row.place("status"),
        code=row.code,
        status=status,
        start=start,
        finish=finish,
        new_due=new_due,
        note=note,
        evidence=evidence,
        evidence_public=bool(evidence_public),
    )


def is_known(row: Row) -> bool:
    """Whether the row names an action of the plan."""
    return row.sheet.vocabulary.actions.find(row.cell("code")).value is not None


def is_identified(row: Row) -> bool:
    """Whether it says which action it is about, and where that stands."""
    return is_known(row) and is_one_of(STATUSES, row.cell("status"))


def looks_like_report(row: Row) -> bool:
    """Whether somebody who looks at the row would take it for an action, right or wrong."""
    built_as_code = row.sheet.vocabulary.actions.looks_like_code(row.cell("code"))
    return built_as_code or is_one_of(STATUSES, row.cell("status"))


def is_complete(row: Row) -> bool:
    """Whether all that an action's report needs is filled in, right or wrong."""
    return row.holds("code") and row.holds("status")


def _start_and_finish(row: Row, status: str | None) -> tuple[date | None, date | None]:
    """When it began and ended. What has happened cannot lie ahead; the start of what has not begun may."""
    context = row.sheet.context
    start = row.take(
        "start", dates.reader(context.programme, context.day, past=status != "not_started"), declinable=True
    )
    finish = row.take("finish", dates.reader(context.programme, context.day), declinable=True)
    if status == "completed" and (not row.holds("finish") or declared(row.cell("finish"))):
        row.say("finish", fault("completed_without_finish"))
    if start and finish and finish < start:
        row.say("finish", fault("finish_before_start", day=finish.isoformat(), start=start.isoformat()))
        return None, None
    return start, finish
