"""The plan as values: names in force, who reports, stored documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from nap_monitor.programme.files import read_plan
from nap_monitor.programme.model import (
    Agency,
    AgencyName,
    Programme,
    Responsible,
    from_document,
    pick,
    to_document,
)
from nap_monitor.programme.quarters import Quarter
from tests.programme.plans import ROOT, plan


@pytest.fixture(scope="module")
def demonstration() -> Programme:
    programme, _ = read_plan(ROOT / "config" / "programme.yaml", first_year=2025)
    assert programme is not None
    return programme


def test_an_agency_is_called_by_the_name_in_force_on_the_day() -> None:
    names = (AgencyName({"es": "Antes"}, "ANT"), AgencyName({"es": "Después"}, None, date(2025, 1, 1)))
    agency = Agency("ID", names)
    assert agency.named_on(date(2024, 12, 31)).name == {"es": "Antes"}
    assert agency.acronym_on(date(2024, 12, 31)) == "ANT"
    assert agency.named_on(date(2025, 1, 1)).name == {"es": "Después"}
    assert agency.acronym_on(date(2025, 1, 1)) == "ID"  # it has no acronym but its id
    later = Agency("ID", names[1:])
    assert later.named_on(date(2000, 1, 1)).name == {"es": "Después"}  # no older name is known


def test_an_indicator_is_reported_by_whoever_is_responsible_in_the_quarter(demonstration: Programme) -> None:
    indicator = demonstration.indicator_by_code["IND-1.05"]
    assert indicator.responsible_in(Quarter(2025, 1)) == "STPS"
    moved = indicator.__class__(
        **{
            **indicator.__dict__,
            "responsibles": (Responsible("SE", Quarter(2025, 3)), Responsible("STPS", Quarter(2026, 1))),
        }
    )
    assert [moved.responsible_in(Quarter(2025, n)) for n in (1, 3)] == ["SE", "SE"]
    assert moved.responsible_in(Quarter(2026, 1)) == "STPS"


def test_duties_are_with_the_successor_from_its_quarter_on(tmp_path: Path) -> None:
    programme = plan(tmp_path)
    known = {a.id: a for a in programme.agencies}
    first = known["AAA"].__class__("AAA", known["AAA"].names, "BBB", Quarter(2019, 1))
    chained = programme.__class__(**{**_fields(programme), "agencies": (first, known["BBB"])})
    assert chained.holder_in("AAA", Quarter(2018, 4)) == "AAA"
    assert chained.holder_in("AAA", Quarter(2019, 1)) == "BBB"
    assert chained.holder_in("ZZZ", Quarter(2019, 1)) == "ZZZ"
    assert chained.responsible_for(chained.indicators[0], Quarter(2019, 1)) == "BBB"
    back = known["BBB"].__class__("BBB", known["BBB"].names, "AAA", Quarter(2019, 1))
    circle = programme.__class__(**{**_fields(programme), "agencies": (first, back)})
    assert circle.holder_in("AAA", Quarter(2019, 1)) == "BBB"  # a circle, which the checks refuse, still ends


def _fields(programme: Programme) -> dict[str, object]:
    return {name: getattr(programme, name) for name in programme.__dataclass_fields__}


def test_a_stored_document_gives_the_same_programme(demonstration: Programme) -> None:
    document = to_document(demonstration)
    assert from_document(document) == demonstration
    assert document["indicators"][0]["targets"]["2025-Q4"] == "1"
    assert document["calendar"]["non_working_days"][0] == "2025-01-01"
    with pytest.raises(ValidationError):
        from_document({**document, "objectives": 5})


def test_entries_are_found_by_their_codes(demonstration: Programme) -> None:
    assert demonstration.place_of_action["1.2.1"] == ("1", "1.2")
    assert demonstration.action_by_code["1.2.1"].lead == "STPS"
    assert demonstration.agency_by_id["SFP"].acronym_on(date(2026, 11, 23)) == "SABG"
    dimension, category = demonstration.category_by_code["MX-JAL"]
    assert (dimension.code, category.name["es"]) == ("state", "Jalisco")
    assert (demonstration.first_quarter, demonstration.last_quarter) == (Quarter(2025, 1), Quarter(2029, 4))


def test_signs_restarts_and_milestones(demonstration: Programme) -> None:
    found = demonstration.indicator_by_code
    assert (found["IND-1.07"].sign, found["IND-1.05"].sign) == (-1, 1)
    assert found["IND-1.03"].restarts
    assert not found["IND-1.05"].restarts
    assert found["IND-1.01"].is_milestone


def test_a_plan_without_dates_has_no_first_quarter() -> None:
    chile, _ = read_plan(ROOT / "config" / "samples" / "chile.yaml")
    assert chile is not None
    assert (chile.first_quarter, chile.last_quarter) == (None, None)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ({"es": "uno", "en": "one"}, "en", "one"),
        ({"es": "uno"}, "en", "uno"),
        ({"pt": "um"}, "en", "um"),
        ({}, "en", ""),
        (None, "es", ""),
    ],
)
def test_a_text_is_shown_in_the_best_language_there_is(
    text: dict[str, str] | None, language: str, expected: str
) -> None:
    assert pick(text, language) == expected


def test_decimals_are_exact(demonstration: Programme) -> None:
    assert demonstration.indicator_by_code["IND-1.06"].baseline.value == Decimal("2.2")
