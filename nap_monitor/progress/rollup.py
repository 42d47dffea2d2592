"""From indicators to strategies, objectives, agencies and programme (rule 11). Counts first, an index beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nap_monitor.programme.model import Indicator, Kind, Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import comparison_for
from nap_monitor.progress.rules import HUNDRED
from nap_monitor.progress.schedule import expected, expected_line
from nap_monitor.progress.shown import Shown
from nap_monitor.progress.statuses import ASSESSED, Status

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator as the roll-up sees it."""

    shown: Shown
    indicator: Indicator

    @property
    def achievement_pct(self) -> Decimal | None:
        """c, or p where c has none, limited to 0…100; None for what is not assessed."""
        if self.shown.status not in ASSESSED:
            return None
        c, p = self.shown.compliance_pct, self.shown.progress_pct
        return _limited(p if c is None else c)

    @property
    def progress_pct(self) -> Decimal | None:
        """p limited to 0…100; None for what is not assessed or has no p."""
        return _limited(self.shown.progress_pct) if self.shown.status in ASSESSED else None


@dataclass(frozen=True, slots=True)
class RollUp:
    """Where a group of indicators stands. Indexes in percent, coverages from 0 to 1; None where nothing is assessed.

    `reported` of `due` indicators have a counted figure for the quarter. The range takes each indicator shown as no
    data as 0 and as 100: silence never pays.
    """

    code: str
    size: int
    counts: Mapping[Status, int]
    counts_by_kind: Mapping[Kind, Mapping[Status, int]]
    reported: int
    due: int
    index_pct: Decimal | None
    index_low_pct: Decimal | None
    index_high_pct: Decimal | None
    progress_index_pct: Decimal | None
    coverage_number: Decimal | None
    coverage_weight: Decimal | None


def roll_up(code: str, items: Sequence[Item]) -> RollUp:
    """One group. Flat: every indicator counts by its own weight, whatever stands between it and the group."""
    assessed = [(item.indicator.weight, x) for item in items if (x := item.achievement_pct) is not None]
    progress = [(item.indicator.weight, p) for item in items if (p := item.progress_pct) is not None]
    missing = [(item.indicator.weight, _ZERO) for item in items if item.shown.status is Status.NO_DATA]
    silent_at_best = [(weight, HUNDRED) for weight, _ in missing]
    return RollUp(
        code=code,
        size=len(items),
        counts=_count(items),
        counts_by_kind={kind: _count([i for i in items if i.indicator.kind is kind]) for kind in Kind},
        reported=sum(item.shown.is_due and item.shown.is_reported for item in items),
        due=sum(item.shown.is_due for item in items),
        index_pct=_mean(assessed),
        index_low_pct=_mean(assessed + missing),
        index_high_pct=_mean(assessed + silent_at_best),
        progress_index_pct=_mean(progress),
        coverage_number=Decimal(len(assessed)) / len(items) if items else None,
        coverage_weight=_share([w for w, _ in assessed], [item.indicator.weight for item in items]),
    )


def roll_up_by(items: Iterable[Item], group_of: Callable[[Item], str], codes: Iterable[str]) -> tuple[RollUp, ...]:
    """A roll-up for each of `codes`, in their order, also for those without an indicator."""
    groups: dict[str, list[Item]] = {code: [] for code in codes}
    for item in items:
        groups.setdefault(group_of(item), []).append(item)
    return tuple(roll_up(code, members) for code, members in groups.items())


def expected_progress(programme: Programme, quarter: Quarter) -> Decimal | None:
    """The progress index that the plan itself asks for by a quarter's end, in percent: p with m in the place of v."""
    asked = []
    for indicator in programme.indicators:
        m = expected(indicator, quarter) if indicator.is_milestone else expected_line(indicator, quarter)
        p = None if m is None else _limited(comparison_for(indicator, quarter, m, m).progress_pct)
        if p is not None:
            asked.append((indicator.weight, p))
    return _mean(asked)


def _limited(value: Decimal | None) -> Decimal | None:
    return None if value is None else min(max(value, _ZERO), HUNDRED)


def _count(items: Iterable[Item]) -> dict[Status, int]:
    counts = dict.fromkeys(Status, 0)
    for item in items:
        counts[item.shown.status] += 1
    return counts


def _mean(weighted: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    total = sum((weight for weight, _ in weighted), _ZERO)
    if total == 0:
        return None
    return sum((weight * value for weight, value in weighted), _ZERO) / total


def _share(part: Iterable[Decimal], whole: Iterable[Decimal]) -> Decimal | None:
    total = sum(whole, _ZERO)
    return None if total == 0 else sum(part, _ZERO) / total
