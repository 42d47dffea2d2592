"""One row of a tab: its cells by field, and the problems found while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from nap_monitor.sheets.cells import EMPTY, Cell, column_letter
from nap_monitor.sheets.contract import Place, Problem, Role, Severity
from nap_monitor.sheets.judging import Answer, is_blank, text_of, unreadable
from nap_monitor.sheets.numbers import declared
from nap_monitor.sheets.parse.context import Context
from nap_monitor.sheets.parse.vocabulary import Vocabulary
from nap_monitor.sheets.problems import Fault, fault, problem, without_field

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tab that rows belong to, and against what they are read."""

    file: str
    tab: str
    role: Role
    columns: Mapping[str, int]
    context: Context
    vocabulary: Vocabulary


@dataclass(slots=True)
class Row:
    """A row below the header. `number` is 0-based; `merged`: column -> the block (`E5:E7`) whose content it shares."""

    sheet: Sheet
    number: int
    cells: tuple[Cell, ...]
    merged: Mapping[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    code: str | None = None  # the code and the period that it is known by, once they are read
    period: str | None = None
    key: tuple[str, ...] | None = None  # of the report that it is, or would be

    def cell(self, name: str) -> Cell:
        """The cell of a field; empty where the tab has no such column, or the row ends before it."""
        column = self.sheet.columns.get(name)
        return EMPTY if column is None or column >= len(self.cells) else self.cells[column]

    def place(self, name: str | None = None) -> Place:
        """Where a field of this row stands, or the row alone."""
        column = self.sheet.columns.get(name) if name else None
        return Place(
            self.sheet.file, self.sheet.tab, self.number + 1, None if column is None else column_letter(column)
        )

    def holds(self, name: str) -> bool:
        """Whether anything stands in a field, be it in a block of merged cells that begins in another row."""
        return not is_blank(self.cell(name)) or self.sheet.columns.get(name) in self.merged

    def holds_any(self, names: Iterable[str]) -> bool:
        return any(self.holds(name) for name in names)

    def take(
        self,
        name: str,
        read: Callable[[Cell], Answer[T]],
        *,
        required: bool = False,
        vital: bool = False,
        declinable: bool = False,
    ) -> T | None:
        """What a field says; its faults are reported. None where it is blank, or refused.

        Merged cells, errors and formulas without result are faults in any field. A fault of a `vital` field refuses
        the row, a fault of another only the field; a `required` field is vital and may not be blank. In a `declinable`
        field "N/A", "-" and the like say that there is nothing, as a blank does.
        """
        vital = vital or required
        cell = self.cell(name)
        block = self.merged.get(self.sheet.columns.get(name, -1))
        if block:
            self.say(name, fault("merged_cells", cells=block), vital=vital)
            return None
        if is_blank(cell) or (declinable and declared(cell)):
            if required:
                self.say(name, fault("missing_field"))
            return None
        broken = unreadable(cell)
        answer: Answer[T] = Answer(None, (broken,)) if broken else read(cell)
        for trouble in answer.faults:
            self.say(name, trouble, vital=vital)
        return answer.value

    def say(self, name: str, trouble: Fault, *, vital: bool = True) -> None:
        """Report a fault of a field; where the field is not vital, its row is taken without it."""
        found = problem(
            trouble.kind,
            self.place(name),
            field=name,
            value=text_of(self.cell(name)),
            in_role=self.sheet.role.value,
            **trouble.details,
        )
        self.problems.append(found if vital else without_field(found))

    def check_agency(self, reporters: tuple[str, ...]) -> None:
        """Report the row's code as another agency's unless this workbook's agency is among those that report it."""
        context = self.sheet.context
        if context.agency not in reporters:
            known = context.programme.agency_by_id
            names = (known[a].acronym_on(context.day) if a in known else a for a in reporters)
            self.say("code", fault("other_agency", agency=", ".join(names) or "–"))

    @property
    def is_refused(self) -> bool:
        return any(p.severity is Severity.ERROR for p in self.problems)

    def named_problems(self) -> tuple[Problem, ...]:
        """The problems of this row, with the code and the period that it is known by."""
        return tuple(replace(p, code=self.code, period=self.period) for p in self.problems)
