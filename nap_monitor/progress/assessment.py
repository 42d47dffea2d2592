"""What the rules say of one indicator in one quarter, whatever the day (rules 2 to 8, 10, 12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from nap_monitor.programme.model import Indicator, Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.confidence import is_outlier
from nap_monitor.progress.rules import HUNDRED, Comparison, Judgement, RuleSet, judge
from nap_monitor.progress.schedule import (
    deadline,
    expected,
    final_target,
    has_nothing_planned,
    is_due,
    milestone_quarter,
)
from nap_monitor.progress.statuses import Because, Flag, Reason, Status


@dataclass(frozen=True, slots=True)
class Figure:
    """One counted total for a quarter. `value` None with `has_no_cases`: the agency declared that there was no case.

    `first_counted_on`: the day, in the programme's time zone, on which the quarter's first figure counted.
    """

    quarter: Quarter
    value: Decimal | None
    has_no_cases: bool = False
    first_counted_on: date | None = None
    has_evidence: bool = True
    is_preliminary: bool = False
    is_revised_after_acceptance: bool = False
    observation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """An indicator in its own quarter, free of today. `status` None: nothing that counts (awaited, missing)."""

    code: str
    quarter: Quarter
    status: Status | None
    is_due: bool
    is_reported: bool
    deadline: date
    value: Decimal | None
    expected: Decimal | None
    deviation_pct: Decimal | None
    compliance_pct: Decimal | None
    progress_pct: Decimal | None
    flags: tuple[Flag, ...]
    reasons: tuple[Reason, ...]
    because: Because | None
    rule_set: str
    rule_version: str
    observation_id: int | None = None

    @property
    def is_worth_keeping(self) -> bool:
        """It says something: a status, or that a figure is owed."""
        return self.status is not None or self.is_due

    def status_on(self, day: date) -> Status | None:
        """The status on a day: no data once the deadline is past; None while awaited or not due (rules 2 and 8)."""
        if self.status is None and self.is_due and day > self.deadline:
            return Status.NO_DATA
        return self.status


def assess(
    programme: Programme, indicator: Indicator, quarter: Quarter, figures: Sequence[Figure], rules: RuleSet
) -> Assessment:
    """Assess an indicator for a quarter. `figures`: its counted totals, in order; later ones do not count."""
    past = [figure for figure in figures if figure.quarter <= quarter]
    if indicator.is_milestone:
        return _assess_milestone(programme, indicator, quarter, past, rules)
    own = past[-1] if past and past[-1].quarter == quarter else None
    due = is_due(indicator, quarter)
    if own is None:
        return _unreported(programme, indicator, quarter, rules, due=due)
    m = expected(indicator, quarter)
    comparison: Comparison | None = None
    progress: Decimal | None = None
    if own.has_no_cases or own.value is None:
        judgement = Judgement(Status.NOT_COMPUTABLE, because=Because.NO_CASES)
    elif m is None:
        judgement = Judgement(Status.NOT_COMPUTABLE, because=Because.NO_TARGET_SCHEDULED)
        progress = comparison_for(indicator, quarter, own.value, own.value).progress_pct  # it needs no m
    else:
        comparison = comparison_for(indicator, quarter, own.value, m)
        progress = comparison.progress_pct
        judgement = judge(rules, comparison, may_be_achieved=_may_be_achieved(indicator, quarter))
    return Assessment(
        code=indicator.code,
        quarter=quarter,
        status=judgement.status,
        is_due=due,
        is_reported=True,
        deadline=deadline(programme, indicator, quarter),
        value=own.value,
        expected=m,
        deviation_pct=comparison.deviation_pct if comparison else None,
        compliance_pct=comparison.compliance_pct if comparison else None,
        progress_pct=progress,
        flags=judgement.flags,
        reasons=_reasons(programme, indicator, own, past),
        because=judgement.because,
        rule_set=rules.name,
        rule_version=rules.version,
        observation_id=own.observation_id,
    )


def usable_baseline(indicator: Indicator, quarter: Quarter) -> Decimal | None:
    """b for a quarter: 0 for an indicator that restarts; none across a series break (rules 5 and 12)."""
    if indicator.restarts:
        return Decimal(0)
    baseline = indicator.baseline
    if baseline.value is None or baseline.year is None:
        return baseline.value
    stands_at = Quarter(baseline.year, 4)
    crosses = indicator.series_break is not None and stands_at < indicator.series_break <= quarter
    return None if crosses else baseline.value


def comparison_for(indicator: Indicator, quarter: Quarter, value: Decimal, m: Decimal) -> Comparison:
    """The five numbers of a quarter's judgement: b and T are those that progress runs between (rules 5, 7 and 12)."""
    if indicator.is_milestone:
        return Comparison(value, m, Decimal(0), Decimal(1), 1)
    if indicator.restarts:
        target = indicator.targets.get(Quarter(quarter.year, 4))
    else:
        final = final_target(indicator)
        target = final[1] if final else None
    return Comparison(value, m, usable_baseline(indicator, quarter), target, indicator.sign)


def _may_be_achieved(indicator: Indicator, quarter: Quarter) -> bool:
    if not indicator.restarts:
        return True
    final = final_target(indicator)
    return final is not None and final[0].year == quarter.year


