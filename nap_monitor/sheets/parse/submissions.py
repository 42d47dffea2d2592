"""Rows of the tab of submissions: whether a quarter's report is a draft or has been handed in."""

from __future__ import annotations

from nap_monitor.sheets import dates, periods
from nap_monitor.sheets.contract import SubmissionReport
from nap_monitor.sheets.parse.row import Row
from nap_monitor.sheets.parse.texts import text
from nap_monitor.sheets.parse.words import STATES_OF_SUBMISSION, is_one_of, one_of


def read(row: Row) -> SubmissionReport | None:
    """The report of a row; None where it is refused, with the reasons in the row's problems."""
    context = row.sheet.context
    quarter = row.take("period", periods.quarter, required=True)
    row.period = str(quarter) if quarter else None
    row.key = (str(quarter),) if quarter else None
    if quarter and (late := periods.out_of_time(quarter, context.programme, context.day)):
        row.say("period", late)
    state = row.take("state", one_of(STATES_OF_SUBMISSION), required=True)
    name = row.take("name", text())
    post = row.take("post", text())
    letter = row.take("letter", text())
    day = row.take("date", dates.reader(context.programme, context.day), declinable=True)
    if row.is_refused or quarter is None or state is None:
        return None
    return SubmissionReport(row.place("state"), quarter, state, name, post, letter, day)


def is_identified(row: Row) -> bool:
    """Whether it says which quarter it is about, and whether that is handed in."""
    return periods.quarter(row.cell("period")).value is not None and is_one_of(STATES_OF_SUBMISSION, row.cell("state"))


def looks_like_report(row: Row) -> bool:
    """Whether somebody who looks at the row would take it for a submission, right or wrong."""
    return periods.quarter(row.cell("period")).value is not None or is_one_of(STATES_OF_SUBMISSION, row.cell("state"))


def is_complete(row: Row) -> bool:
    """Whether all that a submission needs is filled in, right or wrong."""
    return row.holds("period") and row.holds("state")
