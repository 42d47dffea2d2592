"""The rows of one tab of an .xlsx file, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from nap_monitor.sheets.archive import Archive, Attributes, feed, xml_parser
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind, Unreadable, a1
from nap_monitor.sheets.stored import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_CELLS,
    day_cell,
    iso_cell,
    number,
    within,
)
from nap_monitor.sheets.xlsx.parts import Format, text_cell
from nap_monitor.sheets.xlsx.places import DIGITS, column_of, place_of

_REMEMBERED = 4_096  # cells kept for reuse: most cells of a tab repeat others, and equal cells are one object
_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_NAMES = {f"{space} {name}": name for space in _NAMESPACES for name in ("row", "c", "v", "f", "t", "is", "rPh")}

Row = tuple[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Look:
    """What a workbook's cells point to: shared strings, what each style makes of a number, where its days begin."""

    strings: tuple[Cell, ...]
    formats: tuple[Format, ...]
    epoch: datetime
    is_never_computed: bool


def rows(archive: Archive, part: str, look: Look) -> Iterator[Row]:
    """One pass over a tab: (row, its cells up to the last one that is not empty), empty rows left out.

    Holds a piece of the XML at a time. Raises `Unreadable` for rows out of order or outside the largest sheet there is.
    """
    reader = _RowReader(look)
    for piece in archive.pieces(part):
        feed(reader.parser, piece)
        yield from reader.take()


class _RowReader:
    """Called back by the XML parser for each element; complete rows wait in `found`."""

    def __init__(self, look: Look) -> None:
        self.values = _Values(look)
        self.found: list[Row] = []
        self.count = 0
        self.row = -1
        self.previous = -1
        self.row_is_numbered = True
        self.cells: list[Cell] = []
        self.column = -1
        self.cell: Attributes = {}
        self.value: list[str] | None = None
        self.formula: tuple[Attributes, list[str]] | None = None
        self.columns: dict[str, int] = {}
        self.parser = xml_parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def take(self) -> list[Row]:
        found, self.found = self.found, []
        return found

    def start(self, tag: str, attributes: Attributes) -> None:
        name = _NAMES.get(tag)
        if name == "c":
            self.cell = attributes
            self.value = self.formula = None
        elif name == "v":
            self.value = []
            self.parser.CharacterDataHandler = self.value.append
        elif name == "f":
            self.formula = (attributes, [])
            self.parser.CharacterDataHandler = self.formula[1].append
        elif name == "row":
            self.start_row(attributes.get("r", ""))
        elif name == "t":  # a text kept in its cell, in one or more runs
            self.value = self.value or []
            self.parser.CharacterDataHandler = self.value.append
        elif name == "rPh":
            self.parser.StartElementHandler = None

    def end(self, tag: str) -> None:
        name = _NAMES.get(tag)
        if name == "c":
            self.end_cell()
        elif name in ("v", "f", "t"):
            self.parser.CharacterDataHandler = None
        elif name == "row":
            if self.cells:
                self.count += len(self.cells)
                within(self.count, MOST_CELLS)
                self.found.append((self.row, tuple(self.cells)))
        elif name == "rPh":
            self.parser.StartElementHandler = self.start

    def start_row(self, reference: str) -> None:
        """A row by its number, or the next one (until its first cell says where it stands)."""
        self.previous = self.row
        self.row_is_numbered = reference.isascii() and reference.isdigit()
        self.go_to(int(reference) - 1 if self.row_is_numbered else self.previous + 1)
        self.cells = []
        self.column = -1

    def go_to(self, row: int) -> None:
        if not self.previous < row <= LAST_ROW:
            raise Unreadable("corrupt")
        self.row = row

    def end_cell(self) -> None:
        self.column = column = self.place(self.cell.get("r"))
        cell = self.values.cell(self.cell, self.value, self.formula, self.row, column)
        if cell is EMPTY:
            return
        missing = column - len(self.cells)
        if missing >= 0:
            if missing:
                self.cells.extend([EMPTY] * missing)
            self.cells.append(cell)
        else:
            self.cells[column] = cell

    def place(self, reference: str | None) -> int:
        """The column of a cell by its reference (`AB12`), or the next one where it has none."""
        if reference is None:
            column = self.column + 1
        else:
            if not self.row_is_numbered:
                self.go_to(place_of(reference)[0])
            letters = reference.rstrip(DIGITS)
            known = self.columns.get(letters)
            if known is not None:
                return known
            column = self.columns[letters] = column_of(letters)
        if not 0 <= column <= LAST_COLUMN:
            raise Unreadable("corrupt")
        return column


