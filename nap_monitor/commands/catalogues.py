"""`catalogues`: bring the two .po files up to the messages that the code says. For whoever changes a message."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nap_monitor.commands import help as helping
from nap_monitor.language import LANGUAGES, language
from nap_monitor.settings import ROOT, Settings

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

SOURCES = ("nap_monitor", "pages", "app.py")
Message = str | tuple[str, ...]
HEADER = "# What NAP Monitor says, in {language}. Message ids are English; docs/architecture.md says how to add one."


def file_of(language: str) -> Path:
    return ROOT / "nap_monitor" / "locale" / language / "LC_MESSAGES" / "nap_monitor.po"


def messages(commands: object) -> dict[Message, set[str]]:
    """Every message of the code, of its helps included (from typer's tree), with the files that say it."""
    found: dict[Message, set[str]] = {}
    for path in _modules():
        for message in _said_in(path):
            found.setdefault(message, set()).add(path.relative_to(ROOT).as_posix())
    for text in helping.messages(commands):
        found.setdefault(text, set()).add("nap_monitor/commands")
    return found


def _modules() -> Iterator[Path]:
    for source in SOURCES:
        place = ROOT / source
        yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _said_in(path: Path) -> Iterator[Message]:
    """The messages of a module: literal arguments of the keywords, also within f-strings, which Babel overlooks."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "say_many":
                yield tuple(text for argument in node.args[:2] for text in _literals(argument))
            elif name in {"say", "mark"} and len(node.args) == 1:
                yield from _literals(node.args[0])


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_literals(node.body), *_literals(node.orelse))


def catalogues(context: typer.Context) -> None:
    """Bring the translations up to the code: new messages come in untranslated, unused ones go."""
    from babel.messages.pofile import read_po, write_po

    wanted = messages(context.find_root().command)
    for code in LANGUAGES:
        path = file_of(code)
        with path.open("rb") as stream:
            catalogue = renewed(read_po(stream, locale=code), wanted, code)
        with path.open("wb") as stream:
            write_po(stream, catalogue, width=120, include_lineno=False, sort_by_file=True)
        reader = language(Settings().language)
        typer.echo(
            reader.say("{file}: {untranslated} without translation", file=path, untranslated=len(gaps(catalogue)))
        )


def renewed(old: Catalog, wanted: dict[Message, set[str]], code: str) -> Catalog:
    """A catalogue of exactly the wanted messages, with the translations of the old one; English is its own."""
    from babel.messages.catalog import Catalog

    new = Catalog(
        locale=code,
        project="NAP Monitor",
        version="",
        header_comment=HEADER.format(language=code),
        fuzzy=False,
        creation_date=old.creation_date,  # so that nothing changes where no message did
        revision_date=old.revision_date,
    )
    for message, files in wanted.items():
        known = old.get(message if isinstance(message, str) else message[0])
        translation = known.string if known and known.id == message else message if code == "en" else ""
        new.add(message, translation, locations=[(file, 1) for file in sorted(files)])
    return new


def gaps(catalogue: Catalog) -> list[str]:
    """The messages that lack a translation, or one of its plural forms."""
    found = []
    for message in catalogue:
        forms = [message.string] if isinstance(message.string, str) else message.string or [""]
        if message.id and not all(forms):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found
