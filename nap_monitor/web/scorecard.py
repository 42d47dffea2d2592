"""Agencies: who is responsible, who is behind or silent; and one agency's own page of duties."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from nap_monitor.charts.chart import Chart
from nap_monitor.charts.heat_map import Cell, heat_map
from nap_monitor.charts.palette import ACTION, DELAYED, look
from nap_monitor.language import sort_key
from nap_monitor.programme.model import Action, Indicator
from nap_monitor.progress.actions import ActionStanding
from nap_monitor.progress.rollup import RollUp
from nap_monitor.progress.statuses import Reason, Status
from nap_monitor.web import address, counts, tree, widgets
from nap_monitor.web.attention import open_questions
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import NOTHING, action_badges, agency_name, badge, full_name, index_range, level, said


def choose_agency(scene: Scene) -> str:
    """The agency of the URL; empty: all."""
    programme, language = scene.programme, scene.language
    names = {a.id: full_name(a, language, scene.day) for a in programme.agencies}
    ordered = dict(sorted(names.items(), key=lambda item: sort_key(item[1])))
    return address.choose(
        language.say("Agency"), "agency", {"": language.say("All agencies")} | ordered, "", language.code
    )


def short_name(scene: Scene, agency: str) -> str:
    """For a chart's axis, which takes no Markdown."""
    known = scene.programme.agency_by_id.get(agency)
    return known.acronym_on(scene.day) if known else agency


def with_duties(scene: Scene) -> list[str]:
    """The agencies that the plan asks something of, by name."""
    programme = scene.programme
    found = {programme.responsible_for(i, scene.quarter) for i in programme.indicators}
    found |= {agency for a in programme.actions for agency in (a.lead, *a.co_responsible) if agency}
    return sorted(found, key=lambda agency: sort_key(short_name(scene, agency)))


def heat(scene: Scene) -> Chart:
    """Objective by agency, by the most serious status of their indicators."""
    programme, language = scene.programme, scene.language
    name = level(programme, "objective", language)
    columns = {o.code: f"{name} {o.code}" for o in programme.objectives}
    found: dict[tuple[str, str], dict[Status, int]] = {}
    for shown in scene.standing.indicators:
        indicator = programme.indicator_by_code[shown.code]
        place = found.setdefault((programme.responsible_for(indicator, scene.quarter), indicator.objective), {})
        place[shown.status] = place.get(shown.status, 0) + 1
    cells = [Cell(short_name(scene, a), columns[o], statuses) for (a, o), statuses in found.items()]
    rows = [short_name(scene, a) for a in with_duties(scene) if any(a == agency for agency, _ in found)]
    what = language.say("The most serious status of each agency’s indicators under each objective")
    return heat_map(cells, rows, [*columns.values()], scene.style, what)


def ranking(scene: Scene) -> None:
    """Every agency with duties; with indicators the lowest end of the index's range first, else by name."""
    rollups = {r.code: r for r in scene.standing.agencies}
    agencies = sorted(with_duties(scene), key=lambda agency: _low_end(rollups.get(agency)))
    say = scene.language.say
    if scene.has_indicators:
        headers = [say("Agency"), say("Due"), say("Reported"), say("Reported late"), say("Compliance index"),
                   say("Off track"), say("No data"), say("Actions"), say("Delayed")]  # fmt: skip
        rows = [[*_figures_of(scene, agency, rollups[agency]), *_actions_of(scene, agency)] for agency in agencies]
    else:
        statuses = [s for s in ACTION if any(a.status is s for a in scene.standing.actions)]
        headers = [say("Agency"), say("Actions"), say("Delayed"), *(say(ACTION[s].word) for s in statuses)]
        rows = []
        for agency in agencies:
            found = counts.action_counts(_led_by(scene, agency))
            own = [str(found.get(s, 0)) for s in statuses]
            rows.append([tree.agency_link(scene, agency), *_actions_of(scene, agency), *own])
    widgets.table(headers, rows, right=range(1, len(headers)))


def _figures_of(scene: Scene, agency: str, own: RollUp) -> list[str]:
    return [
        tree.agency_link(scene, agency),
        str(own.due),
        str(own.reported),
        str(_late(scene, agency)),
        index_range(own.index_low_pct, own.index_high_pct, scene.language),
        _sign(Status.OFF_TRACK, own),
        _sign(Status.NO_DATA, own),
    ]


