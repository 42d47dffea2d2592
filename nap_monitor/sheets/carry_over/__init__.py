"""What was typed in an earlier workbook, for the next one: every row, the agency's own columns, tabs and comments.

Everything is kept as it stands in its cells, right or wrong; a formula as its last result. What the system or the
template had filled in (names, expected values, statuses of the system) is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nap_monitor.programme.model import Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets import headers, periods
from nap_monitor.sheets.cells import EMPTY, Cell, Tab, Workbook
from nap_monitor.sheets.contract import Role, is_template_tab
from nap_monitor.sheets.judging import is_blank, text_of, unreadable
from nap_monitor.sheets.parse.codes import CodeList
from nap_monitor.sheets.parse.words import yes_or_no
from nap_monitor.sheets.template.known import OWN, Known, OwnTab, TypedRow

Comments = Mapping[str, Mapping[tuple[int, int], str]]
"""Tab title -> (row, column), 0-based -> the text of the comment."""
_MADE_ANEW = frozenset({"system_status", "system_message"})


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What is kept, and how much of it: rows, and formulas that became their results."""

    known: Known
    rows: int
    formulas: int


def typed_in(workbook: Workbook, programme: Programme, quarter: Quarter, comments: Comments | None = None) -> CarryOver:
    """All that a workbook holds besides what the template makes, for the workbook of a quarter."""
    hung = comments or {}
    rows: dict[Role, tuple[TypedRow, ...]] = {}
    own_columns: dict[Role, tuple[str, ...]] = {}
    kept: set[str] = set()
    formulas = 0
    for role, tab in headers.tabs(workbook, needs_indicators=False).by_role.items():
        table = _table(tab, role, workbook.name, hung.get(tab.title, {}))
        if table is None:
            continue
        kept.add(tab.key)
        recognise = _Recognition(role, programme)
        rows[role] = tuple(recognise(cells, notes) for cells, notes in table.rows)
        own_columns[role] = table.own_columns
        formulas += sum(cell.formula for cells, _ in table.rows for cell in cells.values())
    others = [t for t in workbook.tabs if t.key not in kept and not _is_made_anew(t)]
    known = Known(
        rows=rows,
        done=_done_before(rows.get(Role.INDICATOR, ()), programme, quarter),
        own_columns=own_columns,
        own_tabs=tuple(found for tab in others if (found := _whole(tab)).rows),
    )
    return CarryOver(known, sum(len(found) for found in rows.values()), formulas)


def _done_before(rows: Iterable[TypedRow], programme: Programme, quarter: Quarter) -> frozenset[str]:
    """The milestones that the latest row of an earlier quarter says are reached."""
    milestones = {i.code for i in programme.indicators if i.is_milestone}
    latest: dict[str, tuple[Quarter, bool]] = {}
    for row in rows:
        said = yes_or_no(row.cells.get("value", EMPTY)).value
        if (
            row.code not in milestones
            or row.code is None
            or row.period is None
            or row.period >= quarter
            or said is None
        ):
            continue
        if row.code not in latest or latest[row.code][0] < row.period:
            latest[row.code] = (row.period, said)
    return frozenset(code for code, (_, is_done) in latest.items() if is_done)


def _is_made_anew(tab: Tab) -> bool:
    return is_template_tab(tab.title) or headers.role_of(tab.title) is Role.VALIDATION


def _whole(tab: Tab) -> OwnTab:
    return OwnTab(tab.title, tuple((row, cells) for row, cells in tab.rows() if not all(map(is_blank, cells))))


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a tab by field, each with its comments, and the headers of the columns that are the agency's own."""

    rows: tuple[tuple[dict[str, Cell], dict[str, str]], ...]
    own_columns: tuple[str, ...]


def _table(tab: Tab, role: Role, file: str, comments: Mapping[tuple[int, int], str]) -> _Table | None:
    """None where the header cannot be told: such a tab is kept whole, as one of the agency's own."""
    header = headers.find_header(tab, role, file, frozenset()).header
    if header is None:
        return None
    below = [(row, cells) for row, cells in tab.rows() if row > header.row]
    titles = next((cells for row, cells in tab.rows() if row == header.row), ())
    field_of = {column: name for name, column in header.columns.items()}
    used = {c for _, cells in below for c, cell in enumerate(cells) if not is_blank(cell)} | set(header.named)
    used |= {column for row, column in comments if row > header.row}
    own = sorted(used - field_of.keys())
    field_of |= {column: f"{OWN}{n}" for n, column in enumerate(own)}
    rows = [
        (_typed(cells, field_of), _notes(row, comments, field_of))
        for row, cells in below
        if not _repeats_the_header(cells, header.columns, role)
    ]
    names = tuple(text_of(titles[c]) if c < len(titles) else "" for c in own)
    return _Table(tuple((typed, notes) for typed, notes in rows if typed or notes), names)


def _typed(cells: tuple[Cell, ...], field_of: Mapping[int, str]) -> dict[str, Cell]:
    return {
        field_of[column]: cell
        for column, cell in enumerate(cells)
        if column in field_of and field_of[column] not in _MADE_ANEW and not is_blank(cell)
    }


def _notes(row: int, comments: Mapping[tuple[int, int], str], field_of: Mapping[int, str]) -> dict[str, str]:
    return {field_of[column]: text for (at, column), text in comments.items() if at == row and column in field_of}


def _repeats_the_header(cells: tuple[Cell, ...], columns: Mapping[str, int], role: Role) -> bool:
    """A row that says only what its own header says, as a table printed page by page does."""
    said = [(name, cells[c]) for name, c in columns.items() if c < len(cells) and not is_blank(cells[c])]
    return len(said) > 1 and all(headers.field_of(role, text_of(cell)) == name for name, cell in said)


class _Recognition:
    """Which report a row is of, as far as its code and period say."""

    def __init__(self, role: Role, programme: Programme) -> None:
        codes = {
            Role.INDICATOR: [i.code for i in programme.indicators],
            Role.ACTION: [a.code for a in programme.actions],
        }.get(role, [])
        self._codes = CodeList(codes)

    def __call__(self, cells: Mapping[str, Cell], comments: Mapping[str, str]) -> TypedRow:
        code, period = cells.get("code", EMPTY), cells.get("period", EMPTY)
        return TypedRow(
            cells,
            comments,
            code=self._codes.find(code).value if _can_be_read(code) else None,
            period=periods.quarter(period).value if _can_be_read(period) else None,
        )


def _can_be_read(cell: Cell) -> bool:
    return not is_blank(cell) and unreadable(cell) is None
