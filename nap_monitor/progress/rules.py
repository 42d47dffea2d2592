"""How a figure is judged: deviation, compliance, progress, and the named rule sets (rules 4 to 6).

v actual, m expected, b baseline, T final target, s = +1 ascending or -1 descending. Everything is exact decimals; no
figure is rounded before it is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked_dataclass

from nap_monitor.programme.model import Text
from nap_monitor.progress.statuses import Because, Flag, Status

TOLERANCE = Decimal("1e-9")
"""A limit belongs to the better colour; so much below it still counts as on it."""
HUNDRED = Decimal(100)


class Basis(StrEnum):
    """What a rule set compares with its limits."""

    COMPLIANCE = "compliance"  # c, at least the limit
    DEVIATION = "deviation"  # d, within plus or minus the limit
    PATH = "path"  # (v - b) / (m - b), at least the limit
    RATIO = "ratio"  # v / m, within 1 plus or minus the limit


@checked_dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class RuleSet:
    """A named way to colour. `at_risk` None: the set has no yellow. `official`: its source prescribes it."""

    name: str
    version: str
    on: Basis
    on_track: Decimal
    at_risk: Decimal | None
    source: Text
    official: bool = False


_OURS = {
    "es": "Propuesta de este proyecto; no es una regla oficial.",
    "en": "Proposed by this project; not an official rule.",
}

BUILT_IN: Mapping[str, RuleSet] = {
    rules.name: rules
    for rules in (
        RuleSet("floor_95_90", "1", Basis.COMPLIANCE, Decimal(95), Decimal(90), _OURS),
        RuleSet("floor_80_60", "1", Basis.COMPLIANCE, Decimal(80), Decimal(60), _OURS),
        RuleSet("deviation_5_10", "1", Basis.DEVIATION, Decimal(5), Decimal(10), _OURS),
        RuleSet("path_95_60", "1", Basis.PATH, Decimal("0.95"), Decimal("0.60"), _OURS),
        RuleSet("within_15", "1", Basis.RATIO, Decimal("0.15"), None, _OURS),
    )
}

_adapter: TypeAdapter[list[RuleSet]] = TypeAdapter(list[RuleSet])


def rule_sets(document: Mapping[str, Any] | None) -> dict[str, RuleSet]:
    """The built-in sets and those of `config/rules.yaml` (`rule_sets: [...]`). ValueError names what is wrong.

    A set of one's own cannot take a built-in name: figures judged by `floor_95_90` mean the same everywhere.
    """
    own = _adapter.validate_python((document or {}).get("rule_sets") or [])
    taken = [rules.name for rules in own if rules.name in BUILT_IN]
    if taken:
        raise ValueError(f"rule set {taken[0]!r} is built in; give yours another name")
    return {**BUILT_IN, **{rules.name: rules for rules in own}}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The five numbers of a judgement. `baseline` and `target` None: there is none to use."""

    value: Decimal
    expected: Decimal
    baseline: Decimal | None
    target: Decimal | None
    sign: int

    @property
    def is_worse(self) -> bool:
        return self.sign * (self.value - self.expected) < -TOLERANCE

    @property
    def deviation_pct(self) -> Decimal | None:
        """d in percent of |m|, positive when better than expected; None when m = 0 (rule 4)."""
        if self.expected == 0:
            return None
        return self.sign * (self.value - self.expected) / abs(self.expected) * HUNDRED

    @property
    def compliance_pct(self) -> Decimal | None:
        """c = 100 + d; 100 when m = 0 and v is no worse; None when m = 0 and v is worse (rule 4)."""
        deviation = self.deviation_pct
        if deviation is not None:
            return HUNDRED + deviation
        return None if self.is_worse else HUNDRED

    @property
    def progress_pct(self) -> Decimal | None:
        """p: the distance covered from baseline to target in percent, unclipped; None without a distance (rule 5)."""
        if self.baseline is None or self.target is None or self.target == self.baseline:
            return None
        return (self.value - self.baseline) / (self.target - self.baseline) * HUNDRED

    @property
    def reaches_target(self) -> bool:
        return self.target is not None and self.sign * (self.value - self.target) >= -TOLERANCE

    @property
    def shows_no_movement(self) -> bool:
        """v is no better than b although m is."""
        if self.baseline is None:
            return False
        moved = self.sign * (self.value - self.baseline) > TOLERANCE
        return not moved and self.sign * (self.expected - self.baseline) > TOLERANCE


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status and what goes with it; `because` only when it is not computable."""

    status: Status
    flags: tuple[Flag, ...] = ()
    because: Because | None = None


def judge(rules: RuleSet, comparison: Comparison, *, may_be_achieved: bool = True) -> Judgement:
    """The status of a figure (rule 6). `may_be_achieved` False: reaching T now does not yet reach the plan's target."""
    judgement = _JUDGES[rules.on](rules, comparison)
    if may_be_achieved and comparison.reaches_target:
        judgement = Judgement(Status.ACHIEVED, judgement.flags)
    if comparison.shows_no_movement:
        judgement = Judgement(judgement.status, (*judgement.flags, Flag.NO_MOVEMENT), judgement.because)
    return judgement


