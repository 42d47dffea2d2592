"""No untranslated word on any page; the language changes in one click and nothing else does."""

from __future__ import annotations

import re

import pytest

from nap_monitor import language as languages
from nap_monitor.access import PUBLIC, operator
from nap_monitor.database.engine import reading
from nap_monitor.database.plans import programmes
from nap_monitor.database.problems import problems
from nap_monitor.language import Language, language
from nap_monitor.programme.model import to_document
from tests.databases import connected
from tests.pages.conftest import PAGES, Show, words
from tests.pseudo import unwrapped
from tests.shown import PROGRAMME, SAMPLE, Installation

_DIRECTIVE = re.compile(r":(?:[a-z]+-badge|small)\[")
_TARGET = re.compile(r"\]\([^)]*\)")
_NAMES_OF_LANGUAGES = ["Español", "English"]
_DATA = ["SEGOB", "Indicadores", "Acciones", "NAP Monitor", "python3 run.py", "check", "plan load", "sync", "config"]


def texts(value: object) -> list[str]:
    """Every text of a plan's document."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []


def read_out(said: str) -> str:
    """A page's Markdown as a reader meets it: no marks, no addresses."""
    said = _TARGET.sub("]", _DIRECTIVE.sub("[", said))
    return re.sub(r"\\(.)", r"\1", said).replace("&nbsp;", " ").replace("\u2060", "")


@pytest.mark.parametrize("programme", [PROGRAMME, SAMPLE])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("on_this_machine")
def test_no_word_is_left_untranslated(
    page: str,
    programme: str,
    show: Show,
    demonstration: Installation,
    pseudo: Language,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(languages, "LANGUAGES", (*languages.LANGUAGES, pseudo.code))
    with connected(demonstration.url) as engine, reading(engine) as connection:
        stored = programmes(connection, PUBLIC)
        cells = [p.value for plan in stored for p in problems(connection, operator("test"), plan.programme_id)]
    plans = [to_document(plan.programme) for plan in stored]
    app = show(page, demonstration, lang=pseudo.code, programme=programme)
    assert [e.message for e in app.exception] == []
    files = [file.name for file in (demonstration.home / "spreadsheets").iterdir()]
    known = [*texts(plans), *files, *cells, *_NAMES_OF_LANGUAGES, *_DATA]
    found = {line: left for line in words(app).splitlines() if (left := unwrapped(read_out(line), known))}
    assert found == {}


@pytest.mark.usefixtures("on_this_machine")
def test_the_other_language_is_one_click_away_and_page_and_filters_stay(
    show: Show, demonstration: Installation
) -> None:
    app = show("agencies", demonstration, agency="STPS", quarter="2026-Q2")
    assert app.title[0].value == language("es").say("Agencies")
    app.button(key="language_en").click().run()
    assert app.title[0].value == "Agencies"
    assert app.query_params["agency"] == "STPS"
    assert app.query_params["quarter"] == "2026-Q2"
    assert "Ministry of Labour" in words(app)
    app.button(key="language_es").click().run()
    assert "lang" not in app.query_params
    assert "Secretaría del Trabajo" in words(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("on_this_machine")
def test_no_code_stands_where_a_word_belongs(page: str, show: Show, demonstration: Installation) -> None:
    said = read_out(words(show(page, demonstration, lang="en")))
    for code in ("on_track", "off_track", "no_data", "not_due", "in_progress", "not_started", "None", "2026-Q3"):
        assert code not in said.replace("not_due_yet", "")