def _actions_of(scene: Scene, agency: str) -> list[str]:
    """How many it leads, and how many of them are delayed."""
    led = _led_by(scene, agency)
    return [str(len(led)), _delayed(sum(action.is_delayed for action in led))]


def _led_by(scene: Scene, agency: str) -> list[ActionStanding]:
    plan = scene.programme.action_by_code
    return [action for action in scene.standing.actions if plan[action.code].lead == agency]


def _low_end(rollup: RollUp | None) -> tuple[int, Decimal]:
    """Ranked by the low end of the range: silence never pays. Without any figure: at the end."""
    if rollup is None or rollup.index_low_pct is None:
        return (1, Decimal(0))
    return (0, rollup.index_low_pct)


def _sign(status: Status, rollup: RollUp) -> str:
    count = rollup.counts.get(status, 0)
    return f":{look(status).badge}-badge[{look(status).shape} {count}]" if count else "0"


def _delayed(count: int) -> str:
    return f":{DELAYED.badge}-badge[{DELAYED.shape} {count}]" if count else "0"


def _late(scene: Scene, agency: str) -> int:
    """Figures for this quarter that came after their deadline."""
    indicators = scene.programme.indicator_by_code
    return sum(
        Reason.LATE in shown.reasons and not shown.is_carried
        for shown in scene.standing.indicators
        if scene.programme.responsible_for(indicators[shown.code], scene.quarter) == agency
    )


def one(scene: Scene, agency: str) -> None:
    """One agency: its numbers, its indicators, its actions."""
    say = scene.language.say
    known = scene.programme.agency_by_id.get(agency)
    st.subheader(agency_name(known, agency, scene.language, scene.day, in_full=True), anchor=False)
    indicators = [i for i in scene.programme.indicators if scene.programme.responsible_for(i, scene.quarter) == agency]
    actions = [a for a in scene.programme.actions if agency in (a.lead, *a.co_responsible)]
    rollup = next((r for r in scene.standing.agencies if r.code == agency), None)
    if rollup and rollup.size and not scene.standing.withheld:
        with st.grid(4, min_column_width=165, gap="small"):
            counts.index_cards(rollup, scene.language)
            counts.reported_card(rollup, scene)
            widgets.card(say("Reported late"), str(_late(scene, agency)), say("figures after their deadline"))
        st.markdown(" ".join(badge(look(s), scene.language, f" {n}") for s, n in rollup.counts.items() if n))
    _indicators(scene, indicators)
    _actions(scene, actions, agency)
    st.markdown(f"[{say('Its spreadsheet, problems and deadlines')}]({address.link('reporting', agency=agency)})")


def _indicators(scene: Scene, indicators: list[Indicator]) -> None:
    if not indicators:
        return
    say = scene.language.say
    st.markdown(f"##### {say('Indicators')}")
    shown = {s.code: s for s in scene.standing.indicators}
    headers = [say("Indicator"), say("Actual"), say("Expected"), say("Compliance"), say("Status"), say("Confidence")]
    rows = []
    for indicator in indicators:
        link = tree.indicator_link(scene, indicator)
        own = shown.get(indicator.code)
        rows.append([link, *tree.figures(own, indicator, scene)] if own else [link])
    widgets.table(headers if not scene.standing.withheld else headers[:1], rows, right=(1, 2, 3))


def _actions(scene: Scene, actions: list[Action], agency: str) -> None:
    if not actions:
        return
    say, language = scene.language.say, scene.language
    st.markdown(f"##### {say('Actions')}")
    standing = {a.code: a for a in scene.standing.actions}
    rows = []
    for action in actions:
        day = action.due_date or (action.due.last_day if action.due else None)
        role = say("leads") if action.lead == agency else say("shares")
        row = [
            f"**{action.code}** {said(action.name, language)}",
            role,
            language.day(day) if day else say("no date"),
        ]
        own = standing.get(action.code)
        if own:
            asked = open_questions(own.requested, own.requested_due, language, differs=own.co_responsible_differs)
            row += [action_badges(own.status, language, is_delayed=own.is_delayed), "; ".join(asked) or NOTHING]
        rows.append(row)
    headers = [
        level(scene.programme, "action", language),
        say("Role"),
        say("Planned date"),
        say("Status"),
        say("To decide"),
    ]
    widgets.table(headers[:3] if scene.standing.withheld else headers, rows)
