"""Two languages: gettext catalogues, numbers and dates. Nothing here is global: a `Language` is passed along.

Message ids are English; both catalogues are complete, so that English wording can be bettered without touching code.
Mark what is translated later with `mark`; what is translated here with `language.say("…")`.
"""

from __future__ import annotations

import gettext
import io
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib.resources import files

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("es", "en")
DEFAULT = "es"
NAMES = {"es": "Español", "en": "English"}
_known = LANGUAGES
"""What `language` accepts. Its own name, so that a test can add a language without anybody taking it for ours."""


def mark(message: str) -> str:
    """Mark a message for the catalogues, to be translated where it is shown."""
    return message


@cache
def _catalogue(code: str) -> gettext.GNUTranslations:
    # Compiled in memory (0.1 s, once a process): no build step to forget, no stale file.
    source = files("nap_monitor").joinpath("locale", code, "LC_MESSAGES", "nap_monitor.po")
    compiled = io.BytesIO()
    with source.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True, slots=True)
class Language:
    """One reader's language. `locale` says how numbers and dates look: es_MX writes 1,234.5 and 31/12/2026."""

    code: str
    locale: str

    def say(self, message: str, **values: object) -> str:
        """The message in this language, its {names} filled in."""
        text = _catalogue(self.code).gettext(message)
        return text.format(**values) if values else text

    def say_many(self, one: str, many: str, count: int, **values: object) -> str:
        """Singular or plural by `count`, which both forms may name as {count}."""
        text = _catalogue(self.code).ngettext(one, many, count)
        return text.format(count=self.number(count), **values)

    def number(self, value: Decimal | int | float, decimals: int | None = None) -> str:
        """1234.5 -> 1,234.5; with `decimals`, exactly so many."""
        exact = Decimal(str(value))
        if decimals is None:
            places = max(0, -int(exact.normalize().as_tuple().exponent))
            decimals = min(places, 10)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
        return format_decimal(rounded, format=pattern, locale=self.locale)

    def percent(self, value: Decimal | int | float, decimals: int = 1) -> str:
        """A number that is already in percent: 85 -> 85.0 %."""
        return f"{self.number(value, decimals)} %"

    def day(self, day: date) -> str:
        """31/12/2026."""
        return format_date(day, "dd/MM/yyyy", locale=self.locale)

    def moment(self, moment: datetime) -> str:
        """31/12/2026 09:05, in the zone that the moment carries."""
        return format_datetime(moment, "dd/MM/yyyy HH:mm", locale=self.locale)

    def quarter(self, code: str) -> str:
        """2026-Q3 -> T3 2026 in Spanish, Q3 2026 in English."""
        year, number = code.split("-Q")
        return f"{'T' if self.code == 'es' else 'Q'}{number} {year}"


def is_known(code: str) -> bool:
    """Whether there is such a language."""
    return code in _known


def language(code: str | None, locale: str = "es_MX") -> Language:
    """The language of a code, Spanish when it is none of ours. Spanish numbers look as in the programme's locale."""
    known = code if code in _known else DEFAULT
    return Language(known, locale if known == "es" else "en")


def sort_key(text: str) -> tuple[str, str]:
    """For sorting names as Spanish does: accents ignored, n before n with tilde."""
    folded = text.casefold().replace("ñ", "n\uffff")
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return plain, text
