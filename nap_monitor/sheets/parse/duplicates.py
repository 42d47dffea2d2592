"""One report, one row: two rows with one key, in one workbook or in two files of an agency, are both refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nap_monitor.sheets.contract import (
    ROLE_OF,
    Ignored,
    IndicatorReport,
    Parsed,
    Place,
    Problem,
    Report,
    Role,
    SubmissionReport,
)
from nap_monitor.sheets.problems import problem

Key = tuple[Role, tuple[str, ...]]
_NAMED = 5


def without_duplicates(parsed: Sequence[Parsed]) -> tuple[Parsed, ...]:
    """The same workbooks, of one agency, without the reports whose key stands twice; each becomes a problem.

    Each problem names the other places. A pre-filled row left empty contradicts nothing: where another row reports its
    figure it is left out, and of several empty ones the first stays.
    """
    filled: dict[Key, list[Report]] = defaultdict(list)
    empty: dict[Key, Report] = {}
    for report in (report for workbook in parsed for report in workbook.reports):
        if _is_empty(report):
            empty.setdefault(_key(report), report)
        else:
            filled[_key(report)].append(report)
    return tuple(_sorted_out(workbook, filled, empty) for workbook in parsed)


def _sorted_out(workbook: Parsed, filled: Mapping[Key, Sequence[Report]], empty: Mapping[Key, Report]) -> Parsed:
    kept: list[Report] = []
    problems: list[Problem] = []
    ignored: list[Ignored] = []
    for report in workbook.reports:
        same = filled.get(_key(report), ())
        if _is_empty(report):
            if same or empty[_key(report)] is not report:
                ignored.append(Ignored(report.place.tab, report.place.row or 0, "reported_in_another_row"))
            else:
                kept.append(report)
        elif len(same) > 1:
            problems.append(_duplicate(report, same))
        else:
            kept.append(report)
    return replace(
        workbook,
        reports=tuple(kept),
        problems=(*workbook.problems, *problems),
        ignored=(*workbook.ignored, *ignored),
    )


def _key(report: Report) -> Key:
    return ROLE_OF[type(report)], report.key


def _is_empty(report: Report) -> bool:
    return isinstance(report, IndicatorReport) and report.is_empty


def _duplicate(report: Report, same: Sequence[Report]) -> Problem:
    others = [other for other in same[: _NAMED + 1] if other is not report][:_NAMED]
    places = [_named_from(report.place, other.place) for other in others]
    if len(same) > len(others) + 1:
        places.append("…")
    role, key = _key(report)
    code = None if role is Role.SUBMISSION else key[0]
    period = str(report.period) if isinstance(report, IndicatorReport | SubmissionReport) else None
    return problem("duplicate", report.place, code=code, period=period, other=", ".join(places))


def _named_from(here: Place, there: Place) -> str:
    row = Place(there.file, there.tab, there.row).cell
    return row if here.file == there.file else f"{there.file} · {row}"
