"""What commands have in common: the reader's language, the database, and options that are days or quarters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from nap_monitor.language import Language, is_known, language, mark
from nap_monitor.settings import Settings

if TYPE_CHECKING:
    from nap_monitor.database import Engine
    from nap_monitor.programme.quarters import Quarter


class NotThat(ValueError):
    """An option whose value is not of its kind."""

    def __init__(self, message: str, value: str) -> None:
        super().__init__(value)
        self.message = message
        self.value = value

    def sentence(self, reader: Language) -> str:
        return reader.say(self.message, value=self.value)


def reader() -> Language:
    """The language in which commands speak: NAP_LANGUAGE, which `--language` sets."""
    return language(Settings().language)


def opened() -> Engine:
    """The database of this installation, its tables brought up to date."""
    from nap_monitor.database.engine import connect, migrate

    engine = connect(Settings().url)
    migrate(engine)
    return engine


def a_language(code: str) -> str:
    """es or en as itself."""
    if not is_known(code):
        raise NotThat(mark("There is no language “{value}”; there are es and en."), code)
    return code


def a_day(text: str) -> date:
    """2026-11-23 as a day."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotThat(mark("“{value}” is not a day; write it as 2026-11-23."), text) from error


def a_quarter(text: str) -> Quarter:
    """2026-Q3 (or 2026-T3, as Spanish writes it) as a quarter."""
    from nap_monitor.programme.quarters import Quarter

    try:
        return Quarter.parse(text.upper().replace("T", "Q"))
    except ValueError as error:
        raise NotThat(mark("“{value}” is not a quarter; write it as 2026-Q3."), text) from error
