"""One version of one plan, whole."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from nap_monitor.programme.model.entries import (
    Action,
    Agency,
    Calendar,
    Category,
    Dimension,
    Indicator,
    Objective,
    Principle,
    Sample,
)
from nap_monitor.programme.model.words import FROZEN, QuarterCode, Text
from nap_monitor.programme.quarters import Quarter


@dataclass(frozen=True, config=FROZEN)
class Programme:
    """One version of one plan."""

    code: str
    name: Text
    agencies: tuple[Agency, ...]
    objectives: tuple[Objective, ...]
    indicators: tuple[Indicator, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    start: date | None = None
    end: date | None = None
    time_zone: str = "America/Mexico_City"
    number_locale: str = "es_MX"
    languages: tuple[str, ...] = ("es", "en")
    coordinator: str | None = None
    technical_support: str | None = None
    calendar: Calendar = field(default_factory=Calendar)
    rule_set: str = "floor_95_90"
    level_names: dict[str, Text] = field(default_factory=dict)  # objective, strategy, action
    principles: tuple[Principle, ...] = ()
    illustrative: bool = False
    disclaimer: Text | None = None
    sample: Sample | None = None
    source: str | None = None
    note: Text | None = None
    effective_from: QuarterCode | None = None
    reason: Text | None = None  # why this version
    decision: str | None = None  # which decision approved it

    @cached_property
    def indicator_by_code(self) -> dict[str, Indicator]:
        return {i.code: i for i in self.indicators}

    @cached_property
    def agency_by_id(self) -> dict[str, Agency]:
        return {a.id: a for a in self.agencies}

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        return tuple(a for o in self.objectives for s in o.strategies for a in s.actions)

    @cached_property
    def action_by_code(self) -> dict[str, Action]:
        return {a.code: a for a in self.actions}

    @cached_property
    def place_of_action(self) -> dict[str, tuple[str, str]]:
        """Action code -> (objective code, strategy code)."""
        return {a.code: (o.code, s.code) for o in self.objectives for s in o.strategies for a in s.actions}

    @cached_property
    def category_by_code(self) -> dict[str, tuple[Dimension, Category]]:
        return {c.code: (d, c) for d in self.dimensions for c in d.categories}

    def holder_in(self, agency: str, quarter: Quarter) -> str:
        """Who has an agency's duties in a quarter: itself, or the last of those that took them over by then."""
        seen = {agency}
        while (entry := self.agency_by_id.get(agency)) and entry.succeeded_by and entry.succeeded_by not in seen:
            if entry.succeeded_from and quarter < entry.succeeded_from:
                break
            agency = entry.succeeded_by
            seen.add(agency)
        return agency

    def responsible_for(self, indicator: Indicator, quarter: Quarter) -> str:
        """The id of the agency that owes an indicator's figure for a quarter, successions included."""
        return self.holder_in(indicator.responsible_in(quarter), quarter)

    @property
    def first_quarter(self) -> Quarter | None:
        return Quarter.of(self.start) if self.start else None

    @property
    def last_quarter(self) -> Quarter | None:
        return Quarter.of(self.end) if self.end else None


_adapter: TypeAdapter[Programme] = TypeAdapter(Programme)


def to_document(programme: Programme) -> dict[str, Any]:
    """The plan as plain JSON values."""
    document: dict[str, Any] = _adapter.dump_python(programme, mode="json", exclude_defaults=False)
    return document


def from_document(document: dict[str, Any]) -> Programme:
    """The plan of a stored document; pydantic.ValidationError when it is not one."""
    return _adapter.validate_python(document)
