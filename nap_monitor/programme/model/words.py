"""The closed lists and the plain values that a plan is written in."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, PlainSerializer

from nap_monitor.programme.quarters import Quarter

Text = dict[str, str]
"""One text in several languages, by language code (`es`, `en`). A language the plan does not give is absent."""


def _quarter(value: object) -> object:
    return Quarter.parse(value) if isinstance(value, str) else value


QuarterCode = Annotated[Quarter, BeforeValidator(_quarter), PlainSerializer(str, return_type=str)]
Exact = Annotated[Decimal, PlainSerializer(lambda d: format(d, "f"), return_type=str)]


FROZEN = ConfigDict(extra="forbid")
"""How every value of the model is checked: nothing but its fields."""


class Kind(StrEnum):
    STRUCTURE = "structure"
    PROCESS = "process"
    OUTCOME = "outcome"


class Direction(StrEnum):
    ASCENDING = "ascending"
    DESCENDING = "descending"


class Behaviour(StrEnum):
    LEVEL = "level"  # the figure of the period, never summed
    CUMULATIVE = "cumulative"  # a running total; `accumulation` says since when
    PERCENTAGE = "percentage"  # a level between 0 and 100
    MILESTONE = "milestone"  # 0 = not done, 1 = done, judged against `due`


class Accumulation(StrEnum):
    PROGRAMME = "programme"  # since the start, the baseline included
    YEAR = "year"  # restarts each January


class Frequency(StrEnum):
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    BIENNIAL = "biennial"
    ONCE = "once"


class Aggregation(StrEnum):
    """How the parts of a breakdown make a total."""

    SUM = "sum"
    MEAN = "mean"
    LATEST = "latest"
    RATIO = "ratio"  # rebuilt from numerators and denominators
    NONE = "none"


def pick(text: Text | None, language: str) -> str:
    """The text in a language, else in Spanish, else in whatever language there is, else nothing."""
    if not text:
        return ""
    return text.get(language) or text.get("es") or next(iter(text.values()))
