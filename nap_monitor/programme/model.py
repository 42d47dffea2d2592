"""The plan as values: programme > objective > strategy > action, indicators, agencies, calendar, breakdowns.

A plan is data: everything a country may decide is a field here. A `Programme` is immutable, knows no file and no
database, and is the same whether it came from YAML, a workbook or a stored version. `to_document` and
`from_document` are exact inverses (plain JSON values; decimals as strings, quarters as codes, dates as ISO text).
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, PlainSerializer, TypeAdapter
from pydantic.dataclasses import dataclass

from nap_monitor.programme.quarters import Quarter

Text = dict[str, str]
"""One text in several languages, by language code (`es`, `en`). A language the plan does not give is absent."""


def _quarter(value: object) -> object:
    return Quarter.parse(value) if isinstance(value, str) else value


QuarterCode = Annotated[Quarter, BeforeValidator(_quarter), PlainSerializer(str, return_type=str)]
Exact = Annotated[Decimal, PlainSerializer(lambda d: format(d, "f"), return_type=str)]


class Kind(StrEnum):
    STRUCTURE = "structure"
    PROCESS = "process"
    OUTCOME = "outcome"


class Direction(StrEnum):
    ASCENDING = "ascending"
    DESCENDING = "descending"


class Behaviour(StrEnum):
    LEVEL = "level"  # the figure of the period, never summed
    CUMULATIVE = "cumulative"  # a running total; `accumulation` says since when
    PERCENTAGE = "percentage"  # a level between 0 and 100
    MILESTONE = "milestone"  # 0 = not done, 1 = done, judged against `due`


class Accumulation(StrEnum):
    PROGRAMME = "programme"  # since the start, the baseline included
    YEAR = "year"  # restarts each January


class Frequency(StrEnum):
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    BIENNIAL = "biennial"
    ONCE = "once"


class Aggregation(StrEnum):
    """How the parts of a breakdown make a total."""

    SUM = "sum"
    MEAN = "mean"
    LATEST = "latest"
    RATIO = "ratio"  # rebuilt from numerators and denominators
    NONE = "none"


_frozen = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_frozen)
class AgencyName:
    """What an agency is called from a day on (None: from the beginning)."""

    name: Text
    acronym: str | None = None
    from_date: date | None = None


@dataclass(frozen=True, config=_frozen)
class Agency:
    """An institution with duties. `id` never changes; names and acronyms do, with dates."""

    id: str
    names: tuple[AgencyName, ...]
    succeeded_by: str | None = None
    succeeded_from: QuarterCode | None = None  # first quarter whose duties are the successor's

    def named_on(self, day: date) -> AgencyName:
        """The name in force on a day."""
        in_force = [n for n in self.names if n.from_date is None or n.from_date <= day]
        return in_force[-1] if in_force else self.names[0]

    def acronym_on(self, day: date) -> str:
        return self.named_on(day).acronym or self.id


@dataclass(frozen=True, config=_frozen)
class Responsible:
    """Who reports an indicator, from a quarter on (None: from the beginning)."""

    agency: str
    from_quarter: QuarterCode | None = None


@dataclass(frozen=True, config=_frozen)
class Action:
    """What will be done, by whom, by when. `due` None: the plan gives no date. `lead` None: it names nobody."""

    code: str
    name: Text
    lead: str | None = None
    co_responsible: tuple[str, ...] = ()
    start: date | None = None
    due: QuarterCode | None = None
    due_date: date | None = None  # when the plan names a day; always inside `due`
    ungp: tuple[int, ...] = ()
    sdg: tuple[str, ...] = ()
    budget: Text | None = None
    source: str | None = None
    illustrative: bool = False


@dataclass(frozen=True, config=_frozen)
class Strategy:
    code: str
    name: Text
    lead: str | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, config=_frozen)
class Objective:
    code: str
    name: Text
    strategies: tuple[Strategy, ...] = ()
    ungp_pillars: tuple[int, ...] = ()


@dataclass(frozen=True, config=_frozen)
class Baseline:
    """Where the indicator started. It stands at Q4 of `year`. Both None: there is none."""

    value: Exact | None = None
    year: int | None = None
    note: Text | None = None


@dataclass(frozen=True, config=_frozen)
class Indicator:
    """How we know. `targets`: quarter -> value; a year's target stands at its Q4; None: nothing planned that year."""

    code: str
    name: Text
    unit: Text
    objective: str
    strategy: str | None
    action: str | None
    kind: Kind
    direction: Direction
    behaviour: Behaviour
    frequency: Frequency
    responsibles: tuple[Responsible, ...]
    baseline: Baseline = field(default_factory=Baseline)
    targets: dict[QuarterCode, Exact | None] = field(default_factory=dict)
    dimension: str | None = None
    accumulation: Accumulation | None = None
    due_date: date | None = None  # milestones
    weight: Exact = Decimal(1)
    decimals: int = 0
    minimum: Exact | None = None  # the plan's `range`
    maximum: Exact | None = None
    rule_set: str | None = None  # overrides the programme's
    available_after_days: int | None = None
    series_break: QuarterCode | None = None
    replaces: str | None = None
    disaggregation: tuple[str, ...] = ()  # dimensions it may be reported by
    combinations: tuple[tuple[str, ...], ...] = ()  # dimensions that may be crossed
    aggregation: Aggregation = Aggregation.NONE
    ungp: tuple[int, ...] = ()
    sdg: tuple[str, ...] = ()
    definition: Text | None = None
    formula: Text | None = None
    means_of_verification: Text | None = None
    caveat: Text | None = None
    illustrative: bool = False

    @property
    def sign(self) -> int:
        """+1 ascending, -1 descending: the s of the rules."""
        return 1 if self.direction is Direction.ASCENDING else -1

    @property
    def restarts(self) -> bool:
        """A running total that starts again each January."""
        return self.accumulation is Accumulation.YEAR

    @property
    def is_milestone(self) -> bool:
        return self.behaviour is Behaviour.MILESTONE

    def responsible_in(self, quarter: Quarter) -> str:
        """The id of the agency that reports this indicator for a quarter."""
        in_force = [r for r in self.responsibles if r.from_quarter is None or r.from_quarter <= quarter]
        return (in_force[-1] if in_force else self.responsibles[0]).agency


