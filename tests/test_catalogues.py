"""Both catalogues say every message of the code, completely, with the same places for values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from nap_monitor.commands.catalogues import Message, file_of, gaps, messages
from nap_monitor.commands.tree import command_tree
from nap_monitor.language import LANGUAGES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


@pytest.fixture(scope="module")
def said() -> set[Message]:
    return set(messages(command_tree()))


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with file_of(request.param).open("rb") as stream:
        return read_po(stream, locale=request.param)


def _translations(catalogue: Catalog) -> Iterator[tuple[Message, list[str]]]:
    for message in catalogue:
        if message.id:
            forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
            yield (message.id if isinstance(message.id, str) else tuple(message.id)), [f or "" for f in forms]


def test_nothing_that_the_code_says_is_missing(catalogue: Catalog, said: set[Message]) -> None:
    assert said - {message for message, _ in _translations(catalogue)} == set()


def test_nothing_is_kept_that_no_code_says(catalogue: Catalog, said: set[Message]) -> None:
    assert {message for message, _ in _translations(catalogue)} - said == set()


def test_every_message_is_translated_in_every_form(catalogue: Catalog) -> None:
    assert gaps(catalogue) == []


def test_no_translation_waits_for_a_look(catalogue: Catalog) -> None:
    assert [m.id for m in catalogue if m.fuzzy and m.id] == []


def test_translations_have_the_same_places_for_values(catalogue: Catalog) -> None:
    for message, forms in _translations(catalogue):
        originals = [message] if isinstance(message, str) else list(message)
        wanted = _places(originals[-1])
        for form in forms:
            # A singular may leave the number out: "one row".
            assert wanted - {"count"} <= _places(form) <= wanted | _places(originals[0]), message


def test_translations_begin_and_end_like_the_message(catalogue: Catalog) -> None:
    """A sentence stays a sentence, and text that others are put together with keeps its spaces."""
    for message, forms in _translations(catalogue):
        original = message if isinstance(message, str) else message[0]
        for form in forms:
            assert _edges(form) == _edges(original), message


def test_english_is_what_the_code_says() -> None:
    with file_of("en").open("rb") as stream:
        for message, forms in _translations(read_po(stream, locale="en")):
            assert forms == ([message] if isinstance(message, str) else list(message))


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _edges(text: str) -> tuple[bool, bool, bool]:
    return text[:1].isspace(), text[-1:].isspace(), bool(re.search(r"[.!?…][”»)]?$", text))
