"""Works out and stores the assessments that a change touches. Called inside the transaction of the change itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from nap_monitor.access import Viewer, operator
from nap_monitor.database import Connection
from nap_monitor.database.assessments import CountedFigure, counted_figures, judged_by_other_rules, replace_assessments
from nap_monitor.database.plans import StoredPlan, plan_versions, plan_versions_by_id, store_plan, version_for
from nap_monitor.language import Language
from nap_monitor.programme.model import Indicator, Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import Assessment, Figure, assess
from nap_monitor.progress.breakdown import Part, made_total
from nap_monitor.progress.rules import RuleSet, rule_sets
from nap_monitor.progress.schedule import assessed_quarters
from nap_monitor.settings import Settings

JUDGE = operator("assessments")
"""Who reads the figures to judge them: the program, within a change whose viewer was asked already."""


class RulesUnusable(Exception):
    """`config/rules.yaml` cannot be used, or a plan names a rule set that is not there."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason

    def sentence(self, language: Language) -> str:
        return language.say("The rule sets cannot be used: {place}: {reason}", place=self.place, reason=self.reason)


def rule_sets_in_force(path: Path | None = None) -> Mapping[str, RuleSet]:
    """The built-in rule sets and those of `config/rules.yaml`."""
    path = path or Settings().config / "rules.yaml"
    return _read_rule_sets(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read_rule_sets(path: Path, _modified: int) -> Mapping[str, RuleSet]:
    try:
        document = YAML(typ="safe").load(path.read_text("utf-8")) if path.exists() else None
        return rule_sets(document)
    except (YAMLError, ValueError, AttributeError) as error:
        raise RulesUnusable(path.name, str(error)) from error


def adopt(
    connection: Connection, viewer: Viewer, programme: Programme, *, now: datetime, is_demonstration: bool = False
) -> tuple[StoredPlan, bool]:
    """Store a plan and judge by it: the version in force, and whether it is a new one. See `store_plan` for errors."""
    before = {version.version_id for version in plan_versions(connection, viewer, programme.code)}
    stored = store_plan(connection, viewer, programme, now=now, is_demonstration=is_demonstration)
    is_new = stored.version_id not in before
    if is_new:
        recompute(connection, stored.programme_id, None)
    return stored, is_new


def recompute(connection: Connection, programme_id: int, codes: Collection[str] | None) -> int:
    """Rewrite the stored assessments of some indicators (None: all that any version of the plan has).

    Returns how many rows changed; it leaves `data_version` to the caller, whose change this is part of.
    """
    versions = plan_versions_by_id(connection, JUDGE, programme_id)
    if codes is None:
        codes = {indicator.code for version in versions for indicator in version.programme.indicators}
    rules = rule_sets_in_force()
    changed = 0
    for code, rows in figures_by_code(connection, JUDGE, programme_id, codes):
        assessed = list(_assessments(versions, code, rows, rules))
        changed += replace_assessments(connection, programme_id, [code], assessed)
    return changed


def recompute_if_rules_changed(connection: Connection, programme_id: int) -> int:
    """Judge everything anew when `config/rules.yaml` is not what the stored assessments were made by."""
    in_force = [(rules.name, rules.version) for rules in rule_sets_in_force().values()]
    if not judged_by_other_rules(connection, programme_id, in_force):
        return 0
    return recompute(connection, programme_id, None)


def figures_by_code(
    connection: Connection, viewer: Viewer, programme_id: int, codes: Collection[str]
) -> Iterator[tuple[str, list[CountedFigure]]]:
    """Each code with its counted figures, one indicator in memory at a time (but for the database's own buffers)."""
    waiting = sorted(codes, reverse=True)
    rows: list[CountedFigure] = []
    for figure in counted_figures(connection, viewer, programme_id, codes):
        while waiting and waiting[-1] < figure.code:
            yield waiting.pop(), rows
            rows = []
        rows.append(figure)
    while waiting:
        yield waiting.pop(), rows
        rows = []


def _assessments(
    versions: Sequence[StoredPlan], code: str, rows: Iterable[CountedFigure], rules: Mapping[str, RuleSet]
) -> Iterator[tuple[int, Assessment]]:
    rows = list(rows)
    for quarter in _quarters(versions, code, rows):
        version = version_for(versions, quarter)
        indicator = version.programme.indicator_by_code.get(code)
        if indicator is None:
            continue
        assessed = assess(
            version.programme,
            indicator,
            quarter,
            totals(version.programme, indicator, rows),
            rules_for(version.programme, indicator, rules),
        )
        if assessed.is_worth_keeping:
            yield version.version_id, assessed


def _quarters(versions: Sequence[StoredPlan], code: str, rows: Iterable[CountedFigure]) -> list[Quarter]:
    quarters = {row.quarter for row in rows}
    for version in versions:
        if code in version.programme.indicator_by_code:
            quarters.update(assessed_quarters(version.programme))
    return sorted(quarters)


def rules_for(programme: Programme, indicator: Indicator, rules: Mapping[str, RuleSet]) -> RuleSet:
    """The rule set that judges an indicator: its own, else the programme's."""
    name = indicator.rule_set or programme.rule_set
    if name not in rules:
        raise RulesUnusable(indicator.code, f"{name} ∉ {', '.join(sorted(rules))}")
    return rules[name]


def totals(programme: Programme, indicator: Indicator, rows: Iterable[CountedFigure]) -> list[Figure]:
    """One figure for each quarter with a counted answer: the reported total, else what its parts make (rule 13)."""
    by_quarter: dict[Quarter, list[CountedFigure]] = defaultdict(list)
    for row in rows:
        by_quarter[row.quarter].append(row)
    zone = ZoneInfo(programme.time_zone)
    found = (_total(programme, indicator, answers, zone) for _, answers in sorted(by_quarter.items()))
    return [figure for figure in found if figure is not None]


def _total(
    programme: Programme, indicator: Indicator, answers: Sequence[CountedFigure], zone: ZoneInfo
) -> Figure | None:
    whole = [a for a in answers if a.breakdown == "" and (a.value is not None or a.declared == "no_cases")]
    if whole:
        # A duty that moved may leave two agencies' figures for one quarter: that of the agency responsible stands.
        quarter = whole[0].quarter
        responsible = programme.responsible_for(indicator, quarter)
        standing = next((a for a in whole if a.agency == responsible), whole[-1])
        return _figure(standing.value, [standing], zone)
    parts = {
        a.breakdown: Part(a.value, a.numerator, a.denominator, a.cut_off, a.declared == "no_cases")
        for a in answers
        if a.breakdown != ""
    }
    made = made_total(programme, indicator, parts)
    return None if made is None else _figure(made.value, [a for a in answers if a.breakdown], zone)


def _figure(value: Decimal | None, answers: Sequence[CountedFigure], zone: ZoneInfo) -> Figure:
    moments = [a.first_counted_at for a in answers if a.first_counted_at is not None]
    return Figure(
        quarter=answers[0].quarter,
        value=value,
        has_no_cases=value is None,
        first_counted_on=max(moments).astimezone(zone).date() if moments else None,
        has_evidence=all(a.has_evidence for a in answers),
        is_preliminary=any(a.is_preliminary for a in answers),
        is_revised_after_acceptance=any(a.is_revised_after_acceptance for a in answers),
        observation_id=answers[0].id if len(answers) == 1 else None,
    )
