"""How things are said in each language: messages, plurals, numbers, percentages, days, quarters, sorting."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from nap_monitor.language import Language, language, sort_key

ES, EN = language("es"), language("en")


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Decimal("1234.5"), None, "1,234.5"),
        (Decimal("1234567"), None, "1,234,567"),
        (Decimal("0.10"), None, "0.1"),
        (Decimal("-1234.50"), 2, "-1,234.50"),
        (Decimal("2.5"), 0, "2"),
        (Decimal("3.5"), 0, "4"),
        (Decimal("94.99999"), 1, "95.0"),
        (0, None, "0"),
        (12, 1, "12.0"),
        (Decimal("1E+3"), None, "1,000"),
        (Decimal("0.12345678901234"), None, "0.1234567890"),
    ],
)
def test_mexico_writes_numbers_with_a_point(value: Decimal | int, decimals: int | None, shown: str) -> None:
    assert ES.number(value, decimals) == shown
    assert EN.number(value, decimals) == shown


def test_spanish_numbers_follow_the_programme() -> None:
    assert language("es", "es_CL").number(Decimal("1234567.5")) == "1.234.567,5"
    assert language("en", "es_CL").number(Decimal("1234567.5")) == "1,234,567.5"


def test_percentages_are_in_percent_already() -> None:
    assert ES.percent(85) == "85.0 %"
    assert EN.percent(Decimal("98.184"), 2) == "98.18 %"


def test_days_and_moments() -> None:
    assert ES.day(date(2026, 12, 31)) == EN.day(date(2026, 12, 31)) == "31/12/2026"
    moment = datetime(2026, 12, 31, 15, 5, tzinfo=UTC).astimezone(ZoneInfo("America/Mexico_City"))
    assert ES.moment(moment) == "31/12/2026 09:05"


def test_quarters() -> None:
    assert ES.quarter("2026-Q3") == "T3 2026"
    assert EN.quarter("2026-Q3") == "Q3 2026"


def test_an_unknown_language_is_spanish() -> None:
    assert language(None) == language("fr") == ES == Language("es", "es_MX")


def test_messages_are_translated_and_filled_in() -> None:
    assert ES.say("There is no option {option}.", option="--x") == "No existe la opción --x."
    assert EN.say("There is no option {option}.", option="--x") == "There is no option --x."


@pytest.mark.parametrize(("count", "spanish"), [(0, "0 errores"), (1, "1 error"), (1200, "1,200 errores")])
def test_plurals(count: int, spanish: str) -> None:
    assert ES.say_many("{count} error", "{count} errors", count) == spanish


def test_a_message_without_values_keeps_its_braces() -> None:
    assert EN.say("There is no option {option}.") == "There is no option {option}."


def test_a_message_that_no_catalogue_has_fails_the_test_that_says_it() -> None:
    with pytest.raises(AssertionError, match="no such message"):
        EN.say("no such message")


def test_names_sort_as_spanish_does() -> None:
    names = ["Zacatecas", "Ñandú", "nube", "Ágil", "agua", "oso"]
    assert sorted(names, key=sort_key) == ["Ágil", "agua", "nube", "Ñandú", "oso", "Zacatecas"]