def _unreported(
    programme: Programme, indicator: Indicator, quarter: Quarter, rules: RuleSet, *, due: bool
) -> Assessment:
    return Assessment(
        code=indicator.code,
        quarter=quarter,
        status=None,
        is_due=due,
        is_reported=False,
        deadline=deadline(programme, indicator, quarter),
        value=None,
        expected=expected(indicator, quarter),
        deviation_pct=None,
        compliance_pct=None,
        progress_pct=None,
        flags=(),
        reasons=(),
        because=Because.AWAITED if due else _why_not_due(indicator, quarter),
        rule_set=rules.name,
        rule_version=rules.version,
    )


def _why_not_due(indicator: Indicator, quarter: Quarter) -> Because:
    if indicator.is_milestone:
        return Because.BEFORE_DUE
    if has_nothing_planned(indicator, quarter.year):
        return Because.NOTHING_PLANNED
    if expected(indicator, quarter) is None:
        return Because.NOT_SCHEDULED
    return Because.NOT_THIS_QUARTER


def _assess_milestone(
    programme: Programme, indicator: Indicator, quarter: Quarter, past: Sequence[Figure], rules: RuleSet
) -> Assessment:
    """Rule 7. The latest report stands, so a done milestone is assessed from it each quarter.

    "No cases" says nothing of whether it is done: it answers for its own quarter alone. A report of "not done" before
    the due quarter has a status, not due, so that an older "done" it takes back is not shown behind it.
    """
    due_quarter = milestone_quarter(indicator)
    reports = [figure for figure in past if figure.value is not None]
    done_before = _standing_done(reports, before=quarter)
    due = is_due(indicator, quarter, done_before=done_before)
    unreported = _unreported(programme, indicator, quarter, rules, due=due)
    here = past[-1] if past and past[-1].quarter == quarter else None
    unreported = replace(unreported, is_reported=here is not None)
    is_done = bool(reports) and reports[-1].value == 1
    if here is not None and here.value is None and due_quarter is not None and due_quarter <= quarter and not is_done:
        reasons = _reasons(programme, indicator, here, past)
        return replace(unreported, status=Status.NOT_COMPUTABLE, because=Because.NO_CASES, reasons=reasons)
    if not reports or due_quarter is None:
        return unreported
    latest = reports[-1]
    if not is_done and quarter < due_quarter:
        return replace(unreported, status=Status.NOT_DUE, value=latest.value, observation_id=latest.observation_id)
    if not is_done and latest.quarter < due_quarter:
        return unreported
    flags = (Flag.LATE,) if is_done and _first_done(reports) > due_quarter else ()
    comparison = comparison_for(indicator, quarter, latest.value or Decimal(0), unreported.expected or Decimal(0))
    return Assessment(
        code=indicator.code,
        quarter=quarter,
        status=Status.ACHIEVED if is_done else Status.OFF_TRACK,
        is_due=due,
        is_reported=here is not None,
        deadline=unreported.deadline,
        value=latest.value,
        expected=unreported.expected,
        deviation_pct=comparison.deviation_pct,
        compliance_pct=HUNDRED if is_done else Decimal(0),
        progress_pct=comparison.progress_pct,
        flags=flags,
        reasons=_reasons(programme, indicator, latest, past),
        because=None,
        rule_set=rules.name,
        rule_version=rules.version,
        observation_id=latest.observation_id,
    )


def _standing_done(reports: Iterable[Figure], *, before: Quarter) -> bool:
    earlier = [figure for figure in reports if figure.value is not None and figure.quarter < before]
    return bool(earlier) and earlier[-1].value == 1


def _first_done(reports: Iterable[Figure]) -> Quarter:
    return next(figure.quarter for figure in reports if figure.value == 1)


def _reasons(programme: Programme, indicator: Indicator, figure: Figure, past: Sequence[Figure]) -> tuple[Reason, ...]:
    """What lowers confidence in a figure, without `carried`, which depends on the quarter it is shown in."""
    last_day = deadline(programme, indicator, figure.quarter)
    counted_on = figure.first_counted_on
    # Where nothing was owed nothing can be late.
    owed = is_due(indicator, figure.quarter, done_before=_standing_done(past, before=figure.quarter))
    found = {
        Reason.LATE: owed and counted_on is not None and counted_on > last_day,
        Reason.NO_EVIDENCE: not figure.has_evidence,
        Reason.PRELIMINARY: figure.is_preliminary,
        Reason.REVISED_AFTER_ACCEPTANCE: figure.is_revised_after_acceptance,
        Reason.OUTLIER: figure.value is not None
        and not indicator.is_milestone
        and is_outlier(changes(indicator, past)),
    }
    return tuple(reason for reason, holds in found.items() if holds)


def same_series(indicator: Indicator, figures: Iterable[Figure], quarter: Quarter) -> list[Figure]:
    """The figures with a value on the same side of the series break as `quarter`, up to it (rule 12)."""
    split = indicator.series_break
    return [
        figure
        for figure in figures
        if figure.value is not None
        and figure.quarter <= quarter
        and (split is None or (figure.quarter >= split) == (quarter >= split))
    ]


def changes(indicator: Indicator, past: Sequence[Figure]) -> list[Decimal]:
    """From each figure to the next of the same series; where an indicator restarts, a year's first is from 0."""
    if not past:
        return []
    series = same_series(indicator, past, past[-1].quarter)
    steps = []
    for before, after in pairwise(series):
        assert before.value is not None
        assert after.value is not None
        restarted = indicator.restarts and before.quarter.year != after.quarter.year
        steps.append(after.value - (Decimal(0) if restarted else before.value))
    return steps
