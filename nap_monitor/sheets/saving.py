"""Putting a finished workbook in its place: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def save(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a crash at any moment, finds the old content or the new one, never a part.

    The temporary file stands beside it (a rename is atomic within one folder only) under a name that no source reads
    (`~$…`) and that a later writing of the same file takes over: what a killed process leaves behind does not pile up.
    Two processes must not save one file at once; the sync's lock sees to that. OSError when the folder cannot be
    written.
    """
    temporary = path.with_name(f"~${path.name}.tmp")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _keep_the_name(path.parent)


def _keep_the_name(folder: Path) -> None:
    """Force the rename itself to the disk, where folders can be opened (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
