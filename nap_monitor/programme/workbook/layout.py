"""Tabs and columns of the plan's workbook, taken from the description of the format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nap_monitor.language import LANGUAGES, Language, mark
from nap_monitor.programme import format as plan_format
from nap_monitor.programme import kinds
from nap_monitor.programme.workbook.labels import COLUMNS, label

SEPARATOR = "; "
"""Between the parts of a cell that holds a list."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its value stands in an entry (`baseline.value`, `name.es`), and what can stand in it."""

    path: str
    kind: kinds.Kind
    help: str
    required: bool = False
    language: str = ""  # of a text

    def header(self, reader: Language) -> str:
        """“Baseline: year”, “Name (es)”."""
        name = label(COLUMNS, self.path.removesuffix(f".{self.language}"), reader)
        return f"{name} ({self.language})" if self.language else name


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab with a row for each entry."""

    name: str
    columns: tuple[Column, ...]
    required: bool = False


def _columns(record: kinds.Record, *, without: frozenset[str] = frozenset(), prefix: str = "") -> Iterator[Column]:
    """The columns of a record: a text has one for each language, parts stand beside each other."""
    for field in record.fields:
        path = f"{prefix}{field.name}"
        if path in without or isinstance(field.kind, kinds.Unused):
            continue
        if isinstance(field.kind, kinds.Record):
            yield from _columns(field.kind, without=without, prefix=f"{path}.")
        elif isinstance(field.kind, kinds.By):
            assert isinstance(field.kind.key, kinds.Choice)
            for key in field.kind.key.words:
                yield from _column(kinds.Field(f"{path}.{key}", field.kind.value, field.help))
        else:
            # A part of something that may be left out as a whole is not needed by every row.
            yield from _column(kinds.Field(path, field.kind, field.help, field.required and not prefix))


def _column(field: kinds.Field) -> Iterator[Column]:
    if isinstance(field.kind, kinds.Words):
        for code in LANGUAGES:
            yield Column(f"{field.name}.{code}", kinds.Line(), field.help, field.required, code)
    else:
        yield Column(field.name, field.kind, field.help, field.required)


def _belongs(to: str) -> Column:
    """The column that says which entry above a row belongs to."""
    return _key(to, kinds.Reference(to), mark("Code of the entry that it belongs to."))


def _key(path: str, kind: kinds.Kind, explained: str) -> Column:
    """A column that every row needs."""
    return Column(path, kind, explained, required=True)


_REASON = tuple(_column(kinds.Field("reason", kinds.Words(), mark("For an extension: why."))))
CALENDAR_KINDS = ("deadline", "non_working_day", "extension")

PROGRAMME = (
    *_columns(plan_format.PROGRAMME, without=frozenset({"reporting"})),
    *_columns(
        plan_format.REPORTING,
        without=frozenset({"reporting.deadlines", "reporting.non_working_days", "reporting.extensions"}),
        prefix="reporting.",
    ),
    Column("illustrative", kinds.Flag(), mark("Whether the plan is made up for a demonstration.")),
    *_column(kinds.Field("disclaimer", kinds.Words(), mark("Printed with all that is shown of an illustrative plan."))),
)
"""The settings of the plan as a whole: each is a row of its tab."""

TABS = (
    Tab(
        "agencies",
        (
            Column("id", plan_format.AGENCY_ID, mark("Stable id that the plan and the workbooks refer to.")),
            *_columns(plan_format.AGENCY_NAME, without=frozenset({"from"})),
            Column("from", kinds.Day(), mark("For a later name: another row with the same id, and from which day.")),
            *_columns(plan_format.AGENCY, without=frozenset({"id", "name", "acronym", "names"})),
        ),
        required=True,
    ),
    Tab("objectives", tuple(_columns(plan_format.OBJECTIVE, without=frozenset({"strategies"}))), required=True),
    Tab(
        "strategies",
        (_belongs("objective"), *_columns(plan_format.STRATEGY, without=frozenset({"actions"}))),
        required=True,
    ),
    Tab("actions", (_belongs("strategy"), *_columns(plan_format.ACTION)), required=True),
    Tab(
        "indicators",
        tuple(_columns(plan_format.INDICATOR, without=frozenset({"responsible", "targets", "max"}))),
    ),
    Tab(
        "targets",
        (
            _key(
                "indicator", kinds.Reference("indicator"), mark("Code of the indicator; a column per year or quarter.")
            ),
        ),
    ),
    Tab(
        "dimensions",
        (
            _key("dimension", plan_format.DIMENSION_CODE, mark("Code of the dimension; a row for each category.")),
            *_column(kinds.Field("dimension_name", kinds.Words(), mark("Name of the dimension."))),
            *_columns(plan_format.CATEGORY),
        ),
    ),
    Tab(
        "calendar",
        (
            _key("kind", kinds.Choice(CALENDAR_KINDS), mark("Deadline of a quarter, non-working day, or extension.")),
            Column("quarter", kinds.QuarterCode(), mark("For a deadline or an extension: of which quarter.")),
            Column("agency", kinds.Reference("agency"), mark("For an extension: for whom.")),
            _key("date", kinds.Day(), mark("The deadline, the non-working day, or until when.")),
            *_REASON,
        ),
    ),
    Tab("principles", tuple(_columns(plan_format.PRINCIPLE))),
)
