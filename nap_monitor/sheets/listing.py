"""What a workbook says, as plain values for machines and for tables: what is taken, what is wrong, what is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from nap_monitor.language import Language
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.contract import ROLE_OF, Ignored, IndicatorReport, Parsed, Problem, Report, SubmissionReport
from nap_monitor.sheets.judging import plain
from nap_monitor.sheets.problems import sentence

_INDICATOR = ("code", "period", "breakdown", "value", "evidence")
_WHEN_GIVEN = ("numerator", "denominator", "declared")


def as_document(parsed: Parsed, language: Language) -> dict[str, list[dict[str, Any]]]:
    """`{"valid": […], "problems": […], "ignored": […]}` with rows and columns as the sheet shows them.

    Numbers are exact decimal strings, days ISO, quarters codes; messages are in the language asked for. Pre-filled rows
    in which nothing is reported are in none of the lists, nor are the rows that hand a quarter in: they report nothing
    themselves.
    """
    return {
        "valid": [_report(r) for r in taken(parsed) if not isinstance(r, SubmissionReport)],
        "problems": [_problem(problem, language) for problem in in_order(parsed.problems)],
        "ignored": [{"tab": row.tab, "row": row.row, "reason": row.reason} for row in left_out(parsed)],
    }


def taken(parsed: Parsed) -> list[Report]:
    """The reports that say something: pre-filled rows in which nothing was typed are none."""
    return [r for r in parsed.reports if not (isinstance(r, IndicatorReport) and r.is_empty)]


def left_out(parsed: Parsed) -> list[Ignored]:
    """The rows that are no reports, those left empty aside."""
    return [row for row in parsed.ignored if row.reason != "left_empty"]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems as a reader meets them: whole files first, then tab by tab, row by row, from left to right."""
    listed = list(problems)
    tabs = {tab: n for n, tab in enumerate(dict.fromkeys(p.place.tab for p in listed))}

    def order(problem: Problem) -> tuple[bool, int, int, int, str]:
        place = problem.place
        column = place.column or ""
        return place.tab != "", tabs[place.tab], place.row or 0, len(column), column

    return sorted(listed, key=order)


def _report(report: Report) -> dict[str, Any]:
    head = {"role": ROLE_OF[type(report)].value, "tab": report.place.tab, "row": report.place.row}
    if isinstance(report, IndicatorReport):
        given = [name for name in _WHEN_GIVEN if getattr(report, name) is not None]
        return head | {name: _value(getattr(report, name)) for name in (*_INDICATOR, *given)}
    names = [f.name for f in fields(report) if f.name != "place"]
    return head | {name: _value(getattr(report, name)) for name in names}


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str | Quarter) else value


def _problem(problem: Problem, language: Language) -> dict[str, Any]:
    place = problem.place
    return {
        "file": place.file,
        "tab": place.tab,
        "row": place.row,
        "column": place.column,
        "kind": problem.kind,
        "message": sentence(problem, language),
        "severity": problem.severity.value,
    }
