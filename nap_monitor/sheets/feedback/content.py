"""What an agency is told about its workbook, as a value: each problem, each row, and what became of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

from nap_monitor.language import LANGUAGES, Language
from nap_monitor.language import language as language_of
from nap_monitor.programme.model import Programme, pick
from nap_monitor.sheets.cells import Unreadable
from nap_monitor.sheets.contract import Parsed, Place, Problem, Severity, labels, normalise
from nap_monitor.sheets.excel import illustrative
from nap_monitor.sheets.feedback.rows import RowLine, RowStatus, row_lines
from nap_monitor.sheets.problems import accepted, refused, sentence

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem in words. `place` is where the workbook shows it; `since` the day it was first found."""

    severity: Severity
    place: Place
    code: str
    period: str
    value: str
    what: str
    accepted: str
    since: date | None


@dataclass(frozen=True)
class FeedbackContent:
    """Everything the companion workbook says: equal content makes equal bytes, whenever it is written."""

    file_name: str
    agency: str
    programme: str
    warning: str  # of invented data; empty for a real plan
    language: Language
    paper: str  # the locale whose paper it is printed on
    problems: tuple[ProblemLine, ...]
    rows: tuple[RowLine, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that is said, in the words that say it."""
        said = "\x1e".join(repr(getattr(self, f.name)) for f in fields(self))
        return hashlib.sha256(said.encode()).hexdigest()

    @cached_property
    def rows_by_status(self) -> Counter[RowStatus]:
        return Counter(row.status for row in self.rows)

    @cached_property
    def problems_by_severity(self) -> Counter[Severity]:
        return Counter(problem.severity for problem in self.problems)


def desired(
    file_name: str,
    agency: str,
    parsed: Parsed,
    *,
    programme: Programme,
    language: Language,
    since: Sequence[date | None] = (),
    refusal: Unreadable | None = None,
    drafts: Collection[Place] | None = None,
) -> FeedbackContent:
    """What the companion of a workbook should say after a reading.

    `file_name`: the workbook's own name, in whose folder the companion stands. `parsed`: the reading, with the problems
    found later (a closed quarter, `quarantined`) added to its problems; nothing counts as taken beside a `quarantined`.
    `since`: the day of each of `parsed.problems`, in their order. `refusal`: why the file was not read at all.
    `drafts`: where the reports stand that do not count yet; None: as far as the workbook itself says so. The
    language is that of the workbook's own tabs where they show it, else the one given.
    """
    problems = list(parsed.problems)
    days: list[date | None] = [*since, *[None] * (len(problems) - len(since))]
    if refusal is not None:
        problems.insert(0, refused(refusal, file_name))
        days.insert(0, None)
    spoken = _spoken(parsed, language)
    lines = [_problem_line(p, day, spoken) for p, day in zip(problems, days, strict=True)]
    return FeedbackContent(
        file_name=file_name,
        agency=_agency_name(programme, agency, spoken),
        programme=pick(programme.name, spoken.code),
        warning=illustrative(programme, spoken),
        language=spoken,
        paper=programme.number_locale,
        problems=tuple(sorted(lines, key=_worst_first)),
        rows=row_lines(parsed, programme, spoken, drafts),
    )


def _agency_name(programme: Programme, agency: str, language: Language) -> str:
    # Its latest name: the companion speaks to whoever is there now.
    entry = programme.agency_by_id.get(agency)
    return f"{pick(entry.names[-1].name, language.code)} ({agency})" if entry else agency


def _problem_line(problem: Problem, since: date | None, language: Language) -> ProblemLine:
    return ProblemLine(
        severity=problem.severity,
        place=problem.place,
        code=problem.code or "",
        period=language.quarter(problem.period) if problem.period else "",
        value=problem.value,
        what=sentence(problem, language),
        accepted=accepted(problem, language),
        since=since,
    )


def _worst_first(line: ProblemLine) -> tuple[bool, int]:
    """What concerns the whole file, then errors, warnings and notices, each in the order of the workbook."""
    return (line.place.row is not None, _ORDER.index(line.severity))


def _spoken(parsed: Parsed, language: Language) -> Language:
    """The language most of the workbook's tabs are titled in."""
    titles = {place.tab for place in _places(parsed)}
    votes = Counter(code for title in titles for code in _languages_of(title))
    if not votes or votes[language.code] == max(votes.values()):
        return language
    code = max(LANGUAGES, key=lambda c: votes[c])
    return language_of(code, language.locale if language.code == "es" else "es_MX")


def _places(parsed: Parsed) -> Iterable[Place]:
    yield from (report.place for report in parsed.reports)
    yield from (problem.place for problem in parsed.problems)


def _languages_of(title: str) -> list[str]:
    return [
        c for texts in labels()["tabs"].values() for c, text in texts.items() if normalise(text) == normalise(title)
    ]
