"""What pages read, each thing once for each change of the data: the cache's key is `data_version` and the day.

Cached values are frozen and shared by all visitors, not copied (`cache_resource`); nothing here writes, or opens a
spreadsheet. The viewer is part of every key, so that nobody is given what was read for somebody else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import streamlit as st

from nap_monitor import status
from nap_monitor.access import PUBLIC, Viewer
from nap_monitor.assess import rule_sets_in_force
from nap_monitor.charts.chart import Chart
from nap_monitor.database import Engine
from nap_monitor.database.engine import connect, data_version, schema_is_current
from nap_monitor.database.engine import reading as transaction
from nap_monitor.database.plans import StoredPlan, programmes
from nap_monitor.database.problems import StoredProblem, problem_counts, problems
from nap_monitor.database.requests import Request
from nap_monitor.database.requests import request as sync_request
from nap_monitor.database.runs import last_sync_at
from nap_monitor.database.spreadsheets import Spreadsheet, spreadsheets
from nap_monitor.database.submissions import Submission, submissions
from nap_monitor.history import CurvePoint, IndicatorHistory, programme_curve
from nap_monitor.history import history as indicator_history
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.explain import limits as limits_of
from nap_monitor.settings import Settings
from nap_monitor.status import Standing

_KEEP = 256  # entries: quarters × programmes × roles of a busy day, a few hundred kilobytes each at most


class NotMigrated(RuntimeError):
    """The database answers, but its tables are not this program's."""


def now() -> datetime:
    """The clock of the pages, UTC."""
    return datetime.now(UTC)


def settings() -> Settings:
    """The settings, read anew only when the environment changes: working them out takes a millisecond."""
    return _settings(tuple(pair for pair in os.environ.items() if pair[0].startswith("NAP_")))


@lru_cache(maxsize=8)
def _settings(_environment: tuple[tuple[str, str], ...]) -> Settings:
    return Settings()


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    return connect(url)


def engine() -> Engine:
    """The one engine of this process for its database. Raises `DatabaseUnavailable`."""
    return _engine(settings().url)


@dataclass(frozen=True, slots=True)
class Edition:
    """What the data are at this moment: the database and its `data_version`. All caches are keyed by it."""

    url: str
    version: int


def edition() -> Edition:
    """Asked once for each run of a page. Raises `DatabaseUnavailable` or `NotMigrated`."""
    its = engine()
    try:
        with transaction(its) as connection:
            return Edition(settings().url, data_version(connection))
    except Exception as error:
        if not schema_is_current(its):
            raise NotMigrated from error
        raise


@st.cache_resource(max_entries=_KEEP, show_spinner=False)
def plans(of: Edition) -> tuple[StoredPlan, ...]:
    """The newest version of each programme. What was promised is public."""
    with transaction(_engine(of.url)) as connection:
        return programmes(connection, PUBLIC)


@st.cache_resource(max_entries=_KEEP, show_spinner=False)
def standing(of: Edition, viewer: Viewer, programme: str, quarter: Quarter, day: date) -> Standing:
    """Where a programme stands in a quarter, as this viewer may see it."""
    with transaction(_engine(of.url)) as connection:
        return status.standing(connection, viewer, programme, quarter, day)


@st.cache_resource(max_entries=4 * _KEEP, show_spinner=False)
def drawn(of: Edition, key: tuple[object, ...], _draw: Callable[[], Chart]) -> Chart:  # noqa: ARG001
    """A finished chart: built once for each edition and key (what, whose, when, language, theme)."""
    return _draw()


def limits() -> dict[str, tuple[Decimal, ...]]:
    """By rule set, the limits that a printed compliance must not seem to cross."""
    return {name: limits_of(rules) for name, rules in rule_sets_in_force(settings().config / "rules.yaml").items()}


def today(plan: StoredPlan) -> date:
    """The programme's day, in its own time zone."""
    return now().astimezone(ZoneInfo(plan.programme.time_zone)).date()


def last_sync(programme_id: int) -> datetime | None:
    """When the last reading of spreadsheets ended. Not cached: a reading that changed nothing leaves `data_version`."""
    with transaction(engine()) as connection:
        return last_sync_at(connection, PUBLIC, programme_id)


@st.cache_resource(max_entries=_KEEP, show_spinner=False)
def history(of: Edition, viewer: Viewer, programme: str, code: str, quarter: Quarter) -> IndicatorHistory:
    """One indicator from its baseline to its target."""
    with transaction(_engine(of.url)) as connection:
        return indicator_history(connection, viewer, programme, code, quarter)


@st.cache_resource(max_entries=_KEEP, show_spinner=False)
def curve(of: Edition, viewer: Viewer, programme: str, day: date) -> tuple[CurvePoint, ...]:
    """The programme quarter by quarter, planned and actual."""
    with transaction(_engine(of.url)) as connection:
        return programme_curve(connection, viewer, programme, day)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What the spreadsheets of a programme delivered. Not cached: a reading that changed nothing still was one."""

    spreadsheets: tuple[Spreadsheet, ...]
    problem_counts: Mapping[str, Mapping[str, int]]  # agency -> severity -> how many
    submissions: tuple[Submission, ...]


def deliveries(viewer: Viewer, programme_id: int, quarter: Quarter) -> Deliveries:
    with transaction(engine()) as connection:
        return Deliveries(
            spreadsheets(connection, viewer, programme_id),
            problem_counts(connection, viewer, programme_id),
            submissions(connection, viewer, programme_id, str(quarter)),
        )


def problems_of(viewer: Viewer, programme_id: int, agency: str | None) -> tuple[StoredProblem, ...]:
    """What is wrong in the spreadsheets of an agency, or of all."""
    with transaction(engine()) as connection:
        return problems(connection, viewer, programme_id, agency)


def request(viewer: Viewer, request_id: int) -> Request | None:
    """How far a sync that somebody asked for has come."""
    with transaction(engine()) as connection:
        return sync_request(connection, viewer, request_id)
