"""The pseudo-locale finds what it is there to find."""

from __future__ import annotations

import pytest

from nap_monitor.language import Language, language
from tests.pseudo import unwrapped


def test_every_message_is_wrapped(pseudo: Language) -> None:
    assert pseudo.say("Which command?") == "«Which command?»"
    assert pseudo.say_many("{count} row", "{count} rows", 2) == "«2 rows»"
    assert language("qps") == pseudo


def test_the_real_languages_stay_what_they_are(pseudo: Language) -> None:
    assert language("es").say("Which command?") != "«Which command?»"


def test_afterwards_the_language_is_unknown_again() -> None:
    assert language("qps").code == "es"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("«Rows»: 3", []),
        ("«Rows»: three", ["three"]),
        ("«Inside «another» too» and outside", ["and", "outside"]),
        ("IND-1.05 2026-Q3 --port NAP_HOME run.py https://example.org/a", []),
        ("«The plan»: Secretaría de Economía", []),
    ],
)
def test_words_outside_of_messages_are_found(text: str, found: list[str]) -> None:
    assert unwrapped(text, ["Secretaría de Economía", "Economía"]) == found
