"""What each spreadsheet delivered, what is wrong in it, and who still owes what until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from nap_monitor.database.problems import StoredProblem
from nap_monitor.database.spreadsheets import NOBODYS, Spreadsheet
from nap_monitor.language import Language, mark
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.cells import Unreadable
from nap_monitor.sheets.contract import Place, Problem, Severity
from nap_monitor.sheets.problem_kinds import REFUSALS
from nap_monitor.sheets.problems import accepted, refusal, sentence
from nap_monitor.web import reading, tree, widgets
from nap_monitor.web.scene import Scene
from nap_monitor.web.scorecard import with_duties
from nap_monitor.web.text import NOTHING, plain, source

_SHOWN = 200  # problems on a page; a sheet with more has one cause, said in the first of them

STATES: Mapping[str, tuple[str, str]] = {  # word, badge
    "read": (mark("read"), "green"),
    "refused": (mark("refused"), "red"),
    "quarantined": (mark("in quarantine"), "orange"),
    "missing": (mark("missing"), "gray"),
    "unclaimed": (mark("nobody’s"), "violet"),
}
SEVERITIES: Mapping[str, tuple[str, str]] = {
    Severity.ERROR: (mark("error"), "red"),
    Severity.WARNING: (mark("warning"), "orange"),
    Severity.NOTICE: (mark("notice"), "gray"),
}
SUBMITTED = {"draft": mark("draft"), "submitted": mark("submitted")}


@dataclass(frozen=True, slots=True)
class Owed:
    """What an agency still owes for the quarter: how many figures, until when, and how many are past it."""

    figures: int
    until: date | None  # the next deadline ahead
    overdue: int


def owed(scene: Scene) -> dict[str, Owed]:
    """By agency; who owes nothing is not in it."""
    found: dict[str, list[tuple[date, bool]]] = {}
    for shown in scene.standing.indicators:
        if shown.is_due and not shown.is_reported:
            agency = scene.programme.responsible_for(scene.programme.indicator_by_code[shown.code], scene.quarter)
            found.setdefault(agency, []).append((shown.deadline, shown.is_awaited))
    return {
        agency: Owed(
            len(those),
            min((day for day, is_awaited in those if is_awaited), default=None),
            sum(not is_awaited for _, is_awaited in those),
        )
        for agency, those in found.items()
    }


def who_has_reported(scene: Scene) -> None:
    """The public part: of what was due, how much came."""
    say = scene.language.say
    st.subheader(say("Who has reported"), anchor=False)
    rows = [[tree.agency_link(scene, r.agency), str(r.due), str(r.reported)] for r in scene.standing.reporting if r.due]
    if not rows:
        widgets.empty(say("Nothing was due for this quarter."))
        return
    widgets.table([say("Agency"), say("Due"), say("Reported")], rows, right=(1, 2))


def overview(scene: Scene, found: reading.Deliveries) -> None:
    """One row for each agency with duties and each of its spreadsheets."""
    say = scene.language.say
    headers = [say("Agency"), say("Spreadsheet"), say("State"), say("Last read"), say("Valid"), say("Rejected"),
               say("Problems"), say("Submission"), say("Still owed")]  # fmt: skip
    debts, by_agency = owed(scene), _by_agency(found.spreadsheets)
    states = {s.agency: s.state for s in found.submissions}
    rows = []
    agencies = sorted(
        with_duties(scene), key=lambda agency: _calm(by_agency.get(agency, []), found.problem_counts.get(agency, {}))
    )
    for agency in agencies:
        for place, sheet in enumerate([*by_agency.get(agency, [])] or [None]):
            first = place == 0
            rows.append(
                [
                    tree.agency_link(scene, agency) if first else "",
                    *_sheet(scene, sheet),
                    _problems_counted(found.problem_counts.get(agency, {}), scene.language) if first else "",
                    say(SUBMITTED[states[agency]]) if first and agency in states else NOTHING,
                    _owed_said(debts.get(agency), scene) if first else "",
                ]
            )
    widgets.table(headers, rows, right=(4, 5))
    nobodys = by_agency.get(NOBODYS)
    if nobodys:
        names = ", ".join(plain(sheet.key) for sheet in nobodys)
        st.warning(
            say("Files that belong to no agency: {files}. config/sources.yaml says whose they are.", files=names)
        )


def _calm(sheets: Sequence[Spreadsheet], counts: Mapping[str, int]) -> tuple[bool, int]:
    """What sorts troubled spreadsheets before the others, which stay in order of names."""
    is_stopped = any(sheet.trouble for sheet in sheets)
    return (not is_stopped, -counts.get(Severity.ERROR, 0))


def _by_agency(sheets: tuple[Spreadsheet, ...]) -> dict[str, list[Spreadsheet]]:
    found: dict[str, list[Spreadsheet]] = {}
    for sheet in sheets:
        found.setdefault(sheet.agency, []).append(sheet)
    return found


def _sheet(scene: Scene, sheet: Spreadsheet | None) -> list[str]:
    if sheet is None:
        return [scene.language.say("none yet"), NOTHING, NOTHING, NOTHING, NOTHING]
    word, colour = STATES[sheet.state]
    return [
        plain(sheet.key),
        f":{colour}-badge[{scene.language.say(word)}]",
        _moment(sheet.read_at, scene),
        str(sheet.rows_valid),
        str(sheet.rows_rejected),
    ]


def _moment(moment: datetime | None, scene: Scene) -> str:
    if moment is None:
        return NOTHING
    return scene.language.moment(moment.astimezone(ZoneInfo(scene.programme.time_zone)))


def _problems_counted(counts: Mapping[str, int], language: Language) -> str:
    errors, warnings = counts.get(Severity.ERROR, 0), counts.get(Severity.WARNING, 0)
    badges = []
    if errors:
        badges.append(f":red-badge[{language.say_many('{count} error', '{count} errors', errors)}]")
    if warnings:
        badges.append(f":orange-badge[{language.say_many('{count} warning', '{count} warnings', warnings)}]")
    return " ".join(badges) or NOTHING


def _owed_said(debt: Owed | None, scene: Scene) -> str:
    if debt is None:
        return NOTHING
    language = scene.language
    parts = []
    if debt.overdue:
        word = language.say_many("{count} overdue", "{count} overdue", debt.overdue)
        parts.append(f":red-badge[{word}]")
    if debt.until:
        waiting = debt.figures - debt.overdue
        parts.append(language.say("{n} until {day}", n=waiting, day=language.day(debt.until)))
    return " ".join(parts)


def troubles(scene: Scene, found: reading.Deliveries, agency: str) -> None:
    """Whole spreadsheets that were refused or are held back, and what to do."""
    for sheet in found.spreadsheets:
        if sheet.trouble and agency in ("", sheet.agency):
            st.warning(f"**{plain(sheet.key)}**: {plain(_trouble_said(sheet, scene.language))}")


def _trouble_said(sheet: Spreadsheet, language: Language) -> str:
    assert sheet.trouble
    kind, details = sheet.trouble["kind"], sheet.trouble["details"]
    if kind in REFUSALS:
        return refusal(Unreadable(kind, **{k: v for k, v in details.items() if k != "file"}), sheet.name, language)
    said = _problem(kind, Severity.ERROR, {"file": sheet.name, "tab": ""}, details)
    return f"{sentence(said, language)} {accepted(said, language)}"


def _problem(kind: str, severity: str, place: Mapping[str, object], details: Mapping[str, str]) -> Problem:
    where = Place(str(place.get("file") or ""), str(place.get("tab") or ""))
    return Problem(kind, Severity(severity), where, details=details)


def problem_list(scene: Scene, agency: str) -> None:
    """What is wrong, cell by cell: what stands there, what is wrong, what is accepted, since when."""
    say, language = scene.language.say, scene.language
    found = reading.problems_of(scene.viewer, scene.plan.programme_id, agency or None)
    st.subheader(say("What is wrong in the spreadsheets"), anchor=False)
    if not found:
        st.markdown(say("Nothing: every cell was understood."))
        return
    order = list(SEVERITIES)
    ranked = sorted(found, key=lambda p: order.index(p.severity))
    headers = [say("Agency"), say("Kind"), say("File and cell"), say("It says"),
               say("What is wrong → what is accepted"), say("Since")]  # fmt: skip
    widgets.table(headers, [_problem_row(scene, problem) for problem in ranked[:_SHOWN]])
    if len(ranked) > _SHOWN:
        st.caption(language.say_many("and {count} more", "and {count} more", len(ranked) - _SHOWN))


def _problem_row(scene: Scene, stored: StoredProblem) -> list[str]:
    language = scene.language
    word, colour = SEVERITIES[stored.severity]
    at = stored.place
    place = Place(at.get("file") or "", at.get("tab") or "", at.get("row"), at.get("column"))
    problem = Problem(
        kind=stored.kind,
        severity=Severity(stored.severity),
        place=place,
        field=stored.field,
        value=stored.value,
        details=stored.details,
        code=stored.code,
        period=stored.period,
    )
    about = ", ".join(part for part in (stored.code, _period(stored.period, language)) if part)
    instead = accepted(problem, language)
    return [
        tree.agency_link(scene, stored.agency),
        f":{colour}-badge[{language.say(word)}]",
        source(stored.place) + (f" :small[({plain(about)})]" if about else ""),
        plain(stored.value[:80]) or NOTHING,
        plain(sentence(problem, language)) + (f" → *{plain(instead)}*" if instead else ""),
        language.day(stored.since.astimezone(ZoneInfo(scene.programme.time_zone)).date()),
    ]


def _period(code: str | None, language: Language) -> str:
    try:
        return language.quarter(str(Quarter.parse(code or "")))
    except ValueError:
        return code or ""


def debts(scene: Scene, agency: str) -> None:
    """The figures still owed, one by one."""
    say, language = scene.language.say, scene.language
    rows = [[*row] for row in _debts(scene, agency)]
    st.subheader(say("Still owed for {quarter}", quarter=language.quarter(str(scene.quarter))), anchor=False)
    if not rows:
        st.markdown(say("Nothing: every figure that was due has come."))
        return
    widgets.table([say("Agency"), say("Indicator"), say("Deadline"), say("State")], rows)


def _debts(scene: Scene, agency: str) -> Iterator[tuple[str, str, str, str]]:
    say, language = scene.language.say, scene.language
    missing = [s for s in scene.standing.indicators if s.is_due and not s.is_reported]
    for shown in sorted(missing, key=lambda s: (s.deadline, s.code)):
        indicator = scene.programme.indicator_by_code[shown.code]
        owner = scene.programme.responsible_for(indicator, scene.quarter)
        if agency in ("", owner):
            state = f":gray-badge[{say('awaited')}]" if shown.is_awaited else f":red-badge[{say('overdue')}]"
            yield (
                tree.agency_link(scene, owner),
                tree.indicator_link(scene, indicator),
                language.day(shown.deadline),
                state,
            )