@dataclass(frozen=True, config=_frozen)
class Category:
    code: str
    name: Text


@dataclass(frozen=True, config=_frozen)
class Dimension:
    """One way to break a figure down. Category codes are unique across the plan's dimensions."""

    code: str
    name: Text
    categories: tuple[Category, ...]


@dataclass(frozen=True, config=_frozen)
class Extension:
    """More time for one agency's reports of one quarter, with its reason."""

    agency: str
    quarter: QuarterCode
    until: date
    reason: Text


@dataclass(frozen=True, config=_frozen)
class Calendar:
    """When reports are due. `weekend`: ISO weekdays that are not working days (6 Saturday, 7 Sunday)."""

    deadline_days_after_quarter: int = 15
    deadlines: dict[QuarterCode, date] = field(default_factory=dict)
    non_working_days: tuple[date, ...] = ()
    weekend: tuple[int, ...] = (6, 7)
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, config=_frozen)
class Sample:
    """The file holds part of the real plan: `shown` of `total` actions."""

    shown: int
    total: int


@dataclass(frozen=True, config=_frozen)
class Principle:
    """One of the 31 Guiding Principles, under our short title."""

    number: int
    pillar: int
    title: Text


@dataclass(frozen=True, config=_frozen)
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


def pick(text: Text | None, language: str) -> str:
    """The text in a language, else in Spanish, else in whatever language there is, else nothing."""
    if not text:
        return ""
    return text.get(language) or text.get("es") or next(iter(text.values()))