class _Values:
    """Makes cells of what stands in the XML. Equal cells are one object while they are remembered."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.known: dict[tuple[str | None, str | None, str], Cell] = {}
        self.shared: dict[str, tuple[str, str]] = {}  # group -> formula of its first cell, and where that is

    def cell(
        self,
        attributes: Attributes,
        value: list[str] | None,
        formula: tuple[Attributes, list[str]] | None,
        row: int,
        column: int,
    ) -> Cell:
        kind = attributes.get("t")
        if formula is not None:
            return self.result(attributes, value, formula, row, column)
        if not value:
            return Cell(CellKind.ERROR, "#ERROR!") if kind == "e" else EMPTY
        text = value[0] if len(value) == 1 else "".join(value)
        key = (kind, attributes.get("s"), text)
        cell = self.known.get(key)
        if cell is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            cell = self.known[key] = self.typed(kind, attributes.get("s"), text, formula=False)
        return cell

    def result(
        self,
        attributes: Attributes,
        value: list[str] | None,
        formula: tuple[Attributes, list[str]],
        row: int,
        column: int,
    ) -> Cell:
        """A cell with a formula. Without a saved result it is UNCOMPUTED; "" is a result that text formulas have.

        Programs that write workbooks save 0 for every formula and ask for a calculation when the file is opened:
        in such a file 0 is no result.
        """
        kind = attributes.get("t")
        written = self.written(formula, row, column)
        text = "".join(value or ())
        if value is None or (not text and kind != "str"):
            return Cell(CellKind.UNCOMPUTED, written, formula=True)
        if self.look.is_never_computed and text == "0" and kind in (None, "n"):
            return Cell(CellKind.UNCOMPUTED, written, formula=True)
        return self.typed(kind, attributes.get("s"), text, formula=True)

    def written(self, formula: tuple[Attributes, list[str]], row: int, column: int) -> str:
        """The formula's text; of a shared one it is written at its first cell only."""
        attributes, texts = formula
        text = "=" + "".join(texts)
        if attributes.get("t") == "shared":
            group, place = attributes.get("si", ""), a1(row, column)
            if text != "=":
                self.shared[group] = (text, place)
            elif group in self.shared:
                return _moved(*self.shared[group], place)
        return text

    def typed(self, kind: str | None, style: str | None, text: str, *, formula: bool) -> Cell:
        if kind is None or kind == "n":
            return self.number(style, text, formula=formula)
        if kind == "s":
            return self.string(text, formula=formula)
        if kind == "b":
            return Cell(CellKind.BOOLEAN, text.strip().lower() in ("1", "true"), formula=formula)
        if kind == "e":
            return Cell(CellKind.ERROR, text, formula=formula)
        if kind == "d":
            return iso_cell(text, formula=formula)
        return text_cell(text, formula=formula)

    def number(self, style: str | None, text: str, *, formula: bool) -> Cell:
        exact = number(text)
        if exact is None:
            return text_cell(text, formula=formula)
        index = int(style) if style is not None and style.isdigit() else 0
        look = self.look.formats[index] if index < len(self.look.formats) else Format.PLAIN
        if look >= Format.DATE:
            return day_cell(exact, self.look.epoch, formula=formula, duration=look is Format.DURATION)
        return Cell(CellKind.NUMBER, exact, look is Format.PERCENT, formula)

    def string(self, text: str, *, formula: bool) -> Cell:
        """A shared string by its number. One that the file does not have is an error cell, never an empty one."""
        index = int(text) if text.isascii() and text.isdigit() else -1
        if not 0 <= index < len(self.look.strings):
            return Cell(CellKind.ERROR, "#REF!", formula=formula)
        cell = self.look.strings[index]
        return Cell(cell.kind, cell.value, formula=True) if formula else cell


def _moved(formula: str, origin: str, place: str) -> str:
    """A formula as it reads in another cell; as it is written where that is not possible."""
    from openpyxl.formula.tokenizer import TokenizerError  # noqa: PLC0415 - takes 0.3 s, and is seldom wanted
    from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415

    try:
        return str(Translator(formula, origin).translate_formula(place))
    except (TokenizerError, TranslatorError, ValueError):
        return formula
