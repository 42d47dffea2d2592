"""`check`: is the configuration right? Every problem of plan, sources, rule sets and access, with its place."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from nap_monitor.commands.asking import reader
from nap_monitor.commands.configuration import PLAN_ENDINGS, Trouble, troubles, troubles_of_plan
from nap_monitor.language import Language
from nap_monitor.settings import Settings


def check(
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="PLAN|FOLDER", help="A plan, .yaml or .xlsx; or a folder of configuration (NAP_CONFIG, or config)."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Check plan, sources, rule sets and access; name every problem with its file, line, entry and field."""
    language = reader()
    config = Settings().config
    if place and (place.is_file() or place.suffix.lower() in PLAN_ENDINGS):
        found = list(troubles_of_plan(place, config, language))
    else:
        found = list(troubles(place or config, language))
    errors = sum(p.severity == "error" for p in found)
    if as_json:
        document = {"errors": errors, "problems": [asdict(p) for p in found]}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        _print(found, errors, language)
    return 1 if errors else 0


def _print(found: list[Trouble], errors: int, language: Language) -> None:
    words = {"error": language.say("Error"), "warning": language.say("Warning")}
    for problem in found:
        parts = (problem.where(), words[problem.severity], problem.subject, problem.message)
        typer.echo(": ".join(filter(None, parts)))
    warnings = len(found) - errors
    counts = (
        language.say_many("{count} error", "{count} errors", errors),
        language.say_many("{count} warning", "{count} warnings", warnings),
    )
    typer.echo(" · ".join(counts))
