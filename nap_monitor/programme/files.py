"""Reading a plan from its file: YAML, or the workbook of those who do not write YAML."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from nap_monitor.language import LANGUAGES
from nap_monitor.programme import format as plan_format
from nap_monitor.programme.building import NO_ENTRY, build
from nap_monitor.programme.checks import check
from nap_monitor.programme.entries import At, Entry, Reading
from nap_monitor.programme.model import Programme
from nap_monitor.programme.problems import PlanProblem, has_errors, problem
from nap_monitor.programme.reading import read_record
from nap_monitor.programme.shifting import shifted, with_yearly_days
from nap_monitor.programme.tree import Listing, Mapping, Node, Place, Value, Written, is_nothing
from nap_monitor.programme.yaml_tree import read_yaml

YAML_ENDINGS = (".yaml", ".yml")
WORKBOOK_ENDING = ".xlsx"


def read_plan(
    path: Path, *, first_year: int | None = None, rule_sets: Collection[str] | None = None
) -> tuple[Programme | None, tuple[PlanProblem, ...]]:
    """The plan of a file and all its problems at once, in the order of the file; no plan when one is an error.

    `first_year` moves the programme's dates so that it starts in that year. `rule_sets`: the names there are; None
    where they are not known.
    """
    tree, problems = _tree(path)
    if tree is None:
        return None, problems
    plan, reading = _entries(tree)
    reading.problems.extend(problems)
    if has_errors(problems):
        reading.unreadable.add("agency")  # one problem for their file, not one for each mention
    if plan is not None:
        reading.problems.extend(check(plan, reading, rule_sets))
    programme = None
    if plan is not None and not has_errors(reading.problems):
        programme = _moved(plan, _languages_of(build(plan), plan, reading), first_year, reading)
    return programme, tuple(sorted(reading.problems, key=_in_file_order))


def _in_file_order(found: PlanProblem) -> tuple[str, str, int]:
    return found.file, found.tab, found.line or 0


def _tree(path: Path) -> tuple[Node | None, tuple[PlanProblem, ...]]:
    if path.suffix.lower() == WORKBOOK_ENDING:
        from nap_monitor.programme.workbook import read_workbook_tree  # noqa: PLC0415 - openpyxl takes 0.3 s

        return read_workbook_tree(path)
    if path.suffix.lower() not in YAML_ENDINGS:
        kind = "file_type" if path.exists() else "missing_file"
        return None, (problem(kind, Place(path.name), path=str(path)),)
    tree = read_yaml(path)
    if isinstance(tree, PlanProblem):
        return None, (tree,)
    return _with_agencies(tree, path)


def _with_agencies(tree: Node, path: Path) -> tuple[Node | None, tuple[PlanProblem, ...]]:
    """The tree with its agencies in it, where `agencies` names a file that stands beside."""
    named = tree.get("agencies") if isinstance(tree, Mapping) else None
    if not isinstance(tree, Mapping) or not isinstance(named, Value) or is_nothing(named):
        return tree, ()
    beside = read_yaml(path.parent / named.text)
    if isinstance(beside, PlanProblem):
        # Said where the plan names the file, unless the file itself has a line to look at.
        said = beside if beside.line else replace(beside, file=path.name, line=named.place.line, field="agencies")
        return tree.replacing("agencies", Listing((), named.place)), (said,)
    if isinstance(beside, Mapping):
        beside = beside.get("agencies") or beside
    return tree.replacing("agencies", beside), ()


def _entries(tree: Node) -> tuple[Entry | None, Reading]:
    declared = _declared_languages(tree)
    reading = Reading(LANGUAGES, declared[0] if len(declared) == 1 else None)
    return read_record(plan_format.PLAN, tree, At(""), reading), reading


def _declared_languages(tree: Node) -> tuple[str, ...]:
    head = tree.get("programme") if isinstance(tree, Mapping) else None
    listed = head.get("languages") if isinstance(head, Mapping) else None
    items = listed.items if isinstance(listed, Listing) else ()
    return tuple(i.text for i in items if isinstance(i, Value) and i.written is Written.TEXT and i.text in LANGUAGES)


def _languages_of(programme: Programme, plan: Entry, reading: Reading) -> Programme:
    """With its languages: those it declares, else those that its texts are in."""
    head: Entry = plan.get("programme", NO_ENTRY)
    used = {code for said in reading.texts for code in said.languages}
    return replace(programme, languages=tuple(head.get("languages") or (code for code in LANGUAGES if code in used)))


def _moved(plan: Entry, programme: Programme, first_year: int | None, reading: Reading) -> Programme | None:
    """The programme in its years, with what depends on them: days that come each year, duties that moved."""
    head: Entry = plan.get("programme")
    start = programme.start
    if first_year is not None and start is None:
        reading.problems.append(problem("cannot_shift", head.place, head.name, "period", year=str(first_year)))
        return None
    years = first_year - start.year if first_year is not None and start else 0
    rules = head.get("reporting", NO_ENTRY).entries("non_working_days")
    try:
        return with_yearly_days(shifted(programme, years), rules)
    except (ValueError, OverflowError):
        reading.problems.append(problem("shift_too_far", head.place, head.name, "period", year=str(first_year)))
        return None
