"""Entries that were read -> the programme. Nothing is checked here; what is wrong was said before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from nap_monitor.programme.entries import Entry
from nap_monitor.programme.format import ALL_AGENCIES
from nap_monitor.programme.model import (
    Accumulation,
    Action,
    Agency,
    AgencyName,
    Aggregation,
    Baseline,
    Behaviour,
    Calendar,
    Category,
    Dimension,
    Direction,
    Extension,
    Frequency,
    Indicator,
    Kind,
    Objective,
    Principle,
    Programme,
    Responsible,
    Sample,
    Strategy,
    pick,
)
from nap_monitor.programme.quarters import Quarter
from nap_monitor.programme.values import period_of

NO_ENTRY = Entry("", None, {}, {})  # type: ignore[arg-type]  # stands for a part that the plan does not give


def agency_id(agency: Entry) -> str:
    """The id, else the name as printed: in the plan's first language, of its first name."""
    first = next(iter(agency.entries("names")), agency)
    return str(agency.get("id") or pick(agency.get("name") or first.get("name"), "es"))


def build(plan: Entry) -> Programme:
    """The programme of a plan without errors, on the file's own dates."""
    head: Entry = plan.get("programme")
    period: Entry = head.get("period", NO_ENTRY)
    sample: Entry | None = head.get("sample")
    agencies = tuple(_agency(a) for a in plan.entries("agencies"))
    actions = _places(plan)
    return Programme(
        code=head.get("code"),
        name=head.get("name"),
        agencies=agencies,
        objectives=tuple(_objective(o) for o in plan.entries("objectives")),
        indicators=tuple(_indicator(i, head.get("baseline_default_year"), actions) for i in plan.entries("indicators")),
        dimensions=tuple(_dimension(d, agencies) for d in plan.entries("dimensions")),
        start=period.get("start"),
        end=period.get("end"),
        coordinator=head.get("coordinator"),
        technical_support=head.get("technical_support"),
        calendar=_calendar(head.get("reporting", NO_ENTRY)),
        level_names=dict(head.get("level_names", NO_ENTRY).values),
        principles=tuple(_principle(p) for p in plan.get("taxonomies", NO_ENTRY).entries("ungp")),
        illustrative=plan.get("illustrative", False),
        disclaimer=plan.get("disclaimer"),
        sample=Sample(sample.get("shown"), sample.get("total")) if sample else None,
        source=head.get("source"),
        note=head.get("note"),
        effective_from=head.get("effective_from"),
        reason=head.get("reason"),
        decision=head.get("decision"),
        **_given(head, "time_zone", "number_locale", "rule_set"),
    )


def _given(entry: Entry, *names: str) -> dict[str, Any]:
    """The fields that the plan gives; for the others the model knows what holds."""
    return {name: entry.get(name) for name in names if name in entry.values}


def _places(plan: Entry) -> dict[str, str]:
    """Action code -> strategy code."""
    return {
        a.get("code"): s.get("code")
        for o in plan.entries("objectives")
        for s in o.entries("strategies")
        for a in s.entries("actions")
    }


def _agency(entry: Entry) -> Agency:
    names = tuple(AgencyName(n.get("name"), n.get("acronym"), n.get("from")) for n in entry.entries("names"))
    return Agency(
        id=agency_id(entry),
        names=names or (AgencyName(entry.get("name"), entry.get("acronym")),),
        succeeded_by=entry.get("succeeded_by"),
        succeeded_from=entry.get("succeeded_from"),
    )


def _objective(entry: Entry) -> Objective:
    strategies = tuple(_strategy(s) for s in entry.entries("strategies"))
    return Objective(entry.get("code"), entry.get("name"), strategies, tuple(entry.get("ungp_pillars", ())))


def _strategy(entry: Entry) -> Strategy:
    actions = tuple(_action(a) for a in entry.entries("actions"))
    return Strategy(entry.get("code"), entry.get("name"), entry.get("lead"), actions)


def _action(entry: Entry) -> Action:
    due: Quarter | date | None = entry.get("due")
    return Action(
        code=entry.get("code"),
        name=entry.get("name"),
        lead=entry.get("lead"),
        co_responsible=tuple(entry.get("co_responsible", ())),
        start=entry.get("start"),
        due=Quarter.of(due) if isinstance(due, date) else due,
        due_date=due if isinstance(due, date) else None,
        ungp=tuple(entry.get("ungp", ())),
        sdg=tuple(entry.get("sdg", ())),
        budget=entry.get("budget"),
        source=entry.get("source"),
        illustrative=entry.get("illustrative", False),
    )


