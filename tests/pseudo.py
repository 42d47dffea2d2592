"""A language for tests alone, `qps`: every message stands between « and », so that untranslated words show.

def test_…(pseudo):                     the fixture makes the language known and gives it
    text = …                            what a page, chart, workbook or command says in it
    assert unwrapped(text, data) == []  `data`: words that are no message: codes, names and texts of the plan
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from nap_monitor import language as languages
from nap_monitor.language import Language

CODE = "qps"
_WORD = re.compile(r"[^\W\d_]{2,}")
# What is no word of a language: addresses, options and their values' names, identifiers, units and acronyms.
_NOT_WORDS = re.compile(
    r"https?://\S+|--?[a-z][\w-]*|\b[A-Z][A-Z0-9_./-]*\b|\b\w*_\w+\b|\b[\w-]+\.(?:py|yaml|xlsx|csv|db|po|log)\b"
)


class _Wrapping(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"«{message}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


class _Complaining(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        raise AssertionError(f"not in the catalogue: {message!r}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise AssertionError(f"not in the catalogue: {msgid1!r}")


def require_every_message() -> None:
    """From now on, in this process, saying what a catalogue does not have is an error."""
    for code in languages.LANGUAGES:
        languages._catalogue(code).add_fallback(_Complaining())


@contextmanager
def pseudo_language() -> Iterator[Language]:
    """Make `qps` one of the languages while the context lasts."""
    known = languages._catalogue

    def catalogue(code: str) -> gettext.NullTranslations:
        return _Wrapping() if code == CODE else known(code)

    with (
        patch.object(languages, "_known", (*languages.LANGUAGES, CODE)),
        patch.object(languages, "_catalogue", catalogue),
    ):
        yield languages.language(CODE)


def unwrapped(text: str, data: Iterable[str] = ()) -> list[str]:
    """The words of a text that no message holds, leaving out `data` (longest first, as they stand)."""
    outside, depth = [], 0
    for character in text:
        depth += (character == "«") - (character == "»")
        outside.append(character if depth == 0 and character != "»" else " ")
    bare = "".join(outside)
    for known in sorted(filter(None, data), key=len, reverse=True):
        bare = bare.replace(known, " ")
    return _WORD.findall(_NOT_WORDS.sub(" ", bare))
