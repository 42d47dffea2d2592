"""What a new version of a plan changes: per entry and field, and which of it touches how progress is judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nap_monitor.language import Language
from nap_monitor.programme.model import Programme, to_document

Json = dict[str, Any]


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change. `old` and `new` are plain JSON values; None where the entry is added or removed as a whole."""

    change: Change
    entry: str  # "indicator IND-1.05"
    field: str  # "weight", "calendar.deadlines"; "" for the entry as a whole
    old: Any
    new: Any
    judges: bool  # weights, rule sets, targets, methods, responsibles, dates: what colours are worked out from

    def sentence(self, language: Language) -> str:
        """`indicator IND-1.05, weight: 1 → 2`."""
        title, _, name = self.entry.partition(" ")
        subject = f"{language.say(title)} {name}"
        if self.change is Change.ADDED:
            return language.say("{subject}: new", subject=subject)
        if self.change is Change.REMOVED:
            return language.say("{subject}: no longer in the plan", subject=subject)
        if self.field == ORDER:
            return language.say("{subject}: its entries stand in another order", subject=subject)
        return f"{subject}, {self.field}: {_shown(self.old)} → {_shown(self.new)}"

    def to_json(self) -> Json:
        return {
            "change": str(self.change),
            "entry": self.entry,
            "field": self.field,
            "old": self.old,
            "new": self.new,
            "judges": self.judges,
        }


def _shown(value: Any) -> str:
    """A value short enough for a line."""
    text = (
        "–"
        if value in (None, "", [], {})
        else value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
    )
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_LONGEST = 80
ORDER = "order"
"""The field of a difference that says that entries stand in another order."""

# These change only by a version with its quarter and reason (rule 11). Names, notes and translations do not judge.
_JUDGING: dict[str, frozenset[str]] = {
    "programme": frozenset({"start", "end", "time_zone", "rule_set", "calendar"}),
    "agency": frozenset({"succeeded_by", "succeeded_from"}),
    "action": frozenset({"lead", "co_responsible", "start", "due", "due_date"}),
    "indicator": frozenset(
        {
            *("objective", "strategy", "action", "kind", "weight"),  # where it counts, and for how much
            *("direction", "behaviour", "accumulation", "frequency", "due_date", "available_after_days"),
            *("baseline", "targets", "minimum", "maximum", "rule_set", "series_break", "replaces", "responsibles"),
            *("unit", "aggregation", "definition", "formula"),  # its method
        }
    ),
}
_WHOLE_ENTRY_JUDGES = frozenset({"action", "indicator"})
_ABOUT_THE_VERSION = frozenset({"effective_from", "reason", "decision"})
_LISTS = {"agencies": "agency", "objectives": "objective", "indicators": "indicator", "dimensions": "dimension"}


def differences(old: Programme, new: Programme) -> tuple[Difference, ...]:
    """Everything that `new` says otherwise than `old`; what only describes the version itself is left out."""
    before, after = _entries(old), _entries(new)
    found = [d for name in {**before, **after} for d in _of_entry(name, before.get(name), after.get(name))]
    return tuple(found) + tuple(_order(before, after))


def touches_judgement(found: tuple[Difference, ...]) -> bool:
    return any(d.judges for d in found)


def content(programme: Programme) -> Json:
    """What the plan says, without what describes its version: two versions with equal contents are one."""
    return {key: value for key, value in to_document(programme).items() if key not in _ABOUT_THE_VERSION}


def _entries(programme: Programme) -> dict[str, Json]:
    """Entry name -> its own fields. Nested entries become entries of their own that know where they belong."""
    document = content(programme)
    principles = document.pop("principles")
    lists = {name: document.pop(name) for name in _LISTS}
    calendar = document.pop("calendar")
    head = {**document, **{f"calendar.{key}": value for key, value in calendar.items()}}
    entries = {f"programme {head['code']}": head}
    for name, title in _LISTS.items():
        for entry in lists[name]:
            entries.update(_nested(title, entry))
    entries.update({f"principle {p['number']}": p for p in principles})
    return entries


def _nested(title: str, entry: Json) -> Iterator[tuple[str, Json]]:
    below = {"objective": ("strategies", "strategy"), "strategy": ("actions", "action")}.get(title)
    own = {key: value for key, value in entry.items() if below is None or key != below[0]}
    code = entry.get("id") or entry["code"]
    yield f"{title} {code}", own
    if below:
        for child in entry[below[0]]:
            yield from _nested(
                below[1], {**child, title: code} if title == "strategy" else {**child, "objective": code}
            )


def _of_entry(name: str, old: Json | None, new: Json | None) -> Iterator[Difference]:
    title = name.split(" ", 1)[0]
    judging = _JUDGING.get(title, frozenset())
    if old is None or new is None:
        change = Change.ADDED if old is None else Change.REMOVED
        yield Difference(change, name, "", None, None, title in _WHOLE_ENTRY_JUDGES)
        return
    for field in new:
        judges = field.split(".")[0] in judging
        for part, before, after in _parts(field, old[field], new[field]):
            yield Difference(Change.CHANGED, name, part, before, after, judges)


def _parts(field: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """What differs in a field: of targets, baselines and texts the very key, `targets.2026-Q4`."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}):  # a database may have kept them in another order
            yield from _parts(f"{field}.{key}", old.get(key), new.get(key))
    else:
        yield field, old, new


def _order(before: dict[str, Json], after: dict[str, Json]) -> Iterator[Difference]:
    """Entries that both have, in another order: a change of what is shown first, not of what is judged."""
    old = [name for name in before if name in after]
    new = [name for name in after if name in before]
    if old != new:
        yield Difference(Change.CHANGED, new[0], ORDER, None, None, judges=False)
