"""The comments that people hung on the cells of an .xlsx, which reading for reports has no use for."""

from __future__ import annotations

import warnings
import zipfile
from collections import defaultdict
from pathlib import Path

from openpyxl import load_workbook

from nap_monitor.sheets.carry_over import Comments

_CANNOT = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, zipfile.BadZipFile)
"""What openpyxl raises at parts of a workbook that it does not understand, though its cells can be read."""


def comments_in(path: Path) -> Comments | None:
    """The comments of every tab; none for other kinds of file; None where they cannot be read."""
    if path.suffix.casefold() != ".xlsx":
        return {}
    try:
        with zipfile.ZipFile(path) as packed:
            if not any("comments" in name for name in packed.namelist()):
                return {}  # openpyxl would take a while to find that out
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl would lose if it wrote the file
            workbook = load_workbook(path)
        found: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
        for sheet in workbook.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.comment is not None and cell.row and cell.column:
                        found[sheet.title][cell.row - 1, cell.column - 1] = cell.comment.text
    except _CANNOT:
        return None
    return found
