"""Duties that move: from the quarter in which an agency is succeeded, its indicators are its successor's to report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nap_monitor.programme.model import Indicator, Programme, Responsible
from nap_monitor.programme.quarters import Quarter


def with_successions(programme: Programme) -> Programme:
    """The programme with the successors of responsible agencies written into its indicators (rule 12).

    What an agency reported before stays its own. Doing it again changes nothing.
    """
    return replace(programme, indicators=tuple(_indicator(i, programme) for i in programme.indicators))


def _indicator(indicator: Indicator, programme: Programme) -> Indicator:
    moves = set(_moves(indicator, programme))
    if not moves:
        return indicator
    starts = {r.from_quarter for r in indicator.responsibles} | moves
    duties: list[Responsible] = []
    for start in sorted(starts, key=lambda quarter: quarter.index if quarter else -1):
        agency = indicator.responsibles[0].agency if start is None else indicator.responsible_in(start)
        agency = agency if start is None else programme.holder_in(agency, start)
        if not duties or duties[-1].agency != agency:
            duties.append(Responsible(agency, start))
    return replace(indicator, responsibles=tuple(duties))


def _moves(indicator: Indicator, programme: Programme) -> Iterator[Quarter]:
    """The quarters in which duties of the indicator's agencies, or of their successors, move."""
    waiting, seen = [r.agency for r in indicator.responsibles], set[str]()
    while waiting:
        agency = programme.agency_by_id[waiting.pop()]
        if agency.id not in seen and agency.succeeded_by and agency.succeeded_from:
            yield agency.succeeded_from
            waiting.append(agency.succeeded_by)
        seen.add(agency.id)
