"""What is wrong with a spreadsheet, in words: problems, refusals of whole files and rows left out.

A problem keeps its kind and raw details (codes, ISO dates, plain numbers); the sentence is made where it is read, in
the reader's language. Details whose names are in `_SHOWN` are put into words there; a detail that is itself text of the
plan is given once for each language (`dimension.es`, `dimension.en`); all others are shown as they are.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from nap_monitor.language import LANGUAGES, Language, mark
from nap_monitor.sheets.cells import Unreadable
from nap_monitor.sheets.contract import Ignored, Place, Problem, Role, Severity, label
from nap_monitor.sheets.problem_kinds import KINDS, REASONS, REFUSALS, Kind

VALUE_LIMIT = 500
"""Characters of a cell's text that a problem keeps; enough to recognise the cell."""
_QUOTED = 80  # characters of it that a sentence quotes
_REST_TAKEN = mark("The rest of the row was taken.")
_PERHAPS = mark("Perhaps {suggestion}?")
_OWN = frozenset({"value", "column", "code", "period"})  # filled by the problem itself
SEVERITY_WORDS = {Severity.ERROR: mark("error"), Severity.WARNING: mark("warning"), Severity.NOTICE: mark("notice")}
_NO_DETAILS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, before anybody knows where the cell stands."""

    kind: str
    details: Mapping[str, str] = field(default_factory=lambda: _NO_DETAILS)


def fault(kind: str, **details: str) -> Fault:
    return Fault(kind, details)


def problem(
    kind: str,
    place: Place,
    *,
    field: str | None = None,
    value: str = "",
    code: str | None = None,
    period: str | None = None,
    **details: str,
) -> Problem:
    """A problem at a place. Its severity comes from the list; KeyError for a kind that is not in it.

    `details` must hold every {name} of the kind's two sentences besides `value`, `column`, `code` and `period`; a kind
    that names a `column` needs `in_role`, the role of the tab.
    """
    given = {name.partition(".")[0] for name in details}
    assert given >= _NEEDED[kind], f"{kind} needs {sorted(_NEEDED[kind])}"
    return Problem(kind, KINDS[kind].severity, place, field, value[:VALUE_LIMIT], details, code, period)


def without_field(trouble: Problem) -> Problem:
    """The same problem where only this field is lost and its row is taken: never more than a warning."""
    return replace(trouble, severity=Severity.WARNING) if trouble.severity is Severity.ERROR else trouble


def sentence(problem: Problem, language: Language) -> str:
    """What is wrong, in one sentence; another one says what may be meant, or that the rest of the row was taken."""
    kind = KINDS[problem.kind]
    said = language.say(kind.sentence, **_values(problem, language))
    if suggestion := problem.details.get("suggestion"):
        said = f"{said} {language.say(_PERHAPS, suggestion=suggestion)}"
    if kind.severity is Severity.ERROR and problem.severity is Severity.WARNING:
        said = f"{said} {language.say(_REST_TAKEN)}"
    return said


def accepted(problem: Problem, language: Language) -> str:
    """What the place accepts instead; empty where nothing needs to be corrected."""
    message = KINDS[problem.kind].accepted
    return language.say(message, **_values(problem, language)) if message else ""


def reason(ignored: Ignored, language: Language) -> str:
    """Why a row is no report."""
    return language.say(REASONS[ignored.reason])


def refusal(unreadable: Unreadable, file: str, language: Language) -> str:
    """Why a whole file was not read, and what to do, in two short sentences."""
    kind = REFUSALS[unreadable.kind]
    details = {**unreadable.details, "file": file}
    return f"{language.say(kind.sentence, **details)} {language.say(kind.accepted, **details)}"


def refused(unreadable: Unreadable, file: str) -> Problem:
    """The refusal of a whole file as a problem, for lists that hold both."""
    return problem(unreadable.kind, Place(file, ""), **{**unreadable.details, "file": file})


def names_in(message: str) -> frozenset[str]:
    """The {names} of a message."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name)


def column_label(role: Role, field: str, language: Language) -> str:
    """The header of a field as the reader's template has it."""
    return label(role, field, language.code)


def _needed(kind: Kind) -> frozenset[str]:
    names = names_in(kind.sentence) | names_in(kind.accepted)
    return (names - _OWN) | ({"in_role"} if "column" in names else frozenset())


_NEEDED = {name: _needed(kind) for name, kind in KINDS.items()}


def in_each_language(name: str, say: Callable[[str], str]) -> dict[str, str]:
    """A detail that is text of the plan, in each of our languages: `dimension` -> `dimension.es`, `dimension.en`."""
    return {f"{name}.{code}": say(code) for code in LANGUAGES}


def _values(problem: Problem, language: Language) -> dict[str, str]:
    shown = {}
    for name, text in problem.details.items():
        plain_name, _, its_language = name.partition(".")
        if its_language in ("", language.code):
            shown[plain_name] = _SHOWN.get(name, _as_is)(text, language)
    role = problem.details.get("in_role")
    column = column_label(Role(role), problem.field, language) if role and problem.field else problem.field or ""
    own = {
        "value": _shortened(problem.value),
        "column": column,
        "code": problem.code or "",
        "period": language.quarter(problem.period) if problem.period else "",
    }
    return own | shown


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def _as_is(text: str, _: Language) -> str:
    return text


def _words(text: str, language: Language) -> str:
    """`yes no` -> Sí, No."""
    return ", ".join(label("words", word, language.code) for word in text.split())


_SHOWN: dict[str, Callable[[str, Language], str]] = {
    "role": lambda role, language: label("tabs", role, language.code),
    "quarter": lambda code, language: language.quarter(code),
    "first_quarter": lambda code, language: language.quarter(code),
    "last_quarter": lambda code, language: language.quarter(code),
    "day": lambda day, language: language.day(date.fromisoformat(day)),
    "start": lambda day, language: language.day(date.fromisoformat(day)),
    "words": _words,
}
