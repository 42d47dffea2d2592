"""One indicator: its path, why it has its colour, what it is, and everything that was ever reported for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from zoneinfo import ZoneInfo

import streamlit as st

from nap_monitor.charts.chart import Chart
from nap_monitor.charts.path import Ahead, Path, Step, path
from nap_monitor.database.observations import Revision
from nap_monitor.history import IndicatorHistory
from nap_monitor.language import Language, mark
from nap_monitor.programme.model import Behaviour, Indicator, pick
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.explain import explain
from nap_monitor.progress.forecast import LEAST_FIGURES
from nap_monitor.progress.schedule import final_target
from nap_monitor.progress.shown import Shown
from nap_monitor.web import address, tree, widgets
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import (
    NOTHING,
    figure,
    percent,
    plain,
    source,
)

STANDINGS = {
    "counted": mark("counts"),
    "draft": mark("draft"),
    "restatement": mark("waits: its quarter is closed"),
}
DECLARED = {"no_data": mark("no data (declared)"), "no_cases": mark("no cases (declared)")}
QUALITIES = {"preliminary": mark("preliminary"), "definitive": mark("definitive"), "revised": mark("revised")}


def choose(scene: Scene) -> Indicator:
    """The indicator of the URL, else the first of the plan."""
    options = {i.code: f"{i.code} {pick(i.name, scene.language.code)}" for i in scene.programme.indicators}
    code = address.choose(
        scene.language.say("Indicator"), "indicator", options, next(iter(options)), scene.language.code
    )
    return scene.programme.indicator_by_code[code]


def shown_of(scene: Scene, indicator: Indicator) -> Shown | None:
    return next((s for s in scene.standing.indicators if s.code == indicator.code), None)


def head(scene: Scene, indicator: Indicator) -> None:
    """Status, figures and whose they are, in one row."""
    say, language = scene.language.say, scene.language
    shown = shown_of(scene, indicator)
    if shown is None:
        return
    actual, expected, compliance, status, confidence = tree.figures(shown, indicator, scene)
    unit = plain(pick(indicator.unit, language.code))
    who = tree.agency_link(scene, scene.programme.responsible_for(indicator, scene.quarter))
    st.markdown(f"{status} · {say('Confidence')}: {confidence} · {who}")
    with st.grid(4, min_column_width=165, gap="small"):
        widgets.card(say("Actual"), actual, unit)
        widgets.card(
            say("Expected"), expected, say("by {quarter}", quarter=language.quarter(str(shown.origin or shown.quarter)))
        )
        widgets.card(say("Compliance"), compliance, say("actual beside expected"))
        widgets.card(say("Progress"), percent(shown.progress_pct, language), say("from baseline to target"))


def drawn_path(scene: Scene, history: IndicatorHistory) -> Chart:
    """Baseline, expected, actual, target, forecast."""
    indicator, language = history.indicator, scene.language
    baseline = indicator.baseline
    start = (
        (Quarter(baseline.year, 4), baseline.value)
        if baseline.value is not None and baseline.year is not None and not indicator.restarts
        else None
    )
    of = Path(
        steps=tuple(_steps(history)),
        baseline=start,
        target=final_target(indicator),
        forecast=_ahead(history),
        series_break=indicator.series_break,
        unit=pick(indicator.unit, language.code),
        restarts=indicator.restarts,
        is_milestone=indicator.is_milestone,
    )
    what = language.say("Expected and actual figures of “{name}” by quarter", name=pick(indicator.name, language.code))
    return path(of, lambda value: figure(value, indicator, language), scene.style, what)


def _steps(history: IndicatorHistory) -> Iterator[Step]:
    expected = dict(history.path)
    figures = {f.quarter: f.value for f in history.figures}
    status = {a.quarter: a.status for a in history.assessments}
    for quarter in sorted({*expected, *figures}):
        yield Step(quarter, expected.get(quarter), figures.get(quarter), status.get(quarter))


def _ahead(history: IndicatorHistory) -> Ahead | None:
    known = [f for f in history.figures if f.value is not None]
    found = history.forecast
    if found is None or not known or known[-1].quarter >= found.target_quarter:
        return None
    last = known[-1]
    assert last.value is not None
    ends = (possible(value, history.indicator) for value in (found.value, found.low, found.high))
    return Ahead(last.quarter, last.value, found.target_quarter, *ends)


def possible(value: Decimal, indicator: Indicator) -> Decimal:
    """A forecast kept within what the indicator can be: a trend knows nothing of 100 %."""
    is_share = indicator.behaviour is Behaviour.PERCENTAGE
    least = indicator.minimum if indicator.minimum is not None else Decimal(0) if is_share else value
    most = indicator.maximum if indicator.maximum is not None else Decimal(100) if is_share else value
    return min(max(value, least), most)


def why(scene: Scene, history: IndicatorHistory) -> None:
    """The colour explained in sentences, and where the figures lead."""
    shown = shown_of(scene, history.indicator)
    if shown is None or history.rules is None:
        return
    st.subheader(scene.language.say("Why this colour"), anchor=False)
    came_from = next((r.place for r in history.revisions if r.id == shown.observation_id), None)
    cell = source(came_from) if came_from else None
    widgets.points([plain(s) for s in explain(shown, history.indicator, history.rules, scene.language, cell)])
    st.subheader(scene.language.say("Where it leads"), anchor=False)
    widgets.points([plain(s) for s in forecast_said(history, scene.language)])


def forecast_said(history: IndicatorHistory, language: Language) -> list[str]:
    """The forecast in words; too few figures: so."""
    found, indicator = history.forecast, history.indicator
    if indicator.is_milestone:
        return [language.say("A milestone has no trend: it is done or not.")]
    if found is None:
        return [language.say("Too few figures for a forecast: at least {n} are needed.", n=LEAST_FIGURES)]
    places = indicator.decimals + 1

    def write(value: Decimal) -> str:
        return language.number(possible(value, indicator), places)

    said = [
        language.say(
            "At the pace of its {n} figures it would stand at {value} in {quarter}, between {low} and {high} with "
            "80 % probability; the target is {target}.",
            n=found.figures,
            value=write(found.value),
            quarter=language.quarter(str(found.target_quarter)),
            low=write(found.low),
            high=write(found.high),
            target=figure(found.target, indicator, language),
        )
    ]
    if found.arrival:
        arrival = language.quarter(str(found.arrival))
        said.append(language.say("It would reach the target in {quarter}.", quarter=arrival))
    else:
        said.append(language.say("At this pace it would not reach the target."))
    if found.required_pace is not None:
        said.append(
            language.say(
                "It needs {needed} each quarter to reach it on time; its pace is {pace}.",
                needed=language.number(found.required_pace, places + 1),
                pace=language.number(found.slope, places + 1),
            )
        )
    return said


def revisions(scene: Scene, history: IndicatorHistory) -> None:
    """Everything reported, with the cell it came from; the newest first."""
    say = scene.language.say
    st.subheader(say("What was reported"), anchor=False)
    if not history.revisions:
        widgets.empty(say("Nothing has been reported for this indicator yet."))
        return
    totals = [r for r in history.revisions if r.breakdown == ""]
    headers = [say("Quarter"), say("Figure"), say("Revision"), say("Standing"), say("Source"), say("Read on"),
               say("Evidence"), say("Cause and corrective action")]  # fmt: skip
    widgets.table(headers, [_revision(scene, history.indicator, r) for r in totals], right=(1,))
    parts = [r for r in history.revisions if r.breakdown and r.is_current]
    if parts:
        _breakdown(scene, history.indicator, parts)


def _value(revision: Revision, indicator: Indicator, language: Language) -> str:
    if revision.declared:
        return language.say(DECLARED[revision.declared])
    text = figure(revision.value, indicator, language)
    if revision.numerator is not None and revision.denominator is not None:
        parts = f"{language.number(revision.numerator)} / {language.number(revision.denominator)}"
        text = f"{text} :small[({parts})]"
    return text


def _revision(scene: Scene, indicator: Indicator, revision: Revision) -> list[str]:
    language, say = scene.language, scene.language.say
    quality = QUALITIES.get(revision.quality or "")
    standing = say(STANDINGS[revision.standing]) if revision.is_current else say("replaced")
    if revision.vanished_at:
        standing = f"{standing}; {say('its row is gone from the sheet')}"
    read_at = revision.recorded_at.astimezone(ZoneInfo(scene.programme.time_zone))
    notes = [plain(text) for text in (revision.cause, revision.corrective) if text]
    return [
        language.quarter(str(revision.quarter)),
        _value(revision, indicator, language) + (f" :small[{say(quality)}]" if quality else ""),
        str(revision.revision),
        standing,
        source(revision.place),
        language.moment(read_at),
        _evidence(revision, language),
        " → ".join(notes) or NOTHING,
    ]


def _evidence(revision: Revision, language: Language) -> str:
    link = revision.evidence
    if not link:
        return NOTHING
    if link.startswith("https://") and not set(link) & set(" ()<>\"'"):
        return f"[{language.say('open the evidence')}]({link})"
    return plain(link)


def _breakdown(scene: Scene, indicator: Indicator, parts: list[Revision]) -> None:
    """The latest quarter that came in parts."""
    say, language = scene.language.say, scene.language
    quarter = max(part.quarter for part in parts)
    st.subheader(say("Breakdown, {quarter}", quarter=language.quarter(str(quarter))), anchor=False)
    rows = [
        [_category(scene, part.breakdown), _value(part, indicator, language), source(part.place)]
        for part in parts
        if part.quarter == quarter
    ]
    widgets.table([say("Category"), say("Figure"), say("Source")], rows, right=(1,))


def _category(scene: Scene, breakdown: str) -> str:
    known = scene.programme.category_by_code
    names = [pick(known[code][1].name, scene.language.code) if code in known else code for code in breakdown.split("+")]
    return plain(" · ".join(names))
