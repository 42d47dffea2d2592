"""Agencies: their ids, their names in the order of time, who took over from whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from nap_monitor.programme.building import agency_id
from nap_monitor.programme.checks.references import actions, folded
from nap_monitor.programme.entries import Entry
from nap_monitor.programme.format import AGENCY_ID
from nap_monitor.programme.problems import PlanProblem, problem

_ALMOST = (
    0.9  # “… Social Dialogue” and “… Dialogue” of one ministry are 0.93 alike; ministries among each other below 0.8
)


def check(plan: Entry) -> Iterator[PlanProblem]:
    agencies = plan.entries("agencies")
    for agency in agencies:
        yield from _identity(agency)
        yield from _names(agency)
    yield from _succession(agencies)
    yield from _similar([a for a in agencies if "id" not in a.places])
    for _, action in actions(plan):
        if action.get("lead") and action.get("lead") in action.get("co_responsible", ()):
            place = action.at("co_responsible")
            yield problem("lead_is_co_responsible", place, action.name, "co_responsible", agency=action.get("lead"))


def _identity(agency: Entry) -> Iterator[PlanProblem]:
    if "id" not in agency.places:
        yield problem("agency_without_id", agency.place, agency.name, "id")
        name = agency_id(agency)
        if name and not (re.fullmatch(AGENCY_ID.pattern, name) and len(name) <= AGENCY_ID.longest):
            yield problem(
                AGENCY_ID.problem, agency.at("name"), agency.name, "name", text=name, longest=str(AGENCY_ID.longest)
            )
    if "name" in agency.places and "names" in agency.places:
        yield problem("name_and_names", agency.at("names"), agency.name, "names")
    if not {"name", "names"} & set(agency.places) or agency.get("names") == []:
        yield problem("missing_field", agency.at("names"), agency.name, "name")


def _names(agency: Entry) -> Iterator[PlanProblem]:
    for number, (earlier, later) in enumerate(pairwise(agency.entries("names")), start=2):
        if "from" in later.places and later.get("from") is None:
            continue  # said already: it is no date
        since, before = later.get("from"), earlier.get("from")
        if since is None or (before is not None and since <= before):
            yield problem("names_not_in_order", later.at("from"), agency.name, f"names[{number}].from")


def _succession(agencies: list[Entry]) -> Iterator[PlanProblem]:
    successor = {agency_id(a): a.get("succeeded_by") for a in agencies}
    for agency in agencies:
        given = {"succeeded_by", "succeeded_from"} & set(agency.places)
        if len(given) == 1:
            yield problem("succession_incomplete", agency.at(given.pop()), agency.name, "succeeded_by")
        seen: set[str] = set()
        now: str | None = agency_id(agency)
        while now and now not in seen:
            seen.add(now)
            now = successor.get(now)
        if now == agency_id(agency):
            yield problem("refers_to_itself", agency.at("succeeded_by"), agency.name, "succeeded_by")


def _similar(agencies: list[Entry]) -> Iterator[PlanProblem]:
    """Agencies known by printed names only, two of which look like one."""
    for one, other in combinations(agencies, 2):
        name, other_name = folded(agency_id(one)), folded(agency_id(other))
        if name != other_name and SequenceMatcher(None, name, other_name).ratio() >= _ALMOST:
            yield problem("similar_agencies", other.place, other.name, "name", other=agency_id(one))
