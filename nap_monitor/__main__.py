"""The command line: `python -m nap_monitor COMMAND`, which `python3 run.py COMMAND` becomes.

Exit codes: 0 done; 1 done, with errors in the data; 2 could not be done, one sentence on standard error.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from typer.exceptions import TyperException

from nap_monitor.commands import help as helping
from nap_monitor.commands import trouble
from nap_monitor.commands.asking import a_language
from nap_monitor.commands.tree import command_tree
from nap_monitor.language import DEFAULT, Language, language

COULD_NOT = 2


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; the exit code."""
    # Read before typer is asked, since its help and its complaints are said in this language too.
    reader, words = _reader(arguments)
    root = command_tree()
    command, path = helping.find(root, words)
    if {"--help", "-h"} & set(words) or not words:
        helping.show(command, path, reader)
        return 0
    try:
        a_language(os.environ.get("NAP_LANGUAGE") or DEFAULT)
        return int(root.main(words, prog_name=helping.PROGRAM, standalone_mode=False) or 0)
    except BrokenPipeError:  # `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  # the one place where every fault ends
        return _told(error, helping.usage(command, path), reader)


def _told(error: Exception, usage: str, reader: Language) -> int:
    said = trouble.sentence(error, reader)
    if said is None:
        traceback.print_exception(error)
        said = reader.say("This is a fault of the program; please report it with the lines above.")
    elif isinstance(error, TyperException):
        said = f"{said}\n{reader.say('Usage: {usage} (--help says more)', usage=usage)}"
    sys.stderr.write(said + "\n")
    return COULD_NOT


def _reader(arguments: Sequence[str]) -> tuple[Language, list[str]]:
    """The reader's language (`--language` before the command, else NAP_LANGUAGE), and the other words."""
    words = list(arguments)
    if words and words[0].startswith("--language"):
        _, _, code = words.pop(0).partition("=")
        os.environ["NAP_LANGUAGE"] = code or (words.pop(0) if words else "")  # where the commands' settings find it
    return language(os.environ.get("NAP_LANGUAGE")), words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
