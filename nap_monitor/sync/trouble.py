"""Why a sync could not be done at all: one sentence. What is wrong in a workbook is a problem, never this."""

from __future__ import annotations

from nap_monitor.language import Language, mark

RUNNING = mark("Another sync is running. Wait until it ends and try again.")
LOST_LOCK = mark("This sync lost its lock to another one and stopped. What it had finished by then stands.")
NO_PLAN = mark("There is no programme yet. Load one: python3 run.py plan load config/programme.yaml")
NO_PROGRAMME = mark("There is no programme “{code}”. There are: {codes}.")
NO_AGENCY = mark("There is no agency “{agency}” in the programme “{code}”. There are: {agencies}.")
FOLDER_MISSING = mark("The folder {folder} is not there. Make it, or name another one with --path.")
FOLDER_UNREADABLE = mark("The folder {folder} cannot be read. Check its permissions.")
BAD_SOURCES = mark("{file} has errors. They are listed by: python3 run.py check")
RULES_UNUSABLE = mark("The rule sets cannot be used: {place}: {reason}")
UNEXPECTED = mark("The sync stopped because of an unexpected error ({error}). What it had finished by then stands.")


class SyncTrouble(Exception):
    """The sync could not be done. `message` is one of the messages of this module, `values` fill it."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message.format(**values))
        self.message = message
        self.values = values

    def sentence(self, language: Language) -> str:
        return language.say(self.message, **self.values)


class Busy(SyncTrouble):
    """Another sync is running."""

    def __init__(self) -> None:
        super().__init__(RUNNING)
