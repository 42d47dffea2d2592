"""How each indicator of the demonstration fares: figures that tell a story, and the same ones each time. Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from random import Random

from nap_monitor.programme.model import Behaviour, Indicator
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.schedule import expected_line, milestone_quarter

HUNDRED = Decimal(100)


class Course(StrEnum):
    ON_COURSE = "on_course"
    AHEAD = "ahead"
    LAGGING = "lagging"  # a little behind all the time
    BEHIND = "behind"  # far behind all the time
    SETBACK = "setback"  # on course until half a year ago
    RECOVERING = "recovering"
    STALLED = "stalled"  # still where it began
    UNREPORTED = "unreported"  # nobody gives the figure


# For indicators of config/programme.yaml; any other draws its lot by its code.
_TOLD = {
    "IND-1.03": Course.AHEAD,
    "IND-1.04": Course.ON_COURSE,
    "IND-1.05": Course.ON_COURSE,
    "IND-1.06": Course.SETBACK,
    "IND-1.07": Course.BEHIND,
    "IND-1.08": Course.LAGGING,
    "IND-1.10": Course.BEHIND,
    "IND-2.03": Course.AHEAD,
    "IND-2.04": Course.ON_COURSE,
    "IND-2.06": Course.RECOVERING,
    "IND-2.07": Course.LAGGING,
    "IND-2.08": Course.ON_COURSE,
    "IND-2.09": Course.UNREPORTED,
    "IND-3.02": Course.BEHIND,
    "IND-3.05": Course.ON_COURSE,
    "IND-3.08": Course.AHEAD,
    "IND-4.02": Course.STALLED,
    "IND-4.04": Course.LAGGING,
    "IND-4.07": Course.RECOVERING,
    "IND-4.08": Course.AHEAD,
    "IND-5.01": Course.ON_COURSE,
    "IND-5.02": Course.ON_COURSE,
    "IND-5.03": Course.LAGGING,
    "IND-5.04": Course.STALLED,
    "IND-5.05": Course.AHEAD,
    "IND-5.07": Course.SETBACK,
}
_LOTS = {Course.ON_COURSE: 5, Course.LAGGING: 2, Course.AHEAD: 2, Course.BEHIND: 1, Course.SETBACK: 1}
# Milestones: quarters between the due quarter and the one in which it is done; None: not yet.
_MILESTONE_DELAYS: dict[str, int | None] = {"IND-2.01": 1, "IND-4.01": None, "IND-5.06": 0}


def chance(*names: object) -> Random:
    """A die that falls the same way each time for the same names."""
    return Random("/".join(map(str, names)))  # noqa: S311  # a story, not a secret


def course_of(indicator: Indicator) -> Course:
    told = _TOLD.get(indicator.code)
    return told or chance("course", indicator.code).choices(list(_LOTS), list(_LOTS.values()))[0]


def figures(indicator: Indicator, quarters: list[Quarter]) -> dict[Quarter, Decimal]:
    """What the agency would report at the end of each of the quarters (all that are over, in order)."""
    if indicator.is_milestone:
        return _milestone(indicator, quarters)
    found: dict[Quarter, Decimal] = {}
    course = course_of(indicator)
    if course is Course.UNREPORTED:
        return found
    for number, quarter in enumerate(quarters):
        asked = expected_line(indicator, quarter)
        if asked is not None:
            share = _share(course, number, len(quarters), chance(indicator.code, number))
            value = _start(indicator, asked) if course is Course.STALLED else _scaled(indicator, asked, share)
            found[quarter] = _possible(indicator, value, found.get(quarter - 1), quarter)
    return found


def _milestone(indicator: Indicator, quarters: list[Quarter]) -> dict[Quarter, Decimal]:
    due, delay = milestone_quarter(indicator), _MILESTONE_DELAYS.get(indicator.code, 0)
    if due is None:
        return {}
    return {q: Decimal(int(delay is not None and q >= due + delay)) for q in quarters if q >= due}


def _share(course: Course, number: int, length: int, die: Random) -> Decimal:
    """The part of what is expected that is reached, about."""
    wobble = Decimal(die.randrange(-15, 16)) / 1000
    share = {
        Course.AHEAD: Decimal("1.08"),
        Course.LAGGING: Decimal("0.925"),
        Course.BEHIND: Decimal("0.80"),
        Course.SETBACK: Decimal("0.82") if number >= length - 2 else Decimal("0.99"),
        Course.RECOVERING: min(Decimal("0.98"), Decimal("0.66") + number * Decimal("0.055")),
    }.get(course, Decimal("0.995"))
    return share + wobble


def _scaled(indicator: Indicator, asked: Decimal, share: Decimal) -> Decimal:
    return asked * share if indicator.sign > 0 else asked / share


def _start(indicator: Indicator, asked: Decimal) -> Decimal:
    value = indicator.baseline.value
    return asked / 2 if value is None else value


def _possible(indicator: Indicator, value: Decimal, before: Decimal | None, quarter: Quarter) -> Decimal:
    """The figure as such an indicator can have it: rounded, in its range, never sinking where it is a running total."""
    if indicator.behaviour is Behaviour.PERCENTAGE:
        value = min(value, HUNDRED)
    if indicator.minimum is not None:
        value = max(value, indicator.minimum)
    if indicator.maximum is not None:
        value = min(value, indicator.maximum)
    value = max(value, Decimal(0)).quantize(Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP)
    restarts_now = indicator.restarts and quarter.number == 1
    if indicator.behaviour is Behaviour.CUMULATIVE and before is not None and not restarts_now:
        value = max(value, before)
    return value
