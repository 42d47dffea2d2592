"""A small programme, made by hand: an indicator of each behaviour, shared actions, an agency that took over another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nap_monitor.programme.model import (
    Accumulation,
    Action,
    Agency,
    AgencyName,
    Behaviour,
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

TODAY = date(2026, 11, 23)


def indicator(code: str, behaviour: Behaviour, *responsible: str | Responsible, **more: object) -> Indicator:
    """An indicator with as little as a row needs; `more` overrides any field."""
    named = tuple(r if isinstance(r, Responsible) else Responsible(r) for r in responsible or ("STPS",))
    fields: dict[str, object] = {
        "code": code,
        "name": {"es": f"Indicador {code}", "en": f"Indicator {code}"},
        "unit": {"es": "Unidad", "en": "Unit"},
        "objective": "1",
        "strategy": "1.1",
        "action": None,
        "kind": Kind.PROCESS,
        "direction": Direction.ASCENDING,
        "behaviour": behaviour,
        "frequency": Frequency.QUARTERLY,
        "responsibles": named,
        **more,
    }
    return Indicator(**fields)  # type: ignore[arg-type]


def agency(acronym: str, **more: object) -> Agency:
    return Agency(acronym, (AgencyName({"es": acronym, "en": acronym}, acronym),), **more)  # type: ignore[arg-type]


def action(code: str, lead: str | None, *shared: str) -> Action:
    return Action(code, {"es": f"Acción {code}", "en": f"Action {code}"}, lead=lead, co_responsible=shared)


COUNT = indicator(
    "IND-1.01",
    Behaviour.CUMULATIVE,
    accumulation=Accumulation.PROGRAMME,
    disaggregation=("sex", "state"),
    combinations=(("sex", "state"),),
)
PERCENTAGE = indicator("IND-1.02", Behaviour.PERCENTAGE, disaggregation=("sex", "size"))
RATE = indicator("IND-1.03", Behaviour.LEVEL, decimals=1, minimum=Decimal(0), maximum=Decimal(50))
MILESTONE = indicator("IND-1.04", Behaviour.MILESTONE, due_date=date(2026, 6, 30))
DAYS = indicator("IND-1.05", Behaviour.LEVEL)
OF_ANOTHER = indicator("IND-2.01", Behaviour.CUMULATIVE, "SE")
HANDED_OVER = indicator("IND-2.02", Behaviour.CUMULATIVE, "SE", Responsible("STPS", Quarter(2026, 1)))
OF_PREDECESSOR = indicator("IND-2.03", Behaviour.CUMULATIVE, "SFP")
NUMBERED = indicator("0042", Behaviour.CUMULATIVE)

SEX = Dimension(
    "sex",
    {"es": "Sexo", "en": "Sex"},
    (Category("women", {"es": "Mujeres", "en": "Women"}), Category("men", {"es": "Hombres", "en": "Men"})),
)
STATE = Dimension(
    "state",
    {"es": "Entidad federativa", "en": "State"},
    (
        Category("MX-JAL", {"es": "Jalisco", "en": "Jalisco"}),
        Category("MX-MEX", {"es": "Estado de México", "en": "State of Mexico"}),
        Category("09", {"es": "Ciudad de México", "en": "Mexico City"}),
    ),
)
SIZE = Dimension(
    "size",
    {"es": "Tamaño", "en": "Size"},
    (
        Category("11-50", {"es": "11 a 50", "en": "11 to 50"}),
        Category("51+", {"es": "51+ / grandes", "en": "51+ / large"}),
        Category("size_other", {"es": "Otro", "en": "Other"}),
    ),
)
SECTOR = Dimension(
    "sector", {"es": "Sector", "en": "Sector"}, (Category("sector_other", {"es": "Otro", "en": "Other"}),)
)

PROGRAMME = Programme(
    "TEST",
    {"es": "Programa de prueba", "en": "Test programme"},
    agencies=(
        agency("STPS"),
        agency("SE"),
        agency("SEGOB"),
        agency("SFP", succeeded_by="SABG", succeeded_from=Quarter(2026, 1)),
        agency("SABG"),
    ),
    objectives=(
        Objective(
            "1",
            {"es": "Objetivo", "en": "Objective"},
            (
                Strategy(
                    "1.1",
                    {"es": "Estrategia", "en": "Strategy"},
                    lead="STPS",
                    actions=(
                        action("1.1.1", "STPS", "SE"),
                        action("1.1.2", "SE"),
                        action("1.1.3", None),
                        action("1.1.4", "SFP"),
                    ),
                ),
                Strategy("1.2", {"es": "Otra", "en": "Other"}, actions=(action("1.2.1", None),)),
            ),
        ),
    ),
    indicators=(COUNT, PERCENTAGE, RATE, MILESTONE, DAYS, OF_ANOTHER, HANDED_OVER, OF_PREDECESSOR, NUMBERED),
    dimensions=(SEX, STATE, SIZE, SECTOR),
    start=date(2025, 1, 1),
    end=date(2029, 12, 31),
    coordinator="SEGOB",
)
