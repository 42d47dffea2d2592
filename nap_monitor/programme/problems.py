"""A problem of a plan's file: where, in which entry and field, and its sentence in the reader's language."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from nap_monitor.language import Language, mark
from nap_monitor.programme.sentences import KINDS, Severity
from nap_monitor.programme.tree import Place


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """One thing wrong: where (file and line, or tab, row and column), in which entry and field, and what."""

    file: str
    line: int | None
    entry: str  # "indicator IND-1.05"; "" for the file as a whole
    field: str  # "baseline.year"; "" for the entry as a whole
    kind: str
    severity: Severity
    details: dict[str, str] = dataclasses.field(default_factory=dict)
    tab: str = ""
    column: str = ""

    def sentence(self, language: Language) -> str:
        """What is wrong and what to do, in one or two sentences."""
        said = language.say(KINDS[self.kind][1], **self.details)
        if suggestion := self.details.get("suggestion"):
            said += " " + language.say("Did you mean “{suggestion}”?", suggestion=suggestion)
        return said

    def where(self, language: Language) -> str:
        """`programme.yaml:12`, or `plan.xlsx, tab “Indicators”, cell C12`."""
        values: dict[str, object] = {"file": self.file, "tab": self.tab, "row": self.line}
        if self.tab and self.column:
            return language.say("{file}, tab “{tab}”, cell {cell}", cell=f"{self.column}{self.line or ''}", **values)
        if self.tab and self.line:
            return language.say("{file}, tab “{tab}”, row {row}", **values)
        if self.tab:
            return language.say("{file}, tab “{tab}”", **values)
        return f"{self.file}:{self.line}" if self.line else self.file

    def subject(self, language: Language) -> str:
        """The entry and field in words: `indicator IND-1.05, baseline.year`."""
        title, _, name = self.entry.partition(" ")
        entry = f"{language.say(title)} {name}".strip() if title else ""
        return ", ".join(part for part in (entry, self.field) if part)


def problem(kind: str, place: Place, entry: str = "", field: str = "", **details: str) -> PlanProblem:
    """A problem of a kind at a place; its severity comes from the list."""
    severity = KINDS[kind][0]
    return PlanProblem(place.file, place.line, entry, field, kind, severity, details, place.tab, place.column)


def has_errors(problems: Iterable[PlanProblem]) -> bool:
    return any(p.severity is Severity.ERROR for p in problems)


def suggestion(word: str, known: Iterable[str]) -> str:
    """The known word that someone probably meant, or nothing."""
    by_folded = {k.casefold(): k for k in known}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""


ENTRY_TITLES = (
    mark("programme"),
    mark("objective"),
    mark("strategy"),
    mark("action"),
    mark("indicator"),
    mark("agency"),
    mark("dimension"),
    mark("category"),
    mark("extension"),
    mark("principle"),
)
