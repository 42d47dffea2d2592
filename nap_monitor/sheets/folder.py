"""The folder of workbooks as a source: which files there are, whose they are, and whether they are being saved."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nap_monitor.sheets.cells import Unreadable
from nap_monitor.sheets.contract import VALIDATION_SUFFIX
from nap_monitor.sheets.opening import read_workbook
from nap_monitor.sheets.sources import BadSources, Source, Sources, load_sources, read_sources

__all__ = (
    "BadSources",
    "FoundFile",
    "Source",
    "Sources",
    "find",
    "is_settled",
    "load_sources",
    "read_sources",
    "read_workbook",
)

READ = (".xlsx", ".ods", ".csv")
# Workbooks that we do not read are found all the same, so that their agency is told.
_REFUSED = (".xls", ".xlsm", ".xlsb", ".xlt", ".xltx", ".xltm", ".fods", ".ots", ".numbers", ".tsv", ".gsheet")
_NOT_FILES_OF_PEOPLE = ("~", ".", "__macosx")  # ~$ and .~lock: somebody has it open; ._: copies of a Mac
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file. `agency` None: it belongs to nobody that we know; `programme` None: to the only, or the chosen one.

    A sub-folder that cannot be opened is found too (`key` ends with /), so that its files are not taken for gone.
    """

    path: Path
    key: str  # path below the folder, with /
    name: str
    agency: str | None
    size: int
    modified_at: datetime
    programme: str | None = None


def find(folder: Path, sources: Sources, agencies: Iterable[str]) -> tuple[FoundFile, ...]:
    """All files in the folder and below that look like workbooks, by their keys.

    Links that lead out of the folder are not followed, nor links to folders; of several names of one file the
    first that has an agency counts. Raises `Unreadable` (`missing_folder`, `unreadable_folder`).
    """
    ids = tuple(agencies)
    try:
        root = folder.resolve(strict=True)
        os.scandir(root).close()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Unreadable("missing_folder", path=str(folder)) from error
    except (OSError, RuntimeError) as error:
        raise Unreadable("unreadable_folder", path=str(folder)) from error
    found: dict[Path, FoundFile] = {}
    for path, real in sorted(_files(root, root)):
        file = _found(path, root, sources, ids)
        if file is not None and (real not in found or (found[real].agency is None and file.agency is not None)):
            found[real] = file
    return tuple(sorted(found.values(), key=lambda file: file.key))


def _files(folder: Path, root: Path) -> Iterator[tuple[Path, Path]]:
    """(path, real path) of what may be a workbook; an unreadable folder as itself."""
    try:
        with os.scandir(folder) as entries:
            children = list(entries)
    except OSError:
        yield folder, folder
        return
    for child in children:
        path = folder / child.name
        if child.name.casefold().startswith(_NOT_FILES_OF_PEOPLE):
            continue
        if child.is_dir(follow_symlinks=False):
            yield from _files(path, root)
        elif _looks_like_a_workbook(child.name):
            real = Path(os.path.realpath(path))
            if not child.is_symlink() or (real.is_relative_to(root) and real.is_file()):
                yield path, real


def _looks_like_a_workbook(name: str) -> bool:
    name = name.casefold()
    return name.endswith((*READ, *_REFUSED)) and not name.endswith(VALIDATION_SUFFIX)


def _found(path: Path, root: Path, sources: Sources, agencies: tuple[str, ...]) -> FoundFile | None:
    """The file as it is now; None if it went away meanwhile."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        status = None
    key = _text(path.relative_to(root).as_posix())
    is_folder = path.is_dir()
    # A folder stands for whatever is in it: the name of a file in it would say no more than its own.
    agency, programme = sources.owner(f"{key}/x" if is_folder else key, agencies)
    return FoundFile(
        path,
        f"{key}/" if is_folder else key,
        _text(path.name),
        agency,
        0 if status is None or is_folder else status.st_size,
        _NEVER if status is None else _moment(status),
        programme,
    )


def _text(name: str) -> str:
    """A name as text that can be kept: composed (a Mac takes letters apart), and without bytes that are no letters."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def _moment(status: os.stat_result) -> datetime:
    return _NEVER + timedelta(microseconds=max(0, status.st_mtime_ns // 1000))


def is_settled(file: FoundFile, now: datetime, settle_seconds: float) -> bool:
    """Whether nobody is saving the file: unchanged since it was found, and for so many seconds before `now`.

    A file dated in the future (a clock that is wrong) counts as settled, or it would never be read.
    """
    try:
        status = file.path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True  # reading it will say what is the matter
    if file.path.is_dir():
        return True
    if (status.st_size, _moment(status)) != (file.size, file.modified_at):
        return False
    return not timedelta(0) <= now - file.modified_at < timedelta(seconds=settle_seconds)
