"""Which rows a workbook begins with: what the quarter asks of the agency, then what is already known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nap_monitor.language import Language
from nap_monitor.programme.model import Action, Indicator, pick
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.schedule import expected
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind
from nap_monitor.sheets.contract import FOR_THE_READER, OURS, REQUIRED, Role, label
from nap_monitor.sheets.judging import is_blank
from nap_monitor.sheets.template.assignment import Assignment, period_text
from nap_monitor.sheets.template.known import TypedRow


@dataclass(frozen=True, slots=True)
class Row:
    """One row to write. `fixed`: fields that the official should not change here, besides the reader's and ours."""

    cells: Mapping[str, Cell]
    comments: Mapping[str, str] = field(default_factory=dict)
    indicator: Indicator | None = None
    fixed: frozenset[str] = frozenset()


def text(value: str | None) -> Cell:
    return Cell(CellKind.TEXT, value) if value else EMPTY


def number(value: Decimal | None) -> Cell:
    return EMPTY if value is None else Cell(CellKind.NUMBER, value)


def day_cell(value: date | None) -> Cell:
    return EMPTY if value is None else Cell(CellKind.DATE, value)


def word(name: str | None, language: Language) -> Cell:
    """A word of the contract, such as `submitted`, as the language writes it."""
    return text(label("words", name, language.code)) if name else EMPTY


def rows_of(role: Role, assignment: Assignment) -> tuple[Row, ...]:
    """The rows that a tab begins with."""
    match role:
        case Role.INDICATOR:
            return _figures(assignment)
        case Role.ACTION:
            return _actions(assignment)
        case Role.SUBMISSION:
            return _submissions(assignment)
        case _:
            return tuple(Row(k.cells, k.comments) for k in assignment.known.of(role))


def _figures(assignment: Assignment) -> tuple[Row, ...]:
    """A row for each figure owed, with what is known of it; then every other row already typed, in its order."""
    language, programme = assignment.language, assignment.programme
    left = list(assignment.known.of(Role.INDICATOR))
    rows: list[Row] = []
    for indicator in assignment.asked():
        own = [k for k in left if k.code == indicator.code and k.period == assignment.quarter]
        left = [k for k in left if k not in own]
        totals = [k for k in own if is_blank(k.cells.get("breakdown", EMPTY))]
        asked = totals or [TypedRow({}, code=indicator.code, period=assignment.quarter)]
        rows += [_figure(k, indicator, language, fixed=frozenset({"code", "period"})) for k in asked]
        rows += [_figure(k, indicator, language) for k in own if k not in totals]
    for kept in left:
        indicator_of = programme.indicator_by_code.get(kept.code or "")
        if not _is_left_over(kept, indicator_of, assignment):
            rows.append(_figure(kept, indicator_of, language))
    return tuple(rows)


def _is_left_over(row: TypedRow, indicator: Indicator | None, assignment: Assignment) -> bool:
    """A row pre-filled once, never touched, and no longer this agency's to fill in."""
    if indicator is None or row.period is None or assignment.reports(indicator, row.period):
        return False
    given = {*REQUIRED[Role.INDICATOR], *FOR_THE_READER[Role.INDICATOR], *OURS}
    return not row.comments and all(is_blank(cell) for name, cell in row.cells.items() if name not in given)


def _figure(
    row: TypedRow, indicator: Indicator | None, language: Language, *, fixed: frozenset[str] = frozenset()
) -> Row:
    cells = dict(row.cells)
    if indicator is not None:
        cells["code"] = text(indicator.code)
        cells["name"] = text(pick(indicator.name, language.code))
        cells["unit"] = text(pick(indicator.unit, language.code))
    if row.period is not None:
        cells["period"] = text(period_text(row.period, language))
        # What the plan expects is the total: beside a part it would mislead.
        is_total = is_blank(row.cells.get("breakdown", EMPTY))
        cells["expected"] = expected_cell(indicator, row.period, language) if indicator and is_total else EMPTY
    return Row(cells, row.comments, indicator, fixed)


def expected_cell(indicator: Indicator, quarter: Quarter, language: Language) -> Cell:
    """What the plan expects, as the official reads it: a number, or yes or no for a milestone."""
    value = expected(indicator, quarter)
    if value is None or not indicator.is_milestone:
        return number(value)
    return word("yes" if value else "no", language)


def _actions(assignment: Assignment) -> tuple[Row, ...]:
    """Each action of the agency with what was last said of it; then rows typed for anything else."""
    left = list(assignment.known.of(Role.ACTION))
    rows: list[Row] = []
    for action in assignment.actions():
        last = next((k for k in left if k.code == action.code), TypedRow({}, code=action.code))
        left = [k for k in left if k is not last]
        rows.append(_action(last, action, assignment.language, fixed=frozenset({"code"})))
    rows += [_action(k, assignment.programme.action_by_code.get(k.code or ""), assignment.language) for k in left]
    return tuple(rows)


def _action(row: TypedRow, action: Action | None, language: Language, *, fixed: frozenset[str] = frozenset()) -> Row:
    cells = dict(row.cells)
    if action is not None:
        cells["code"] = text(action.code)
        cells["text"] = text(pick(action.name, language.code))
        cells["due"] = day_cell(last_day(action))
    return Row(cells, row.comments, fixed=fixed)


def last_day(action: Action) -> date | None:
    """The day the plan gives an action, or the last one of its due quarter."""
    return action.due_date or (action.due.last_day if action.due else None)


def _submissions(assignment: Assignment) -> tuple[Row, ...]:
    """What was handed in before, and the quarter to hand in, which begins as a draft."""
    quarter, language = assignment.quarter, assignment.language
    kept = assignment.known.of(Role.SUBMISSION)
    rows = []
    for row in kept:
        cells = dict(row.cells)
        if row.period is not None:
            cells["period"] = text(period_text(row.period, language))
        rows.append(Row(cells, row.comments, fixed=frozenset({"period"}) if row.period == quarter else frozenset()))
    if all(row.period != quarter for row in kept):
        cells = {"period": text(period_text(quarter, language)), "state": word("draft", language)}
        rows.append(Row(cells, fixed=frozenset({"period"})))
    return tuple(rows)
