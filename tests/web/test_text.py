"""Values as text: on their side of a limit, named as on the day, and harmless."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.language import language
from nap_monitor.programme.model import (
    Agency,
    AgencyName,
    Behaviour,
    Direction,
    Frequency,
    Indicator,
    Kind,
    Responsible,
)
from nap_monitor.progress.statuses import ActionStatus, Confidence, Status
from nap_monitor.web.text import (
    action_badges,
    agency_name,
    confidence_mark,
    figure,
    full_name,
    index_range,
    percent,
    plain,
    source,
    status_badge,
)

EN, ES = language("en"), language("es")
DAY = date(2026, 11, 23)
LIMITS = (Decimal(95), Decimal(90))


def indicator(**values: object) -> Indicator:
    given_values = {
        "code": "I", "name": {"en": "x"}, "unit": {"en": "x"}, "objective": "1", "strategy": None, "action": None,
        "kind": Kind.PROCESS, "direction": Direction.ASCENDING, "behaviour": Behaviour.LEVEL,
        "frequency": Frequency.QUARTERLY, "responsibles": (Responsible("A"),),
    }  # fmt: skip
    return Indicator(**(given_values | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Decimal("94.96"), "94.96\u00a0%"),
        (Decimal("95.04"), "95.04\u00a0%"),
        (Decimal("95.06"), "95.1\u00a0%"),
        (Decimal("89.999"), "89.999\u00a0%"),
        (Decimal(100), "100.0\u00a0%"),
        (Decimal("1234.56"), "1,234.6\u00a0%"),
        (None, "–"),
    ],
)
def test_a_percentage_stays_on_its_side_of_every_limit(value: Decimal | None, said: str) -> None:
    assert percent(value, ES, LIMITS) == said


def test_a_range_is_one_number_where_both_ends_are_the_same() -> None:
    assert index_range(Decimal("72.4"), Decimal(88), EN) == "72.4\u2009–\u200988.0\u00a0%"
    assert index_range(Decimal(88), Decimal(88), EN) == "88.0\u00a0%"
    assert index_range(None, None, EN) == "–"


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (Decimal(1250), 0, "1,250"),
        (Decimal("71.25"), 0, "71.25"),
        (Decimal("1.5"), 2, "1.50"),
        (Decimal("33.333333333"), 1, "33.3333"),
        (Decimal("1E+3"), 0, "1,000"),
        (None, 0, "–"),
    ],
)
def test_a_figure_has_the_indicators_decimals_and_more_where_it_has_more(
    value: Decimal | None, decimals: int, said: str
) -> None:
    assert figure(value, indicator(decimals=decimals), ES) == said


def test_a_milestone_is_yes_or_no() -> None:
    milestone = indicator(behaviour=Behaviour.MILESTONE, due_date=DAY)
    assert [figure(Decimal(n), milestone, EN) for n in (0, 1)] == ["no", "yes"]


def test_a_status_is_colour_shape_and_word() -> None:
    assert status_badge(Status.AT_RISK, EN) == ":orange-badge[▲ At risk]"
    late = action_badges(ActionStatus.IN_PROGRESS, EN, is_delayed=True)
    assert late == ":green-badge[● In progress] :red-badge[▼ Delayed]"
    assert confidence_mark(Confidence.LOW, EN) == "▮▯▯\u00a0low"
    assert confidence_mark(None, EN) == "–"


def test_an_agency_is_called_as_on_the_day() -> None:
    old = AgencyName({"es": "Función Pública"}, "SFP")
    new = AgencyName({"es": "Anticorrupción"}, "SABG", date(2025, 1, 1))
    agency = Agency("SFP", (old, new))
    assert agency_name(agency, "SFP", ES, date(2024, 6, 1)) == "SFP"
    assert agency_name(agency, "SFP", ES, DAY) == "SABG"
    assert full_name(agency, ES, DAY) == "SABG · Anticorrupción"
    assert agency_name(None, "A_B", ES, DAY) == "A\\_B"
    named = Agency("Ministry of Energy", (AgencyName({"en": "Ministry of Energy"}),))
    assert full_name(named, EN, DAY) == "Ministry of Energy"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"file": "STPS.xlsx", "tab": "Indicadores", "row": 5, "column": "E"}, "STPS\\.xlsx › Indicadores\\!E5"),
        ({"file": "STPS.xlsx", "tab": "Indicadores", "row": 5, "column": None}, "STPS\\.xlsx › Indicadores\\!5"),
        ({"file": "STPS.xlsx", "tab": "", "row": None, "column": None}, "STPS\\.xlsx"),
        (None, "–"),
    ],
)
def test_a_source_names_file_tab_and_cell(place: dict[str, object] | None, said: str) -> None:
    assert source(place) == said


_ESCAPED = re.compile(r"\\.")
_MARKS = re.compile(r"[\\`*_{}\[\]()#+.!|>~$:<&-]")


@given(st.text())
def test_foreign_text_keeps_no_mark_of_markdown_and_no_address(text: str) -> None:
    harmless = plain(text)
    assert not _MARKS.search(_ESCAPED.sub("", harmless))
    assert "\n" not in harmless
    assert not re.search(r"//[\w.-]|www\\\.|@[\w-]", harmless)


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "S"]), max_size=30))
def test_foreign_text_is_read_as_it_was_written(text: str) -> None:
    assert _ESCAPED.sub(lambda m: m[0][1], plain(text)).replace("\u2060", "") == text
