"""`doctor`: is everything there that NAP Monitor needs? Each line is in order, or says the cure."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nap_monitor.commands.asking import reader
from nap_monitor.language import Language, mark
from nap_monitor.settings import ROOT, Settings

if TYPE_CHECKING:
    from nap_monitor.database import Engine

OLDEST_PYTHON = (3, 11)
LEAST_FREE = 500 * 1024**2
OLD_SYNC = timedelta(hours=26)  # a daily sync, and two hours of grace
MEGABYTE = 1024**2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `cure` says what to do when it is not in order."""

    subject: str  # message ids
    is_fine: bool
    state: str = ""  # as found: a version, a folder, a number
    cure: str = ""

    def cure_in(self, language: Language) -> str:
        return language.say(self.cure) if self.cure and not self.is_fine else ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Look at everything NAP Monitor needs, and say the cure of what is not in order."""
    language = reader()
    findings = list(examine(Settings(), datetime.now(UTC)))
    if as_json:
        rows: list[dict[str, Any]] = [
            {"subject": f.subject, "ok": f.is_fine, "state": f.state, "cure": f.cure_in(language)} for f in findings
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            _print(finding, language)
    return 0 if all(f.is_fine for f in findings) else 1


def _print(finding: Finding, language: Language) -> None:
    from rich.console import Console
    from rich.padding import Padding

    console = Console(markup=False, highlight=False)
    word = language.say("in order") if finding.is_fine else language.say("attention")
    console.print("✓" if finding.is_fine else "!", language.say(finding.subject), end=" ")
    console.print(
        f"({word})" if not finding.state else f"({word}: {finding.state})", style="green" if finding.is_fine else "red"
    )
    if cure := finding.cure_in(language):
        console.print(Padding(cure, (0, 0, 0, 2)))


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """All findings, in the order in which one would mend them."""
    yield _python()
    yield _packages(ROOT / "requirements.txt")
    yield _time_zones()
    yield _writable(settings.home)
    yield _free_disk(settings.home)
    yield _configuration(settings.config)
    yield from _database(settings, now)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    cure = mark("Install Python 3.11 or newer from python.org.")
    return Finding(mark("Python"), sys.version_info >= OLDEST_PYTHON, version, cure)


def _packages(lock: Path) -> Finding:
    """Whether what is installed is what the lock says, of the packages that are installed at all."""
    wanted: dict[str, set[str]] = {}  # one package may have several versions, each for some Pythons
    for name, version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", lock.read_text("utf-8"), re.MULTILINE):
        wanted.setdefault(name, set()).add(version)
    installed = {d.metadata["Name"].lower().replace("_", "-"): d.version for d in importlib.metadata.distributions()}
    other = [f"{name} {installed[name]}" for name in wanted if installed.get(name) not in {None, *wanted[name]}]
    cure = mark(
        "Delete the folder .venv and start `python3 run.py` again: it installs the versions of requirements.txt."
    )
    return Finding(mark("Packages"), not other, ", ".join(other), cure)


def _time_zones() -> Finding:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    zone = "America/Mexico_City"
    try:
        ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        return Finding(mark("Time zones"), False, zone, mark("Install the package tzdata."))
    return Finding(mark("Time zones"), True)


def _writable(home: Path) -> Finding:
    cure = mark("Give yourself the right to write there, or name another folder in NAP_HOME.")
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return Finding(mark("Folder"), True, str(home))
    except OSError:
        return Finding(mark("Folder"), False, str(home), cure)


def _free_disk(home: Path) -> Finding:
    place = next(p for p in (home, *home.parents) if p.exists())
    free = shutil.disk_usage(place).free
    return Finding(mark("Free disk"), free >= LEAST_FREE, f"{free // MEGABYTE:,} MB", mark("Free some space."))


def _configuration(folder: Path) -> Finding:
    from nap_monitor.commands.configuration import troubles

    errors = sum(p.severity == "error" for p in troubles(folder, reader()))
    cure = mark("`python3 run.py check` names each problem with file, line and field.")
    return Finding(mark("Configuration"), not errors, "" if not errors else str(errors), cure)


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    from nap_monitor.database.engine import DatabaseUnavailable, connect, schema_is_current
    from nap_monitor.database.trouble import address

    subject = mark("Database")
    try:
        engine = connect(settings.url)
        is_current = schema_is_current(engine)
    except DatabaseUnavailable as trouble:
        yield Finding(subject, False, trouble.sentence(reader()))
        return
    cure = mark("It has no tables yet, or older ones; `python3 run.py` makes them.")
    yield Finding(subject, is_current, address(engine.url), cure)
    if is_current:
        yield _last_sync(engine, now)
    engine.dispose()


def _last_sync(engine: Engine, now: datetime) -> Finding:
    from nap_monitor.access import operator
    from nap_monitor.database.engine import reading
    from nap_monitor.database.runs import last_sync_at

    with reading(engine) as connection:
        at = last_sync_at(connection, operator("doctor"))
    subject, cure = (
        mark("Last reading of the spreadsheets"),
        mark("`python3 run.py sync` reads them; a timer can do so each day."),
    )
    if at is None:
        return Finding(subject, False, "", cure)
    return Finding(subject, now - at < OLD_SYNC, f"{at:%Y-%m-%d %H:%M} UTC", cure)
