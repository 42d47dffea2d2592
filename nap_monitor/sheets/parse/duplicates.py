"""One report, one row: two rows with one key, in one workbook or in two files of an agency, are both refused.

A row that is refused for a reason of its own counts too: nobody can say that the other one is the right one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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
)
from nap_monitor.sheets.problems import problem

Key = tuple[Role, tuple[str, ...]]
_NAMED = 5


def without_duplicates(parsed: Sequence[Parsed]) -> tuple[Parsed, ...]:
    """The same workbooks, of one agency, without the reports whose key stands twice; each becomes a problem.

    Each problem names the other places. A pre-filled row left empty contradicts nothing: where another row reports its
    figure it is left out, and of several empty ones the first stays.
    """
    rows: dict[Key, list[Place]] = defaultdict(list)  # that report something, taken or refused
    empty: dict[Key, Report] = {}
    for workbook in parsed:
        for report in workbook.reports:
            if _is_empty(report):
                empty.setdefault(_key(report), report)
            else:
                rows[_key(report)].append(report.place)
    taken = frozenset(rows)
    for one in (one for workbook in parsed for one in workbook.refused):
        rows[one.role, one.key].append(one.place)
    return tuple(_sorted_out(workbook, rows, taken, empty) for workbook in parsed)


def _sorted_out(
    workbook: Parsed, rows: Mapping[Key, Sequence[Place]], taken: Collection[Key], empty: Mapping[Key, Report]
) -> Parsed:
    kept: list[Report] = []
    problems: list[Problem] = []
    ignored: list[Ignored] = []
    for report in workbook.reports:
        key = _key(report)
        same = rows.get(key, ())
        if _is_empty(report):
            if same or empty[key] is not report:
                ignored.append(Ignored(report.place.tab, report.place.row or 0, "reported_in_another_row"))
            else:
                kept.append(report)
        elif len(same) > 1:
            problems.append(_duplicate(key, report.place, same))
        else:
            kept.append(report)
    told = (one for one in workbook.refused if (one.role, one.key) in taken)
    problems += [_duplicate((one.role, one.key), one.place, rows[one.role, one.key]) for one in told]
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


def _duplicate(key: Key, place: Place, same: Sequence[Place]) -> Problem:
    others = [other for other in same[: _NAMED + 1] if other is not place][:_NAMED]
    places = [_named_from(place, other) for other in others]
    if len(same) > len(others) + 1:
        places.append("…")
    role, parts = key
    code = None if role is Role.SUBMISSION else parts[0]
    period = {Role.INDICATOR: parts[1:2], Role.SUBMISSION: parts[:1]}.get(role)
    return problem("duplicate", place, code=code, period=period[0] if period else None, other=", ".join(places))


def _named_from(here: Place, there: Place) -> str:
    row = Place(there.file, there.tab, there.row).cell
    return row if here.file == there.file else f"{there.file} · {row}"
