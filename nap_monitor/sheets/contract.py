"""The spreadsheet contract: tabs, fields, words, and the closed lists of problems. What it says, every source keeps.

The labels people see are in `labels.json` (Spanish and English); text is recognised after `normalise`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from nap_monitor.programme.quarters import Quarter

HEADER_SEARCH_ROWS = 20
VALIDATION_SUFFIX = ".validacion.xlsx"


class Role(StrEnum):
    """What a tab is for."""

    INDICATOR = "indicator"
    ACTION = "action"
    SUBMISSION = "submission"
    PARTICIPATION = "participation"
    VALIDATION = "validation"


class Declared(StrEnum):
    """What a cell declares in place of a figure."""

    NO_DATA = "no_data"  # N/D, s/d, -
    NO_CASES = "no_cases"  # no aplica: 0 of 0


REQUIRED: dict[Role, tuple[str, ...]] = {
    Role.INDICATOR: ("code", "period"),  # and value, or numerator with denominator
    Role.ACTION: ("code", "status"),
    Role.SUBMISSION: ("period", "state"),
    Role.PARTICIPATION: ("id", "kind", "date"),
}
OURS = ("system_status", "system_message", "receipt")
FOR_THE_READER: dict[Role, tuple[str, ...]] = {
    Role.INDICATOR: ("name", "unit", "expected"),
    Role.ACTION: ("text", "due"),
    Role.SUBMISSION: (),
    Role.PARTICIPATION: (),
}


@cache
def labels() -> dict[str, dict[str, dict[str, str]]]:
    """section (tabs, words, or a role) -> name -> language -> label."""
    document: dict[str, dict[str, dict[str, str]]] = json.loads(
        files("nap_monitor.sheets").joinpath("labels.json").read_text("utf-8")
    )
    return document


def label(section: str, name: str, language: str) -> str:
    """The label of a tab, field or word in a language (Spanish if there is none in it)."""
    texts = labels()[section][name]
    return texts.get(language) or texts["es"]


def normalise(text: str) -> str:
    """Text as it is compared: NFKC, no accents, no case, no invisible characters, single spaces."""
    if text.isascii():  # most cells of a large tab
        return " ".join(text.split()).casefold()
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", " ", text).strip().casefold()


TEMPLATE_TABS = {
    "instructions": {"es": "Instrucciones", "en": "Instructions"},
    "lists": {"es": "Listas", "en": "Lists"},
}
"""Tabs that our template adds for its reader: there is nothing to read in them, and nothing to say about them."""


def is_template_tab(title: str) -> bool:
    """Whether a tab is one of the template's own, which gives no notice."""
    return normalise(title) in {normalise(t) for texts in TEMPLATE_TABS.values() for t in texts.values()}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a spreadsheet, as the sheet shows it: row 5, column "E"."""

    file: str
    tab: str
    row: int | None = None
    column: str | None = None

    @property
    def cell(self) -> str:
        """`Indicadores!E5`, `Indicadores!5`, or the tab alone."""
        where = f"{self.column or ''}{self.row or ''}"
        return f"{self.tab}!{where}" if where else self.tab


class Severity(StrEnum):
    ERROR = "error"  # the row, tab or file is not taken
    WARNING = "warning"  # taken, and somebody should look
    NOTICE = "notice"  # taken, said for the record


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place. `kind` is a key of `sheets/problems.py`; `details` fill its sentence."""

    kind: str
    severity: Severity
    place: Place
    field: str | None = None
    value: str = ""  # what stands in the cell, as text
    details: Mapping[str, str] = dataclass_field(default_factory=dict)
    code: str | None = None  # the indicator, action or event of the row, when it is known
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that is no report: a repeated header, a total, a note, our own. `reason`: a key of `REASONS`."""

    tab: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class IndicatorReport:
    """One figure. `value` is in the indicator's unit (percentages 0-100); None when cleared or declared."""

    place: Place
    code: str
    period: Quarter
    breakdown: str  # category codes joined by "+", in the plan's order of dimensions; "" for the total
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    declared: Declared | None = None
    quality: str | None = None  # preliminary, definitive, revised
    cut_off: date | None = None
    own_rating: str | None = None
    cause: str | None = None
    corrective: str | None = None
    evidence: str | None = None
    evidence_public: bool = False
    reported_by: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.code, str(self.period), self.breakdown)

    @property
    def is_empty(self) -> bool:
        """Nothing reported: a pre-filled row left alone, or a figure cleared."""
        return self.value is None and self.declared is None


@dataclass(frozen=True, slots=True)
class ActionReport:
    place: Place
    code: str
    status: str  # not_started, in_progress, partly_met, completed, modified, cancelled
    start: date | None = None
    finish: date | None = None
    new_due: date | None = None
    note: str | None = None
    evidence: str | None = None
    evidence_public: bool = False

    @property
    def key(self) -> tuple[str]:
        return (self.code,)


@dataclass(frozen=True, slots=True)
class ParticipationReport:
    place: Place
    id: str
    kind: str  # consultation, training, session
    date: date
    state: str | None = None
    title: str | None = None
    total: int | None = None
    women: int | None = None
    men: int | None = None
    indigenous: int | None = None
    organisations: int | None = None
    proposals_received: int | None = None
    proposals_answered: int | None = None
    report_link: str | None = None

    @property
    def key(self) -> tuple[str]:
        return (self.id,)


@dataclass(frozen=True, slots=True)
class SubmissionReport:
    place: Place
    period: Quarter
    state: str  # draft, submitted
    name: str | None = None
    post: str | None = None
    letter: str | None = None
    date: date | None = None

    @property
    def key(self) -> tuple[str]:
        return (str(self.period),)


Report = IndicatorReport | ActionReport | ParticipationReport | SubmissionReport

ROLE_OF: dict[type, Role] = {
    IndicatorReport: Role.INDICATOR,
    ActionReport: Role.ACTION,
    ParticipationReport: Role.PARTICIPATION,
    SubmissionReport: Role.SUBMISSION,
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that says which report it is and cannot be taken: another row with its key contradicts it all the same."""

    role: Role
    key: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Parsed:
    """All that one workbook says: good rows, problems, rows left out."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    ignored: tuple[Ignored, ...]
    roles_read: frozenset[Role] = frozenset()  # tabs present and readable; a missing one keeps its last good data
    rows_read: int = 0  # rows that were looked at as reports (good, empty or bad)
    refused: tuple[Refused, ...] = ()


def place_json(place: Place) -> dict[str, Any]:
    return {"file": place.file, "tab": place.tab, "row": place.row, "column": place.column}
