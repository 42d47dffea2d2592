"""Objective, strategy, action, indicator: what was promised, and where each part stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from nap_monitor.charts.palette import look
from nap_monitor.programme.model import Action, Indicator, Objective, Strategy
from nap_monitor.progress.actions import ActionStanding
from nap_monitor.progress.rollup import RollUp
from nap_monitor.progress.shown import Shown
from nap_monitor.progress.statuses import Status
from nap_monitor.web import address, widgets
from nap_monitor.web.attention import open_questions
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import (
    NOTHING,
    action_badges,
    agency_name,
    badge,
    confidence_mark,
    figure,
    index_range,
    level,
    percent,
    said,
    status_badge,
)

_NUMBERS = (2, 3, 4)  # columns of a table with indicators
_STEP = "&nbsp;&nbsp;↳ "


def choose_objective(scene: Scene) -> str:
    """The objective of the URL; empty: all."""
    say = scene.language.say
    options = {"": say("All objectives")} | {
        o.code: f"{o.code}. {o.name.get(scene.language.code) or next(iter(o.name.values()))}"
        for o in scene.programme.objectives
    }
    return address.choose(
        level(scene.programme, "objective", scene.language), "objective", options, "", scene.language.code
    )


def chosen(scene: Scene, code: str) -> list[Objective]:
    return [o for o in scene.programme.objectives if code in ("", o.code)]


def show(scene: Scene, objective: Objective, *, is_open: bool) -> None:
    """One objective with all below it."""
    rollups = {rollup.code: rollup for rollup in scene.standing.strategies}
    name = said(objective.name, scene.language)
    with st.expander(f"**{objective.code}. {name}** {_counted(scene, objective)}", expanded=is_open):
        if not scene.standing.withheld and scene.has_indicators:
            own = next(r for r in scene.standing.objectives if r.code == objective.code)
            st.markdown(_index(own, scene))
        for strategy in objective.strategies:
            _strategy(scene, strategy, rollups.get(strategy.code))
        rest = [i for i in scene.programme.indicators if i.objective == objective.code and i.strategy is None]
        if rest:
            st.markdown(f"##### {scene.language.say('Indicators of the whole objective')}")
            _table(scene, [], rest)


def _counted(scene: Scene, objective: Objective) -> str:
    """Each status with its number, for the closed expander."""
    language = scene.language
    if scene.standing.withheld:
        return ""
    if scene.has_indicators:
        counts = next(r for r in scene.standing.objectives if r.code == objective.code).counts
        return " ".join(f":{look(s).badge}-badge[{look(s).shape} {n}]" for s, n in counts.items() if n)
    actions = [_standing_of(scene).get(a.code) for s in objective.strategies for a in s.actions]
    late = sum(a.is_delayed for a in actions if a)
    return language.say_many("{count} action", "{count} actions", len(actions)) + (f" · ▼ {late}" if late else "")


def _index(rollup: RollUp, scene: Scene) -> str:
    say, language = scene.language.say, scene.language
    return " · ".join(
        [
            say("Compliance index {index}", index=percent(rollup.index_pct, language)),
            say("range {range}", range=index_range(rollup.index_low_pct, rollup.index_high_pct, language)),
            say("progress index {index}", index=percent(rollup.progress_index_pct, language)),
            say("{n} of {all} reported", n=rollup.reported, all=rollup.due),
        ]
    )


def _strategy(scene: Scene, strategy: Strategy, rollup: RollUp | None) -> None:
    st.markdown(f"##### {strategy.code} {said(strategy.name, scene.language)}")
    if rollup and rollup.size and not scene.standing.withheld:
        st.caption(_index(rollup, scene))
    indicators = [i for i in scene.programme.indicators if i.strategy == strategy.code]
    _table(scene, strategy.actions, indicators)


def _table(scene: Scene, actions: Sequence[Action], indicators: Iterable[Indicator]) -> None:
    """Actions with their indicators below them, then those of the strategy itself."""
    waiting = list(indicators)
    rows = []
    for action in actions:
        rows.append(_action_row(scene, action))
        own = [i for i in waiting if i.action == action.code]
        rows.extend(_indicator_row(scene, i) for i in own)
        waiting = [i for i in waiting if i not in own]
    rows.extend(_indicator_row(scene, i) for i in waiting)
    if not rows:
        return
    say, withheld = scene.language.say, scene.standing.withheld
    item = f"{level(scene.programme, 'action', scene.language)} / {say('Indicator')}"
    if withheld:
        widgets.table([item, say("Responsible"), say("Planned date")], rows)
    elif scene.has_indicators:
        numbers = [say("Actual"), say("Expected"), say("Compliance")]
        widgets.table([item, say("Status"), *numbers, say("Responsible"), say("Confidence")], rows, right=_NUMBERS)
    else:
        item = level(scene.programme, "action", scene.language)
        widgets.table([item, say("Status"), say("Planned date"), say("Responsible"), say("To decide")], rows)


def _action_row(scene: Scene, action: Action) -> list[str]:
    language = scene.language
    who = [a for a in (action.lead, *action.co_responsible) if a]
    agencies = ", ".join(agency_link(scene, a) for a in who) or language.say("nobody named")
    name = f"**{action.code}** {said(action.name, language)}"
    day = action.due_date or (action.due.last_day if action.due else None)
    planned = language.day(day) if day else language.say("no date")
    standing = _standing_of(scene).get(action.code)
    if standing is None:
        return [name, agencies, planned]
    badges = action_badges(standing.status, language, is_delayed=standing.is_delayed)
    questions = "; ".join(
        open_questions(standing.requested, standing.requested_due, language, differs=standing.co_responsible_differs)
    )
    if not scene.has_indicators:
        return [name, badges, planned, agencies, questions or NOTHING]
    return [name, f"{badges} {questions}".strip(), "", planned, "", agencies, ""]


def _indicator_row(scene: Scene, indicator: Indicator) -> list[str]:
    link = f"{_STEP}{indicator_link(scene, indicator)}"
    agency = agency_link(scene, scene.programme.responsible_for(indicator, scene.quarter))
    shown = _shown(scene).get(indicator.code)
    if shown is None:
        return [link, agency, NOTHING]
    actual, expected, compliance, status, confidence = figures(shown, indicator, scene)
    return [link, status, actual, expected, compliance, agency, confidence]


def figures(shown: Shown, indicator: Indicator, scene: Scene) -> list[str]:
    """Actual, expected, compliance, status, confidence; where carried, from when."""
    language = scene.language
    status = status_badge(shown.status, language)
    if shown.is_carried and shown.origin:
        status += f" :small[{language.say('from {quarter}', quarter=language.quarter(str(shown.origin)))}]"
    if shown.is_awaited:
        status += f" :small[{language.say('awaited until {day}', day=language.day(shown.deadline))}]"
    has_figure = shown.status is not Status.NOT_DUE
    return [
        figure(shown.value, indicator, language),
        figure(shown.expected, indicator, language) if has_figure or shown.expected is not None else NOTHING,
        percent(shown.compliance_pct, language, scene.limits.get(shown.rule_set, ())),
        status,
        confidence_mark(shown.confidence, language),
    ]


def agency_link(scene: Scene, agency: str) -> str:
    name = agency_name(scene.programme.agency_by_id.get(agency), agency, scene.language, scene.day)
    return f"[{name}]({address.link('agencies', agency=agency)})"


def indicator_link(scene: Scene, indicator: Indicator) -> str:
    return f"[{said(indicator.name, scene.language)}]({address.link('indicator', indicator=indicator.code)})"


def _shown(scene: Scene) -> dict[str, Shown]:
    return {shown.code: shown for shown in scene.standing.indicators}


def _standing_of(scene: Scene) -> dict[str, ActionStanding]:
    return {action.code: action for action in scene.standing.actions}


def legend(scene: Scene) -> None:
    """What the signs mean, wherever they stand without their words."""
    statuses = [s for s in Status if scene.standing.total.counts.get(s)]
    st.markdown(" ".join(badge(look(s), scene.language) for s in statuses))
