"""Texts in both languages: which ones the plan gives in one only."""

from __future__ import annotations

from collections.abc import Iterator

from nap_monitor.language import LANGUAGES, NAMES
from nap_monitor.programme.building import NO_ENTRY
from nap_monitor.programme.entries import Entry, Reading
from nap_monitor.programme.problems import PlanProblem, problem


def check(plan: Entry, reading: Reading) -> Iterator[PlanProblem]:
    """Missing translations; where a language is missing throughout, that is said once."""
    head = plan.get("programme", NO_ENTRY)
    for language in LANGUAGES:
        lacking = [said for said in reading.texts if language not in said.languages]
        name = NAMES[language]
        if lacking and len(lacking) == len(reading.texts):
            details = {"language": name, "count": str(len(lacking))}
            yield problem("language_missing_throughout", plan.place, head.name, "name", **details)
            continue
        for said in lacking:
            yield problem("missing_translation", said.place, said.at.entry, said.at.field, language=name)
