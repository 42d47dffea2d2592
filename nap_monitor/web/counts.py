"""The headline: how many stand where, what the indexes say and on what they stand, how much time has passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import streamlit as st

from nap_monitor.charts.chart import Chart
from nap_monitor.charts.status_bars import Group, status_bars
from nap_monitor.language import Language, mark
from nap_monitor.programme.model import Kind, Programme, pick
from nap_monitor.progress.actions import ActionStanding
from nap_monitor.progress.rollup import RollUp
from nap_monitor.progress.statuses import ActionStatus, Status
from nap_monitor.web import widgets
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import NOTHING, index_range, level, percent

KINDS = {
    Kind.STRUCTURE: mark("Structure"),
    Kind.PROCESS: mark("Process"),
    Kind.OUTCOME: mark("Outcome"),
}


def headline(scene: Scene) -> None:
    """Where the programme stands, in a sentence or two."""
    sentences = _indicators_said(scene) if scene.has_indicators else _actions_said(scene)
    st.markdown(f"#### {' '.join(sentences)}")
    if scene.standing.against_original:
        st.caption(_original_said(scene.standing.against_original, scene.language))


def _original_said(original: RollUp, language: Language) -> str:
    """The same quarter judged by the first version of the plan: a changed plan hides nothing (rule 11)."""
    return language.say(
        "Against the original plan: {good} of {all} have reached their target or are on track, compliance index "
        "{index}.",
        good=original.counts[Status.ACHIEVED] + original.counts[Status.ON_TRACK],
        all=original.size,
        index=percent(original.index_pct, language),
    )


def _indicators_said(scene: Scene) -> list[str]:
    counts, language = scene.standing.total.counts, scene.language
    good = counts[Status.ACHIEVED] + counts[Status.ON_TRACK]
    return [
        language.say_many(
            "In {quarter}, {count} of {all} indicators has reached its target or is on track.",
            "In {quarter}, {count} of {all} indicators have reached their target or are on track.",
            good,
            quarter=language.quarter(str(scene.quarter)),
            all=scene.standing.total.size,
        ),
        language.say(
            "{risk} are at risk, {off} off track and {silent} without data.",
            risk=counts[Status.AT_RISK],
            off=counts[Status.OFF_TRACK],
            silent=counts[Status.NO_DATA],
        ),
    ]


def _actions_said(scene: Scene) -> list[str]:
    language, counts = scene.language, action_counts(scene.standing.actions)
    everything = len(scene.programme.actions)
    if counts.get(ActionStatus.NO_REPORT, 0) == everything:
        return [
            language.say_many(
                "The plan has {count} action; no agency has reported on it yet.",
                "The plan has {count} actions; no agency has reported on them yet.",
                everything,
            )
        ]
    return [
        language.say(
            "Of {all} actions, {done} are completed, {partly} partly met, {running} in progress; "
            "{silent} have no report.",
            all=everything,
            done=counts.get(ActionStatus.COMPLETED, 0),
            partly=counts.get(ActionStatus.PARTLY_MET, 0),
            running=counts.get(ActionStatus.IN_PROGRESS, 0),
            silent=counts.get(ActionStatus.NO_REPORT, 0),
        )
    ]


def action_counts(actions: Iterable[ActionStanding]) -> dict[ActionStatus, int]:
    return dict(Counter(action.status for action in actions))


def cards(scene: Scene) -> None:
    """Indexes with what they stand on, reports that came, actions, time."""
    with st.grid(5, min_column_width=165, gap="small"):
        if scene.has_indicators:
            index_cards(scene.standing.total, scene.language)
            reported_card(scene.standing.total, scene)
        actions_card(scene)
        if not scene.has_indicators:
            silent_card(scene)
        time_card(scene)


def index_cards(total: RollUp, language: Language) -> None:
    say = language.say
    coverage = percent((total.coverage_weight or Decimal(0)) * 100, language, decimals=0)
    widgets.card(
        say("Compliance index"),
        percent(total.index_pct, language),
        say(
            "{range}, covers {share}",
            range=index_range(total.index_low_pct, total.index_high_pct, language),
            share=coverage,
        ),
        say(
            "Weighted mean of compliance, each indicator limited to 0…100. The range takes what was due and is missing "
            "as 0 and as 100; the share is that of the weight that could be assessed."
        ),
    )
    widgets.card(
        say("Progress index"),
        percent(total.progress_index_pct, language),
        say("of the way to the targets"),
        say("Weighted mean of progress from baseline to final target, each indicator limited to 0…100."),
    )


def reported_card(total: RollUp, scene: Scene) -> None:
    say = scene.language.say
    widgets.card(
        say("Reported"),
        say("{n} of {all}", n=total.reported, all=total.due),
        say("figures due for {quarter}", quarter=scene.language.quarter(str(scene.quarter))),
    )


def actions_card(scene: Scene) -> None:
    say, actions = scene.language.say, scene.standing.actions
    done = action_counts(actions).get(ActionStatus.COMPLETED, 0)
    late = sum(action.is_delayed for action in actions)
    widgets.card(
        say("Actions completed"),
        say("{n} of {all}", n=done, all=len(scene.programme.actions)),
        scene.language.say_many("{count} delayed", "{count} delayed", late) if late else say("none delayed"),
    )


def silent_card(scene: Scene) -> None:
    say = scene.language.say
    silent = action_counts(scene.standing.actions).get(ActionStatus.NO_REPORT, 0)
    widgets.card(say("Without a report"), str(silent), say("actions that nobody has reported on"))


def time_card(scene: Scene) -> None:
    say = scene.language.say
    elapsed = elapsed_pct(scene)
    if elapsed is None:
        widgets.card(say("Time elapsed"), NOTHING, say("the plan gives no dates"))
        return
    first, last = scene.programme.first_quarter, scene.programme.last_quarter
    assert first
    assert last
    widgets.card(
        say("Time elapsed"),
        percent(elapsed, scene.language, decimals=0),
        say("{n} of {all} quarters", n=scene.quarter.index - first.index + 1, all=last.index - first.index + 1),
    )


def elapsed_pct(scene: Scene) -> Decimal | None:
    """The share of the programme's quarters that is over at the end of the one shown."""
    first, last = scene.programme.first_quarter, scene.programme.last_quarter
    if first is None or last is None:
        return None
    return Decimal(scene.quarter.index - first.index + 1) * 100 / (last.index - first.index + 1)


