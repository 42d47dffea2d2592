"""Whose a workbook is: what `config/sources.yaml` says, and the rule for files that it says nothing about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from nap_monitor.language import mark
from nap_monitor.programme.entries import At, Entry, Reading
from nap_monitor.programme.format import AGENCY_ID, PROGRAMME_CODE
from nap_monitor.programme.kinds import Field, Line, Many, Record
from nap_monitor.programme.problems import PlanProblem, has_errors, suggestion
from nap_monitor.programme.reading import read_record
from nap_monitor.programme.tree import Place, is_nothing
from nap_monitor.programme.yaml_tree import read_yaml
from nap_monitor.sheets.contract import normalise

SOURCE = Record(
    (
        Field("agency", AGENCY_ID, "Id of the agency, as in the plan.", required=True),
        Field(
            "files", Many(Line()), "Its files: names, folders or patterns below the folder; left out: found by name."
        ),
        Field("programme", PROGRAMME_CODE, "Code of the programme that it reports on, where there are several."),
        Field("helper_columns", Many(Line()), "Headers of the agency's own columns, which give no notice."),
    ),
    title=mark("source"),
    identity="agency",
)
FORMAT = Record(
    (
        Field("sources", Many(SOURCE), "Whose which files are; the first that matches a file decides."),
        Field("helper_columns", Many(Line()), "Headers that give no notice in any workbook."),
    )
)
_SEPARATORS = (" ", "-", "_")


@dataclass(frozen=True, slots=True)
class Source:
    """One entry. `files` are patterns, in the parts of a path; helper columns are normalised headers."""

    agency: str
    files: tuple[tuple[str, ...], ...] = ()
    programme: str | None = None
    helper_columns: frozenset[str] = frozenset()

    def names(self, key: str) -> bool:
        """Whether a pattern of this entry matches the file (its path below the folder)."""
        return any(_matches(pattern, _parts(key)) for pattern in self.files)


@dataclass(frozen=True, slots=True)
class Sources:
    """All that `config/sources.yaml` says; without the file: nothing, and files are found by their names."""

    entries: tuple[Source, ...] = ()
    helper_columns: frozenset[str] = frozenset()

    def owner(self, key: str, agencies: Iterable[str]) -> tuple[str | None, str | None]:
        """(agency, programme) of a file: by the first entry that names it, else by its name; (None, None): nobody's.

        An agency that is none of `agencies` counts only where the entry says the programme that it belongs to.
        """
        ids = {normalise(agency): agency for agency in agencies}
        entry = next((entry for entry in self.entries if entry.names(key)), None)
        if entry is not None:
            known = ids.get(normalise(entry.agency))
            agency = known or (entry.agency if entry.programme else None)
            return agency, entry.programme if agency else None
        agency = _by_name(key, ids)
        programmes = (e.programme for e in self.entries if agency and not e.files and _is_same(e.agency, agency))
        return agency, next(programmes, None)

    def helper_columns_of(self, key: str, agency: str) -> frozenset[str]:
        """The normalised headers that give no notice in a file of an agency."""
        theirs = (
            entry.helper_columns
            for entry in self.entries
            if (entry.names(key) if entry.files else _is_same(entry.agency, agency))
        )
        return self.helper_columns.union(*theirs)


class BadSources(Exception):
    """`config/sources.yaml` cannot be used as it is; `problems` say why, with their lines."""

    def __init__(self, problems: tuple[PlanProblem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def load_sources(path: Path) -> Sources:
    """The sources of a file; a missing file says nothing. Raises `BadSources`."""
    sources, problems = read_sources(path)
    if has_errors(problems):
        raise BadSources(problems)
    return sources


def read_sources(path: Path, agencies: Collection[str] | None = None) -> tuple[Sources, tuple[PlanProblem, ...]]:
    """The sources of a file and all its problems at once, each with line and field.

    `agencies`, where given, are the ids that the plans know: others are problems.
    """
    if not path.exists():
        return Sources(), ()
    tree = read_yaml(path)
    if isinstance(tree, PlanProblem):
        return Sources(), () if tree.kind == "empty_file" else (tree,)
    if is_nothing(tree):  # only comments
        return Sources(), ()
    reading = Reading(())
    found = read_record(FORMAT, tree, At(""), reading)
    if found is None:
        return Sources(), tuple(reading.problems)
    entries = tuple(_source(entry, reading, agencies) for entry in found.entries("sources"))
    helpers = _headers(found)
    problems = sorted(reading.problems, key=lambda problem: problem.line or 0)
    return Sources(entries, helpers), tuple(problems)


def _source(entry: Entry, reading: Reading, agencies: Collection[str] | None) -> Source:
    agency: str = entry.get("agency", "")
    if agency and agencies is not None and normalise(agency) not in {normalise(known) for known in agencies}:
        known = suggestion(agency, agencies)
        reading.add("unknown_agency", entry.at("agency"), At(entry.name, "agency"), text=agency, suggestion=known)
    patterns = entry.get("files", [])
    for pattern in patterns:
        _check_pattern(pattern, entry.at("files"), At(entry.name, "files"), reading)
    return Source(agency, tuple(_parts(pattern) for pattern in patterns), entry.get("programme"), _headers(entry))


def _check_pattern(pattern: str, place: Place, at: At, reading: Reading) -> None:
    parts = pattern.replace("\\", "/").split("/")
    if pattern.startswith(("/", "\\", "~")) or ":" in parts[0] or ".." in parts or not _parts(pattern):
        reading.add("not_below_folder", place, at, text=pattern)


def _headers(entry: Entry) -> frozenset[str]:
    return frozenset(normalise(header) for header in entry.get("helper_columns", []))


def _parts(path: str) -> tuple[str, ...]:
    """A path or pattern as it is compared: without accents and case, folder by folder."""
    return tuple(part for part in normalise(path.replace("\\", "/")).split("/") if part not in ("", "."))


def _matches(pattern: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether a pattern matches a path, or a folder above it. `*` stays in its folder, `**` stands for any folders."""
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_matches(pattern[1:], path[skipped:]) for skipped in range(len(path) + 1))
    if not path or not (path[0] == pattern[0] or fnmatchcase(path[0], pattern[0])):
        return False
    return _matches(pattern[1:], path[1:])


def _by_name(key: str, ids: dict[str, str]) -> str | None:
    """The agency that a file is named by. The outermost folder that is named as an agency decides.

    Folders have permissions: whoever may write into STPS/ reports for STPS, however the files there are called.
    In a file's name the id may be followed by a space, a hyphen or an underscore and more: `STPS 2026-T3.xlsx`,
    `STPS_Acciones.csv`; of two ids that fit, the longer one is meant.
    """
    *folders, name = _parts(key)
    for folder in folders:
        if folder in ids:
            return ids[folder]
    stem = name.rpartition(".")[0].strip()
    fitting = [id_ for id_ in ids if stem == id_ or stem.startswith(tuple(id_ + mark for mark in _SEPARATORS))]
    return ids[max(fitting, key=len)] if fitting else None


def _is_same(one: str, other: str) -> bool:
    return normalise(one) == normalise(other)
