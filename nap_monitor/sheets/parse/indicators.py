"""Rows of the tab of indicators: one figure for an indicator, a quarter and a breakdown."""

from __future__ import annotations

from nap_monitor.programme.model import Indicator
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets import dates, periods
from nap_monitor.sheets.cells import Cell
from nap_monitor.sheets.contract import IndicatorReport
from nap_monitor.sheets.judging import Answer
from nap_monitor.sheets.parse import figures
from nap_monitor.sheets.parse.duties import reporters_of_indicator
from nap_monitor.sheets.parse.figures import Figure
from nap_monitor.sheets.parse.row import Row
from nap_monitor.sheets.parse.texts import LONGEST_NAME, link, text
from nap_monitor.sheets.parse.words import QUALITIES, one_of, yes_or_no

_FIGURE = ("value", "numerator", "denominator")


def read(row: Row) -> IndicatorReport | None:
    """The report of a row; None where it is refused, with the reasons in the row's problems."""
    indicator, quarter = _identity(row)
    breakdown = _breakdown(row, indicator) if indicator else None
    if row.code and row.period and breakdown is not None:
        row.key = (row.code, row.period, breakdown)
    figure = _figure(row, indicator) if indicator else None
    context = row.sheet.context
    quality = row.take("quality", one_of(QUALITIES))
    cut_off = row.take("cut_off", dates.reader(context.programme, context.day), declinable=True)
    own_rating = row.take("own_rating", text(LONGEST_NAME))
    cause = row.take("cause", text())
    corrective = row.take("corrective", text())
    evidence = row.take("evidence", link, declinable=True)
    evidence_public = row.take("evidence_public", yes_or_no)
    reported_by = row.take("reported_by", text())
    if row.is_refused or indicator is None or quarter is None or breakdown is None or figure is None:
        return None
    return IndicatorReport(
        place=row.place(next((name for name in _FIGURE if row.holds(name)), "value")),
        code=indicator.code,
        period=quarter,
        breakdown=breakdown,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        declared=figure.declared,
        quality=quality,
        cut_off=cut_off,
        own_rating=own_rating,
        cause=cause,
        corrective=corrective,
        evidence=evidence,
        evidence_public=bool(evidence_public),
        reported_by=reported_by,
    )


def is_known(row: Row) -> bool:
    """Whether the row names an indicator of the plan."""
    return row.sheet.vocabulary.indicators.find(row.cell("code")).value is not None


def is_identified(row: Row) -> bool:
    """Whether it says which figure it is about: indicator and quarter."""
    return is_known(row) and periods.quarter(row.cell("period")).value is not None


def looks_like_report(row: Row) -> bool:
    """Whether somebody who looks at the row would take it for a figure, right or wrong."""
    built_as_code = row.sheet.vocabulary.indicators.looks_like_code(row.cell("code"))
    return built_as_code or periods.quarter(row.cell("period")).value is not None


def is_complete(row: Row) -> bool:
    """Whether all that a figure needs is filled in, right or wrong."""
    return row.holds("code") and row.holds("period") and row.holds_any(_FIGURE)


def _identity(row: Row) -> tuple[Indicator | None, Quarter | None]:
    context = row.sheet.context
    row.code = row.take("code", row.sheet.vocabulary.indicators.find, required=True)
    quarter = row.take("period", periods.quarter, required=True)
    row.period = str(quarter) if quarter else None
    indicator = context.programme.indicator_by_code[row.code] if row.code else None
    if quarter and (late := periods.out_of_time(quarter, context.programme, context.day)):
        row.say("period", late)
    elif quarter and indicator:
        row.check_agency(reporters_of_indicator(context.programme, indicator, quarter, context.day))
    return indicator, quarter


def _breakdown(row: Row, indicator: Indicator) -> str | None:
    def read(cell: Cell) -> Answer[str]:
        return row.sheet.vocabulary.breakdowns.read(cell, indicator)

    return row.take("breakdown", read, vital=True) if row.holds("breakdown") else ""


def _figure(row: Row, indicator: Indicator) -> Figure | None:
    value = row.take("value", figures.milestone if indicator.is_milestone else figures.value, vital=True)
    numerator = row.take("numerator", figures.part, vital=True)
    denominator = row.take("denominator", figures.part, vital=True)
    for name, taken in zip(_FIGURE, (value, numerator, denominator), strict=True):
        if taken is None and row.holds(name):
            return None
    verdict = figures.judge(indicator, value, numerator, denominator)
    for name, trouble in verdict.faults:
        row.say(name, trouble, vital=verdict.figure is None)
    return verdict.figure
