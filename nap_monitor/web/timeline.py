"""Time: what was due, what slipped, what comes next, and how far the programme is beside its plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import streamlit as st

from nap_monitor.charts.chart import Chart
from nap_monitor.charts.curve import Point, curve
from nap_monitor.charts.gantt import Bar, Milestone, gantt
from nap_monitor.charts.palette import ACTION, STATUS
from nap_monitor.programme.model import Action, pick
from nap_monitor.programme.quarters import Quarter, quarters_between
from nap_monitor.progress.actions import ActionStanding
from nap_monitor.progress.statuses import ActionStatus, Status
from nap_monitor.web import reading, tree, widgets
from nap_monitor.web.scene import Scene
from nap_monitor.web.scorecard import short_name
from nap_monitor.web.text import NOTHING, agency_name, level, percent, said, status_badge

_SOON = 2  # quarters ahead


def dated_actions(scene: Scene, objective: str) -> list[Action]:
    """The actions of an objective (empty: of all) that the plan gives a date."""
    place = scene.programme.place_of_action
    return [a for a in scene.programme.actions if a.due and objective in ("", place[a.code][0])]


def plan_bars(scene: Scene, objective: str) -> Chart:
    """The actions in time, with the milestones of their indicators."""
    programme, language = scene.programme, scene.language
    standing = {a.code: a for a in scene.standing.actions}
    actions = dated_actions(scene, objective)
    bars = [_bar(scene, action, standing.get(action.code)) for action in actions]
    ends = [day for bar in bars for day in (bar.due, bar.finish, bar.requested) if day]
    first = programme.start or min(ends, default=scene.day)
    last = max([programme.end or scene.day, *ends])
    what = language.say("Actions from their start to the planned date; what is late goes on in red until today")
    return gantt(bars, list(_milestones(scene, actions)), first, last, scene.day, scene.style, what)


def _name(action: Action, scene: Scene) -> str:
    return f"{action.code} {pick(action.name, scene.language.code)}"


def _bar(scene: Scene, action: Action, standing: ActionStanding | None) -> Bar:
    assert action.due
    return Bar(
        name=_name(action, scene),
        agency=", ".join(short_name(scene, a) for a in (action.lead, *action.co_responsible) if a),
        status=standing.status if standing else ActionStatus.NO_REPORT,
        start=standing.start if standing and standing.start else action.start,
        due=action.due_date or action.due.last_day,
        finish=standing.finish if standing else None,
        requested=standing.requested_due if standing else None,
        is_delayed=bool(standing and standing.is_delayed),
        is_completed_late=bool(standing and standing.is_completed_late),
    )


def _milestones(scene: Scene, actions: Sequence[Action]) -> Iterable[Milestone]:
    names = {action.code: _name(action, scene) for action in actions}
    status = {shown.code: shown.status for shown in scene.standing.indicators}
    for indicator in scene.programme.indicators:
        if indicator.is_milestone and indicator.due_date and indicator.action in names:
            its = STATUS[status.get(indicator.code, Status.NOT_DUE)]
            name = pick(indicator.name, scene.language.code)
            yield Milestone(names[indicator.action], name, indicator.due_date, its)


def milestones(scene: Scene) -> None:
    """The yes-or-no indicators in order of their days."""
    say, language = scene.language.say, scene.language
    shown = {s.code: s for s in scene.standing.indicators}
    found = [(i.due_date, i) for i in scene.programme.indicators if i.is_milestone and i.due_date]
    if not found:
        return
    st.subheader(say("Milestones"), anchor=False)
    rows = []
    for day, indicator in sorted(found, key=lambda pair: (pair[0], pair[1].code)):
        own = shown.get(indicator.code)
        rows.append(
            [
                language.day(day),
                tree.indicator_link(scene, indicator),
                tree.agency_link(scene, scene.programme.responsible_for(indicator, scene.quarter)),
                status_badge(own.status, language) if own else NOTHING,
            ]
        )
    widgets.table([say("Planned date"), say("Milestone"), say("Responsible"), say("Status")], rows)


def coming(scene: Scene) -> None:
    """What is due in the quarter that runs and in the next one."""
    say, language = scene.language.say, scene.language
    running = Quarter.of(scene.day)
    standing = {a.code: a for a in scene.standing.actions}
    ahead = [
        action
        for action in scene.programme.actions
        if action.due and running <= action.due < running + _SOON and not _is_done(standing.get(action.code))
    ]
    st.subheader(say("What comes next"), anchor=False)
    if not ahead:
        last = language.quarter(str(running + (_SOON - 1)))
        st.markdown(say("No action is due before the end of {quarter}.", quarter=last))
        return
    rows = []
    for action in sorted(ahead, key=lambda a: (a.due, a.code)):
        assert action.due
        own = standing.get(action.code)
        rows.append(
            [
                language.day(action.due_date or action.due.last_day),
                f"**{action.code}** {said(action.name, language)}",
                tree.agency_link(scene, action.lead) if action.lead else NOTHING,
                status_badge(own.status, language) if own else NOTHING,
            ]
        )
    header = level(scene.programme, "action", language)
    widgets.table([say("Planned date"), header, say("Responsible"), say("Status")], rows)


def _is_done(standing: ActionStanding | None) -> bool:
    return standing is not None and standing.status is ActionStatus.COMPLETED


def progress_curve(scene: Scene) -> Chart:
    """How far from baseline to target the plan wants its indicators to be, and how far they are."""
    language = scene.language
    points = [
        Point(
            p.quarter,
            _float(p.expected_pct),
            _float(p.actual_pct) if p.quarter <= scene.quarter else None,
            percent(p.expected_pct, language),
            percent(p.actual_pct, language) if p.quarter <= scene.quarter else NOTHING,
        )
        for p in reading.curve(scene.edition, scene.viewer, scene.programme.code, scene.day)
    ]
    what = language.say("Progress index of the programme by quarter, planned and actual, in percent of the way")
    return curve(points, language.say("% of the way"), scene.quarter, scene.style, what, most=100)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def completion_curve(scene: Scene) -> Chart:
    """How many actions the plan wants completed by each quarter, and how many were."""
    language = scene.language
    actions = [a for a in scene.programme.actions if a.due]
    first = scene.programme.first_quarter or min(a.due for a in actions if a.due)
    last = max(a.due for a in actions if a.due)
    finished = [a.finish for a in scene.standing.actions if a.status is ActionStatus.COMPLETED and a.finish and a.due]
    points = []
    for quarter in quarters_between(first, max(last, scene.quarter)):
        planned = sum(a.due <= quarter for a in actions if a.due)
        actual = sum(day <= quarter.last_day for day in finished) if quarter <= scene.quarter else None
        points.append(Point(quarter, planned, actual, str(planned), NOTHING if actual is None else str(actual)))
    what = language.say("Actions completed by quarter, planned and actual")
    return curve(points, language.say("Actions completed"), scene.quarter, scene.style, what, most=len(actions))


def undated(scene: Scene) -> None:
    """A plan without dates: its actions by status, and a sentence why there is no time axis."""
    say, language = scene.language.say, scene.language
    widgets.empty(say("This plan gives its actions no dates, so nothing can be early or late."))
    standing = {a.code: a for a in scene.standing.actions}
    rows = [
        [
            f"**{action.code}** {said(action.name, language)}",
            _agencies(scene, action),
            status_badge(standing[action.code].status, language) if action.code in standing else NOTHING,
        ]
        for action in sorted(scene.programme.actions, key=lambda a: _order(standing.get(a.code)))
    ]
    widgets.table([level(scene.programme, "action", language), say("Responsible"), say("Status")], rows)


def _order(standing: ActionStanding | None) -> int:
    return list(ACTION).index(standing.status) if standing else len(ACTION)


def _agencies(scene: Scene, action: Action) -> str:
    known = scene.programme.agency_by_id
    found = (a for a in (action.lead, *action.co_responsible) if a)
    return ", ".join(agency_name(known.get(a), a, scene.language, scene.day) for a in found) or NOTHING
