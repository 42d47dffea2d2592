"""`--help`, written by us: what typer prints is English alone, and we need every word in the reader's language.

The texts are the docstrings of the commands and the `help` of their options; `messages` names them all, for the
catalogues are filled from here too (`mark` cannot stand around a docstring).
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import Any

from nap_monitor.language import Language

PROGRAM = "python3 run.py"


def prose(text: str | None) -> str:
    """A docstring as a message: each paragraph on one line."""
    paragraphs = inspect.cleandoc(text or "").split("\n\n")
    return "\n\n".join(" ".join(p.split()) for p in paragraphs)


def messages(command: Any) -> Iterator[str]:
    """Every text that the help of a command, and of the commands below it, shows."""
    yield from filter(None, [prose(command.help), *(prose(getattr(p, "help", None)) for p in command.params)])
    for below in getattr(command, "commands", {}).values():
        yield from messages(below)


def find(root: Any, words: Sequence[str]) -> tuple[Any, list[str]]:
    """The command that the words name, as far as they name one, and the words that led to it."""
    command, path = root, []
    for word in words:
        below = getattr(command, "commands", {}).get(word)
        if below is not None:
            command = below
            path.append(word)
        elif not word.startswith("-"):
            break
    return command, path


def usage(command: Any, path: Sequence[str]) -> str:
    """`python3 run.py sheet validate FILE --agency AGENCY`: what must be said; brackets around what may."""
    needed = [_value(p) if _is_argument(p) else f"{p.opts[0]} {_value(p)}" for p in command.params if p.required]
    optional = [f"[{_value(p)}]" for p in command.params if _is_argument(p) and not p.required]
    group = ["…"] if getattr(command, "commands", None) else []
    return " ".join([PROGRAM, *path, *needed, *optional, *group])


def show(command: Any, path: Sequence[str], language: Language) -> None:
    """Print the help of a command."""
    from rich.console import Console  # a fifth of a second that most commands do without
    from rich.padding import Padding
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    console.print(usage(command, path), style="bold")
    console.print(Padding(language.say(prose(command.help)), (1, 0)))
    below = {name: c for name, c in getattr(command, "commands", {}).items() if not c.hidden}
    commands = [(name, _first_paragraph(c, language)) for name, c in sorted(below.items())]
    arguments = [(_value(p), _explained(p, language)) for p in command.params if _is_argument(p)]
    options = [(_spelled(p), _explained(p, language)) for p in command.params if not _is_argument(p)]
    options.append(("--help", language.say("Show this help.")))
    for title, rows in (
        (language.say("Commands"), commands),
        (language.say("Arguments"), arguments),
        (language.say("Options"), options),
    ):
        if rows:
            table = Table.grid(padding=(0, 2, 0, 0))
            table.add_column(no_wrap=True)
            for left, right in rows:
                table.add_row(left, right)
            console.print(title, style="bold")
            console.print(Padding(table, (0, 0, 1, 2)))


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _value(parameter: Any) -> str:
    name: str = parameter.metavar or parameter.name.upper()
    return name


def _spelled(parameter: Any) -> str:
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    return names if parameter.is_flag else f"{names} {_value(parameter)}"


def _explained(parameter: Any, language: Language) -> str:
    text = language.say(prose(parameter.help)) if parameter.help else ""
    if parameter.default is None or parameter.is_flag or callable(parameter.default) or parameter.default == ():
        return text
    return f"{text} {language.say('[unless said: {value}]', value=parameter.default)}"


def _first_paragraph(command: Any, language: Language) -> str:
    return language.say(prose(command.help)).split("\n\n")[0]
