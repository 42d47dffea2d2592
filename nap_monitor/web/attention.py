"""What needs attention, most urgent first: missed targets, silence, late actions, requests that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import streamlit as st

from nap_monitor.charts.palette import DELAYED, Look, look
from nap_monitor.language import Language, mark
from nap_monitor.programme.model import Programme
from nap_monitor.progress.explain import FLAG_WORDS, REASON_WORDS
from nap_monitor.progress.statuses import ActionStatus, Confidence, Status
from nap_monitor.status import Standing
from nap_monitor.web import address
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import agency_name, badge, percent, said

REQUESTS = {
    "cancelled": mark("the agency asks to cancel it"),
    "modified": mark("the agency asks to modify it"),
    "new_due_date": mark("the agency asks for a new date: {day}"),
}
_WAITING = Look(mark("To decide"), "◆", "#7c6a9c", "#ffffff", "violet")
_DOUBTFUL = Look(mark("To check"), "◇", "#7c6a9c", "#ffffff", "violet")


@dataclass(frozen=True, slots=True)
class Case:
    """One thing for somebody to look at. `urgency` sorts: lower first; `page` and `codes` lead to it."""

    urgency: tuple[int, Decimal]
    look: Look
    code: str
    name: str  # Markdown
    agency: str
    reason: str
    page: str
    codes: tuple[tuple[str, str], ...]


def cases(
    standing: Standing, language: Language, limits: Mapping[str, tuple[Decimal, ...]] = MappingProxyType({})
) -> tuple[Case, ...]:
    """All of them, ranked: off track by how far, no data by how long, delayed by how long, at risk by how near."""
    found = [*_of_indicators(standing, language, limits), *_of_actions(standing, language)]
    return tuple(sorted(found, key=lambda case: (case.urgency, case.code)))


_RANK = {Status.OFF_TRACK: 0, Status.NO_DATA: 1, Status.AT_RISK: 3}


def _of_indicators(standing: Standing, language: Language, limits: Mapping[str, tuple[Decimal, ...]]) -> Iterator[Case]:
    programme = standing.programme
    for shown in standing.indicators:
        indicator = programme.indicator_by_code[shown.code]
        flags = [language.say(FLAG_WORDS[flag]) for flag in shown.flags]
        if shown.status is Status.NO_DATA:
            silent = Decimal((standing.day - shown.origin_deadline).days)
            urgency, its = (_RANK[Status.NO_DATA], -silent), look(Status.NO_DATA)
            reason = language.say("nothing reported by {day}", day=language.day(shown.origin_deadline))
        elif shown.status in _RANK:
            compared = shown.compliance_pct if shown.compliance_pct is not None else shown.progress_pct or Decimal(0)
            urgency, its = (_RANK[shown.status], compared), look(shown.status)
            c = percent(shown.compliance_pct, language, limits.get(shown.rule_set, ()))
            reason = language.say("compliance {c}", c=c)
            if indicator.is_milestone and indicator.due_date:
                reason = language.say("was due on {day}", day=language.day(indicator.due_date))
        elif flags:
            urgency, its, reason = (5, Decimal(0)), _DOUBTFUL, ""
        elif shown.confidence is Confidence.LOW:
            urgency, its = (6, Decimal(0)), _DOUBTFUL
            reason = "; ".join(language.say(REASON_WORDS[r]) for r in shown.reasons)
        else:
            continue
        yield Case(
            urgency,
            its,
            shown.code,
            said(indicator.name, language),
            programme.responsible_for(indicator, standing.quarter),
            "; ".join(part for part in (reason, *flags) if part),
            "indicator",
            (("indicator", shown.code),),
        )


def _of_actions(standing: Standing, language: Language) -> Iterator[Case]:
    programme = standing.programme
    for action in standing.actions:
        plan = programme.action_by_code[action.code]
        if action.is_delayed and action.due:
            late = Decimal((standing.day - action.due.last_day).days)
            urgency, its = (2, -late), DELAYED
            reason = language.say("was due on {day}", day=language.day(action.due_date or action.due.last_day))
        elif action.requested or action.co_responsible_differs:
            urgency, its, reason = (4, Decimal(0)), _WAITING, ""
        elif action.status is ActionStatus.NO_REPORT and not programme.indicators:
            urgency, its, reason = (7, Decimal(0)), look(ActionStatus.NO_REPORT), ""
        else:
            continue
        yield Case(
            urgency,
            its,
            action.code,
            said(plan.name, language),
            plan.lead or "",
            "; ".join(part for part in (reason, *open_questions(action.requested, action.requested_due, language,
                                                                differs=action.co_responsible_differs)) if part),
            "objectives",
            (("objective", programme.place_of_action[action.code][0]),),
        )  # fmt: skip


def open_questions(requested: str | None, due: date | None, language: Language, *, differs: bool) -> list[str]:
    """What the group has to decide about an action."""
    asked = [language.say(REQUESTS[requested], day=language.day(due) if due else "–")] if requested else []
    return [*asked, *([language.say("the agencies that share it report different states")] if differs else [])]


def show(scene: Scene, most: int) -> None:
    """The first `most` cases; the rest by their number."""
    say = scene.language.say
    found = cases(scene.standing, scene.language, scene.limits)
    st.subheader(say("What needs attention"), anchor=False)
    if not found:
        st.markdown(say("Nothing is off track, late or missing."))
        return
    st.markdown("\n".join(_line(case, scene) for case in found[:most]))
    if len(found) > most:
        rest = scene.language.say_many("and {count} more", "and {count} more", len(found) - most)
        st.markdown(f":small[{rest}: [{say('all objectives')}]({address.link('objectives', objective='')})]")


def _line(case: Case, scene: Scene) -> str:
    agency = _name(scene.programme, case.agency, scene)
    link = address.link(case.page, **dict(case.codes))
    more = " · ".join(part for part in (agency, case.reason) if part)
    return f"1. {badge(case.look, scene.language)} [{case.name}]({link}) :small[{more}]"


def _name(programme: Programme, agency: str, scene: Scene) -> str:
    return agency_name(programme.agency_by_id.get(agency), agency, scene.language, scene.day) if agency else ""
