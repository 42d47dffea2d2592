"""Figures that are off track and do not say why, or what will be done: their agency is asked before it submits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from nap_monitor.assess import rules_for
from nap_monitor.database.plans import StoredPlan, version_for
from nap_monitor.progress.assessment import Figure, assess
from nap_monitor.progress.rules import RuleSet
from nap_monitor.progress.statuses import Status
from nap_monitor.sheets.contract import IndicatorReport, Problem, Report
from nap_monitor.sheets.problems import problem


def missing_causes(
    reports: Iterable[Report],
    versions: Sequence[StoredPlan],
    rules: Mapping[str, RuleSet],
    closed: Collection[str],
) -> Iterator[Problem]:
    """A warning for each off-track total without cause or corrective action; closed quarters are past asking."""
    for report in reports:
        if (
            isinstance(report, IndicatorReport)
            and report.value is not None
            and report.breakdown == ""
            and not (report.cause and report.corrective)
            and str(report.period) not in closed
            and _is_off_track(report, versions, rules)
        ):
            field = "corrective" if report.cause else "cause"
            yield problem("cause_missing", report.place, field=field, code=report.code, period=str(report.period))


def _is_off_track(report: IndicatorReport, versions: Sequence[StoredPlan], rules: Mapping[str, RuleSet]) -> bool:
    programme = version_for(versions, report.period).programme
    indicator = programme.indicator_by_code.get(report.code)
    if indicator is None:  # the version that judges that quarter does not have it
        return False
    figure = Figure(report.period, report.value)
    judged = assess(programme, indicator, report.period, [figure], rules_for(programme, indicator, rules))
    return judged.status is Status.OFF_TRACK
