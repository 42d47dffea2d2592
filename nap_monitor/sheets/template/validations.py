"""Drop-downs and limits of the cells. The words of closed lists bind; all else may be typed after a warning."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from nap_monitor.language import Language, mark
from nap_monitor.programme.model import Behaviour, Indicator, Programme
from nap_monitor.sheets.contract import Role, label
from nap_monitor.sheets.parse.words import KINDS_OF_EVENT, QUALITIES, STATES_OF_SUBMISSION, STATUSES, YES_NO
from nap_monitor.sheets.template.columns import Column, Entry

Options = dict[str, Any]

_WORDS: dict[tuple[Role, str], tuple[str, ...]] = {
    (Role.INDICATOR, "quality"): QUALITIES,
    (Role.INDICATOR, "evidence_public"): YES_NO,
    (Role.ACTION, "status"): STATUSES,
    (Role.ACTION, "evidence_public"): YES_NO,
    (Role.SUBMISSION, "state"): STATES_OF_SUBMISSION,
    (Role.PARTICIPATION, "kind"): KINDS_OF_EVENT,
}
_RATINGS = (mark("Achieved"), mark("On track"), mark("At risk"), mark("Off track"))
_LONGEST_MESSAGE = 255


def words(role: Role, field: str, language: Language) -> list[str]:
    """The words a column accepts, as the language writes them; none where it takes more than a list."""
    return [label("words", word, language.code) for word in _WORDS.get((role, field), ())]


def limits(
    role: Role,
    column: Column,
    cell: tuple[int, int],
    *,
    programme: Programme,
    indicator: Indicator | None,
    ranges: dict[str, str],
    language: Language,
) -> Options | None:
    """What a cell takes; None: anything. `cell` is the first of the block; `ranges` are the lists "
    "kept on their own tab."""
    accepted = words(role, column.field, language)
    if accepted:
        return _list(accepted, language)
    if role is Role.INDICATOR and column.field == "value" and indicator is not None and indicator.is_milestone:
        return _list([label("words", word, language.code) for word in YES_NO], language)
    if role is Role.PARTICIPATION and column.field == "state":
        states = next((d for d in programme.dimensions if d.code == "state"), None)
        return _suggested(ranges.get("state"), language) if states else None
    if column.field in ("code", "period", "breakdown"):
        return _suggested(ranges.get(f"{role} {column.field}") or ranges.get(column.field), language)
    if column.field == "own_rating":
        return _suggested([language.say(rating) for rating in _RATINGS], language)
    return _by_entry(role, column, cell, indicator, language)


def _by_entry(
    role: Role, column: Column, cell: tuple[int, int], indicator: Indicator | None, language: Language
) -> Options | None:
    here = xl_rowcol_to_cell(*cell)
    match column.entry:
        case Entry.FIGURE if not column.is_for_the_reader(role):
            whole = indicator if column.field == "value" else None
            return _figure(here, whole, language)
        case Entry.COUNT:
            return _warning(
                {"validate": "integer", "criteria": ">=", "value": 0},
                language.say("Write a whole number, 0 or more."),
            )
        case Entry.DATE if not column.is_for_the_reader(role):
            formula = f"=AND(ISNUMBER({here}),{here}>=36526)"  # 1 January 2000
            return _warning(
                {"validate": "custom", "value": formula},
                language.say("Write a date: day, month and year, such as 30/09/2026."),
            )
        case Entry.LINK:
            formula = f'=LEFT({here},8)="https://"'
            return _warning({"validate": "custom", "value": formula}, language.say("A link begins with https://"))
        case _:
            return None


def _figure(here: str, indicator: Indicator | None, language: Language) -> Options:
    """A number within its range, or a word that declares there is none."""
    lowest, highest = figure_range(indicator) if indicator else (None, None)
    tests = [f"ISNUMBER({here})"]
    tests += [f"{here}>={lowest:f}"] if lowest is not None else []
    tests += [f"{here}<={highest:f}"] if highest is not None else []
    not_applicable = label("words", "not_applicable", language.code)
    formula = f'=OR(AND({",".join(tests)}),TRIM({here})="N/D",TRIM({here})="{not_applicable}")'
    return _warning({"validate": "custom", "value": formula}, range_text(lowest, highest, language))


def figure_range(indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
    """The smallest and the largest figure of an indicator: the plan's, else 0 to 100 for "
    "percentages, 0 or more for counts."""
    lowest, highest = indicator.minimum, indicator.maximum
    if indicator.behaviour is Behaviour.PERCENTAGE:
        return (Decimal(0) if lowest is None else lowest, Decimal(100) if highest is None else highest)
    if indicator.decimals == 0 and lowest is None:
        lowest = Decimal(0)
    return lowest, highest


def range_text(lowest: Decimal | None, highest: Decimal | None, language: Language) -> str:
    if lowest is not None and highest is not None:
        return language.say(
            "Write a number from {lowest} to {highest}, or N/D if there is no figure.",
            lowest=language.number(lowest),
            highest=language.number(highest),
        )
    if lowest is not None:
        return language.say(
            "Write a number, {lowest} or more, or N/D if there is no figure.", lowest=language.number(lowest)
        )
    return language.say("Write a number, or N/D if there is no figure.")


def _list(accepted: list[str], language: Language) -> Options:
    return {
        "validate": "list",
        "source": accepted,
        "error_title": language.say("Not in the list"),
        "error_message": _short(language.say("Choose one of: {words}.", words=", ".join(accepted))),
    }


def _suggested(source: str | list[str] | None, language: Language) -> Options | None:
    """A list that helps and does not bind: other things may be typed after a warning."""
    if not source:
        return None
    options = {"validate": "list", "source": source}
    return _warning(options, language.say("It is not in the list. Keep it only if you are sure."))


def _warning(options: Options, message: str) -> Options:
    return options | {"error_type": "warning", "error_title": "NAP Monitor", "error_message": _short(message)}


def _short(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else message[: _LONGEST_MESSAGE - 1] + "…"