def _from_limits(rules: RuleSet, at_least: Decimal) -> Status:
    if at_least >= rules.on_track - TOLERANCE:
        return Status.ON_TRACK
    if rules.at_risk is not None and at_least >= rules.at_risk - TOLERANCE:
        return Status.AT_RISK
    return Status.OFF_TRACK


def _by_compliance(rules: RuleSet, comparison: Comparison) -> Judgement:
    compared = comparison.compliance_pct
    if compared is None:
        compared = comparison.progress_pct
    if compared is None:
        return Judgement(Status.NOT_COMPUTABLE, because=Because.NO_COMPLIANCE)
    return Judgement(_from_limits(rules, compared))


def _by_deviation(rules: RuleSet, comparison: Comparison) -> Judgement:
    compliance = comparison.compliance_pct
    compared = comparison.progress_pct if compliance is None else compliance
    if compared is None:
        return Judgement(Status.NOT_COMPUTABLE, because=Because.NO_COMPLIANCE)
    deviation = compared - HUNDRED
    if abs(deviation) <= rules.on_track + TOLERANCE:
        return Judgement(Status.ON_TRACK)
    limit = rules.on_track if rules.at_risk is None else rules.at_risk
    if abs(deviation) <= limit + TOLERANCE:
        return Judgement(Status.AT_RISK)
    flags = (Flag.REVIEW_THE_PLANNING,) if deviation > 0 else ()
    return Judgement(Status.OFF_TRACK, flags)


def _by_path(rules: RuleSet, comparison: Comparison) -> Judgement:
    if comparison.baseline is None:
        return Judgement(Status.NOT_COMPUTABLE, because=Because.NO_BASELINE)
    way = comparison.expected - comparison.baseline
    if way == 0:
        return Judgement(Status.OFF_TRACK if comparison.is_worse else Status.ON_TRACK)
    return Judgement(_from_limits(rules, (comparison.value - comparison.baseline) / way))


def _by_ratio(rules: RuleSet, comparison: Comparison) -> Judgement:
    if comparison.expected == 0:
        return Judgement(Status.NOT_COMPUTABLE, because=Because.EXPECTED_ZERO)
    off = abs(comparison.value / comparison.expected - 1)
    if off <= rules.on_track + TOLERANCE:
        return Judgement(Status.ON_TRACK)
    if not comparison.is_worse:
        return Judgement(Status.ON_TRACK, (Flag.OVER,))
    if rules.at_risk is not None and off <= rules.at_risk + TOLERANCE:
        return Judgement(Status.AT_RISK)
    return Judgement(Status.OFF_TRACK)


_JUDGES = {
    Basis.COMPLIANCE: _by_compliance,
    Basis.DEVIATION: _by_deviation,
    Basis.PATH: _by_path,
    Basis.RATIO: _by_ratio,
}


def decimals_beside(value: Decimal, limits: tuple[Decimal, ...], decimals: int = 1, most: int = 10) -> int:
    """How many decimals to print so that a rounded figure stays on its side of every limit.

    94.96 beside 95 is printed 94.96, never 95.0; 105.04 beside 105 is printed 105.04. What the tolerance takes as on
    the limit may be printed as the limit.
    """
    for places in range(decimals, most):
        printed = round(value, places)
        if all(_side(printed, limit) == _side(value, limit) for limit in limits):
            return places
    return most


def _side(value: Decimal, limit: Decimal) -> int:
    """-1 below the limit, 0 on it within the tolerance, +1 above."""
    return 0 if abs(value - limit) <= TOLERANCE else int(value > limit) * 2 - 1
