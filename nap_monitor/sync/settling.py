"""Somebody saved their workbook and asked for a sync at once: the file is looked at again when it may have settled."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from nap_monitor.database.runs import Outcome
from nap_monitor.sync.running import SyncResult

WAITING = "waiting"


def until_settled(attempt: Callable[[], Sequence[SyncResult]], settle_seconds: float) -> tuple[SyncResult, ...]:
    """What a sync finds; where a file was being saved, what the run after `settle_seconds` finds of its agency.

    There is one second look and no third: who saves all the time waits for the next sync.
    """
    first = tuple(attempt())
    if not any(outcome.state == WAITING for result in first for outcome in result.outcomes):
        return first
    time.sleep(settle_seconds)
    settled = [
        (result.programme_id, outcome) for result in first for outcome in result.outcomes if outcome.state != WAITING
    ]
    return tuple(
        _with(result, [o for programme, o in settled if programme == result.programme_id]) for result in attempt()
    )


def _with(result: SyncResult, settled: Sequence[Outcome]) -> SyncResult:
    """A second run, with what the first one did for the agencies that had settled already."""
    by_agency = {outcome.agency: outcome for outcome in result.outcomes} | {o.agency: o for o in settled}
    return replace(result, outcomes=tuple(by_agency[agency] for agency in sorted(by_agency)))
