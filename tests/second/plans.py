"""Small programmes for the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from nap_monitor.programme.model import (
    Accumulation,
    Action,
    Agency,
    AgencyName,
    Baseline,
    Behaviour,
    Calendar,
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

from .own import own
from .shown import seen
from .values import Case, Figure, Own, Seen

Q = Quarter.parse
LATER = date(2026, 1, 1)


def text(words: str) -> dict[str, str]:
    return {"es": words, "en": words}


def indicator(code: str = "I-1", *, targets: Mapping[str, object] | None = None, **fields: object) -> Indicator:
    """An ascending quarterly level from 0 in 2016 unless told otherwise; a target is a number, its text, or None."""
    standard: dict[str, object] = {
        "name": text(code),
        "unit": text("unit"),
        "objective": "1",
        "strategy": "1.1",
        "action": None,
        "kind": Kind.OUTCOME,
        "direction": Direction.ASCENDING,
        "behaviour": Behaviour.LEVEL,
        "frequency": Frequency.QUARTERLY,
        "responsibles": (Responsible("A"),),
        "baseline": Baseline(Decimal(0), 2016),
    }
    known = {Q(q): None if t is None else Decimal(str(t)) for q, t in (targets or {}).items()}
    return Indicator(code=code, targets=known, **(standard | fields))  # type: ignore[arg-type]


def restarting(code: str = "I-1", **fields: object) -> Indicator:
    return indicator(code, behaviour=Behaviour.CUMULATIVE, accumulation=Accumulation.YEAR, **fields)  # type: ignore[arg-type]


def milestone(code: str = "I-1", due: date = date(2017, 6, 30), **fields: object) -> Indicator:
    kinds: dict[str, object] = {"behaviour": Behaviour.MILESTONE, "frequency": Frequency.ONCE, "due_date": due}
    return indicator(code, **(kinds | fields))  # type: ignore[arg-type]


def programme(
    indicators: Sequence[Indicator] = (),
    *,
    calendar: Calendar | None = None,
    actions: Sequence[Action] = (),
    **fields: object,
) -> Programme:
    """Two objectives, three strategies, three agencies, 2017 to 2021."""
    standard: dict[str, object] = {"start": date(2017, 1, 1), "end": date(2021, 12, 31)}
    return Programme(
        code="P",
        name=text("P"),
        agencies=fields.pop("agencies", tuple(Agency(a, (AgencyName(text(a)),)) for a in "ABC")),  # type: ignore[arg-type]
        objectives=(
            Objective(
                "1", text("1"), (Strategy("1.1", text("1.1"), actions=tuple(actions)), Strategy("1.2", text("1.2")))
            ),
            Objective("2", text("2"), (Strategy("2.1", text("2.1")),)),
        ),
        indicators=tuple(indicators),
        calendar=calendar or Calendar(),
        **(standard | fields),  # type: ignore[arg-type]
    )


def figure(quarter: str, value: object, code: str = "I-1", **fields: object) -> Figure:
    """A figure with evidence, counted on the day after its quarter unless told otherwise."""
    at = Q(quarter)
    first = (at + 1).first_day
    standard: dict[str, object] = {"declared": None, "counted_on": first, "first_counted_on": first}
    number = None if value is None else Fraction(str(value))
    return Figure(code, at, number, **(standard | fields))  # type: ignore[arg-type]


def case(
    *indicators: Indicator, figures: Sequence[Figure] = (), day: date = LATER, rules: str | None = None, **plan: object
) -> Case:
    """A plan of some indicators, what was reported of them, and a day long after all deadlines."""
    return Case(programme(indicators, **plan), tuple(figures), day, rules)  # type: ignore[arg-type]


def one(indicator: Indicator, quarter: str, *figures: object, **rest: object) -> Own:
    """What a quarter says of an indicator by itself."""
    return own(case(indicator, figures=figures, **rest), indicator, Q(quarter))  # type: ignore[arg-type]


def shown(indicator: Indicator, quarter: str, *figures: object, **rest: object) -> Seen:
    """What is shown of an indicator in a quarter."""
    return seen(case(indicator, figures=figures, **rest), indicator, Q(quarter))  # type: ignore[arg-type]
