"""The problems of `config/`: plan, sources, rule sets and access, each with file, line, entry and field."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nap_monitor.language import Language

if TYPE_CHECKING:
    from nap_monitor.programme.problems import PlanProblem

PLAN, SAMPLES, SOURCES, RULES, ACCESS = "programme.yaml", "samples/*.yaml", "sources.yaml", "rules.yaml", "access.yaml"
PLAN_ENDINGS = (".yaml", ".yml", ".xlsx")
OPERATOR = "local_operator"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One problem of a configuration file, in words. `severity`: error or warning; `cell`: in a workbook."""

    file: str
    line: int | None
    entry: str
    field: str
    kind: str
    severity: str
    message: str
    subject: str  # entry and field, as people say them
    cell: str = ""  # file, tab and cell, as people say them

    def where(self) -> str:
        if self.cell:
            return self.cell
        return f"{self.file}:{self.line}" if self.line else self.file


def troubles(folder: Path, language: Language) -> Iterator[Trouble]:
    """Everything wrong in the files of a configuration folder."""
    names = yield from _of_rules(folder / RULES, language)
    agencies: set[str] = set()
    for path in [folder / PLAN, *sorted(folder.glob(SAMPLES))]:
        agencies |= yield from _of_plan(path, names, language)
    yield from _of_sources(folder / SOURCES, agencies, language)
    yield from _of_access(folder / ACCESS, language)


def troubles_of_plan(path: Path, folder: Path, language: Language) -> Iterator[Trouble]:
    """Everything wrong in a plan that stands anywhere; the rule sets that it may name are those of a configuration."""
    names = yield from _of_rules(folder / RULES, language)
    yield from _of_plan(path, names, language)


def _of_plan(path: Path, rule_sets: set[str], language: Language) -> Generator[Trouble, None, set[str]]:
    """The problems of a plan; returns the ids of its agencies."""
    from nap_monitor.programme.files import read_plan

    programme, found = read_plan(path, rule_sets=rule_sets)
    yield from (of_problem(problem, language) for problem in found)
    return set(programme.agency_by_id) if programme else set()


def of_problem(problem: PlanProblem, language: Language) -> Trouble:
    """A plan's problem as one line of the check."""
    return Trouble(
        problem.file,
        problem.line,
        problem.entry,
        problem.field,
        problem.kind,
        problem.severity.value,
        problem.sentence(language),
        problem.subject(language),
        problem.where(language) if problem.tab else "",
    )


def _of_sources(path: Path, agencies: set[str], language: Language) -> Iterator[Trouble]:
    from nap_monitor.sheets.sources import read_sources

    # Without a plan that can be read nobody knows which agencies there are.
    for problem in read_sources(path, agencies or None)[1]:
        yield of_problem(problem, language)


def _of_rules(path: Path, language: Language) -> Generator[Trouble, None, set[str]]:
    """The problems of the rule sets; returns the names of those that can be used."""
    from pydantic import ValidationError

    from nap_monitor.progress.rules import BUILT_IN, rule_sets

    document = yield from _document(path, language)
    try:
        return set(rule_sets(document))
    except ValidationError as error:
        for wrong in error.errors():
            place = ("rule_sets", *wrong["loc"])
            entry, field = f"rule_sets[{place[1]}]" if len(place) > 1 else "", ".".join(map(str, place[2:]))
            yield _refused(path, line_of(document, place), entry, field, wrong["msg"], language)
    except ValueError as error:
        yield _refused(path, line_of(document, ("rule_sets",)), "", "rule_sets", str(error), language)
    return set(BUILT_IN)


def _of_access(path: Path, language: Language) -> Iterator[Trouble]:
    document = yield from _document(path, language)
    for name, value in (document or {}).items():
        line = line_of(document, (name,))
        if name != OPERATOR:
            message = language.say("There is no such setting; known: {known}.", known=OPERATOR)
            yield Trouble(path.name, line, "", str(name), "unknown_field", "error", message, str(name))
        elif value is not None and not isinstance(value, str):
            message = language.say("This must be the name of a person.")
            yield Trouble(path.name, line, "", OPERATOR, "not_text", "error", message, OPERATOR)


def _document(path: Path, language: Language) -> Generator[Trouble, None, Any]:
    """Yield what keeps a file from being read; return what it holds (None: it is not there, or empty)."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        document = YAML().load(path.read_text("utf-8")) if path.exists() else None
    except MarkedYAMLError as error:
        mark_ = error.problem_mark
        yield _refused(path, mark_.line + 1 if mark_ else None, "", "", str(error.problem), language)
        return None
    except (OSError, UnicodeDecodeError) as error:
        yield _refused(path, None, "", "", str(error), language)
        return None
    if document is not None and not isinstance(document, Mapping):
        yield _refused(path, 1, "", "", language.say("settings are written as “name: value”"), language)
        return None
    return document


def _refused(path: Path, line: int | None, entry: str, field: str, reason: str, language: Language) -> Trouble:
    message = language.say("This cannot be used: {reason}.", reason=reason.rstrip("."))
    subject = ", ".join(filter(None, (entry, field)))
    return Trouble(path.name, line, entry, field, "unusable", "error", message, subject)


def line_of(document: Any, place: Sequence[object]) -> int | None:
    """The line (from 1) at which a place of a YAML document stands, as far as the document has it."""
    line: int | None = None
    for step in place:
        try:
            find = document.lc.item if isinstance(step, int) else document.lc.key
            line, document = find(step)[0] + 1, document[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line
