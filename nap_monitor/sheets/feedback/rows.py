"""What became of each row of a workbook: what was read in it, whether it was taken, and what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from nap_monitor.language import Language, mark
from nap_monitor.programme.model import Programme, pick
from nap_monitor.sheets.contract import (
    ActionReport,
    Declared,
    IndicatorReport,
    Parsed,
    ParticipationReport,
    Place,
    Problem,
    Report,
    Role,
    Severity,
    SubmissionReport,
    label,
)
from nap_monitor.sheets.problems import reason, sentence


class RowStatus(StrEnum):
    TAKEN = "taken"
    DRAFT = "draft"  # taken, and counts once the quarter is submitted
    RESTATEMENT = "restatement"  # of a closed quarter: waits for the next meeting
    REJECTED = "rejected"
    HELD_BACK = "held_back"  # by the guards, until a person releases the workbook
    EMPTY = "empty"  # nothing reported
    LEFT_OUT = "left_out"  # no report: a total, a note, a repeated header


STATUS_WORDS = {
    RowStatus.TAKEN: mark("Accepted"),
    RowStatus.DRAFT: mark("Accepted as a draft"),
    RowStatus.RESTATEMENT: mark("Waits for the next meeting"),
    RowStatus.REJECTED: mark("To be corrected"),
    RowStatus.HELD_BACK: mark("Held back"),
    RowStatus.EMPTY: mark("Not reported"),
    RowStatus.LEFT_OUT: mark("Left out"),
}


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row. `value` is the figure as a number, or the words that were understood."""

    tab: str
    row: int
    code: str
    period: str
    breakdown: str
    value: Decimal | str | None
    status: RowStatus
    message: str


Spot = tuple[str, int]  # tab, row


def row_lines(
    parsed: Parsed, programme: Programme, language: Language, drafts: Collection[Place] | None = None
) -> tuple[RowLine, ...]:
    """Each row that was looked at, in the order of the workbook.

    `drafts`: where the reports stand that do not count yet; None: as far as the workbook itself says so.
    """
    said: dict[Spot, list[Problem]] = defaultdict(list)
    for problem in parsed.problems:
        if problem.place.row is not None:
            said[problem.place.tab, problem.place.row].append(problem)
    judge = _Judge(parsed, drafts)
    lines = [_report_line(r, judge.status(r), said, programme, language) for r in parsed.reports]
    taken = {(line.tab, line.row) for line in lines}
    lines += [
        _rejected(spot, found, language) for spot, found in said.items() if spot not in taken and _is_error(found)
    ]
    lines += [
        RowLine(
            i.tab, i.row, "", "", "", None, _LEFT.get(i.reason, RowStatus.LEFT_OUT), _sentence_case(reason(i, language))
        )
        for i in parsed.ignored
        if (i.tab, i.row) not in taken and not _is_error(said.get((i.tab, i.row), []))
    ]
    tabs = list(dict.fromkeys(line.tab for line in lines))
    return tuple(sorted(lines, key=lambda line: (tabs.index(line.tab), line.row)))


_LEFT = {"left_empty": RowStatus.EMPTY, "reported_in_another_row": RowStatus.EMPTY}


class _Judge:
    """Whether the rows of a reading count: not while the guards hold them, nor figures of a quarter not handed in."""

    def __init__(self, parsed: Parsed, drafts: Collection[Place] | None) -> None:
        self.drafts = drafts
        self.held = any(p.kind == "quarantined" for p in parsed.problems)
        self.closed = {(p.place.tab, p.place.row) for p in parsed.problems if p.kind == "closed_quarter"}
        self.has_submissions = Role.SUBMISSION in parsed.roles_read
        submissions = [r for r in parsed.reports if isinstance(r, SubmissionReport)]
        self.submitted = {r.period for r in submissions if r.state == "submitted"}

    def status(self, report: Report) -> RowStatus:
        if self.held:
            return RowStatus.HELD_BACK
        if (report.place.tab, report.place.row) in self.closed:
            return RowStatus.RESTATEMENT
        if isinstance(report, IndicatorReport) and report.is_empty:
            return RowStatus.EMPTY
        return RowStatus.DRAFT if self._is_draft(report) else RowStatus.TAKEN

    def _is_draft(self, report: Report) -> bool:
        if self.drafts is not None:
            return report.place in self.drafts
        return isinstance(report, IndicatorReport) and self.has_submissions and report.period not in self.submitted


def _report_line(
    report: Report, status: RowStatus, said: dict[Spot, list[Problem]], programme: Programme, language: Language
) -> RowLine:
    place = report.place
    found = said.get((place.tab, place.row or 0), [])
    period = report.period if isinstance(report, IndicatorReport | SubmissionReport) else None
    breakdown = report.breakdown if isinstance(report, IndicatorReport) else ""
    return RowLine(
        tab=place.tab,
        row=place.row or 0,
        code=report.id if isinstance(report, ParticipationReport) else getattr(report, "code", ""),
        period=language.quarter(str(period)) if period else "",
        breakdown=_breakdown(breakdown, programme, language),
        value=_understood(report, programme, language),
        status=status,
        message=_messages(found, language) or _hint(status, language),
    )


def _hint(status: RowStatus, language: Language) -> str:
    if status is RowStatus.DRAFT:
        return language.say(
            "It counts once the quarter is “{submitted}” in the tab “{tab}”.",
            submitted=label("words", "submitted", language.code),
            tab=label("tabs", "submission", language.code),
        )
    return ""


def _rejected(spot: Spot, found: list[Problem], language: Language) -> RowLine:
    code = next((p.code for p in found if p.code), "")
    period = next((p.period for p in found if p.period), "")
    shown = language.quarter(period) if period else ""
    return RowLine(*spot, code, shown, "", None, RowStatus.REJECTED, _messages(found, language))


def _is_error(found: Iterable[Problem]) -> bool:
    return any(p.severity is Severity.ERROR for p in found)


def _messages(found: list[Problem], language: Language) -> str:
    return "\n".join(dict.fromkeys(sentence(p, language) for p in found))


def _breakdown(codes: str, programme: Programme, language: Language) -> str:
    def name(code: str) -> str:
        entry = programme.category_by_code.get(code)
        return pick(entry[1].name, language.code) if entry else code

    return " + ".join(name(code) for code in codes.split("+")) if codes else ""


def _understood(report: Report, programme: Programme, language: Language) -> Decimal | str | None:
    """What was read, as the official would say it: the figure, or the word chosen."""
    match report:
        case IndicatorReport():
            return _figure(report, programme, language)
        case ActionReport():
            return label("words", report.status, language.code)
        case SubmissionReport():
            return label("words", report.state, language.code)
        case ParticipationReport():
            return " · ".join(_event(report, language))


def _figure(report: IndicatorReport, programme: Programme, language: Language) -> Decimal | str | None:
    if report.declared is Declared.NO_DATA:
        return language.say("No data")
    if report.declared is Declared.NO_CASES:
        return label("words", "not_applicable", language.code)
    indicator = programme.indicator_by_code.get(report.code)
    if indicator and indicator.is_milestone and report.value is not None:
        return label("words", "yes" if report.value else "no", language.code)
    return report.value


def _event(report: ParticipationReport, language: Language) -> Iterator[str]:
    yield label("words", report.kind, language.code)
    yield language.day(report.date)
    if report.total is not None:
        yield language.say_many("{count} person", "{count} people", report.total)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
