"""Reads a CSV as one tab of text cells. Encoding and delimiter are found out from the bytes: the file says neither."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import chain, islice
from pathlib import PurePath

from nap_monitor.sheets.cells import EMPTY, Cell, CellKind, Tab, Unreadable, Workbook
from nap_monitor.sheets.contract import HEADER_SEARCH_ROWS, Role, label, labels, normalise

_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# What Windows, DOS (Excel's "CSV (MS-DOS)") and old Macs write; the first wins where the bytes do not tell.
_OF_ONE_BYTE = ("cp1252", "cp850", "mac_roman", "latin-1")
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡")
_PUNCTUATION = frozenset("–—“”‘’«»…•°ºª€§¢£©®ÀÈÇàèçâêôãõ\u00a0½²³%")
_DELIMITERS = (";", ",", "\t")
_SAID = re.compile(r'"?sep=([;,\t|:^])"?(?:\r\n?|\n|$)', re.IGNORECASE)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTERS_LOOKED_AT = 10_000
_LOOKED_AT = 50
_LONGEST_FIELD = 1 << 20  # an Excel cell holds 32,767 characters; one that never ends is an open quotation mark
csv.field_size_limit(_LONGEST_FIELD)
_END = "\ue000"  # no text has it (private use): a last record of its own, unless a quotation mark is still open


def read(data: bytes, name: str) -> Workbook:
    """The one tab of a CSV: Indicadores, or the tab that the file's name ends with. Cells are TEXT, or EMPTY.

    Rows are records, as an application shows them. Raises `Unreadable`: `not_text`, `csv_open_quote`.
    """
    text = decoded(data)
    if text is None:
        raise Unreadable("not_text")
    text, delimiter = _delimiter(text)
    for _ in _records(text, delimiter):  # an open quotation mark swallows rows: better none than some
        pass
    title = tab_of(name)
    tab = Tab(title, title, partial(_rows, text, delimiter), is_delimited=True)
    return Workbook(name, (tab,), hashlib.sha256(data).hexdigest())


def tab_of(name: str) -> str:
    """The tab that a CSV is by its name: `STPS_Acciones.csv`, `Actions.csv`; else Indicadores."""
    words = normalise(re.sub(r"[_\-]", " ", PurePath(name).stem))
    for titles in labels()["tabs"].values():
        for title in titles.values():
            if f" {words}".endswith(f" {normalise(title)}"):
                return title
    return label("tabs", Role.INDICATOR, "es")


def decoded(data: bytes) -> str | None:
    """The text of a file in UTF-8, in UTF-16 with its mark, or in the one-byte encoding that makes the best Spanish.

    None if it is no text (it holds zero bytes).
    """
    encoding = next((name for mark, name in _UTF_16.items() if data.startswith(mark)), None)
    if encoding is None and b"\0" in data:
        return None
    try:
        text = data[2:].decode(encoding) if encoding else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if encoding:
            return None
        text = _of_one_byte(data)
    text = text.rstrip("\x1a")  # the end-of-file mark of DOS
    return None if "\0" in text else text


def _of_one_byte(data: bytes) -> str:
    best, best_score = "", -_LETTERS_LOOKED_AT - 1
    for encoding in _OF_ONE_BYTE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = sum(_plausible(found[0]) for found in islice(_NOT_ASCII.finditer(text), _LETTERS_LOOKED_AT))
        if score > best_score:
            best, best_score = text, score
    return best


def _plausible(character: str) -> int:
    if character in _SPANISH:
        return 1
    return 0 if character in _PUNCTUATION else -1


def _delimiter(text: str) -> tuple[str, str]:
    """The text and what separates its fields: what `sep=;` in its first line says (that line is shown by no
    application), else the separator with which most columns of the contract are recognised, else the most regular one.
    """
    said = _SAID.match(text)
    if said:
        return text[said.end() :], said[1]
    return text, max(_DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[int, int, int]:
    """(columns recognised in the best of the first rows, rows of the commonest width above one, that width)."""
    try:
        records = list(islice(_reader(text, delimiter), _LOOKED_AT))
    except csv.Error:
        return (0, 0, 0)
    recognised = max((len(_known() & {normalise(f) for f in r}) for r in records[:HEADER_SEARCH_ROWS]), default=0)
    widths = [len(record) for record in records if len(record) > 1]
    commonest = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return (recognised, widths.count(commonest), commonest)


@cache
def _known() -> frozenset[str]:
    """The normalised label of every column of every tab."""
    fields = chain.from_iterable(
        texts.values()
        for section, names in labels().items()
        if section not in ("tabs", "words")
        for texts in names.values()
    )
    return frozenset(normalise(text) for text in fields)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    # newline="": a line break within quotation marks is part of the text, of whatever kind it is
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records; raises `Unreadable` at the one whose quotation mark is never closed."""
    lines = chain(io.StringIO(text, newline=""), (_END,))
    number, held = 0, None  # a record is passed on when the next one is there: the last one is `_END`
    try:
        for record in csv.reader(lines, delimiter=delimiter):
            if held is not None:
                yield held
            held, number = record, number + 1
    except csv.Error as error:
        raise Unreadable("csv_open_quote", row=str(number + 1)) from error
    if held != [_END]:
        raise Unreadable("csv_open_quote", row=str(number))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for row, record in enumerate(_records(text, delimiter)):
        # Empty fields at the end stay: a row with more fields than the header has been pushed to the right.
        if any(record):
            yield row, tuple(Cell(CellKind.TEXT, field) if field else EMPTY for field in record)
