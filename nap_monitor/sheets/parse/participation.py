"""Rows of the tab of participation: one consultation, training or session of the working group."""

from __future__ import annotations

from nap_monitor.sheets import dates
from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import ParticipationReport
from nap_monitor.sheets.judging import Answer, refuse
from nap_monitor.sheets.numbers import count
from nap_monitor.sheets.parse.row import Row
from nap_monitor.sheets.parse.texts import LONGEST_NAME, link, text
from nap_monitor.sheets.parse.words import KINDS_OF_EVENT, is_one_of, one_of
from nap_monitor.sheets.problems import fault

_LONGEST_ID = 80


def read(row: Row) -> ParticipationReport | None:
    """The report of a row; None where it is refused, with the reasons in the row's problems."""
    context = row.sheet.context
    row.code = row.take("id", _own_id, required=True)
    row.key = (row.code,) if row.code else None
    kind = row.take("kind", one_of(KINDS_OF_EVENT), required=True)
    day = row.take("date", dates.reader(context.programme, context.day), required=True)
    state = row.take("state", text(LONGEST_NAME))
    title = row.take("title", text())
    total = row.take("total", count)
    women, men, indigenous = row.take("women", count), row.take("men", count), row.take("indigenous", count)
    _compare_parts(row, total, women, men, indigenous)
    organisations = row.take("organisations", count)
    received, answered = row.take("proposals_received", count), row.take("proposals_answered", count)
    if received is not None and answered is not None and answered > received:
        trouble = fault("answered_above_received", answered=str(answered), received=str(received))
        row.say("proposals_answered", trouble)
    report_link = row.take("report_link", link, declinable=True)
    if row.is_refused or row.code is None or kind is None or day is None:
        return None
    return ParticipationReport(
        place=row.place("id"),
        id=row.code,
        kind=kind,
        date=day,
        state=state,
        title=title,
        total=total,
        women=women,
        men=men,
        indigenous=indigenous,
        organisations=organisations,
        proposals_received=received,
        proposals_answered=answered,
        report_link=report_link,
    )


def is_identified(row: Row) -> bool:
    """Whether it says which event it is about, of what kind and when: ids are the agency's own and known to nobody."""
    return row.holds("id") and is_one_of(KINDS_OF_EVENT, row.cell("kind")) and _has_day(row)


def looks_like_report(row: Row) -> bool:
    """Whether somebody who looks at the row would take it for an event, right or wrong."""
    return is_one_of(KINDS_OF_EVENT, row.cell("kind")) or _has_day(row)


def is_complete(row: Row) -> bool:
    """Whether all that an event needs is filled in, right or wrong."""
    return row.holds("id") and row.holds("kind") and row.holds("date")


def _has_day(row: Row) -> bool:
    return row.holds("date") and dates.day(row.cell("date")).value is not None


def _own_id(cell: Cell) -> Answer[str]:
    """The agency's own id, as text; a number stands for its digits."""
    if cell.kind is CellKind.DATE:
        return refuse("code_became_date")
    if cell.kind is CellKind.BOOLEAN:
        return refuse("unreadable_code")
    return text(_LONGEST_ID)(cell)


def _compare_parts(row: Row, total: int | None, women: int | None, men: int | None, indigenous: int | None) -> None:
    """Warn where parts make more than the whole. Both stand as they are: nobody knows which is wrong."""
    if total is None:
        return
    parts = max((women or 0) + (men or 0), indigenous or 0)
    if parts > total:
        row.say("total", fault("parts_above_total", parts=str(parts), total=str(total)))
