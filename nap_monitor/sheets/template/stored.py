"""What the database knows of an agency's report, as rows of its next workbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nap_monitor.access import Viewer
from nap_monitor.database import Connection
from nap_monitor.database.actions import counted_action_reports
from nap_monitor.database.observations import Revision, revisions
from nap_monitor.database.submissions import Submission, submissions
from nap_monitor.language import Language
from nap_monitor.programme.model import Indicator, Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.contract import Declared, Role
from nap_monitor.sheets.template.known import Known, TypedRow
from nap_monitor.sheets.template.rows import day_cell, number, text, word


def stored(
    connection: Connection,
    viewer: Viewer,
    programme_id: int,
    programme: Programme,
    agency: str,
    quarter: Quarter,
    language: Language,
) -> Known:
    """The agency's figures of the quarter and the last report of each of its actions, as the database has them.

    A figure typed and not submitted goes before the one that counts: it is what the agency's workbook last said.
    Milestones that stand as done before the quarter are named in `done`. NotAllowed for who may not see the agency's
    drafts.
    """
    figures: list[TypedRow] = []
    done: set[str] = set()
    for indicator in programme.indicators:
        known = revisions(connection, viewer, programme_id, indicator.code)
        current = [r for r in known if r.is_current and r.vanished_at is None]
        if indicator.is_milestone and _is_done_before(current, quarter):
            done.add(indicator.code)
        own = [r for r in current if r.agency == agency and r.quarter == str(quarter)]
        figures += [_figure(r, indicator, language) for r in _latest(own)]
    actions = {r.code: r for r in counted_action_reports(connection, viewer, programme_id) if r.agency == agency}
    handed_in = [s for s in submissions(connection, viewer, programme_id, str(quarter)) if s.agency == agency]
    rows = {
        Role.INDICATOR: tuple(figures),
        Role.ACTION: tuple(_action(r, language) for r in actions.values()),
        Role.SUBMISSION: tuple(_submission(s, language) for s in handed_in),
    }
    return Known(rows=rows, done=frozenset(done))


def _is_done_before(current: Iterable[Revision], quarter: Quarter) -> bool:
    """Whether the latest counted report before a quarter says that a milestone is reached: it may be taken back."""
    earlier = {
        r.quarter: r.value
        for r in current
        if r.standing == "counted" and not r.breakdown and r.value is not None and r.quarter < str(quarter)
    }
    return bool(earlier) and earlier[max(earlier)] == 1


def _latest(own: Iterable[Revision]) -> list[Revision]:
    """One of each breakdown: the draft, else what waits for its closed quarter, else what counts."""
    order = ("counted", "restatement", "draft")
    by_breakdown = {r.breakdown: r for r in sorted(own, key=lambda r: order.index(r.standing))}
    return list(by_breakdown.values())


def _figure(revision: Revision, indicator: Indicator, language: Language) -> TypedRow:
    value = number(revision.value)
    if revision.declared:
        value = word("not_applicable", language) if revision.declared == Declared.NO_CASES else text("N/D")
    elif indicator.is_milestone and revision.value is not None:
        value = word("yes" if revision.value else "no", language)
    cells = {
        "value": value,
        "numerator": number(revision.numerator),
        "denominator": number(revision.denominator),
        "breakdown": text(revision.breakdown),
        "quality": word(revision.quality, language),
        "cut_off": day_cell(revision.cut_off),
        "own_rating": text(revision.own_rating),
        "cause": text(revision.cause),
        "corrective": text(revision.corrective),
        "evidence": text(revision.evidence),
        "evidence_public": word("yes", language) if revision.evidence_public else text(None),
        "reported_by": text(revision.reported_by),
    }
    return TypedRow(cells, code=revision.code, period=Quarter.parse(revision.quarter))


def _action(report: Any, language: Language) -> TypedRow:
    cells = {
        "status": word(report.status, language),
        "start": day_cell(report.start),
        "finish": day_cell(report.finish),
        "new_due": day_cell(report.new_due),
        "note": text(report.note),
        "evidence": text(report.evidence),
    }
    return TypedRow(cells, code=report.code)


def _submission(handed_in: Submission, language: Language) -> TypedRow:
    cells = {
        "state": word(handed_in.state, language),
        "name": text(handed_in.name),
        "post": text(handed_in.post),
        "letter": text(handed_in.letter),
        "date": day_cell(handed_in.date),
        "receipt": text(handed_in.receipt),
    }
    return TypedRow(cells, period=Quarter.parse(handed_in.quarter))
