"""The implementation, asked the questions that the second opinion answers, and the two answers side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from nap_monitor.programme.model import Indicator
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import Figure as RealFigure
from nap_monitor.progress.assessment import assess
from nap_monitor.progress.rollup import Item, RollUp
from nap_monitor.progress.rules import BUILT_IN
from nap_monitor.progress.schedule import assessed_quarters
from nap_monitor.progress.shown import Shown, latest_with_status, shown

from .values import Case, Group, Seen


def decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)


def real_figures(case: Case, code: str) -> list[RealFigure]:
    return [
        RealFigure(
            quarter=figure.quarter,
            value=decimal(figure.value),
            has_no_cases=figure.declared == "no_cases",
            first_counted_on=figure.first_counted_on,
            has_evidence=figure.has_evidence,
            is_preliminary=figure.quality == "preliminary",
            is_revised_after_acceptance=figure.is_revised_after_acceptance,
        )
        for figure in case.series(code)
    ]


def real_shown(case: Case, indicator: Indicator, quarter: Quarter, since: Quarter | None = None) -> Shown:
    """As the pages have it: each quarter (from `since` on) assessed, then shown from the latest that says something."""
    rules = BUILT_IN[case.rule_set or indicator.rule_set or case.programme.rule_set]
    figures = real_figures(case, indicator.code)
    quarters = {*assessed_quarters(case.programme), *(f.quarter for f in figures), quarter}
    looked_at = sorted(q for q in quarters if q <= quarter and (since is None or since <= q))
    series = [assess(case.programme, indicator, q, figures, rules) for q in looked_at]
    return shown(series[-1], latest_with_status(series, quarter, case.day), case.day)


def real_items(case: Case, quarter: Quarter) -> list[Item]:
    return [Item(real_shown(case, i, quarter), i) for i in case.programme.indicators]


def is_same(real: Decimal | None, second: Fraction | None) -> bool:
    """Equal but for what decimals of 28 digits must lose."""
    if real is None or second is None:
        return real is None and second is None
    return abs(Fraction(real) - second) <= Fraction(1, 10**15) * max(Fraction(1), abs(second))


def differences_shown(real: Shown, second: Seen) -> dict[str, tuple[Any, Any]]:
    """Field -> (what the implementation says, what the second opinion says), where they differ."""
    own = second.own
    words = {
        "status": (real.status.value, own.status),
        "origin": (real.origin, second.origin),
        "is_carried": (real.is_carried, second.is_carried),
        "is_due": (real.is_due, second.is_due),
        "is_reported": (real.is_reported, second.is_reported),
        "is_awaited": (real.is_awaited, second.is_awaited),
        "deadline": (real.deadline if real.is_due else None, second.deadline),
        "flags": ({f.value for f in real.flags}, own.flags),
        "reasons": ({r.value for r in real.reasons}, own.reasons),
        "confidence": (real.confidence.value if real.confidence else None, second.confidence),
        "because": (real.because.value if real.because else None, own.because),
    }
    numbers = {
        "value": (real.value, own.value),
        "expected": (real.expected, own.expected),
        "deviation_pct": (real.deviation_pct, own.deviation),
        "compliance_pct": (real.compliance_pct, own.compliance),
        "progress_pct": (real.progress_pct, own.progress),
    }
    return _unlike(words, numbers)


def differences_rolled_up(real: RollUp, second: Group) -> dict[str, tuple[Any, Any]]:
    words = {
        "size": (real.size, second.size),
        "counts": (_plain(real.counts), second.counts),
        "counts_by_kind": ({k.value: _plain(c) for k, c in real.counts_by_kind.items()}, second.counts_by_kind),
        "reported": (real.reported, second.reported),
        "due": (real.due, second.due),
    }
    numbers = {
        "index_pct": (real.index_pct, second.index),
        "index_low_pct": (real.index_low_pct, second.low),
        "index_high_pct": (real.index_high_pct, second.high),
        "progress_index_pct": (real.progress_index_pct, second.progress_index),
        "coverage_weight": (real.coverage_weight, second.coverage_weight),
        "coverage_number": (real.coverage_number, second.coverage_number),
    }
    return _unlike(words, numbers)


def differences_of_groups(real: Iterable[RollUp], second: Iterable[Group]) -> dict[str, Any]:
    """Group -> differences, and the codes if they are not the same in the same order."""
    theirs, ours = list(real), list(second)
    if [r.code for r in theirs] != [g.code for g in ours]:
        return {"codes": ([r.code for r in theirs], [g.code for g in ours])}
    found = {r.code: differences_rolled_up(r, g) for r, g in zip(theirs, ours, strict=True)}
    return {code: unlike for code, unlike in found.items() if unlike}


def _plain(counts: Mapping[Any, int]) -> dict[str, int]:
    return {status.value: number for status, number in counts.items()}


def _unlike(words: Mapping[str, tuple[Any, Any]], numbers: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    found = {name: pair for name, pair in words.items() if pair[0] != pair[1]}
    return found | {name: pair for name, pair in numbers.items() if not is_same(*pair)}
