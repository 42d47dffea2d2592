"""Opens one file of the folder by what it is, not by what it is called, or says in one kind why it is refused."""

from __future__ import annotations

import os
import stat
from enum import StrEnum
from pathlib import Path

from nap_monitor.sheets import csv_file, ods, xlsx
from nap_monitor.sheets.archive import Archive, megabytes
from nap_monitor.sheets.cells import Unreadable, Workbook

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_WEB_PAGE = ("<!doctype html", "<html", "<head", "<meta", "<body", "<style", "<table", "<div", "mime-version:")
_OPENDOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


class Content(StrEnum):
    """What the bytes of a file are."""

    XLSX = ".xlsx"
    ODS = ".ods"
    TEXT = ".csv"
    XLSB = ".xlsb"
    NUMBERS = ".numbers"
    ENCRYPTED = "encrypted"
    OLD_EXCEL = ".xls"
    WEB_PAGE = "html"
    XML = ".xml"
    OTHER = "other"


def read_workbook(path: Path, *, max_packed: int, max_unpacked: int) -> Workbook:
    """The workbook in a file; limits in bytes. What is read later (`Tab.rows`) comes from the bytes read here.

    Raises `Unreadable` with one of the kinds of this module, `archive`, `xlsx`, `ods` or `csv_file`; so can
    `Tab.rows()`, for the little that shows only when all rows are read (`corrupt`).
    """
    data = _bytes(path, max_packed)
    content = content_of(data, max_unpacked)
    suffix = path.suffix.casefold()
    if content is Content.ENCRYPTED:
        raise Unreadable("password_protected")
    if suffix not in (".xlsx", ".ods", ".csv"):
        raise _unsupported(content, suffix)
    if content == suffix:
        if content is Content.XLSX:
            return xlsx.read(data, path.name, max_unpacked=max_unpacked)
        if content is Content.ODS:
            return ods.read(data, path.name, max_unpacked=max_unpacked)
        return csv_file.read(data, path.name)
    raise _misnamed(content, suffix)


def _unsupported(content: Content, suffix: str) -> Unreadable:
    if content is Content.OLD_EXCEL:
        return Unreadable("old_xls")
    if content is Content.WEB_PAGE:
        return Unreadable("html_named_as_workbook")
    return Unreadable("unsupported_type", type=suffix or "?")


def _misnamed(content: Content, suffix: str) -> Unreadable:
    """Why a file named .xlsx, .ods or .csv is not read: it is something else."""
    if content is Content.OLD_EXCEL:
        return Unreadable("old_xls")
    if content is Content.WEB_PAGE:
        return Unreadable("html_named_as_workbook")
    if content is Content.TEXT:
        return Unreadable("csv_named_as_workbook")
    if content in (Content.XLSB, Content.NUMBERS, Content.XML):
        return Unreadable("unsupported_type", type=content.value)
    if content in (Content.XLSX, Content.ODS):
        return Unreadable("named_otherwise", found=content.value)
    return Unreadable("not_text" if suffix == ".csv" else "not_a_workbook")


def _bytes(path: Path, max_packed: int) -> bytes:
    """The bytes of a file that nobody changes meanwhile."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would never end
            raise Unreadable("unreadable_file")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > max_packed:
                raise Unreadable("too_large", limit=megabytes(max_packed))
            data = file.read(max_packed + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError as error:
        raise Unreadable("missing_file") from error
    except OSError as error:
        raise Unreadable("unreadable_file") from error
    if len(data) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unreadable("changed_while_reading")
    if not data:
        raise Unreadable("empty_file")
    return data


def content_of(data: bytes, max_unpacked: int) -> Content:
    """What the bytes are, by their first ones and by the parts of a zip."""
    if data.startswith(_OLE2):
        return _inside_ole2(data)
    if data.startswith(_OLD_EXCEL) and b"\0" in data[:16]:
        return Content.OLD_EXCEL
    if data.startswith(_ZIP):
        return _inside_zip(Archive(data, max_unpacked))
    return _as_text(csv_file.decoded(data))


def _as_text(text: str | None) -> Content:
    if text is None:
        return Content.OTHER
    start = text.lstrip("\ufeff \t\r\n").casefold()
    if start.startswith(_WEB_PAGE):
        return Content.WEB_PAGE
    if start.startswith(("<?xml", "<!--")):
        return Content.WEB_PAGE if "<html" in start[:4096] else Content.XML
    return Content.OTHER if start.startswith(("{\\rtf", "%pdf-")) else Content.TEXT


def _inside_ole2(data: bytes) -> Content:
    """Microsoft's older container: of an encrypted .xlsx, an .xls, a letter. The names of its streams are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Content.ENCRYPTED
    is_excel = any(f"{name}\0".encode("utf-16-le") in data for name in ("Workbook", "Book"))
    return Content.OLD_EXCEL if is_excel else Content.OTHER


def _inside_zip(archive: Archive) -> Content:
    if "mimetype" in archive:
        kind = archive.read("mimetype", 200).strip()
        return Content.ODS if kind.startswith(_OPENDOCUMENT) else Content.OTHER
    if "xl/workbook.bin" in archive:
        return Content.XLSB
    if "[content_types].xml" in archive or "_rels/.rels" in archive:
        return Content.XLSX
    return Content.NUMBERS if "Index/Document.iwa" in archive or "Index.zip" in archive else Content.OTHER
