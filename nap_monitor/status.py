"""Where a programme stands in a quarter: assessments as shown on a day, rolled up. Every page is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nap_monitor.access import Act, Viewer
from nap_monitor.assess import figures_by_code, rule_sets_in_force, rules_for, totals
from nap_monitor.database import Connection
from nap_monitor.database.actions import counted_action_reports
from nap_monitor.database.assessments import assessments_shown, reported_of_due
from nap_monitor.database.plans import StoredPlan, plan_versions, version_for
from nap_monitor.language import Language
from nap_monitor.programme.model import Action, Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.actions import ActionStanding, ReportOfAction, action_standing
from nap_monitor.progress.assessment import assess
from nap_monitor.progress.rollup import Item, RollUp, roll_up, roll_up_by
from nap_monitor.progress.rules import RuleSet
from nap_monitor.progress.schedule import assessed_quarters, default_quarter, programme_quarters
from nap_monitor.progress.shown import Shown, latest_with_status, shown
from nap_monitor.progress.statuses import ActionStatus


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who has reported, which is public: of `due` figures for the quarter, `reported` came."""

    agency: str
    due: int
    reported: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One programme in one quarter on one day.

    `rule_set`: the one that replaced all others for a comparison; None: the plan's own. `withheld`: the viewer may not
    see an unpublished quarter; then there are only the plan and `reporting`. `against_original` is the same quarter
    judged by the first version of the plan, None while there is only one.
    """

    programme: Programme
    programme_id: int
    is_demonstration: bool
    plan_number: int
    quarter: Quarter
    day: date
    rule_set: str | None
    withheld: bool
    indicators: tuple[Shown, ...]
    objectives: tuple[RollUp, ...]
    strategies: tuple[RollUp, ...]
    agencies: tuple[RollUp, ...]
    total: RollUp
    actions: tuple[ActionStanding, ...]
    reporting: tuple[Reporting, ...]
    against_original: RollUp | None


class NoProgramme(LookupError):
    """There is no such programme in the database; with an empty code: none at all."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def sentence(self, language: Language) -> str:
        if not self.code:
            return language.say("There is no programme yet. Load one: python3 run.py plan load config/programme.yaml")
        return language.say(
            "There is no programme {code} in the database; `plan load FILE` puts one there.", code=self.code
        )


class NoSuchQuarter(LookupError):
    """A quarter outside the programme: nothing was promised for it."""

    def __init__(self, quarter: Quarter, known: Sequence[Quarter]) -> None:
        super().__init__(str(quarter))
        self.quarter = quarter
        self.known = known

    def sentence(self, language: Language) -> str:
        return language.say(
            "{quarter} is not a quarter of the programme, which goes from {first} to {last}.",
            quarter=self.quarter,
            first=self.known[0],
            last=self.known[-1],
        )


