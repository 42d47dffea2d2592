"""What an agency is asked about figures that were taken: off track without a cause, a total unlike its parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from nap_monitor.assess import rules_for
from nap_monitor.database.plans import StoredPlan, version_for
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import Figure, assess
from nap_monitor.progress.breakdown import Part, made_total
from nap_monitor.progress.rules import RuleSet
from nap_monitor.progress.statuses import Status
from nap_monitor.sheets.contract import Declared, IndicatorReport, Problem, Report
from nap_monitor.sheets.problems import problem


def questions(
    reports: Sequence[Report],
    versions: Sequence[StoredPlan],
    rules: Mapping[str, RuleSet],
    closed: Collection[str],
) -> Iterator[Problem]:
    """A warning for each figure that its agency should look at again; closed quarters are past asking."""
    open_ones = [r for r in reports if isinstance(r, IndicatorReport) and str(r.period) not in closed]
    yield from missing_causes(open_ones, versions, rules)
    yield from differing_totals(open_ones, versions)


def differing_totals(reports: Iterable[IndicatorReport], versions: Sequence[StoredPlan]) -> Iterator[Problem]:
    """A warning where a reported total is not what its own parts make by the declared aggregation (rule 13)."""
    by_key: dict[tuple[str, Quarter], dict[str, IndicatorReport]] = {}
    for report in reports:
        by_key.setdefault((report.code, report.period), {})[report.breakdown] = report
    for (code, quarter), rows in by_key.items():
        programme = version_for(versions, quarter).programme
        indicator = programme.indicator_by_code.get(code)
        total = rows.get("")
        if indicator is None or total is None or total.value is None or len(rows) == 1:
            continue
        parts = {breakdown: _part(row) for breakdown, row in rows.items() if breakdown}
        made = made_total(programme, indicator, parts)
        if made is None or made.value is None:
            continue
        if round(made.value, indicator.decimals) != round(total.value, indicator.decimals):
            said = {"made": f"{round(made.value, indicator.decimals):f}", "total": f"{total.value.normalize():f}"}
            place = total.place
            yield problem("total_differs", place, field="value", code=code, period=str(quarter), **said)


def _part(row: IndicatorReport) -> Part:
    return Part(row.value, row.numerator, row.denominator, row.cut_off, row.declared is Declared.NO_CASES)


def missing_causes(
    reports: Iterable[IndicatorReport], versions: Sequence[StoredPlan], rules: Mapping[str, RuleSet]
) -> Iterator[Problem]:
    """A warning for each off-track total without cause or corrective action."""
    for report in reports:
        if (
            report.value is not None
            and report.breakdown == ""
            and not (report.cause and report.corrective)
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
