"""What holds for every chart: it is valid, it says itself, it is marked where its data are made up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest

from nap_monitor.charts.chart import Style
from nap_monitor.charts.palette import THEMES
from nap_monitor.language import Language, language
from tests.charts.drawing import EMPTY, FULL
from tests.pseudo import unwrapped

ALL = FULL | EMPTY


def style(code: str = "es", theme: str = "light", *, is_illustrative: bool = False) -> Style:
    return Style(language(code), THEMES[theme], is_illustrative)


def strings(value: Any) -> Iterator[str]:
    """Every text in a specification."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ALL)
def test_the_specification_is_valid_vega_lite_and_plain_json(name: str, theme: str) -> None:
    spec = ALL[name](style(theme=theme)).spec
    alt.LayerChart.from_dict(spec)  # raises SchemaValidationError
    assert json.loads(json.dumps(spec)) == spec


@pytest.mark.parametrize("name", ALL)
def test_rows_stand_beside_their_layers_so_that_no_rerun_turns_them_into_arrow(name: str) -> None:
    spec = ALL[name](style()).spec
    assert "datasets" not in spec
    assert "data" not in spec
    assert all("values" in group["data"] for group in spec["layer"])


@pytest.mark.parametrize("name", FULL)
def test_every_chart_has_a_sentence_and_a_table(name: str) -> None:
    chart = FULL[name](style())
    assert chart.alt
    assert chart.rows
    assert {len(row) for row in chart.rows} == {len(chart.headers)}


@pytest.mark.parametrize("name", EMPTY)
def test_without_data_the_table_is_empty(name: str) -> None:
    assert EMPTY[name](style()).is_empty


@pytest.mark.parametrize("code", ["es", "en"])
@pytest.mark.parametrize("name", ALL)
def test_made_up_data_are_marked_on_the_chart_itself(name: str, code: str) -> None:
    said = language(code).say("Illustrative data")
    assert said in set(strings(ALL[name](style(code, is_illustrative=True)).spec))
    assert said not in set(strings(ALL[name](style(code)).spec))


@pytest.mark.parametrize(("code", "month"), [("es", "ene"), ("en", "Jan")])
@pytest.mark.parametrize("name", ALL)
def test_dates_and_numbers_are_the_readers(name: str, code: str, month: str) -> None:
    locale = ALL[name](style(code)).spec["config"]["locale"]
    assert locale["time"]["shortMonths"][0] == month
    assert (locale["number"]["thousands"], locale["number"]["decimal"]) == (",", ".")
    assert [len(locale["time"][part]) for part in ("days", "shortDays", "months", "shortMonths")] == [7, 7, 12, 12]


@pytest.mark.parametrize("name", FULL)
def test_no_word_is_left_untranslated(name: str, pseudo: Language) -> None:
    chart = FULL[name](Style(pseudo, THEMES["light"], is_illustrative=True))
    ours = ["Mechanisms", "Codes of conduct", "Rules published", "Rules", "Guide", "Register"]
    ours += ["Actions in time", "Actions", "Indicators by status", "Agencies by objective", "Planned and actual"]
    ours += ["Path", "Pillar", "Objective"]  # what the tests themselves hand in
    shown = [text for row in (chart.headers, *chart.rows) for text in row]
    for group in chart.spec["layer"]:
        shown += [v for row in group["data"]["values"] for v in row.values() if isinstance(v, str) and v[:1] != "#"]
        shown += [tip["title"] for layer in group["layer"] for tip in tooltips(layer)]
    assert {text: found for text in shown if (found := unwrapped(text, ours))} == {}


def tooltips(layer: dict[str, Any]) -> list[dict[str, Any]]:
    found = layer.get("encoding", {}).get("tooltip", [])
    return found if isinstance(found, list) else [found]