def objective_bars(scene: Scene) -> Chart:
    """The objectives by the statuses of their indicators, or of their actions where the plan has no indicators."""
    language, programme = scene.language, scene.programme
    if scene.has_indicators:
        groups = [_group(rollup, programme, language) for rollup in scene.standing.objectives]
        what = language.say("How many indicators of each objective have each status")
    else:
        groups = _by_actions(scene)
        what = language.say("How many actions of each objective have each status")
    return status_bars(groups, scene.style, what, level(programme, "objective", language))


def objective_name(programme: Programme, code: str, language: Language) -> str:
    objective = next(o for o in programme.objectives if o.code == code)
    return f"{code}. {pick(objective.name, language.code)}"


def _group(rollup: RollUp, programme: Programme, language: Language) -> Group:
    note = index_range(rollup.index_low_pct, rollup.index_high_pct, language)
    return Group(objective_name(programme, rollup.code, language), rollup.counts, "" if note == NOTHING else note)


def _by_actions(scene: Scene) -> list[Group]:
    status_of = {action.code: action for action in scene.standing.actions}
    return [
        Group(
            objective_name(scene.programme, objective.code, scene.language),
            action_counts(status_of[a.code] for s in objective.strategies for a in s.actions if a.code in status_of),
        )
        for objective in scene.programme.objectives
    ]


def kind_bars(scene: Scene) -> Chart:
    """The same split by kind: what was built, what was done, what came of it."""
    by_kind = scene.standing.total.counts_by_kind
    groups = [Group(scene.language.say(word), by_kind[kind]) for kind, word in KINDS.items()]
    what = scene.language.say("How many structure, process and outcome indicators have each status")
    return status_bars(groups, scene.style, what, scene.language.say("Kind of indicator"))
