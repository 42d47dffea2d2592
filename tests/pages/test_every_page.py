"""Every page in both languages: the demonstration, a plan of actions alone, the public's view, an empty database."""

from __future__ import annotations

import pytest

from nap_monitor.language import language
from tests.pages.conftest import PAGES, Show, words
from tests.shown import PROGRAMME, SAMPLE, Installation

LANGUAGES = ("es", "en")
TITLES = {
    "overview": "Overview",
    "objectives": "Objectives",
    "agencies": "Agencies",
    "timeline": "Timeline",
    "indicator": "Indicator",
    "reporting": "Reporting",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("programme", [PROGRAMME, SAMPLE])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("on_this_machine")
def test_it_shows_without_a_fault(
    page: str, programme: str, lang: str, show: Show, demonstration: Installation
) -> None:
    app = show(page, demonstration, lang=lang, programme=programme)
    assert [e.message for e in app.exception] == []
    assert app.title[0].value == language(lang).say(TITLES[page])
    assert not app.error


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("programme", [PROGRAMME, SAMPLE])
@pytest.mark.parametrize("page", PAGES)
def test_the_public_sees_the_plan_and_who_has_reported_but_no_figures(
    page: str, programme: str, lang: str, show: Show, demonstration: Installation
) -> None:
    app = show(page, demonstration, lang=lang, programme=programme)
    assert [e.message for e in app.exception] == []
    said = words(app)
    assert "badge[" not in said.replace(":orange-badge[", "").replace(":violet-badge[", "")  # no status of anything
    assert not app.metric
    reader = language(lang)
    if not (page == "indicator" and programme == SAMPLE):  # which says that there are no indicators
        why = reader.say(
            "{quarter} is not published yet: you see what the plan promises and who has reported, but no figures.",
            quarter=reader.quarter("2026-Q3"),
        )
        assert why in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_an_empty_database_says_what_to_do(page: str, lang: str, show: Show, sqlite_template: object) -> None:
    with sqlite_template.new() as url:  # type: ignore[attr-defined]
        app = show(page, url, lang=lang)
    assert [e.message for e in app.exception] == []
    said = words(app)
    assert language(lang).say("There is no programme in the database yet.") in said
    assert "python3 run.py plan load config/programme.yaml" in said


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("on_this_machine")
def test_made_up_data_are_marked_and_a_sample_says_of_what(page: str, show: Show, demonstration: Installation) -> None:
    invented = words(show(page, demonstration, lang="en"))
    assert ":orange-badge[Illustrative data]" in invented
    real = words(show(page, demonstration, lang="en", programme=SAMPLE))
    assert "sample: 24 of 158 actions" in real
    assert "Illustrative data" not in real
