"""Who may report what: responsibility by quarter, shared actions, agencies that took over another's duties."""

from __future__ import annotations

from datetime import date

from nap_monitor.programme.model import Action, Indicator, Programme
from nap_monitor.programme.quarters import Quarter


def reporters_of_indicator(programme: Programme, indicator: Indicator, quarter: Quarter, day: date) -> tuple[str, ...]:
    """The agencies that may report an indicator for a quarter: the responsible of that quarter first.

    Where another agency has taken over the responsible's duties since, it may also report, because the first quarter
    before the change is reported after it.
    """
    responsible = programme.responsible_for(indicator, quarter)
    return tuple(dict.fromkeys((responsible, programme.holder_in(responsible, Quarter.of(day)))))


def reporters_of_action(programme: Programme, action: Action, day: date) -> tuple[str, ...]:
    """The agencies that may report an action on a day: the lead first, then those that share it.

    An action that names nobody is reported by the lead of its strategy, else by the programme's coordinator.
    """
    named = tuple(a for a in (action.lead, *action.co_responsible) if a) or _next_above(programme, action)
    quarter = Quarter.of(day)
    return tuple(dict.fromkeys(programme.holder_in(agency, quarter) for agency in named))


def _next_above(programme: Programme, action: Action) -> tuple[str, ...]:
    _, code = programme.place_of_action[action.code]
    strategies = (s for o in programme.objectives for s in o.strategies)
    lead = next((s.lead for s in strategies if s.code == code), None) or programme.coordinator
    return (lead,) if lead else ()
