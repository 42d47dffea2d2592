"""What one sync is to do, and within which limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from nap_monitor.language import Language, language
from nap_monitor.settings import Settings
from nap_monitor.sheets.folder import BadSources, Sources, load_sources
from nap_monitor.sync.trouble import BAD_SOURCES, SyncTrouble

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Task:
    """The folder to read and how.

    `language`: of feedback where a workbook does not show its own. `settle_seconds`: a file changed less long ago may
    still be being saved. `agency`: that one alone; None: all. `release`: the agency whose held-back changes a person
    lets through. `is_chosen`: the programme was named; files of an agency that several programmes have are its own.
    """

    folder: Path
    sources: Sources = field(default_factory=Sources)
    language: Language = field(default_factory=lambda: language(None))
    max_packed: int = 20 * _MEGABYTE
    max_unpacked: int = 200 * _MEGABYTE
    settle_seconds: float = 2.0
    agency: str | None = None
    release: str | None = None
    is_chosen: bool = False

    @classmethod
    def of(cls, settings: Settings, folder: Path | None = None) -> Task:
        """As an installation's settings and its `sources.yaml` have it. SyncTrouble when that file cannot be used."""
        path = settings.config / "sources.yaml"
        try:
            sources = load_sources(path)
        except BadSources as error:
            raise SyncTrouble(BAD_SOURCES, file=path.name) from error
        return cls(
            folder=folder or settings.spreadsheets,
            sources=sources,
            language=language(settings.language),
            max_packed=settings.workbook_max_mb * _MEGABYTE,
            max_unpacked=settings.workbook_max_unpacked_mb * _MEGABYTE,
            settle_seconds=settings.settle_seconds,
        )
