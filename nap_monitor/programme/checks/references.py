"""Codes: that each is given once, and that whatever refers to one finds it where it should be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from nap_monitor.programme.building import agency_id
from nap_monitor.programme.entries import Entry, Mention, Reading
from nap_monitor.programme.format import ALL_AGENCIES
from nap_monitor.programme.problems import PlanProblem, problem, suggestion


def folded(text: str) -> str:
    """Text as people and spreadsheets compare it: without case, accents and repeated spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def strategies(plan: Entry) -> Iterator[tuple[Entry, Entry]]:
    """(objective, strategy)."""
    return ((o, s) for o in plan.entries("objectives") for s in o.entries("strategies"))


def actions(plan: Entry) -> Iterator[tuple[Entry, Entry]]:
    """(strategy, action)."""
    return ((s, a) for _, s in strategies(plan) for a in s.entries("actions"))


def _entries(plan: Entry) -> dict[str, list[Entry]]:
    """What can be referred to: kind -> entries."""
    return {
        "agency": plan.entries("agencies"),
        "objective": plan.entries("objectives"),
        "strategy": [s for _, s in strategies(plan)],
        "action": [a for _, a in actions(plan)],
        "indicator": plan.entries("indicators"),
        "dimension": plan.entries("dimensions"),
        "principle": plan.get("taxonomies", plan).entries("ungp"),
    }


def _code(kind: str, entry: Entry) -> str | None:
    if kind == "agency":
        return agency_id(entry) or None
    code = entry.get("n" if kind == "principle" else "code")
    return None if code is None else str(code)


def check(plan: Entry, reading: Reading) -> Iterator[PlanProblem]:
    known: dict[str, set[str]] = {}
    for kind, entries in _entries(plan).items():
        known[kind] = {code for e in entries if (code := _code(kind, e))}
        yield from _duplicates(kind, entries)
    yield from _dimensions(reading, known.pop("dimension"))
    for mention in reading.mentions:
        codes = known.get(mention.what)
        if codes is not None and mention.text not in codes and mention.what not in reading.unreadable:
            at, kind = mention.at, f"unknown_{mention.what}"
            likely = suggestion(mention.text, codes)
            yield problem(kind, mention.place, at.entry, at.field, text=mention.text, suggestion=likely)
    yield from _categories(plan.entries("dimensions"), plan.entries("agencies"))
    yield from _places(plan)


def _dimensions(reading: Reading, known: set[str]) -> Iterator[PlanProblem]:
    """Dimensions without a vocabulary, each said once: a plan that has none would say it for every indicator."""
    missing: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        if mention.what == "dimension" and mention.text not in known:
            missing.setdefault(mention.text, []).append(mention)
    for text, mentions in missing.items():
        first, count = mentions[0], len({m.at.entry for m in mentions})
        details = {"text": text, "count": str(count), "suggestion": suggestion(text, known)}
        yield problem("unknown_dimension", first.place, first.at.entry, first.at.field, **details)


def _duplicates(kind: str, entries: Iterable[Entry]) -> Iterator[PlanProblem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        code = _code(kind, entry)
        if code is None:
            continue
        if (other := first.setdefault(folded(code), entry)) is not entry:
            field = {"agency": "id", "principle": "n"}.get(kind, "code")
            yield problem("duplicate_code", entry.at(field), entry.name, field, text=code, other=_where(other))


def _where(entry: Entry) -> str:
    """`programme.yaml:12`, short: said inside a sentence."""
    place = entry.place
    return f"{place.tab or place.file}:{place.line}"


def _categories(dimensions: list[Entry], agencies: list[Entry]) -> Iterator[PlanProblem]:
    """Codes of categories are unique in the plan; names are, within a dimension."""
    codes: dict[str, Entry] = {}
    for dimension in dimensions:
        is_agencies = dimension.get("categories") == ALL_AGENCIES
        categories = dimension.entries("categories")
        for category in agencies if is_agencies else categories:
            code = agency_id(category) if is_agencies else category.get("code", "")
            other = codes.setdefault(folded(code), dimension)
            if code and (other is not dimension or _comes_before(code, category, categories)):
                entry = dimension if is_agencies else category
                details = {"text": code, "other": other.get("code", "")}
                yield problem("duplicate_category", entry.at("code"), entry.name, "code", **details)
        yield from _names_of_categories(categories)


def _comes_before(code: str, category: Entry, categories: list[Entry]) -> bool:
    """Whether an earlier category of the same dimension has this code."""
    same = [c for c in categories if folded(c.get("code", "")) == folded(code)]
    return bool(same) and same[0] is not category


def _names_of_categories(categories: list[Entry]) -> Iterator[PlanProblem]:
    names: dict[tuple[str, str], Entry] = {}
    for category in categories:
        for language, name in category.get("name", {}).items():
            other = names.setdefault((language, folded(name)), category)
            if other is not category:
                details = {"text": category.get("code", ""), "other": other.get("code", "")}
                yield problem("same_category_name", category.at("name"), category.name, "name", **details)


def _places(plan: Entry) -> Iterator[PlanProblem]:
    """An indicator's strategy belongs to its objective, and its action to its strategy."""
    objective_of = {s.get("code"): o.get("code") for o, s in strategies(plan)}
    strategy_of = {a.get("code"): s.get("code") for s, a in actions(plan)}
    for indicator in plan.entries("indicators"):
        objective, action = indicator.get("objective"), indicator.get("action")
        own = strategy_of.get(action) if action else None
        strategy = str(indicator.get("strategy") or own or "")
        if own and strategy in objective_of and own != strategy:
            yield problem(
                "action_elsewhere", indicator.at("action"), indicator.name, "action",
                action=action, home=own, strategy=strategy,
            )  # fmt: skip
        place = objective_of.get(strategy)
        if place and objective and place != objective:
            yield problem(
                "strategy_elsewhere", indicator.at("strategy"), indicator.name, "strategy",
                strategy=strategy, home=place, objective=objective,
            )  # fmt: skip
