"""Which rows a workbook begins with: what the quarter asks of the agency, then what is already known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nap_monitor.language import Language
from nap_monitor.programme.model import Action, Indicator, Programme, pick
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.schedule import expected, is_due
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind
from nap_monitor.sheets.contract import FOR_THE_READER, OURS, REQUIRED, Role, label
from nap_monitor.sheets.template.known import Known, TypedRow


@dataclass(frozen=True, slots=True)
class Row:
    """One row to write. `fixed`: fields that the official should not change here, besides the reader's and ours."""

    cells: Mapping[str, Cell]
    comments: Mapping[str, str] = field(default_factory=dict)
    indicator: Indicator | None = None
    action: Action | None = None
    is_now: bool = False  # asked for the quarter of the workbook
    fixed: frozenset[str] = frozenset()


def text(value: str) -> Cell:
    return Cell(CellKind.TEXT, value) if value else EMPTY


def number(value: Decimal | None) -> Cell:
    return EMPTY if value is None else Cell(CellKind.NUMBER, value)


def day_cell(value: date | None) -> Cell:
    return EMPTY if value is None else Cell(CellKind.DATE, value)


def period_text(quarter: Quarter, language: Language) -> str:
    """How a period is written in the cells: 2026-T3 in Spanish, 2026-Q3 in English."""
    return f"{quarter.year}-{'T' if language.code == 'es' else 'Q'}{quarter.number}"


def due_indicators(programme: Programme, agency: str, quarter: Quarter, done: Iterable[str] = ()) -> list[Indicator]:
    """The indicators whose figure for a quarter this agency owes."""
    finished = frozenset(done)
    return [
        i
        for i in programme.indicators
        if i.responsible_in(quarter) == agency and is_due(i, quarter, done_before=i.code in finished)
    ]


def actions_of(programme: Programme, agency: str, quarter: Quarter) -> list[Action]:
    """The actions an agency leads or shares, with those of agencies whose duties had passed to it by a quarter."""
    held = {a.id for a in programme.agencies if _holder(programme, a.id, quarter) == agency} | {agency}
    return [a for a in programme.actions if a.lead in held or held.intersection(a.co_responsible)]


def _holder(programme: Programme, agency: str, quarter: Quarter) -> str:
    """Who has an agency's duties in a quarter: itself, or the last of its successors."""
    seen = {agency}
    while (entry := programme.agency_by_id.get(agency)) and entry.succeeded_by and entry.succeeded_by not in seen:
        if entry.succeeded_from and quarter < entry.succeeded_from:
            break
        agency = entry.succeeded_by
        seen.add(agency)
    return agency


def indicator_rows(
    programme: Programme, agency: str, quarter: Quarter, known: Known, language: Language
) -> tuple[Row, ...]:
    """A row for each figure owed, with what is known of it; then every other row already typed, in its order."""
    left = list(known.of(Role.INDICATOR))
    rows: list[Row] = []
    for indicator in due_indicators(programme, agency, quarter, known.done):
        own = [k for k in left if k.code == indicator.code and k.period == quarter]
        left = [k for k in left if k not in own]
        totals = [k for k in own if k.cells.get("breakdown", EMPTY).kind is CellKind.EMPTY]
        asked = totals or [TypedRow({}, code=indicator.code, period=quarter)]
        rows += [_figure_row(k, indicator, language, is_now=True) for k in asked]
        rows += [_figure_row(k, indicator, language) for k in own if k not in totals]
    for kept in left:
        known_indicator = programme.indicator_by_code.get(kept.code or "")
        if not _is_left_over(kept, known_indicator, agency):
            rows.append(_figure_row(kept, known_indicator, language))
    return tuple(rows)


def _is_left_over(row: TypedRow, indicator: Indicator | None, agency: str) -> bool:
    """A row pre-filled once, never touched, and no longer this agency's to fill in."""
    if indicator is None or row.period is None or indicator.responsible_in(row.period) == agency:
        return False
    given = {*REQUIRED[Role.INDICATOR], *FOR_THE_READER[Role.INDICATOR], *OURS}
    return all(cell.kind is CellKind.EMPTY for name, cell in row.cells.items() if name not in given)


def _figure_row(row: TypedRow, indicator: Indicator | None, language: Language, *, is_now: bool = False) -> Row:
    cells = dict(row.cells)
    if indicator is not None:
        cells["code"] = text(indicator.code)
        cells["name"] = text(pick(indicator.name, language.code))
        cells["unit"] = text(pick(indicator.unit, language.code))
        if row.period is not None:
            cells["period"] = text(period_text(row.period, language))
            cells["expected"] = expected_cell(indicator, row.period, language)
    fixed = frozenset({"code", "period"}) if is_now else frozenset()
    return Row(cells, row.comments, indicator, is_now=is_now, fixed=fixed)


def expected_cell(indicator: Indicator, quarter: Quarter, language: Language) -> Cell:
    """What the plan expects, as the official reads it: a number, or yes or no for a milestone."""
    value = expected(indicator, quarter)
    if value is None or not indicator.is_milestone:
        return number(value)
    return text(label("words", "yes" if value else "no", language.code))


def action_rows(
    programme: Programme, agency: str, quarter: Quarter, known: Known, language: Language
) -> tuple[Row, ...]:
    """Each action of the agency with what was last said of it; then rows typed for anything else."""
    left = list(known.of(Role.ACTION))
    rows: list[Row] = []
    for action in actions_of(programme, agency, quarter):
        last = next((k for k in left if k.code == action.code), TypedRow({}, code=action.code))
        left = [k for k in left if k is not last]
        rows.append(_action_row(last, action, language, is_now=True))
    rows += [_action_row(k, programme.action_by_code.get(k.code or ""), language) for k in left]
    return tuple(rows)


def _action_row(row: TypedRow, action: Action | None, language: Language, *, is_now: bool = False) -> Row:
    cells = dict(row.cells)
    if action is not None:
        cells["code"] = text(action.code)
        cells["text"] = text(pick(action.name, language.code))
        cells["due"] = day_cell(last_day(action))
    return Row(cells, row.comments, action=action, is_now=is_now, fixed=frozenset({"code"}) if is_now else frozenset())


def last_day(action: Action) -> date | None:
    """The day the plan gives an action, or the last one of its due quarter."""
    return action.due_date or (action.due.last_day if action.due else None)


def submission_rows(quarter: Quarter, known: Known, language: Language) -> tuple[Row, ...]:
    """What was handed in before, and the quarter to hand in, which begins as a draft."""
    kept = known.of(Role.SUBMISSION)
    rows = [
        Row(
            k.cells,
            k.comments,
            is_now=k.period == quarter,
            fixed=frozenset({"period"}) if k.period == quarter else frozenset(),
        )
        for k in kept
    ]
    if not any(k.period == quarter for k in kept):
        cells = {
            "period": text(period_text(quarter, language)),
            "state": text(label("words", "draft", language.code)),
        }
        rows.append(Row(cells, is_now=True, fixed=frozenset({"period"})))
    return tuple(rows)


def participation_rows(known: Known) -> tuple[Row, ...]:
    """The events already typed."""
    return tuple(Row(k.cells, k.comments) for k in known.of(Role.PARTICIPATION))
