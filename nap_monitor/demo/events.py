"""Who the demonstration's agencies consulted and trained. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from nap_monitor.demo.courses import chance
from nap_monitor.programme.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Event:
    """A consultation, training or session; `counts` by the contract's fields."""

    id: str
    kind: str
    day: date
    state: str
    title: str
    counts: Mapping[str, int]
    report_link: str = ""


_TITLES = {
    "consultation": "Foro regional sobre empresas y derechos humanos (ilustrativo)",
    "training": "Taller de debida diligencia para empresas (ilustrativo)",
    "session": "Sesión del Grupo de Trabajo Multiactor (ilustrativa)",
}
_KINDS = {
    "SEGOB": ("session", "consultation"),
    "SE": ("training", "training"),
    "STPS": ("training",),
    "INPI": ("consultation",),
    "INMUJERES": ("training",),
}
_STATES = ("Ciudad de México", "Jalisco", "Nuevo León", "Oaxaca", "Puebla", "Sonora", "Veracruz", "Yucatán")


def events(agency: str, quarters: list[Quarter], until: Quarter) -> Iterator[Event]:
    """An agency's events of all quarters as far as one."""
    for number, quarter in enumerate(q for q in quarters if q <= until):
        for position, kind in enumerate(_KINDS.get(agency, ())):
            yield _event(agency, kind, quarter, number, position)


def _event(agency: str, kind: str, quarter: Quarter, number: int, position: int) -> Event:
    die = chance("event", agency, number, position)
    women, men = die.randrange(12, 60), die.randrange(12, 60)
    counts = {"total": women + men, "women": women, "men": men, "organisations": die.randrange(3, 25)}
    if kind == "consultation":
        received = die.randrange(8, 40)
        counts |= {
            "indigenous": die.randrange(0, 12),
            "proposals_received": received,
            "proposals_answered": received * die.choice((1, 2, 3, 3)) // 3,
        }
    identity = f"{agency}-{quarter.year}-{quarter.number}-{position + 1}"
    day = quarter.first_day + timedelta(days=die.randrange(15, 75))
    link = f"https://example.org/informes/{identity}.pdf" if die.random() < 0.7 else ""
    return Event(identity, kind, day, die.choice(_STATES), _TITLES[kind], counts, link)
