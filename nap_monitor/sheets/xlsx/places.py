"""Names of cells, and the merged blocks of a tab of an .xlsx file."""

from __future__ import annotations

import re

from nap_monitor.sheets.archive import Archive, Attributes, feed, local, xml_parser
from nap_monitor.sheets.cells import Merge
from nap_monitor.sheets.stored import MOST_MERGES, within

DIGITS = "0123456789"
_END_OF_ROWS = re.compile(rb"</(?:[^<>\s]{1,40}:)?sheetData|sheetData\s*/>")
_MARK, _MARK_LENGTH = b"sheetData", 64


def column_of(letters: str) -> int:
    """A -> 0, AA -> 26; -1 for what is no column."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return -1
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1


def place_of(reference: str) -> tuple[int, int]:
    """E5 -> (4, 4); -1 for what is no row or column."""
    letters = reference.rstrip(DIGITS)
    digits = reference[len(letters) :]
    return (int(digits) - 1 if digits else -1), column_of(letters)


def merges(archive: Archive, part: str) -> tuple[Merge, ...]:
    """The merged blocks of a tab, which stand behind its rows; the whole part is checked to be well-formed.

    Up to the end of the rows the parser calls nothing back, which costs a tenth of reading them.
    """
    found: list[Merge] = []

    def start(tag: str, attributes: Attributes) -> None:
        if local(tag) == "mergeCell" and (merge := _merge(attributes.get("ref", ""))):
            found.append(merge)
            within(len(found), MOST_MERGES)

    parser = xml_parser()
    before = b""
    for piece in archive.pieces(part):
        # The mark may stand in a text too, and is not seen in UTF-16 (which has zero bytes): too early only costs time.
        seen = before + piece
        if (_MARK in seen and _END_OF_ROWS.search(seen)) or b"\0" in piece[:8]:
            parser.StartElementHandler = start
        feed(parser, piece)
        before = piece[-_MARK_LENGTH:]
    feed(parser, b"", last=True)
    return tuple(found)


def _merge(reference: str) -> Merge | None:
    first, _, last = reference.replace("$", "").partition(":")
    (row, column), (other_row, other_column) = place_of(first), place_of(last or first)
    if min(row, column, other_row, other_column) < 0:
        return None
    return Merge(min(row, other_row), min(column, other_column), max(row, other_row), max(column, other_column))
