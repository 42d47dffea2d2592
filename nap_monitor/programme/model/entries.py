"""The entries of a plan: agencies, actions, indicators, breakdowns, the calendar."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from decimal import Decimal

from pydantic.dataclasses import dataclass

from nap_monitor.programme.model.words import (
    FROZEN,
    Accumulation,
    Aggregation,
    Behaviour,
    Direction,
    Exact,
    Frequency,
    Kind,
    QuarterCode,
    Text,
)
from nap_monitor.programme.quarters import Quarter


@dataclass(frozen=True, config=FROZEN)
class AgencyName:
    """What an agency is called from a day on (None: from the beginning)."""

    name: Text
    acronym: str | None = None
    from_date: date | None = None


@dataclass(frozen=True, config=FROZEN)
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


@dataclass(frozen=True, config=FROZEN)
class Responsible:
    """Who reports an indicator, from a quarter on (None: from the beginning)."""

    agency: str
    from_quarter: QuarterCode | None = None


@dataclass(frozen=True, config=FROZEN)
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


@dataclass(frozen=True, config=FROZEN)
class Strategy:
    code: str
    name: Text
    lead: str | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, config=FROZEN)
class Objective:
    code: str
    name: Text
    strategies: tuple[Strategy, ...] = ()
    ungp_pillars: tuple[int, ...] = ()


@dataclass(frozen=True, config=FROZEN)
class Baseline:
    """Where the indicator started. It stands at Q4 of `year`. Both None: there is none."""

    value: Exact | None = None
    year: int | None = None
    note: Text | None = None


@dataclass(frozen=True, config=FROZEN)
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


@dataclass(frozen=True, config=FROZEN)
class Category:
    code: str
    name: Text


@dataclass(frozen=True, config=FROZEN)
class Dimension:
    """One way to break a figure down. Category codes are unique across the plan's dimensions."""

    code: str
    name: Text
    categories: tuple[Category, ...]


@dataclass(frozen=True, config=FROZEN)
class Extension:
    """More time for one agency's reports of one quarter, with its reason."""

    agency: str
    quarter: QuarterCode
    until: date
    reason: Text


@dataclass(frozen=True, config=FROZEN)
class Calendar:
    """When reports are due. `weekend`: ISO weekdays that are not working days (6 Saturday, 7 Sunday)."""

    deadline_days_after_quarter: int = 15
    deadlines: dict[QuarterCode, date] = field(default_factory=dict)
    non_working_days: tuple[date, ...] = ()
    weekend: tuple[int, ...] = (6, 7)
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, config=FROZEN)
class Sample:
    """The file holds part of the real plan: `shown` of `total` actions."""

    shown: int
    total: int


@dataclass(frozen=True, config=FROZEN)
class Principle:
    """One of the 31 Guiding Principles, under our short title."""

    number: int
    pillar: int
    title: Text
