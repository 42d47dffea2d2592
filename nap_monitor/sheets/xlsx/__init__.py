"""Reads .xlsx into typed cells: merges, number formats, error cells, formulas without a saved result.

One pass a tab. openpyxl's values-only mode loses what judging needs and its full mode holds the whole workbook; hence
an own reader over the XML, which is no slower. The format: ECMA-376 part 1, section 18; transitional and strict.
"""

from __future__ import annotations

import hashlib
from functools import partial

from nap_monitor.sheets.archive import Archive
from nap_monitor.sheets.cells import Merge, Tab, Workbook
from nap_monitor.sheets.xlsx.parts import Book, book, shared_strings, styles
from nap_monitor.sheets.xlsx.places import merges
from nap_monitor.sheets.xlsx.rows import Look, rows


def read(data: bytes, name: str, *, max_unpacked: int) -> Workbook:
    """The workbook in the bytes of an .xlsx file; its tabs in their order, hidden ones too.

    Everything is unpacked and checked to be well-formed here; `Tab.rows()` then reads from the same bytes.
    Raises `Unreadable`.
    """
    archive = Archive(data, max_unpacked)
    parts = book(archive)
    look = Look(shared_strings(archive, parts), styles(archive, parts), parts.epoch, parts.is_never_computed)
    return Workbook(name, _tabs(archive, parts, look), hashlib.sha256(data).hexdigest())


def _tabs(archive: Archive, parts: Book, look: Look) -> tuple[Tab, ...]:
    tabs = []
    for sheet in parts.sheets:
        merged: tuple[Merge, ...] = merges(archive, sheet.part)
        tabs.append(Tab(sheet.title, sheet.title, partial(rows, archive, sheet.part, look), merged, sheet.is_hidden))
    return tuple(tabs)
