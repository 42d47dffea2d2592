"""A programme as its file says it: the format's own keys, in the format's order, defaults left out.

The inverse of reading. `plain` -> YAML or workbook -> `read_plan` gives an equal programme.
"""

from __future__ import annotations

from typing import Any

from nap_monitor.programme.model import (
    Accumulation,
    Action,
    Agency,
    Aggregation,
    Baseline,
    Behaviour,
    Calendar,
    Dimension,
    Indicator,
    Objective,
    Programme,
    Strategy,
)
from nap_monitor.programme.quarters import Quarter

Plain = dict[str, Any]


def plain(programme: Programme) -> Plain:
    """The whole plan: mappings, lists, texts, numbers (int or Decimal), dates, quarters."""
    return _given(
        schema_version=1,
        illustrative=programme.illustrative or None,
        disclaimer=programme.disclaimer,
        programme=_head(programme),
        agencies=[_agency(a) for a in programme.agencies],
        objectives=[_objective(o) for o in programme.objectives],
        indicators=[_indicator(i) for i in programme.indicators],
        dimensions=[_dimension(d) for d in programme.dimensions],
        taxonomies=_given(ungp=[{"n": p.number, "pillar": p.pillar, "title": p.title} for p in programme.principles]),
    ) | {
        "agencies": [_agency(a) for a in programme.agencies],
        "objectives": [_objective(o) for o in programme.objectives],
    }


def _given(**fields: Any) -> Plain:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {}, ())}


def _head(programme: Programme) -> Plain:
    return _given(
        code=programme.code,
        name=programme.name,
        languages=list(programme.languages),
        coordinator=programme.coordinator,
        technical_support=programme.technical_support,
        period=_given(start=programme.start, end=programme.end),
        time_zone=programme.time_zone,
        number_locale=programme.number_locale,
        reporting=_calendar(programme.calendar),
        rule_set=programme.rule_set,
        level_names=programme.level_names,
        sample=_given(shown=programme.sample.shown, total=programme.sample.total) if programme.sample else None,
        source=programme.source,
        note=programme.note,
        effective_from=programme.effective_from,
        reason=programme.reason,
        decision=programme.decision,
    )


def _calendar(calendar: Calendar) -> Plain:
    return (
        {"deadline_days_after_quarter": calendar.deadline_days_after_quarter}
        | _given(
            deadlines={str(q): day for q, day in calendar.deadlines.items()},
            non_working_days=list(calendar.non_working_days),
            extensions=[
                _given(agency=e.agency, quarter=e.quarter, until=e.until, reason=e.reason) for e in calendar.extensions
            ],
        )
        | ({} if calendar.weekend == Calendar.weekend else {"weekend": list(calendar.weekend)})
    )


def _agency(agency: Agency) -> Plain:
    only = agency.names[0] if len(agency.names) == 1 and agency.names[0].from_date is None else None
    return _given(
        id=agency.id,
        name=only.name if only else None,
        acronym=only.acronym if only else None,
        names=None
        if only
        else [_given(**{"from": n.from_date, "name": n.name, "acronym": n.acronym}) for n in agency.names],
        succeeded_by=agency.succeeded_by,
        succeeded_from=agency.succeeded_from,
    )


def _objective(objective: Objective) -> Plain:
    return _given(
        code=objective.code,
        name=objective.name,
        ungp_pillars=list(objective.ungp_pillars),
        strategies=[_strategy(s) for s in objective.strategies],
    )


def _strategy(strategy: Strategy) -> Plain:
    return _given(
        code=strategy.code, name=strategy.name, lead=strategy.lead, actions=[_action(a) for a in strategy.actions]
    )


def _action(action: Action) -> Plain:
    return _given(
        code=action.code,
        name=action.name,
        lead=action.lead,
        co_responsible=list(action.co_responsible),
        start=action.start,
        due=action.due_date or action.due,
        ungp=list(action.ungp),
        sdg=list(action.sdg),
        budget=action.budget,
        source=action.source,
        illustrative=action.illustrative or None,
    )


def period_key(quarter: Quarter) -> int | str:
    """A target's key: the year where it stands at its Q4."""
    return quarter.year if quarter.number == 4 else str(quarter)


def _indicator(indicator: Indicator) -> Plain:
    only = indicator.responsibles[0] if len(indicator.responsibles) == 1 else None
    is_plain = only is not None and only.from_quarter is None
    low, high = indicator.minimum, indicator.maximum
    if indicator.behaviour is Behaviour.PERCENTAGE:  # 0 to 100 goes without saying
        low, high = None if low == 0 else low, None if high == 100 else high
    return _given(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        objective=indicator.objective,
        strategy=indicator.strategy,
        action=indicator.action,
        kind=str(indicator.kind),
        dimension=indicator.dimension,
        direction=str(indicator.direction),
        behaviour=str(indicator.behaviour),
        accumulation=str(indicator.accumulation) if isinstance(indicator.accumulation, Accumulation) else None,
        frequency=str(indicator.frequency),
        responsible=only.agency if only and is_plain else None,
        responsibles=None
        if is_plain
        else [_given(**{"agency": r.agency, "from": r.from_quarter}) for r in indicator.responsibles],
        baseline=_baseline(indicator.baseline),
        targets={period_key(q): value for q, value in indicator.targets.items()},
        due=indicator.due_date,
        weight=None if indicator.weight == 1 else indicator.weight,
        decimals=indicator.decimals or None,
        range=_given(min=low, max=high),
        rule_set=indicator.rule_set,
        available_after_days=indicator.available_after_days,
        series_break=indicator.series_break,
        replaces=indicator.replaces,
        disaggregation=list(indicator.disaggregation),
        combinations=[list(c) for c in indicator.combinations],
        aggregation=None if indicator.aggregation is Aggregation.NONE else str(indicator.aggregation),
        ungp=list(indicator.ungp),
        sdg=list(indicator.sdg),
        definition=indicator.definition,
        formula=indicator.formula,
        means_of_verification=indicator.means_of_verification,
        caveat=indicator.caveat,
        illustrative=indicator.illustrative or None,
    )


def _baseline(baseline: Baseline) -> Plain:
    if baseline.value is None:
        return _given(note=baseline.note)
    return {"value": baseline.value} | _given(year=baseline.year, note=baseline.note)


def _dimension(dimension: Dimension) -> Plain:
    return {
        "code": dimension.code,
        "name": dimension.name,
        "categories": [{"code": c.code, "name": c.name} for c in dimension.categories],
    }
