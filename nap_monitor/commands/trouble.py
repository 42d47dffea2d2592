"""What could not be done, as one sentence in the reader's language: wrong usage, and faults that a person can mend."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from typer.exceptions import TyperException

from nap_monitor.access import NotAllowed
from nap_monitor.language import Language


@runtime_checkable
class Spoken(Protocol):
    """A fault that says itself, like `DatabaseUnavailable`."""

    def sentence(self, language: Language) -> str: ...


def sentence(error: Exception, language: Language) -> str | None:
    """The sentence of a fault that the person at the keyboard can do something about; None for faults of ours."""
    if isinstance(error, Spoken):
        return error.sentence(language)
    if isinstance(error, NotAllowed):
        return language.say("That is not for the role “{role}”.", role=error.viewer.role)
    if isinstance(error, TyperException):
        return _usage(error, language)
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        if error.filename is None:
            return language.say("The system refused: {reason}.", reason=reason)
        return language.say("{file}: the system refused: {reason}.", file=error.filename, reason=reason)
    return _settings(error, language)


def _settings(error: Exception, language: Language) -> str | None:
    from pydantic import ValidationError  # 0.1 s that only a fault needs

    if not isinstance(error, ValidationError) or error.title != "Settings":
        return None
    first = error.errors()[0]
    name = "NAP_" + str(first["loc"][0]).upper()
    return language.say("The environment variable {name} cannot be “{value}”.", name=name, value=first["input"])


def _usage(error: TyperException, language: Language) -> str:
    """What typer says in English, said again."""
    option = getattr(error, "option_name", "")
    parameter = _spelled(getattr(error, "param", None))
    extra = error.message.partition(" extra argument(s) ")[2].strip("()")
    unknown = error.message.partition("No such command ")[2]  # 'name', quoted as Python does
    sentences = {
        "NoSuchOption": language.say("There is no option {option}.", option=option),
        "BadOptionUsage": language.say("{option} needs a value.", option=option),
        "MissingParameter": language.say("{parameter} is missing.", parameter=parameter),
        "BadParameter": language.say("{parameter} has a value of the wrong kind.", parameter=parameter),
    }
    if extra:
        return language.say("There are words too many: {words}.", words=extra)
    if unknown:
        return language.say("There is no command {command}.", command=unknown[1:].partition(unknown[0])[0])
    return sentences.get(type(error).__name__) or language.say("Which command?")


def _spelled(parameter: object) -> str:
    is_argument = getattr(parameter, "param_type_name", "") == "argument"
    name: str = getattr(parameter, "metavar", None) or str(getattr(parameter, "name", "")).upper()
    return name if is_argument else str(getattr(parameter, "opts", [""])[0])