def indicator_range(entry: Entry) -> tuple[Decimal | None, Decimal | None]:
    """Smallest and largest possible figure; a percentage lies between 0 and 100 unless the plan narrows it."""
    given: Entry = entry.get("range", NO_ENTRY)
    low, high = given.get("min"), given.get("max", entry.get("max"))
    if entry.get("behaviour") == Behaviour.PERCENTAGE:
        low, high = Decimal(0) if low is None else low, Decimal(100) if high is None else high
    return low, high


def targets_of(entry: Entry) -> dict[Quarter, Decimal | None]:
    """Targets by quarter in the order of time; a year's target stands at its Q4."""
    given: Entry = entry.get("targets", NO_ENTRY)
    by_quarter = {period_of(text): value for text, value in given.values.items()}
    return {q: by_quarter[q] for q in sorted(q for q in by_quarter if q)}


def _indicator(entry: Entry, default_year: int | None, strategy_of: dict[str, str]) -> Indicator:
    behaviour = Behaviour(entry.get("behaviour"))
    low, high = indicator_range(entry)
    accumulation = entry.get("accumulation", Accumulation.PROGRAMME) if behaviour is Behaviour.CUMULATIVE else None
    return Indicator(
        code=entry.get("code"),
        name=entry.get("name"),
        unit=entry.get("unit"),
        objective=entry.get("objective"),
        strategy=entry.get("strategy") or strategy_of.get(entry.get("action")),
        action=entry.get("action"),
        kind=Kind(entry.get("kind")),
        direction=Direction(entry.get("direction")),
        behaviour=behaviour,
        frequency=Frequency(entry.get("frequency")),
        responsibles=_responsibles(entry),
        baseline=_baseline(entry.get("baseline", NO_ENTRY), default_year),
        targets=targets_of(entry),
        accumulation=Accumulation(accumulation) if accumulation else None,
        due_date=entry.get("due") if behaviour is Behaviour.MILESTONE else None,
        minimum=low,
        maximum=high,
        disaggregation=tuple(entry.get("disaggregation", ())),
        combinations=tuple(tuple(c) for c in entry.get("combinations", ())),
        aggregation=Aggregation(entry.get("aggregation", Aggregation.NONE)),
        ungp=tuple(entry.get("ungp", ())),
        sdg=tuple(entry.get("sdg", ())),
        **_given(entry, "dimension", "weight", "decimals", "rule_set", "available_after_days", "series_break"),
        **_given(entry, "replaces", "definition", "formula", "means_of_verification", "caveat", "illustrative"),
    )


def _responsibles(entry: Entry) -> tuple[Responsible, ...]:
    several = tuple(Responsible(r.get("agency"), r.get("from")) for r in entry.entries("responsibles"))
    return several or (Responsible(entry.get("responsible")),)


def _baseline(entry: Entry, default_year: int | None) -> Baseline:
    value = entry.get("value")
    year = entry.get("year", default_year) if value is not None else None
    return Baseline(value, year, entry.get("note"))


def _dimension(entry: Entry, agencies: tuple[Agency, ...]) -> Dimension:
    if entry.get("categories") == ALL_AGENCIES:
        categories = tuple(Category(a.id, a.names[-1].name) for a in agencies)
    else:
        categories = tuple(Category(c.get("code"), c.get("name")) for c in entry.entries("categories"))
    return Dimension(entry.get("code"), entry.get("name"), categories)


def _calendar(entry: Entry) -> Calendar:
    deadlines: Entry = entry.get("deadlines", NO_ENTRY)
    return Calendar(
        deadlines={Quarter.parse(q): deadlines.values[q] for q in sorted(deadlines.values)},
        non_working_days=tuple(sorted(d for d in entry.get("non_working_days", ()) if isinstance(d, date))),
        weekend=tuple(sorted(entry.get("weekend", Calendar.weekend))),
        extensions=tuple(
            Extension(e.get("agency"), e.get("quarter"), e.get("until"), e.get("reason"))
            for e in entry.entries("extensions")
        ),
        **_given(entry, "deadline_days_after_quarter"),
    )


def _principle(entry: Entry) -> Principle:
    return Principle(entry.get("n"), entry.get("pillar"), entry.get("title"))
