"""Rule 3: what is shown where a quarter has nothing of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nap_monitor.programme.model import Indicator
from nap_monitor.programme.quarters import Quarter

from .doubt import confidence
from .due import deadline, is_due
from .own import own
from .values import Case, Own, Seen


def seen(case: Case, indicator: Indicator, quarter: Quarter) -> Seen:
    due = is_due(case, indicator, quarter)
    origin, shown = _shown(case, indicator, quarter)
    assert shown.status is not None, "something is always shown"
    has_figure = shown.value is not None and shown.status != "not_due"
    return Seen(
        code=indicator.code,
        origin=origin,
        is_carried=origin is not None and origin != quarter,
        is_awaited=own(case, indicator, quarter).because == "awaited",
        is_due=due,
        is_reported=case.figure(indicator.code, quarter) is not None,
        deadline=deadline(case.programme, indicator, quarter) if due else None,
        own=shown if has_figure else replace(shown, reasons=frozenset()),  # nothing to be confident of
        confidence=confidence(shown.reasons) if has_figure else None,
    )


def _shown(case: Case, indicator: Indicator, quarter: Quarter) -> tuple[Quarter | None, Own]:
    here = own(case, indicator, quarter)
    if here.status == "not_due":
        return None, here
    if here.status is not None:
        return quarter, here
    for earlier in _earlier(case, quarter):
        there = own(case, indicator, earlier)
        if there.status == "not_due":
            break  # a milestone said then to be not done: what was said before it does not stand any more
        if there.status is not None:
            carried = {"carried"} if there.value is not None else set()
            return earlier, replace(there, reasons=there.reasons | carried)
    return None, replace(here, status="not_due")


def _earlier(case: Case, quarter: Quarter) -> Iterator[Quarter]:
    """The quarters before, the latest first, as far back as the programme goes."""
    first = case.programme.first_quarter
    assert first is not None, "a programme with indicators has dates"
    while quarter > first:
        quarter -= 1
        yield quarter
