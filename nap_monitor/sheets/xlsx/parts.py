"""The parts of an .xlsx file around its tabs: which tabs there are, number formats, shared strings."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from urllib.parse import unquote

from nap_monitor.sheets.archive import Archive, Attributes, feed, local, xml_parser
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind, Unreadable
from nap_monitor.sheets.stored import EPOCH_1900, EPOCH_1904, MOST_STYLES, MOST_TABS, MOST_TEXTS, within

_TRUE = ("1", "true")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|[\\_*].')
_BRACKETED = re.compile(r"\[[^\]]*\]")
_OF_A_DAY = re.compile(r"[dmyhs]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Format(IntEnum):
    """What a number format makes of a number."""

    PLAIN = 0
    PERCENT = 1
    DATE = 2
    DURATION = 3


# Formats that files name by a number alone (section 18.8.30); 27-36 and 50-58 are dates of East Asian locales.
_BUILT_IN = (
    dict.fromkeys((9, 10), Format.PERCENT)
    | dict.fromkeys((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)), Format.DATE)
    | {46: Format.DURATION}
)


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What xl/workbook.xml says. `is_never_computed`: written by a program, to be calculated when first opened."""

    sheets: tuple[Sheet, ...]
    epoch: datetime
    is_never_computed: bool
    strings_part: str | None
    styles_part: str | None


def book(archive: Archive) -> Book:
    """Find the workbook and its tabs by their relationships. Chart sheets and macro sheets are no tabs."""
    start = _relationships(archive, "").of_kind("officeDocument")
    if start is None or start not in archive:
        raise Unreadable("not_a_workbook")
    if start.endswith(".bin"):
        raise Unreadable("unsupported_type", type=".xlsb")
    links = _relationships(archive, start)
    elements: list[tuple[str, Attributes]] = []

    def element(tag: str, attributes: Attributes) -> None:
        if not elements or tag in ("sheet", "workbookPr", "calcPr"):
            elements.append((tag, attributes))
            within(len(elements), MOST_TABS)

    archive.each(start, element)
    if elements[0][0] != "workbook":
        raise Unreadable("not_a_workbook")
    sheets = tuple(_sheets((attributes for tag, attributes in elements if tag == "sheet"), links))
    if any(sheet.part not in archive for sheet in sheets):
        raise Unreadable("corrupt")
    settings = {
        key: value for tag, found in elements if tag in ("workbookPr", "calcPr") for key, value in found.items()
    }
    return Book(
        sheets,
        EPOCH_1904 if settings.get("date1904") in _TRUE else EPOCH_1900,
        settings.get("fullCalcOnLoad") in _TRUE,
        links.of_kind("sharedStrings"),
        links.of_kind("styles"),
    )


def _sheets(elements: Iterable[Attributes], links: _Links) -> Iterator[Sheet]:
    for attributes in elements:
        by_local = {local(key): value for key, value in attributes.items()}
        kind, part = links.by_id.get(by_local.get("id", ""), ("", ""))
        if kind in ("worksheet", ""):  # "": a tab whose part the file does not have
            yield Sheet(by_local.get("name", ""), part, by_local.get("state", "visible") != "visible")


@dataclass(frozen=True, slots=True)
class _Links:
    by_id: dict[str, tuple[str, str]]  # id -> (kind, part)

    def of_kind(self, kind: str) -> str | None:
        return next((part for found, part in self.by_id.values() if found == kind), None)


def _relationships(archive: Archive, part: str) -> _Links:
    """The parts that a part (the whole file: "") points to; what lies outside the file is left out."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    links: dict[str, tuple[str, str]] = {}

    def element(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = unquote(attributes.get("Target", "")).replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            within(len(links), 4 * MOST_TABS)
            links[attributes.get("Id", "")] = (posixpath.basename(attributes.get("Type", "")), path)

    if source not in archive:
        raise Unreadable("not_a_workbook" if not part else "corrupt")
    archive.each(source, element)
    return _Links(links)


def styles(archive: Archive, parts: Book) -> tuple[Format, ...]:
    """What the number format of each cell style (the `s` of a cell) makes of a number."""
    if parts.styles_part is None or parts.styles_part not in archive:
        return ()
    formats = dict(_BUILT_IN)
    found: list[int] = []
    inside = [""]  # the list that was opened last: formats of conditional rules have codes of their own

    def element(tag: str, attributes: Attributes) -> None:
        if tag in ("numFmts", "cellXfs", "cellStyleXfs", "dxfs", "cellStyles"):
            inside[0] = tag
        elif tag == "numFmt" and inside[0] == "numFmts":
            within(len(formats), MOST_STYLES)
            formats[_id(attributes)] = number_format(attributes.get("formatCode", ""))
        elif tag == "xf" and inside[0] == "cellXfs":
            found.append(_id(attributes))
            within(len(found), MOST_STYLES)

    archive.each(parts.styles_part, element)
    return tuple(formats.get(id_, Format.PLAIN) for id_ in found)


def _id(attributes: Attributes) -> int:
    text = attributes.get("numFmtId", "0")
    return int(text) if text.isdigit() else 0


def number_format(code: str) -> Format:
    """`0.0%` is a percentage, `dd/mm/yyyy` a date, `[h]:mm` a duration; quoted and escaped characters mean nothing."""
    code = _LITERAL.sub("", code).partition(";")[0]  # the part that is for positive numbers
    if _ELAPSED.search(code):
        return Format.DURATION
    code = _BRACKETED.sub("", code)
    if _OF_A_DAY.search(code):
        return Format.DATE
    return Format.PERCENT if "%" in code else Format.PLAIN


def shared_strings(archive: Archive, parts: Book) -> tuple[Cell, ...]:
    """The texts that cells point to, as cells; rich text as plain, without reading aids (furigana)."""
    if parts.strings_part is None or parts.strings_part not in archive:
        return ()
    reader = _Strings()
    for piece in archive.pieces(parts.strings_part):
        feed(reader.parser, piece)
    feed(reader.parser, b"", last=True)
    return tuple(reader.cells)


class _Strings:
    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.texts: list[str] = []
        self.parser = xml_parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, tag: str, _attributes: Attributes) -> None:
        name = local(tag)
        if name == "t":
            self.parser.CharacterDataHandler = self.texts.append
        elif name == "si":
            self.texts = []
        elif name == "rPh":
            self.parser.StartElementHandler = None

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self.parser.CharacterDataHandler = None
        elif name == "si":
            self.cells.append(text_cell("".join(self.texts)))
            within(len(self.cells), MOST_TEXTS)
        elif name == "rPh":
            self.parser.StartElementHandler = self.start


def text_cell(text: str, *, formula: bool = False) -> Cell:
    """A TEXT cell; a formula that gives "" is empty. `_x000D_` is how the format writes a carriage return."""
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    if not text:
        return Cell(CellKind.EMPTY, formula=True) if formula else EMPTY
    return Cell(CellKind.TEXT, text, formula=formula)


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    # No database stores a zero byte or half a surrogate pair: those stay as they are written.
    return found[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)
