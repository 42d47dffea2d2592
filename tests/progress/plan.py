"""Small plans for the tests of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from nap_monitor.programme.model import (
    Accumulation,
    Agency,
    AgencyName,
    Baseline,
    Behaviour,
    Calendar,
    Category,
    Dimension,
    Direction,
    Frequency,
    Indicator,
    Kind,
    Objective,
    Programme,
    Responsible,
    Strategy,
)
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import Figure


def q(code: str) -> Quarter:
    return Quarter.parse(code)


def d(value: object) -> Decimal:
    return Decimal(str(value))


def targets(**by_year: object) -> dict[Quarter, Decimal | None]:
    """targets(y2026=5, y2027_Q2=3, y2028=None)"""
    found = {}
    for name, value in by_year.items():
        year, _, number = name[1:].partition("_Q")
        found[Quarter(int(year), int(number or 4))] = None if value is None else d(value)
    return found


def indicator(**changes: Any) -> Indicator:
    """Ascending, quarterly, cumulative over the programme: 0 at 2024-Q4, 100 at 2025-Q4, 200 at 2026-Q4."""
    plain = Indicator(
        code="I-1",
        name={"es": "Indicador"},
        unit={"es": "Persona", "en": "Person"},
        objective="1",
        strategy="1.1",
        action=None,
        kind=Kind.PROCESS,
        direction=Direction.ASCENDING,
        behaviour=Behaviour.CUMULATIVE,
        accumulation=Accumulation.PROGRAMME,
        frequency=Frequency.QUARTERLY,
        responsibles=(Responsible("A"),),
        baseline=Baseline(d(0), 2024),
        targets=targets(y2025=100, y2026=200),
    )
    return replace(plain, **changes)


def milestone(due: str = "2025-06-30", **changes: Any) -> Indicator:
    return indicator(
        behaviour=Behaviour.MILESTONE,
        accumulation=None,
        frequency=Frequency.ONCE,
        due_date=date.fromisoformat(due),
        targets={},
        kind=Kind.STRUCTURE,
        **changes,
    )


def programme(*indicators: Indicator, **changes: Any) -> Programme:
    plain = Programme(
        code="P",
        name={"es": "Programa"},
        agencies=tuple(Agency(i, (AgencyName({"es": i}),)) for i in "AB"),
        objectives=(Objective("1", {"es": "Uno"}, (Strategy("1.1", {"es": "Uno uno"}),)),),
        indicators=indicators,
        dimensions=(
            Dimension(
                "sex", {"es": "Sexo"}, (Category("women", {"es": "Mujeres"}), Category("men", {"es": "Hombres"}))
            ),
        ),
        start=date(2025, 1, 1),
        end=date(2027, 12, 31),
        calendar=Calendar(deadline_days_after_quarter=15),
    )
    return replace(plain, **changes)


def figure(quarter: str, value: object, **changes: Any) -> Figure:
    """A counted figure with evidence, in time."""
    return Figure(q(quarter), None if value is None else d(value), **changes)
