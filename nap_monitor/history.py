"""One indicator from its baseline to its target: what its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nap_monitor.access import Act, Viewer
from nap_monitor.assess import figures_by_code, rule_sets_in_force, totals
from nap_monitor.database import Connection
from nap_monitor.database.assessments import assessments_of
from nap_monitor.database.observations import Revision, revisions
from nap_monitor.database.plans import plan_versions, version_for
from nap_monitor.programme.model import Indicator, Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import Assessment, Figure
from nap_monitor.progress.forecast import Forecast, forecast
from nap_monitor.progress.rollup import expected_progress
from nap_monitor.progress.rules import RuleSet
from nap_monitor.progress.schedule import assessed_quarters, expected_line
from nap_monitor.status import NoProgramme, standing


@dataclass(frozen=True, slots=True)
class IndicatorHistory:
    """What is known of one indicator. `path`: the expected line by quarter, baseline included; values in its unit.

    `assessments`: every stored one, oldest first. `figures`: the counted totals. `revisions`: all that was reported,
    newest first; empty, like the figures, for who may not see an open quarter.
    """

    programme: Programme
    indicator: Indicator
    path: tuple[tuple[Quarter, Decimal], ...]
    figures: tuple[Figure, ...]
    assessments: tuple[Assessment, ...]
    revisions: tuple[Revision, ...]
    forecast: Forecast | None
    rules: RuleSet | None


class NoIndicator(LookupError):
    """The plan in force has no indicator of this code."""


def history(
    connection: Connection, viewer: Viewer, programme_code: str, code: str, quarter: Quarter
) -> IndicatorHistory:
    """An indicator as the plan of `quarter` has it; the forecast is the one made at that quarter."""
    versions = plan_versions(connection, viewer, programme_code)
    if not versions:
        raise NoProgramme(programme_code)
    version = version_for(versions, quarter)
    indicator = version.programme.indicator_by_code.get(code)
    if indicator is None:
        raise NoIndicator(code)
    rules = rule_sets_in_force().get(indicator.rule_set or version.programme.rule_set)
    figures: list[Figure] = []
    assessments: list[Assessment] = []
    reported: list[Revision] = []
    if viewer.may(Act.SEE_OPEN_QUARTER):
        for _, rows in figures_by_code(connection, viewer, version.programme_id, [code]):
            figures = totals(version.programme, indicator, rows)
        assessments = assessments_of(connection, viewer, version.programme_id, code)
        reported = _newest_first(revisions(connection, viewer, version.programme_id, code))
    return IndicatorHistory(
        programme=version.programme,
        indicator=indicator,
        path=_path(version.programme, indicator),
        figures=tuple(figures),
        assessments=tuple(assessments),
        revisions=tuple(reported),
        forecast=forecast(indicator, figures, quarter),
        rules=rules,
    )


def _newest_first(found: tuple[Revision, ...]) -> list[Revision]:
    """The latest quarter first; in it the total before its parts, each with its latest revision first."""
    found = tuple(sorted(found, key=lambda revision: revision.id, reverse=True))
    found = tuple(sorted(found, key=lambda revision: revision.breakdown))
    return sorted(found, key=lambda revision: revision.quarter, reverse=True)


def _path(programme: Programme, indicator: Indicator) -> tuple[tuple[Quarter, Decimal], ...]:
    """The expected line, from the baseline's own quarter where there is one."""
    baseline = indicator.baseline
    quarters = assessed_quarters(programme)
    if baseline.value is not None and baseline.year is not None and not indicator.restarts:
        quarters = sorted({Quarter(baseline.year, 4), *quarters})
    points = ((quarter, expected_line(indicator, quarter)) for quarter in quarters)
    return tuple((quarter, value) for quarter, value in points if value is not None)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One quarter of the programme's curve, all in percent.

    `expected_pct`: how far from baseline to final target the plan wants its indicators to be, by weight, each within
    0…100. `actual_pct`: how far those assessed are (the progress index). None: nothing to say. The compliance index
    comes with its range.
    """

    quarter: Quarter
    expected_pct: Decimal | None
    actual_pct: Decimal | None
    index_pct: Decimal | None
    index_low_pct: Decimal | None
    index_high_pct: Decimal | None


def programme_curve(connection: Connection, viewer: Viewer, programme_code: str, day: date) -> tuple[CurvePoint, ...]:
    """The programme from its first quarter to its last; figures only for quarters that are over and may be seen."""
    versions = plan_versions(connection, viewer, programme_code)
    if not versions:
        raise NoProgramme(programme_code)
    may_see = viewer.may(Act.SEE_OPEN_QUARTER)
    points = []
    for quarter in assessed_quarters(versions[-1].programme):
        expected_pct = expected_progress(version_for(versions, quarter).programme, quarter)
        if quarter.last_day < day and may_see:
            total = standing(connection, viewer, programme_code, quarter, day).total
            figures = (total.progress_index_pct, total.index_pct, total.index_low_pct, total.index_high_pct)
            points.append(CurvePoint(quarter, expected_pct, *figures))
        else:
            points.append(CurvePoint(quarter, expected_pct, None, None, None, None))
    return tuple(points)
