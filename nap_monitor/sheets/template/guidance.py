"""What the instructions say: sections of lines, worked out for one agency and one quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nap_monitor.language import Language, mark
from nap_monitor.programme.model import Indicator, pick
from nap_monitor.sheets.contract import VALIDATION_SUFFIX, Role, label
from nap_monitor.sheets.template.assignment import Assignment
from nap_monitor.sheets.template.lists import template_tab
from nap_monitor.sheets.template.validations import figure_range, range_text, words

Line = tuple[str, str]
"""What it is about, and what is said of it. Without the first, it goes on from the line above."""
_CODES_SHOWN = 12
_USUAL = ((None, None), (Decimal(0), None), (Decimal(0), Decimal(100)))  # need no line of their own


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: tuple[Line, ...]


def sections(assignment: Assignment) -> tuple[Section, ...]:
    say = assignment.language.say
    return (
        Section(say("This report"), tuple(_facts(assignment))),
        Section(say("What to fill in"), tuple(_tasks(assignment))),
        Section(say("How to write figures, dates and links"), tuple(_manners(assignment))),
        Section(say("Words accepted"), tuple(_accepted(assignment.language))),
        Section(say("How to hand it in, and how mistakes come back"), tuple(_return(assignment))),
    )


def _facts(assignment: Assignment) -> Iterator[Line]:
    programme, language = assignment.programme, assignment.language
    say = language.say
    last_day = language.day(assignment.quarter.last_day)
    yield say("Agency"), f"{assignment.agency_name} ({assignment.acronym})"
    yield say("Quarter"), say("{quarter}, up to {day}", quarter=assignment.period, day=last_day)
    for number, (day, indicators) in enumerate(assignment.deadlines().items()):
        codes = ", ".join(i.code for i in indicators[:_CODES_SHOWN])
        more = ", …" if len(indicators) > _CODES_SHOWN else ""
        text = say("{day} for {codes}", day=language.day(day), codes=codes + more)
        yield "" if number else say("Deadline"), text
    if not assignment.asked():
        yield say("Figures"), say("The plan asks this agency for no figure this quarter. Please update the actions.")
    for institution, about in (
        (programme.coordinator, mark("Questions about the report")),
        (programme.technical_support, mark("Technical support")),
    ):
        if institution:
            yield say(about), assignment.institution(institution)


def _tasks(assignment: Assignment) -> Iterator[Line]:
    language = assignment.language
    say = language.say
    if assignment.own_indicators() or assignment.known.of(Role.INDICATOR):
        yield from _figures(assignment)
    yield (
        _tab(Role.ACTION, language),
        say(
            "Every action of your agency is listed. Choose its “{status}”; dates, note and evidence explain it. "
            "A new due date, a change or a cancellation is a request: the plan stands until the Working Group decides.",
            status=label("action", "status", language.code),
        ),
    )
    yield (
        _tab(Role.PARTICIPATION, language),
        say("One row for each consultation, training or session. If there was none, leave the tab as it is."),
    )
    draft, submitted = (label("words", word, language.code) for word in ("draft", "submitted"))
    yield (
        _tab(Role.SUBMISSION, language),
        say(
            "When everything is ready, change “{draft}” to “{submitted}” in the row of the quarter, with name, post, "
            "official letter and date. Until then the figures are drafts: they are checked, but they do not count.",
            draft=draft,
            submitted=submitted,
        ),
    )


def _figures(assignment: Assignment) -> Iterator[Line]:
    language = assignment.language
    names = ("value", "numerator", "denominator", "cause", "corrective")
    yield (
        _tab(Role.INDICATOR, language),
        language.say(
            "The figures due this quarter have a row already, with what the plan expects. Type “{value}”, or "
            "“{numerator}” and “{denominator}”. If the figure is worse than expected, say why in “{cause}” and what is "
            "being done in “{corrective}”. Give the link to the evidence.",
            **{name: label("indicator", name, language.code) for name in names},
        ),
    )
    yield from _breakdowns(assignment)
    yield (
        "",
        language.say(
            "Figures of other quarters, late or corrected, go in the free rows: code, period and value are enough. "
            "The rows of earlier quarters stay in the workbook."
        ),
    )


def _breakdowns(assignment: Assignment) -> Iterator[Line]:
    """How to add parts, and for which figures the plan takes them."""
    language = assignment.language
    names = {d.code: pick(d.name, language.code) for d in assignment.programme.dimensions}
    with_parts = [i for i in assignment.asked() if i.disaggregation]
    if not with_parts:
        return
    yield (
        label("indicator", "breakdown", language.code),
        language.say(
            "The row given is the total. To report by category too, add one row for each category in the free rows: "
            "same code, same period, and the category as in the tab “{lists}”. Leave no totals among them.",
            lists=template_tab("lists", language),
        ),
    )
    for indicator in with_parts:
        yield "", f"{indicator.code}: {_parts(indicator, names)}"


def _parts(indicator: Indicator, names: dict[str, str]) -> str:
    """Sex; State; Sex + State."""
    crossed = [" + ".join(names.get(d, d) for d in together) for together in indicator.combinations]
    return "; ".join([names.get(d, d) for d in indicator.disaggregation] + crossed)


def _manners(assignment: Assignment) -> Iterator[Line]:
    language = assignment.language
    say = language.say
    yield say("Figures"), say("Plain numbers, without units or letters. There is no need to type thousands separators.")
    for indicator in assignment.asked():
        limits = figure_range(indicator)
        if limits not in _USUAL:
            yield "", f"{indicator.code}: {range_text(*limits, language)}"
    yield say("Percentages"), say("From 0 to 100: eighty-five percent is 85, not 0.85, and without the % sign.")
    if any(i.is_milestone for i in assignment.own_indicators()):
        yes, no = (label("words", word, language.code) for word in ("yes", "no"))
        yield say("Milestones"), say("“{yes}” when it is done, “{no}” while it is not.", yes=yes, no=no)
    yield (
        say("No figure"),
        say(
            "Write N/D if there is no figure and “{word}” if there were no cases. An empty cell means not reported; "
            "0 means zero.",
            word=label("words", "not_applicable", language.code),
        ),
    )
    yield say("Periods"), say("As in {period}. Each row is about one quarter.", period=assignment.period)
    yield say("Dates"), say("Day, month and year, as in {day}.", day=language.day(assignment.day))
    yield say("Links"), say("Complete, beginning with https://")
    yield (
        say("The tabs"),
        say(
            "Please do not rename tabs or headers, merge cells or put totals between the rows. You may sort, widen, "
            "add rows, and keep columns of your own to the right. The protection has no password."
        ),
    )


def _accepted(language: Language) -> Iterator[Line]:
    for role, field in (
        (Role.INDICATOR, "quality"),
        (Role.INDICATOR, "evidence_public"),
        (Role.ACTION, "status"),
        (Role.SUBMISSION, "state"),
        (Role.PARTICIPATION, "kind"),
    ):
        yield label(role.value, field, language.code), " · ".join(words(role, field, language))


def _return(assignment: Assignment) -> Iterator[Line]:
    say = assignment.language.say
    yield (
        say("Where to save it"),
        say(
            "Save this workbook in the folder of your agency, under a name that does not change, such as {name}.",
            name=f"{assignment.agency}.xlsx",
        ),
    )
    yield (
        say("Mistakes"),
        say(
            "After each reading a second file stands beside it, {companion}. It says row by row what was taken, what "
            "has to be corrected and how, with a link to the cell. The system never changes this workbook.",
            companion=f"{assignment.agency}{VALIDATION_SUFFIX}",
        ),
    )
    yield say("Corrections"), say("Correct the cell here and save. Rows that were right are taken already.")
    yield (
        say("Next quarter"),
        say("Go on with this workbook, or ask for one that keeps what you typed and adds the rows then due."),
    )


def _tab(role: Role, language: Language) -> str:
    return label("tabs", role.value, language.code)
