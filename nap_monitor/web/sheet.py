"""An indicator's technical sheet: every field of the plan, in words."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from nap_monitor.language import mark
from nap_monitor.programme.model import Accumulation, Aggregation, Behaviour, Direction, Frequency, Indicator
from nap_monitor.programme.quarters import Quarter
from nap_monitor.web import tree, widgets
from nap_monitor.web.counts import KINDS
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import NOTHING, agency_name, figure, level, plain, said

DIRECTIONS = {
    Direction.ASCENDING: mark("Ascending: more is better"),
    Direction.DESCENDING: mark("Descending: less is better"),
}
BEHAVIOURS = {
    Behaviour.LEVEL: mark("Level of the period"),
    Behaviour.CUMULATIVE: mark("Running total"),
    Behaviour.PERCENTAGE: mark("Percentage"),
    Behaviour.MILESTONE: mark("Milestone: done or not"),
}
ACCUMULATIONS = {
    Accumulation.PROGRAMME: mark("since the start of the programme"),
    Accumulation.YEAR: mark("starts again each January"),
}
FREQUENCIES = {
    Frequency.QUARTERLY: mark("Quarterly"),
    Frequency.SEMIANNUAL: mark("Every half-year"),
    Frequency.ANNUAL: mark("Annual"),
    Frequency.BIENNIAL: mark("Every two years"),
    Frequency.ONCE: mark("Once"),
}
AGGREGATIONS = {
    Aggregation.SUM: mark("the sum of its parts"),
    Aggregation.MEAN: mark("the mean of its parts"),
    Aggregation.LATEST: mark("the latest of its parts"),
    Aggregation.RATIO: mark("rebuilt from numerators and denominators"),
    Aggregation.NONE: mark("not made from its parts"),
}


def show(scene: Scene, indicator: Indicator) -> None:
    """Two columns, field and content; what the plan does not say is left out."""
    say = scene.language.say
    st.subheader(say("Technical sheet"), anchor=False)
    rows = [[f"**{name}**", text] for name, text in _fields(scene, indicator) if text and text != NOTHING]
    widgets.table([say("Field"), say("Content")], rows)


def _fields(scene: Scene, indicator: Indicator) -> Iterator[tuple[str, str]]:
    say, language = scene.language.say, scene.language
    yield say("Code"), plain(indicator.code)
    yield from _place(scene, indicator)
    yield say("Definition"), said(indicator.definition, language)
    yield say("Method of calculation"), said(indicator.formula, language)
    yield say("Unit of measure"), said(indicator.unit, language)
    yield say("Kind of indicator"), say(KINDS[indicator.kind])
    yield say("Dimension"), plain(_dimension_word(indicator.dimension, scene))
    yield say("Direction"), say(DIRECTIONS[indicator.direction])
    yield say("Behaviour"), _behaviour(scene, indicator)
    yield say("Frequency"), say(FREQUENCIES[indicator.frequency])
    yield say("Responsible"), _responsibles(scene, indicator)
    yield say("Baseline"), _baseline(scene, indicator)
    yield say("Targets"), _targets(scene, indicator)
    yield say("Planned date"), language.day(indicator.due_date) if indicator.due_date else ""
    yield say("Range accepted"), _range(scene, indicator)
    yield say("Weight"), language.number(indicator.weight)
    yield say("Rule set"), plain(indicator.rule_set or scene.programme.rule_set)
    yield from _reporting(scene, indicator)
    yield say("Means of verification"), said(indicator.means_of_verification, language)
    yield say("Guiding Principles"), ", ".join(str(number) for number in indicator.ungp)
    yield say("Sustainable Development Goals"), plain(", ".join(indicator.sdg))
    yield say("Caveat"), said(indicator.caveat, language)


def _place(scene: Scene, indicator: Indicator) -> Iterator[tuple[str, str]]:
    programme, language = scene.programme, scene.language
    for objective in programme.objectives:
        if objective.code == indicator.objective:
            yield level(programme, "objective", language), f"{objective.code} {said(objective.name, language)}"
            for strategy in objective.strategies:
                if strategy.code == indicator.strategy:
                    yield level(programme, "strategy", language), f"{strategy.code} {said(strategy.name, language)}"
    action = programme.action_by_code.get(indicator.action or "")
    if action:
        yield level(programme, "action", language), f"{action.code} {said(action.name, language)}"


_DIMENSIONS = {
    "efficacy": mark("Efficacy"),
    "efficiency": mark("Efficiency"),
    "quality": mark("Quality"),
    "economy": mark("Economy"),
}


def _dimension_word(dimension: str | None, scene: Scene) -> str:
    if dimension is None:
        return ""
    return scene.language.say(_DIMENSIONS[dimension]) if dimension in _DIMENSIONS else dimension


def _behaviour(scene: Scene, indicator: Indicator) -> str:
    words = [scene.language.say(BEHAVIOURS[indicator.behaviour])]
    if indicator.accumulation:
        words.append(scene.language.say(ACCUMULATIONS[indicator.accumulation]))
    return ", ".join(words)


def _responsibles(scene: Scene, indicator: Indicator) -> str:
    known, language = scene.programme.agency_by_id, scene.language
    parts = []
    for duty in indicator.responsibles:
        name = agency_name(known.get(duty.agency), duty.agency, language, scene.day, in_full=True)
        quarter = language.quarter(str(duty.from_quarter)) if duty.from_quarter else ""
        since = language.say("since {quarter}", quarter=quarter) if quarter else ""
        parts.append(f"{name} {since}".strip())
    return "; ".join(parts)


def _baseline(scene: Scene, indicator: Indicator) -> str:
    baseline = indicator.baseline
    note = said(baseline.note, scene.language)
    if baseline.value is None:
        return note or scene.language.say("none")
    year = f" ({baseline.year})" if baseline.year else ""
    return f"{figure(baseline.value, indicator, scene.language)}{year} {note}".strip()


def _targets(scene: Scene, indicator: Indicator) -> str:
    language = scene.language
    nothing = language.say("nothing planned")
    years_only = all(quarter.number == 4 for quarter in indicator.targets)

    def when(quarter: Quarter) -> str:
        return str(quarter.year) if years_only else language.quarter(str(quarter))

    return " · ".join(
        f"{when(quarter)}: {figure(value, indicator, language) if value is not None else nothing}"
        for quarter, value in sorted(indicator.targets.items())
    )


def _range(scene: Scene, indicator: Indicator) -> str:
    if indicator.minimum is None and indicator.maximum is None:
        return ""
    ends = [scene.language.number(v) if v is not None else "…" for v in (indicator.minimum, indicator.maximum)]
    return " – ".join(ends)


def _reporting(scene: Scene, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """When figures can be had, what they are broken down by, where the series breaks."""
    say, language, programme = scene.language.say, scene.language, scene.programme
    if indicator.available_after_days is not None:
        yield (
            say("Available"),
            language.say_many(
                "{count} day after the quarter", "{count} days after the quarter", indicator.available_after_days
            ),
        )
    names = {d.code: said(d.name, language) for d in programme.dimensions}
    yield say("Broken down by"), ", ".join(names.get(code, plain(code)) for code in indicator.disaggregation)
    if indicator.disaggregation:
        yield say("Its total"), say(AGGREGATIONS[indicator.aggregation])
    if indicator.series_break:
        yield say("Series break"), language.quarter(str(indicator.series_break))
    replaced = programme.indicator_by_code.get(indicator.replaces or "")
    if indicator.replaces:
        yield say("Replaces"), tree.indicator_link(scene, replaced) if replaced else plain(indicator.replaces)
