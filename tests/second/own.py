"""Rules 4 to 8 for one indicator in one quarter: what that quarter says by itself."""

from __future__ import annotations

from fractions import Fraction

from nap_monitor.programme.model import Indicator
from nap_monitor.programme.quarters import Quarter

from .doubt import reasons_of
from .due import deadline, is_done, is_due, latest_report
from .expected import expected, nothing_planned
from .judge import NOT_COMPUTABLE, by_rule_set, compliance, deviation, is_achieved, is_no_movement, progress
from .values import Case, Figure, Own


def own(case: Case, indicator: Indicator, quarter: Quarter) -> Own:
    if indicator.is_milestone:
        return _milestone(case, indicator, quarter)
    figure = case.figure(indicator.code, quarter)
    if figure is not None:
        return _figure(case, indicator, figure)
    return _nothing_reported(case, indicator, quarter)


def _nothing_reported(case: Case, indicator: Indicator, quarter: Quarter) -> Own:
    m = expected(indicator, quarter)
    if not is_due(case, indicator, quarter):
        return Own(None, because=_why_not_due(indicator, quarter), expected=m)
    if case.day > deadline(case.programme, indicator, quarter):
        return Own("no_data", expected=m)
    return Own(None, because="awaited", expected=m)


def _why_not_due(indicator: Indicator, quarter: Quarter) -> str:
    if indicator.is_milestone:
        return "before_due"
    if nothing_planned(indicator, quarter.year):
        return "nothing_planned"
    if expected(indicator, quarter) is None:
        return "not_scheduled"
    return "not_this_quarter"


def _figure(case: Case, indicator: Indicator, figure: Figure) -> Own:
    quarter, v, m = figure.quarter, figure.value, expected(indicator, figure.quarter)
    reasons = reasons_of(case, indicator, figure)
    if v is None:
        return Own(NOT_COMPUTABLE, "no_cases", None, m, reasons=reasons, judged_from=quarter)
    p = progress(indicator, quarter, v)
    if m is None:
        return Own(NOT_COMPUTABLE, "no_target_scheduled", v, None, None, None, p, frozenset(), reasons, quarter)
    d, c = deviation(indicator, v, m), compliance(indicator, v, m)
    name = case.rule_set or indicator.rule_set or case.programme.rule_set
    judged = by_rule_set(name, indicator, quarter, v, m)
    flags = {judged.flag} if judged.flag else set()
    if is_no_movement(indicator, quarter, v, m):
        flags.add("no_movement")
    status, because = judged.status, judged.because
    if is_achieved(indicator, quarter, v):
        status, because = "achieved", None
    return Own(status, because, v, m, d, c, p, frozenset(flags), reasons, quarter)


def _milestone(case: Case, indicator: Indicator, quarter: Quarter) -> Own:
    """Rule 7: the latest report stands."""
    assert indicator.due_date is not None, "a milestone has a due date"
    due = Quarter.of(indicator.due_date)
    m = expected(indicator, quarter)
    report = latest_report(case, indicator, quarter)
    here = case.figure(indicator.code, quarter)
    if here is not None and here.value is None and quarter >= due and not is_done(report):
        return Own(NOT_COMPUTABLE, "no_cases", None, m, reasons=reasons_of(case, indicator, here), judged_from=quarter)
    if report is None or (report.quarter < due <= quarter and not is_done(report)):
        return _nothing_reported(case, indicator, quarter)
    assert report.value is not None, "only values stand"
    reasons = reasons_of(case, indicator, report)
    p = progress(indicator, quarter, report.value)
    if is_done(report):
        flags = frozenset({"late"}) if _first_done(case, indicator) > due else frozenset()
        d = deviation(indicator, report.value, m or Fraction(0))
        return Own("achieved", None, report.value, m, d, Fraction(100), p, flags, reasons, report.quarter)
    if quarter < due:
        return Own("not_due", "before_due", report.value, m, judged_from=report.quarter)
    d, c = Fraction(-100), Fraction(0)
    return Own("off_track", None, report.value, m, d, c, p, frozenset(), reasons, report.quarter)


def _first_done(case: Case, indicator: Indicator) -> Quarter:
    return min(f.quarter for f in case.series(indicator.code) if is_done(f))
