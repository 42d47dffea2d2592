"""How far a figure can be relied on: a second signal, never mixed into the colour (rule 10)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from nap_monitor.progress.statuses import Confidence, Reason

_SCALE = Decimal("1.4826")  # makes the median absolute deviation comparable with a standard deviation
_LIMIT = 3
_LEAST_EARLIER_CHANGES = 5


def confidence_from(reasons: Sequence[Reason]) -> Confidence:
    """No reason: high; one: medium; two or more, or an outlier: low."""
    if len(reasons) > 1 or Reason.OUTLIER in reasons:
        return Confidence.LOW
    return Confidence.MEDIUM if reasons else Confidence.HIGH


def is_outlier(changes: Sequence[Decimal]) -> bool:
    """Whether the last change lies beyond 3 scaled MADs of the earlier ones, at least 5 of them.

    Where all earlier changes were alike the spread is 0 and any other change is an outlier: a steady series with one
    digit too many is just what this is for.
    """
    *earlier, last = changes or [Decimal(0)]
    if len(earlier) < _LEAST_EARLIER_CHANGES:
        return False
    middle = median(earlier)
    spread = median([abs(change - middle) for change in earlier])
    return abs(last - middle) > _LIMIT * _SCALE * spread
