"""Rule 11: the roll-ups, over what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nap_monitor.programme.model import Indicator, Kind
from nap_monitor.programme.quarters import Quarter

from .due import responsible
from .shown import seen
from .values import ASSESSED, STATUSES, Case, Group, Seen


@dataclass(frozen=True)
class Member:
    indicator: Indicator
    seen: Seen

    @property
    def weight(self) -> Fraction:
        return Fraction(self.indicator.weight)

    @property
    def is_missing(self) -> bool:
        return self.seen.own.status == "no_data"


def roll_up(case: Case, quarter: Quarter, code: str, belongs: Callable[[Indicator], bool]) -> Group:
    members = [Member(i, seen(case, i, quarter)) for i in case.programme.indicators if belongs(i)]
    scores = [(m, score) for m in members if (score := _score(m.seen)) is not None]
    missing = _weight(m for m in members if m.is_missing)
    steps = [(m, limited(p)) for m in members if (p := _progress(m.seen)) is not None]
    return Group(
        code=code,
        size=len(members),
        counts=_counts(members),
        counts_by_kind={kind.value: _counts([m for m in members if m.indicator.kind is kind]) for kind in Kind},
        reported=sum(m.seen.is_due and m.seen.is_reported for m in members),
        due=sum(m.seen.is_due for m in members),
        index=_mean(scores, Fraction(0), 0),
        low=_mean(scores, missing, 0),
        high=_mean(scores, missing, 100),
        progress_index=_mean(steps, Fraction(0), 0),
        coverage_weight=_share(
            sum((m.weight for m, _ in scores), Fraction(0)), sum((m.weight for m in members), Fraction(0))
        ),
        coverage_number=_share(Fraction(len(scores)), Fraction(len(members))),
    )


def limited(percent: Fraction) -> Fraction:
    return min(max(percent, Fraction(0)), Fraction(100))


def _score(shown: Seen) -> Fraction | None:
    """What an indicator brings to the index: c, or p where c has none; nothing unless it is assessed."""
    if shown.own.status not in ASSESSED:
        return None
    quantity = shown.own.compliance if shown.own.compliance is not None else shown.own.progress
    return None if quantity is None else limited(quantity)


def _progress(shown: Seen) -> Fraction | None:
    return shown.own.progress if shown.own.status in ASSESSED else None


def _counts(members: Sequence[Member]) -> dict[str, int]:
    return {status: sum(m.seen.own.status == status for m in members) for status in STATUSES}


def _mean(scores: Sequence[tuple[Member, Fraction]], missing: Fraction, missing_as: int) -> Fraction | None:
    """The weighted mean, the missing weight taken as 0 or 100; None where nothing weighs anything."""
    weight = _weight(m for m, _ in scores) + missing
    if weight == 0:
        return None
    return (sum((m.weight * score for m, score in scores), Fraction(0)) + missing * missing_as) / weight


def _weight(members: Iterable[Member]) -> Fraction:
    return sum((m.weight for m in members), Fraction(0))


def _share(part: Fraction, whole: Fraction) -> Fraction | None:
    return part / whole if whole else None


def objectives(case: Case, quarter: Quarter) -> list[Group]:
    return [roll_up(case, quarter, o.code, lambda i, o=o: i.objective == o.code) for o in case.programme.objectives]


def strategies(case: Case, quarter: Quarter) -> list[Group]:
    codes = [s.code for o in case.programme.objectives for s in o.strategies]
    return [roll_up(case, quarter, code, lambda i, code=code: i.strategy == code) for code in codes]


def agencies(case: Case, quarter: Quarter) -> list[Group]:
    """By who is responsible in the quarter looked at: duties move, whoever reported the figure."""
    plan = case.programme
    return [roll_up(case, quarter, a.id, lambda i, a=a: responsible(plan, i, quarter) == a.id) for a in plan.agencies]


def total(case: Case, quarter: Quarter) -> Group:
    return roll_up(case, quarter, "total", lambda _: True)
