"""Walks through content.xml: which tables there are, which cells are merged, and the rows of one table.

What repeats is kept once: a million empty rows, or a row filled down to the end of the sheet, take no memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from nap_monitor.sheets.archive import Archive, Attributes, feed, xml_parser
from nap_monitor.sheets.cells import EMPTY, Cell, Merge
from nap_monitor.sheets.ods.values import OFFICE, TABLE, cell
from nap_monitor.sheets.stored import LAST_COLUMN, LAST_ROW, MOST_CELLS, MOST_MERGES, MOST_STYLES, MOST_TABS, within

_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_TABLE = f"{TABLE}table"
_ROW = f"{TABLE}table-row"
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
# In these stand other tables, cells and texts: earlier states, comments, pictures, help, pronunciation.
_NOT_OURS = frozenset(
    {
        f"{TABLE}{name}"
        for name in ("tracked-changes", "dde-links", "shapes", "content-validations", "named-expressions")
    }
    | {f"{OFFICE}annotation", f"{_TEXT}ruby-text", f"{_TEXT}note"}
)
_FOLDED = re.compile(r"[ \t\r\n]+")
# Spaces that are meant, while those of the XML are folded. XML can hold none of these stand-ins itself.
_MEANT = {f"{_TEXT}s": "\x01", f"{_TEXT}tab": "\x02", f"{_TEXT}line-break": "\x03"}
_MEANT_AS = str.maketrans({"\x01": " ", "\x02": "\t", "\x03": "\n"})
_MOST_SPACES = 1 << 20  # in a whole table

Row = tuple[int, tuple[Cell, ...]]


@dataclass(slots=True)
class Table:
    """One table. `number` counts all tables of the file; `is_copy`: kept of another file, for references to it."""

    number: int
    title: str
    is_hidden: bool
    is_copy: bool = False
    merges: list[Merge] = field(default_factory=list)


def survey(archive: Archive, part: str) -> tuple[Table, ...]:
    """The tables of the file with their merges, in one pass; the whole part is checked to be well-formed."""
    walk = _Survey()
    parser = _walking(walk.start, walk.end)
    for piece in archive.pieces(part):
        feed(parser, piece)
    feed(parser, b"", last=True)
    return tuple(table for table in walk.tables if not table.is_copy)


def rows(archive: Archive, part: str, number: int) -> Iterator[Row]:
    """One pass over a table: (row, its cells up to the last one that is not empty), empty rows left out.

    Raises `Unreadable` for cells outside the largest sheet there is.
    """
    walk = _Rows(number)
    parser = _walking(walk.start, walk.end, walk.text)
    for piece in archive.pieces(part):
        feed(parser, piece)
        for row, repeated, cells in walk.take():
            for one in range(row, row + repeated):
                yield one, cells
        if walk.table > number:
            return


def _walking(
    start: Callable[[str, Attributes], bool], end: Callable[[str], None], text: Callable[[str], None] | None = None
) -> XMLParserType:
    """A parser that calls `start`, `end` and `text`, but for nothing within an element of which `start` says False."""
    depth = 0

    def starting(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        if depth or not start(tag, attributes):
            depth += 1

    def ending(tag: str) -> None:
        nonlocal depth
        if depth:
            depth -= 1
        else:
            end(tag)

    def reading(words: str) -> None:
        if text and not depth:
            text(words)

    parser = xml_parser()
    parser.CharacterDataHandler = reading if text else None
    parser.StartElementHandler = starting
    parser.EndElementHandler = ending
    return parser


def _count(attributes: Attributes, name: str) -> int:
    """How often something repeats, or how far it spans."""
    return max(1, int(attributes.get(TABLE + name, 1)))


class _Survey:
    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.row = self.next_row = self.column = 0
        self.is_in_cell = False

    def start(self, tag: str, attributes: Attributes) -> bool:
        if tag in _NOT_OURS or self.is_in_cell:
            return False
        if tag in _CELLS:
            self.is_in_cell = True
            self.found_cell(attributes)
        elif tag == _ROW:
            self.row, self.column = self.next_row, 0
            self.next_row += _count(attributes, "number-rows-repeated")
        elif tag == _TABLE:
            hidden = attributes.get(f"{TABLE}style-name") in self.hidden_styles
            self.tables.append(Table(len(self.tables), attributes.get(f"{TABLE}name", ""), hidden))
            within(len(self.tables), MOST_TABS)
            self.next_row = 0
        elif tag == f"{TABLE}table-source":
            self.tables[-1].is_copy = True
        elif tag == f"{_STYLE}style":
            self.style = attributes.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties" and attributes.get(f"{TABLE}display") == "false":
            self.hidden_styles.add(self.style)
            within(len(self.hidden_styles), MOST_STYLES)
        return True

    def end(self, tag: str) -> None:
        if tag in _CELLS:
            self.is_in_cell = False

    def found_cell(self, attributes: Attributes) -> None:
        across, down = (_count(attributes, f"number-{name}-spanned") for name in ("columns", "rows"))
        if across > 1 or down > 1:
            merges = self.tables[-1].merges
            merges.append(Merge(self.row, self.column, self.row + down - 1, self.column + across - 1))
            within(len(merges), MOST_MERGES)
        self.column += _count(attributes, "number-columns-repeated")


class _Rows:
    """The rows of one table; complete ones wait in `found` as (row, how often, cells)."""

    def __init__(self, number: int) -> None:
        self.wanted = number
        self.table = -1
        self.found: list[tuple[int, int, tuple[Cell, ...]]] = []
        self.row = self.repeated = self.column = 0
        self.cells: list[Cell] = []
        self.cell: Attributes | None = None
        self.paragraphs: list[list[str]] = []
        self.is_in_paragraph = False
        self.meant_spaces = self.count = 0

    def take(self) -> list[tuple[int, int, tuple[Cell, ...]]]:
        found, self.found = self.found, []
        return found

    def start(self, tag: str, attributes: Attributes) -> bool:
        if self.cell is not None:
            return self.start_in_cell(tag, attributes)
        if tag in _CELLS:
            self.cell, self.paragraphs = attributes, []
        elif tag == _ROW:
            self.repeated = _count(attributes, "number-rows-repeated")
            self.column, self.cells = 0, []
        elif tag == _TABLE:
            self.table += 1
            return self.table == self.wanted
        return tag not in _NOT_OURS

    def start_in_cell(self, tag: str, attributes: Attributes) -> bool:
        """Paragraphs, and in them text with its marks; no notes, pictures, tables."""
        if not self.is_in_paragraph:
            if tag in _PARAGRAPHS:
                self.paragraphs.append([])
                self.is_in_paragraph = True
            return self.is_in_paragraph
        if tag in _MEANT:
            self.meant_spaces += (many := int(attributes.get(f"{_TEXT}c", 1)))
            within(self.meant_spaces, _MOST_SPACES)
            self.paragraphs[-1].append(_MEANT[tag] * many)
        return tag.startswith(_TEXT) and tag not in _NOT_OURS

    def text(self, text: str) -> None:
        if self.is_in_paragraph:
            self.paragraphs[-1].append(text)

    def end(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.is_in_paragraph = False
        elif tag in _CELLS and self.cell is not None:
            self.end_cell(self.cell)
        elif tag == _ROW:
            self.end_row()

    def end_cell(self, attributes: Attributes) -> None:
        self.cell = None
        repeated = _count(attributes, "number-columns-repeated")
        shown = "\n".join(_shown(paragraph) for paragraph in self.paragraphs) if self.paragraphs else None
        found = cell(attributes, shown)
        if found is not EMPTY:
            within(self.column + repeated - 1, LAST_COLUMN)
            self.cells.extend([EMPTY] * (self.column - len(self.cells)))
            self.cells.extend([found] * repeated)
        self.column += repeated

    def end_row(self) -> None:
        if self.cells:
            self.count += len(self.cells) * self.repeated
            within(self.count, MOST_CELLS)
            within(self.row + self.repeated - 1, LAST_ROW)
            self.found.append((self.row, self.repeated, tuple(self.cells)))
        self.row += self.repeated


def _shown(pieces: list[str]) -> str:
    """A paragraph as it is shown: spaces of the XML folded, those that are meant kept."""
    return _FOLDED.sub(" ", "".join(pieces)).lstrip(" ").translate(_MEANT_AS)
