"""What is shown of an indicator in a quarter on a day: its own assessment, or the latest earlier one (rule 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import Assessment
from nap_monitor.progress.confidence import confidence_from
from nap_monitor.progress.statuses import ASSESSED, Because, Confidence, Flag, Reason, Status


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of an indicator in a quarter on a day (rule 3). Figures are those of `origin`."""

    code: str
    quarter: Quarter
    origin: Quarter | None  # the quarter whose assessment this is; None: nothing to show yet
    is_carried: bool
    is_due: bool  # in `quarter`
    is_reported: bool  # in `quarter`
    is_awaited: bool  # in `quarter`: due, unreported, the deadline still ahead
    deadline: date  # of `quarter`
    origin_deadline: date
    status: Status
    value: Decimal | None
    expected: Decimal | None
    deviation_pct: Decimal | None
    compliance_pct: Decimal | None
    progress_pct: Decimal | None
    flags: tuple[Flag, ...]
    confidence: Confidence | None  # None where there is no figure
    reasons: tuple[Reason, ...]
    because: Because | None  # why `status` is not due or not computable
    own_because: Because | None  # why the quarter has nothing of its own; None when it has
    rule_set: str
    observation_id: int | None


def shown(own: Assessment, earlier: Assessment | None, day: date) -> Shown:
    """What is shown of a quarter: its own assessment, else the latest earlier one, else why there is none.

    `earlier`: the latest earlier assessment that has a status on `day`, if any (`latest_with_status`).
    """
    status = own.status_on(day)
    if earlier is not None and earlier.status is Status.NOT_DUE:
        earlier = None  # a milestone then reported not done: what was said before that does not stand any more
    source, is_carried = (own, False) if status is not None or earlier is None else (earlier, True)
    status = source.status_on(day) or Status.NOT_DUE
    has_figure = status in ASSESSED or (status is Status.NOT_COMPUTABLE and source.value is not None)
    reasons = source.reasons + ((Reason.CARRIED,) if is_carried else ()) if has_figure else ()
    return Shown(
        code=own.code,
        quarter=own.quarter,
        origin=None if status is Status.NOT_DUE else source.quarter,
        is_carried=is_carried,
        is_due=own.is_due,
        is_reported=own.is_reported,
        is_awaited=own.status_on(day) is None and own.is_due,
        deadline=own.deadline,
        origin_deadline=source.deadline,
        status=status,
        value=source.value,
        expected=source.expected,
        deviation_pct=source.deviation_pct,
        compliance_pct=source.compliance_pct,
        progress_pct=source.progress_pct,
        flags=source.flags,
        confidence=confidence_from(reasons) if has_figure else None,
        reasons=reasons,
        because=None if status is Status.NO_DATA else source.because,
        own_because=own.because if own.status_on(day) is None else None,
        rule_set=source.rule_set,
        observation_id=source.observation_id,
    )


def latest_with_status(assessments: Iterable[Assessment], before: Quarter, day: date) -> Assessment | None:
    """The latest assessment of an earlier quarter that has a status on `day`; awaited ones are passed over."""
    found = [a for a in assessments if a.quarter < before and a.status_on(day) is not None]
    return max(found, key=lambda a: a.quarter, default=None)
