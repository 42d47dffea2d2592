"""What a reading changes: reports compared with the current rows of their agency. Pure.

What was submitted stays counted; a change after it is a revision. What is not submitted yet stands beside it as a
draft. What concerns a closed quarter waits as a restatement. A row that is gone is marked, and says what it said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from nap_monitor.database.revisions import Addition, Changes, Key, Known, Reported, Sort, Stored

COUNTED, DRAFT, RESTATEMENT = "counted", "draft", "restatement"


def differences(
    sort: Sort,
    known: Mapping[Key, Known],
    reports: Iterable[Reported],
    *,
    is_closed: Callable[[Reported], bool],
    still_there: Callable[[Key, Stored], bool],
    now: datetime,
) -> Changes:
    """The changes that make the store say what the reports say.

    `is_closed`: of a report, whether its quarter is closed. `still_there`: of a stored row that no good report
    mentions, whether it may all the same stand in a sheet (its tab could not be read, or its row is a problem).
    """
    changes = Changes()
    met: set[Key] = set()
    for report in reports:
        met.add(report.key)
        current = known.get(report.key)
        changes.come_back.extend(row.id for row in current or () if row.is_vanished)
        if not report.counts:
            _draft(changes, current, report)
        elif is_closed(report):
            _restate(changes, current, report)
        else:
            _count(changes, sort, current, report, now)
    _mark_vanished(changes, known, met, still_there)
    return changes


def _count(changes: Changes, sort: Sort, known: Known | None, report: Reported, now: datetime) -> None:
    counted = known.counted if known else None
    if known is not None:
        _close(changes, known.draft, known.restatement)
    if counted is None and report.is_empty:
        return  # a row left as it was prepared
    if counted is not None and counted.values == report.values:
        _same(changes, counted, report)
    else:
        _close(changes, counted)
        changes.add.append(Addition(report, COUNTED, carried(sort, counted, report, now)))


def _draft(changes: Changes, known: Known | None, report: Reported) -> None:
    _beside(changes, known, report, DRAFT)


def _restate(changes: Changes, known: Known | None, report: Reported) -> None:
    if known is not None:
        _close(changes, known.draft)  # it was submitted, or is no more in the sheet
        known = Known(known.counted, None, known.restatement)
    _beside(changes, known, report, RESTATEMENT)


def _beside(changes: Changes, known: Known | None, report: Reported, standing: str) -> None:
    """A report that does not count, kept beside what does: a new row only where it says something new."""
    known = known or Known()
    if report.is_empty and not any(known):
        return  # a row left as it was prepared
    own = known.draft if standing == DRAFT else known.restatement
    reference = (known.restatement or known.counted) if standing == DRAFT else known.counted
    if reference is not None and reference.values == report.values:
        _close(changes, own)  # taken back: it says again what stands already
        _same(changes, reference, report)
        return
    if standing == RESTATEMENT:
        changes.waiting.append(report)
    else:
        changes.drafts.add(report.key)
    if own is not None and own.values == report.values:
        _same(changes, own, report)
    else:
        _close(changes, own)
        changes.add.append(Addition(report, standing))


def _same(changes: Changes, stored: Stored, report: Reported) -> None:
    changes.unchanged += not report.is_empty
    if stored.place != report.place or stored.spreadsheet_id != report.spreadsheet_id:
        changes.move.append((stored.id, report))


def _close(changes: Changes, *rows: Stored | None) -> None:
    changes.close.extend(row.id for row in rows if row is not None)


def _mark_vanished(
    changes: Changes, known: Mapping[Key, Known], met: Collection[Key], still_there: Callable[[Key, Stored], bool]
) -> None:
    for key, rows in known.items():
        if key not in met and not still_there(key, rows.latest):
            changes.vanish.extend(row.id for row in rows if not row.is_vanished)


def carried(sort: Sort, counted: Stored | None, report: Reported, now: datetime) -> tuple[object, ...]:
    """What the new counted revision takes over. When the first figure came is set once: "late" is measured by it."""
    before = dict(zip(sort.carried, counted.carried, strict=True)) if counted else dict.fromkeys(sort.carried)
    if "first_counted_at" in before and before["first_counted_at"] is None and is_figure(sort, report):
        before["first_counted_at"] = now
    return tuple(before[name] for name in sort.carried)


def is_figure(sort: Sort, report: Reported) -> bool:
    """Whether a report answers: a value, or that there were no cases. Declared no data is no answer."""
    said = dict(zip(sort.fields, report.values, strict=True))
    return said["value"] is not None or said["declared"] == "no_cases"
