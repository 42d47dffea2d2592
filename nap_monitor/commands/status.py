"""`status`: where a programme stands, as a table for people or as JSON for machines."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:
    from nap_monitor.language import Language
    from nap_monitor.progress.actions import ActionStanding
    from nap_monitor.progress.rollup import RollUp
    from nap_monitor.progress.shown import Shown
    from nap_monitor.status import Standing

_PLACES = 10


def status(
    programme: str | None = typer.Option(None, metavar="CODE", help="Which programme; the first unless said."),
    quarter: str | None = typer.Option(None, metavar="2026-Q3", help="Which quarter; the latest that is over."),
    as_of: str | None = typer.Option(
        None, metavar="2026-11-23", help="The day by which deadlines count; today unless said."
    ),
    rule_set: str | None = typer.Option(
        None, metavar="NAME", help="Judge every indicator by this rule set, for comparison."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> int:
    """Print where a programme stands: its indicators, objectives, strategies, agencies and actions."""
    from nap_monitor.access import operator
    from nap_monitor.commands.asking import a_day, a_quarter, opened, reader
    from nap_monitor.database.engine import reading
    from nap_monitor.database.plans import programmes
    from nap_monitor.status import NoProgramme, standing

    viewer = operator("status")
    with reading(opened()) as connection:
        known = programmes(connection, viewer)
        chosen = next((p for p in known if programme in (None, p.programme.code)), None)
        if chosen is None:
            raise NoProgramme(programme or "")
        today = datetime.now(ZoneInfo(chosen.programme.time_zone)).date()
        found = standing(
            connection,
            viewer,
            chosen.programme.code,
            a_quarter(quarter) if quarter else None,
            a_day(as_of) if as_of else today,
            rule_set=rule_set,
        )
    if as_json:
        json.dump(as_document(found), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        _print(found, reader())
    return 0


def as_document(standing: Standing) -> dict[str, Any]:
    """The standing as JSON values: decimals as strings with 10 places, null where not computable."""
    return {
        "programme": standing.programme.code,
        "quarter": str(standing.quarter),
        "as_of": standing.day.isoformat(),
        "rule_set": standing.rule_set or standing.programme.rule_set,
        "indicators": [_indicator(shown) for shown in standing.indicators],
        "objectives": [_group(group) for group in standing.objectives],
        "strategies": [_group(group) for group in standing.strategies],
        "agencies": [_group(group) for group in standing.agencies],
        "total": _group(standing.total),
        "against_original": _group(standing.against_original) if standing.against_original else None,
        "actions": [_action(action) for action in standing.actions],
    }


def _decimal(value: Decimal | None) -> str | None:
    if value is None:
        return None
    text = format(value, f".{_PLACES}f")
    # An indicator exactly on its target deviates by 0, not by -0.
    return text.lstrip("-") if not text.strip("-0.") else text


def _indicator(shown: Shown) -> dict[str, Any]:
    return {
        "code": shown.code,
        "from": str(shown.origin) if shown.origin else None,
        "carried": shown.is_carried,
        "due": shown.is_due,
        "reported": shown.is_reported,
        "awaited": shown.is_awaited,
        "deadline": shown.deadline.isoformat(),
        "value": _decimal(shown.value),
        "expected": _decimal(shown.expected),
        "deviation_pct": _decimal(shown.deviation_pct),
        "compliance_pct": _decimal(shown.compliance_pct),
        "progress_pct": _decimal(shown.progress_pct),
        "status": shown.status.value,
        "flags": [flag.value for flag in shown.flags],
        "confidence": shown.confidence.value if shown.confidence else None,
        "reasons": [*shown.reasons, *dict.fromkeys(filter(None, (shown.because, shown.own_because)))],
        "rule_set": shown.rule_set,
    }


def _group(group: RollUp) -> dict[str, Any]:
    return {
        "code": group.code,
        "size": group.size,
        "counts": {status.value: count for status, count in group.counts.items()},
        "counts_by_kind": {
            kind.value: {status.value: count for status, count in counts.items()}
            for kind, counts in group.counts_by_kind.items()
        },
        "reported": group.reported,
        "due": group.due,
        "index_pct": _decimal(group.index_pct),
        "index_low_pct": _decimal(group.index_low_pct),
        "index_high_pct": _decimal(group.index_high_pct),
        "progress_index_pct": _decimal(group.progress_index_pct),
        "coverage_weight": _decimal(group.coverage_weight),
        "coverage_number": _decimal(group.coverage_number),
    }


def _action(action: ActionStanding) -> dict[str, Any]:
    return {
        "code": action.code,
        "status": action.status.value,
        "reported_status": action.reported_status.value if action.reported_status else None,
        "requested": action.requested,
        "requested_due": _iso(action.requested_due),
        "delayed": action.is_delayed,
        "completed_late": action.is_completed_late,
        "due": str(action.due) if action.due else None,
        "start": _iso(action.start),
        "finish": _iso(action.finish),
        "reported_by": action.reported_by,
        "co_responsible_differs": action.co_responsible_differs,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _print(standing: Standing, language: Language) -> None:
    from rich.console import Console

    from nap_monitor.programme.model import pick

    console = Console()
    console.print(
        language.say(
            "{programme}: {quarter}, on {day}",
            programme=pick(standing.programme.name, language.code),
            quarter=language.quarter(str(standing.quarter)),
            day=language.day(standing.day),
        ),
        style="bold",
        markup=False,
    )
    if standing.programme.illustrative:
        console.print(language.say("Illustrative data"), style="yellow")
    for objective in standing.programme.objectives:
        console.print(f"{objective.code}. {pick(objective.name, language.code)}", markup=False, highlight=False)
    if standing.indicators:
        _print_groups(standing, language, console)
        _print_indicators(standing, language, console)
    _print_actions(standing, language, console)


def _print_groups(standing: Standing, language: Language, console: Any) -> None:
    from rich.table import Table

    from nap_monitor.progress.explain import STATUS_WORDS

    every = (*standing.objectives, standing.total)
    groups = Table("", *(group.code for group in standing.objectives), language.say("Programme"))
    for status, word in STATUS_WORDS.items():
        groups.add_row(language.say(word), *(str(group.counts[status]) for group in every))
    reported = [language.say("{reported} of {due}", reported=group.reported, due=group.due) for group in every]
    groups.add_row(language.say("Reported"), *reported)
    groups.add_row(language.say("Compliance index"), *(_percent(group.index_pct, language) for group in every))
    lows, highs = ([_percent(getattr(g, end), language) for g in every] for end in ("index_low_pct", "index_high_pct"))
    groups.add_row(language.say("Low end"), *lows)
    groups.add_row(language.say("High end"), *highs)
    console.print(groups)


def _percent(value: Decimal | None, language: Language) -> str:
    return "–" if value is None else language.number(value, 1)


def _print_indicators(standing: Standing, language: Language, console: Any) -> None:
    from rich.table import Table

    from nap_monitor.assess import rule_sets_in_force
    from nap_monitor.programme.model import pick
    from nap_monitor.progress.explain import STATUS_WORDS, printed_pct

    rules = rule_sets_in_force()
    table = Table(
        language.say("Indicator"),
        language.say("Name"),
        language.say("Status"),
        language.say("From"),
        language.say("Value"),
        language.say("Expected"),
        language.say("Compliance (%)"),
        language.say("Progress (%)"),
    )
    by_code = standing.programme.indicator_by_code
    for shown in standing.indicators:
        table.add_row(
            shown.code,
            pick(by_code[shown.code].name, language.code),
            language.say(STATUS_WORDS[shown.status]),
            language.quarter(str(shown.origin)) if shown.origin else "",
            "" if shown.value is None else language.number(shown.value),
            "" if shown.expected is None else language.number(round(shown.expected, 2)),
            printed_pct(shown.compliance_pct, rules.get(shown.rule_set), language),
            printed_pct(shown.progress_pct, None, language),
        )
    console.print(table)


def _print_actions(standing: Standing, language: Language, console: Any) -> None:
    from rich.table import Table

    from nap_monitor.charts.palette import ACTION, DELAYED
    from nap_monitor.programme.model import pick

    say = language.say
    names = {action.code: pick(action.name, language.code) for action in standing.programme.actions}
    table = Table(say("Action"), say("Name"), say("Status"), say("Planned date"))
    for action in standing.actions:
        words = [say(ACTION[action.status].word), *([say(DELAYED.word)] if action.is_delayed else [])]
        due = language.quarter(str(action.due)) if action.due else ""
        table.add_row(action.code, names[action.code], " · ".join(words), due)
    console.print(table)