class NoSuchRuleSet(LookupError):
    """A rule set that is neither built in nor in `config/rules.yaml`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def sentence(self, language: Language) -> str:
        known = ", ".join(sorted(rule_sets_in_force()))
        return language.say("There is no rule set {name}; known: {known}.", name=self.name, known=known)


def standing(
    connection: Connection,
    viewer: Viewer,
    programme_code: str,
    quarter: Quarter | None,
    day: date,
    *,
    rule_set: str | None = None,
) -> Standing:
    """Where a programme stands. `quarter` None: the latest that is over. `rule_set` judges all indicators by one set.

    Raises `NoProgramme`, `NoSuchQuarter`, `NoSuchRuleSet`.
    """
    versions = plan_versions(connection, viewer, programme_code)
    if not versions:
        raise NoProgramme(programme_code)
    quarter = _asked_quarter(versions[-1].programme, quarter, day)
    version = version_for(versions, quarter)
    withheld = not viewer.may(Act.SEE_OPEN_QUARTER)
    items: list[Item] = []
    actions: tuple[ActionStanding, ...] = ()
    original: RollUp | None = None
    if not withheld:
        if rule_set is None:
            items = _stored(connection, viewer, version, quarter, day)
        else:
            items = _judged_anew(connection, viewer, versions, quarter, day, rules=rule_set_in_force(rule_set))
        actions = _actions(connection, viewer, version, day)
        original = _against_original(connection, viewer, versions, quarter, day)
    return Standing(
        programme=version.programme,
        programme_id=version.programme_id,
        is_demonstration=version.is_demonstration,
        plan_number=version.number,
        quarter=quarter,
        day=day,
        rule_set=rule_set,
        withheld=withheld,
        indicators=tuple(item.shown for item in items),
        actions=actions,
        reporting=_reporting(connection, viewer, version, quarter),
        against_original=original,
        total=roll_up(programme_code, items),
        **_rolled_up(version.programme, items, quarter),
    )


def _asked_quarter(programme: Programme, quarter: Quarter | None, day: date) -> Quarter:
    if quarter is None:
        return default_quarter(programme, day)
    known = programme_quarters(programme)
    if known and quarter not in known:
        raise NoSuchQuarter(quarter, known)
    return quarter


def rule_set_in_force(name: str) -> RuleSet:
    """A rule set by its name; `NoSuchRuleSet` when there is none."""
    found = rule_sets_in_force().get(name)
    if found is None:
        raise NoSuchRuleSet(name)
    return found


def colours_by_rule_set(
    connection: Connection, viewer: Viewer, programme_code: str, quarter: Quarter, day: date
) -> dict[str, Standing]:
    """The same quarter judged by each rule set in force: for the method page and for comparison."""
    return {
        name: standing(connection, viewer, programme_code, quarter, day, rule_set=name) for name in rule_sets_in_force()
    }


def _rolled_up(programme: Programme, items: Sequence[Item], quarter: Quarter) -> dict[str, tuple[RollUp, ...]]:
    strategies = [strategy.code for objective in programme.objectives for strategy in objective.strategies]
    with_strategy = [item for item in items if item.indicator.strategy is not None]
    return {
        "objectives": roll_up_by(items, lambda i: i.indicator.objective, (o.code for o in programme.objectives)),
        "strategies": roll_up_by(with_strategy, lambda i: i.indicator.strategy or "", strategies),
        "agencies": roll_up_by(
            items,
            lambda i: programme.responsible_for(i.indicator, quarter),
            (agency.id for agency in programme.agencies),
        ),
    }


def _stored(connection: Connection, viewer: Viewer, version: StoredPlan, quarter: Quarter, day: date) -> list[Item]:
    own, earlier = assessments_shown(connection, viewer, version.programme_id, quarter, day)
    rules = rule_sets_in_force()
    items = []
    for indicator in version.programme.indicators:
        # Nothing stored: not due and nothing reported. The same function says why.
        mine = own.get(indicator.code) or assess(
            version.programme, indicator, quarter, (), rules_for(version.programme, indicator, rules)
        )
        items.append(Item(shown(mine, earlier.get(indicator.code), day), indicator))
    return items


def _judged_anew(
    connection: Connection,
    viewer: Viewer,
    versions: Sequence[StoredPlan],
    quarter: Quarter,
    day: date,
    *,
    rules: RuleSet | None = None,
    as_of_version: StoredPlan | None = None,
) -> list[Item]:
    """The items of a quarter worked out from the figures, by one rule set or by one version of the plan."""
    version = as_of_version or version_for(versions, quarter)
    by_code = version.programme.indicator_by_code
    found = {}
    for code, rows in figures_by_code(connection, viewer, version.programme_id, by_code):
        series = []
        for q in sorted({*assessed_quarters(version.programme), *(row.quarter for row in rows), quarter}):
            judged_by = as_of_version or version_for(versions, q)
            indicator = judged_by.programme.indicator_by_code.get(code)
            if indicator is not None and q <= quarter:
                chosen = rules or rules_for(judged_by.programme, indicator, rule_sets_in_force())
                figures = totals(judged_by.programme, indicator, rows)
                series.append(assess(judged_by.programme, indicator, q, figures, chosen))
        found[code] = shown(series[-1], latest_with_status(series, quarter, day), day)
    return [Item(found[indicator.code], indicator) for indicator in version.programme.indicators]


def _against_original(
    connection: Connection, viewer: Viewer, versions: Sequence[StoredPlan], quarter: Quarter, day: date
) -> RollUp | None:
    first = versions[0]
    if len(versions) == 1 or version_for(versions, quarter) is first:
        return None
    return roll_up(first.programme.code, _judged_anew(connection, viewer, versions, quarter, day, as_of_version=first))


def _actions(connection: Connection, viewer: Viewer, version: StoredPlan, day: date) -> tuple[ActionStanding, ...]:
    reports: dict[str, list[ReportOfAction]] = {}
    for row in counted_action_reports(connection, viewer, version.programme_id):
        report = ReportOfAction(
            row.agency, ActionStatus(row.status), row.start, row.finish, row.new_due, row.note, row.evidence
        )
        reports.setdefault(row.code, []).append(report)
    return tuple(
        action_standing(a, reports.get(a.code, ()), day, _leads(version.programme, a, day))
        for a in version.programme.actions
    )


def _leads(programme: Programme, action: Action, day: date) -> tuple[str, ...]:
    """The action's lead and those that took over its duties by a day, the present one first."""
    leads = [action.lead] if action.lead else []
    while leads and (entry := programme.agency_by_id.get(leads[0])) and entry.succeeded_by not in (None, *leads):
        if entry.succeeded_from and Quarter.of(day) < entry.succeeded_from:
            break
        leads.insert(0, entry.succeeded_by or "")
    return tuple(leads)


def _reporting(connection: Connection, viewer: Viewer, version: StoredPlan, quarter: Quarter) -> tuple[Reporting, ...]:
    came = reported_of_due(connection, viewer, version.programme_id, quarter)
    by_agency: dict[str, list[bool]] = {agency.id: [] for agency in version.programme.agencies}
    for code, is_reported in came.items():
        indicator = version.programme.indicator_by_code.get(code)
        if indicator is not None:
            by_agency[version.programme.responsible_for(indicator, quarter)].append(is_reported)
    return tuple(Reporting(agency, len(answers), sum(answers)) for agency, answers in by_agency.items())
