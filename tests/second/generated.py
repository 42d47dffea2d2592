"""Programmes and figures that hypothesis makes up: small, and full of what plans and agencies get up to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from nap_monitor.programme.model import (
    Action,
    Agency,
    AgencyName,
    Baseline,
    Behaviour,
    Calendar,
    Direction,
    Extension,
    Frequency,
    Indicator,
    Kind,
    Programme,
    Responsible,
)
from nap_monitor.programme.quarters import Quarter, quarters_between

from .actions import Report
from .expected import line
from .plans import indicator, milestone, programme, restarting, text
from .values import Case, Figure

FIRST, LAST = Quarter(2017, 1), Quarter(2019, 4)
QUARTERS = list(quarters_between(FIRST, LAST))
YEARS = (2017, 2018, 2019)
RULE_SETS = ("floor_95_90", "floor_80_60", "deviation_5_10", "path_95_60", "within_15")
AMOUNTS = st.sampled_from([Decimal(n) for n in ("0", "1", "10", "20", "100", "-10", "7.5", "0.3", "33")])
SHARES_OF_EXPECTED = [Fraction(n, 100) for n in (0, 50, 60, 80, 85, 90, 95, 97, 100, 105, 110, 112, 115, 140, -30)]


@st.composite
def baselines(draw: st.DrawFn) -> Baseline:
    """Known, not known, or known without its year."""
    match draw(st.integers(0, 5)):
        case 0:
            return Baseline()
        case 1:
            return Baseline(draw(AMOUNTS))
    return Baseline(draw(AMOUNTS), draw(st.sampled_from([2014, 2015, 2016, 2016, 2017])))


@st.composite
def targets(draw: st.DrawFn) -> dict[str, Decimal | None]:
    """Years with a target, null or absent, and now and then a quarter with a target of its own."""
    found: dict[str, Decimal | None] = {}
    for year in YEARS:
        kind = draw(st.sampled_from(["number", "number", "number", "null", "absent"]))
        if kind != "absent":
            found[f"{year}-Q4"] = draw(AMOUNTS) if kind == "number" else None
    if draw(st.integers(0, 3)) == 0:
        found[f"{draw(st.sampled_from(YEARS))}-Q{draw(st.integers(1, 3))}"] = draw(AMOUNTS)
    return found


@st.composite
def responsibles(draw: st.DrawFn) -> tuple[Responsible, ...]:
    first = Responsible(draw(st.sampled_from("ABC")))
    if draw(st.integers(0, 2)):
        return (first,)
    return first, Responsible(draw(st.sampled_from("ABC")), draw(st.sampled_from(QUARTERS)))


@st.composite
def indicators(draw: st.DrawFn, code: str) -> Indicator:
    objective, strategy = draw(st.sampled_from([("1", "1.1"), ("1", "1.2"), ("1", None), ("2", "2.1")]))
    fields: dict[str, object] = {
        "objective": objective,
        "strategy": strategy,
        "kind": draw(st.sampled_from(Kind)),
        "weight": draw(st.sampled_from([Decimal(w) for w in ("0", "0.5", "1", "1", "3")])),
        "responsibles": draw(responsibles()),
        "available_after_days": draw(st.sampled_from([None, None, None, 3, 120])),
        "rule_set": draw(st.sampled_from([None, None, *RULE_SETS])),
    }
    if draw(st.integers(0, 4)) == 0:
        days = st.dates(date(2016, 10, 1), date(2020, 3, 1))
        return milestone(
            code, draw(days), baseline=draw(st.sampled_from([Baseline(), Baseline(Decimal(0), 2016)])), **fields
        )
    fields |= {
        "targets": draw(targets()),
        "baseline": draw(baselines()),
        "direction": draw(st.sampled_from(Direction)),
        "frequency": draw(st.sampled_from([*Frequency, Frequency.QUARTERLY])),
        "series_break": draw(st.sampled_from([None, None, None, *QUARTERS])),
    }
    if draw(st.integers(0, 3)) == 0:
        return restarting(code, **fields)
    behaviours = [Behaviour.LEVEL, Behaviour.PERCENTAGE, Behaviour.CUMULATIVE]
    return indicator(code, behaviour=draw(st.sampled_from(behaviours)), **fields)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    days = st.dates(date(2017, 4, 1), date(2020, 3, 31))
    return Calendar(
        deadline_days_after_quarter=draw(st.sampled_from([0, 15, 45])),
        deadlines=draw(st.dictionaries(st.sampled_from(QUARTERS), days, max_size=2)),
        non_working_days=tuple(draw(st.lists(days, max_size=3))),
        weekend=draw(st.sampled_from([(6, 7), (5, 6), (), (7,)])),
        extensions=tuple(
            Extension(draw(st.sampled_from("ABC")), draw(st.sampled_from(QUARTERS)), draw(days), text("reason"))
            for _ in range(draw(st.integers(0, 2)))
        ),
    )


@st.composite
def agencies(draw: st.DrawFn) -> tuple[Agency, ...]:
    """Three, the first of which may hand its duties over to the last."""
    names = {a: (AgencyName(text(a)),) for a in "ABC"}
    successor = draw(st.sampled_from([None, None, "C"]))
    since = draw(st.sampled_from(QUARTERS)) if successor else None
    return Agency("A", names["A"], successor, since), Agency("B", names["B"]), Agency("C", names["C"])


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    several = tuple(draw(indicators(f"I-{n}")) for n in range(draw(st.integers(1, 4))))
    return programme(
        several,
        calendar=draw(calendars()),
        rule_set=draw(st.sampled_from(RULE_SETS)),
        agencies=draw(agencies()),
        end=LAST.last_day,
    )


@st.composite
def values(draw: st.DrawFn, plan: Indicator, quarter: Quarter) -> Fraction:
    """Often just on a limit, or near: a share of what is expected, of the target, or of the way from the baseline."""
    if plan.is_milestone:
        return Fraction(draw(st.sampled_from([0, 0, 1])))
    share = draw(st.sampled_from(SHARES_OF_EXPECTED))
    m = line(plan, quarter)
    start = Fraction(plan.baseline.value or 0)
    match draw(st.integers(0, 3)):
        case 0 | 1 if m is not None:
            found = m * share
        case 2 if m is not None:
            found = start + (m - start) * share
        case _:
            found = Fraction(draw(AMOUNTS))
    return round(found, 6)


@st.composite
def figures(draw: st.DrawFn, plan: Indicator, until: date) -> list[Figure]:
    """What was reported of an indicator by a day: much, little or nothing, in good time or late."""
    found = []
    frequent = draw(st.sampled_from([0, 30, 80, 100]))
    for quarter in QUARTERS:
        if quarter.first_day > until or draw(st.integers(0, 99)) >= frequent:
            continue
        first = quarter.last_day + timedelta(days=draw(st.sampled_from([-20, 1, 15, 17, 60, 130])))
        kind = draw(st.sampled_from([None, None, None, None, None, None, "no_data", "no_cases", "cleared"]))
        found.append(
            Figure(
                plan.code,
                quarter,
                draw(values(plan, quarter)) if kind is None else None,
                None if kind == "cleared" else kind,
                counted_on=first + timedelta(days=draw(st.sampled_from([0, 0, 40]))),
                first_counted_on=first,
                has_evidence=draw(st.sampled_from([True, True, False])),
                quality=draw(st.sampled_from([None, "definitive", "preliminary", "revised"])),
                is_revised_after_acceptance=draw(st.sampled_from([False, False, False, True])),
            )
        )
    return [f for f in found if f.counted_on <= until]


@st.composite
def judged_cases(draw: st.DrawFn) -> tuple[Case, Quarter]:
    """One indicator with a target each year, reported each quarter, mostly near what was expected: colours matter."""
    amounts = st.integers(-20, 120).map(Decimal)
    fields = {
        "targets": {f"{year}-Q4": draw(amounts) for year in YEARS},
        "baseline": Baseline(draw(amounts), 2016),
        "direction": draw(st.sampled_from(Direction)),
        "series_break": draw(st.sampled_from([None, None, None, *QUARTERS])),
    }
    plan = restarting(**fields) if draw(st.integers(0, 3)) == 0 else indicator(**fields)  # type: ignore[arg-type]
    quarter = draw(st.sampled_from(QUARTERS[6:]))
    shares = [Fraction(n, 100) for n in (60, 80, 85, 90, 95, 96, 97, 98, 99, 100, 101, 102, 105, 110, 115)]
    reported = []
    for at in quarters_between(FIRST, quarter):
        m, share = line(plan, at) or Fraction(0), draw(st.sampled_from(shares))
        start = Fraction(plan.baseline.value or 0) if draw(st.booleans()) else Fraction(0)
        v = start + (m - start) * share + draw(st.sampled_from([0, 0, 0, -1]))
        reported.append(Figure(plan.code, at, round(v, 6), None, at.last_day, at.last_day))
    rules = draw(st.sampled_from(RULE_SETS))
    return Case(programme([plan], end=LAST.last_day), tuple(reported), quarter.last_day, rules), quarter


@st.composite
def cases(draw: st.DrawFn) -> tuple[Case, Quarter]:
    """A programme, what is known of it on a day, and the quarter to look at."""
    plan = draw(programmes())
    quarter = draw(st.sampled_from(QUARTERS))
    day = quarter.last_day + timedelta(days=draw(st.integers(-40, 150)))
    reported = [f for i in plan.indicators for f in draw(figures(i, day))]
    return Case(plan, tuple(reported), day, draw(st.sampled_from([None, None, *RULE_SETS]))), quarter


@st.composite
def reported_actions(draw: st.DrawFn) -> tuple[Action, list[Report], date]:
    days = st.dates(date(2017, 1, 1), date(2018, 12, 31))
    action = Action(
        "1.1.1",
        text("action"),
        lead=draw(st.sampled_from(["A", "A", None])),
        co_responsible=("B", "C"),
        due=draw(st.sampled_from([None, *QUARTERS[:8]])),
    )
    words = ["not_started", "in_progress", "partly_met", "completed", "cancelled", "modified"]
    reports = [
        Report(
            action.code,
            draw(st.sampled_from("ABC" if action.lead else "BC")),
            order,
            draw(st.sampled_from(words)),
            start=draw(st.none() | days),
            finish=draw(st.none() | days),
            new_due=draw(st.none() | days),
        )
        for order in range(draw(st.integers(0, 5)))
    ]
    return action, reports, draw(days)
