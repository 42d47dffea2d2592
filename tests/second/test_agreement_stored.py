"""The whole way, plan and figures through the database to `status --json`, against the second opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from nap_monitor.assess import recompute
from nap_monitor.commands.status import as_document
from nap_monitor.programme.model import Action, Objective, Strategy
from nap_monitor.programme.quarters import Quarter
from nap_monitor.status import standing

from . import actions as second_actions
from . import groups
from .comparison import differences_of_groups, differences_rolled_up, differences_shown
from .generated import cases, reported_actions
from .plans import text
from .shown import seen
from .stored import PERSON, store
from .values import Case

Made = tuple[Case, Quarter]
MadeActions = tuple[Action, Sequence[second_actions.Report], date]


def with_action(case: Case, action: Action) -> Case:
    """The same programme with one action in its first strategy."""
    first, *others = case.programme.objectives
    strategies = (Strategy("1.1", text("1.1"), actions=(action,)), *first.strategies[1:])
    objectives = (Objective(first.code, first.name, strategies), *others)
    return replace(case, programme=replace(case.programme, objectives=objectives))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=cases(), made_actions=reported_actions())
def test_what_the_database_gives_agrees(engine: Engine, made: Made, made_actions: MadeActions) -> None:
    """Each example is rolled back, so that the next begins with an empty database."""
    action, reports, _ = made_actions
    case, quarter = with_action(made[0], action), made[1]
    with engine.connect() as connection:
        programme_id = store(connection, case, reports)
        recompute(connection, programme_id, None)
        found = standing(connection, PERSON, case.programme.code, quarter, case.day, rule_set=case.rule_set)
        connection.rollback()
    for shown, plan in zip(found.indicators, case.programme.indicators, strict=True):
        assert not (unlike := differences_shown(shown, seen(case, plan, quarter))), (plan.code, unlike)
    assert not differences_of_groups(found.objectives, groups.objectives(case, quarter))
    assert not differences_of_groups(found.strategies, groups.strategies(case, quarter))
    assert not differences_of_groups(found.agencies, groups.agencies(case, quarter))
    assert not differences_rolled_up(found.total, groups.total(case, quarter))
    document = as_document(found)
    ours = second_actions.standing(case.programme, action, reports, case.day)
    theirs = document["actions"][0]
    assert (theirs["status"], theirs["reported_by"]) == (ours.status, ours.reported_by)
    assert (theirs["delayed"], theirs["completed_late"]) == (ours.is_delayed, ours.is_completed_late)
    assert (theirs["requested"], theirs["co_responsible_differs"]) == (ours.requested, ours.is_disputed)
    assert document["total"]["due"] == groups.total(case, quarter).due
