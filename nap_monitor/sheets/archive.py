"""A spreadsheet file as what .xlsx and .ods both are: a zip of XML parts, read without trusting it.

Sizes are checked before anything is unpacked, each part is unpacked in pieces, document types (and with them entities)
are refused. The bytes are held in memory (a packed workbook is small), so what is read later is what was read first.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from nap_monitor.sheets.cells import Unreadable

PIECE = 1 << 16
_MAX_PARTS = 10_000
_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, OSError, NotImplementedError)

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]


class Archive:
    """The parts of a zip, by name; names are compared without case, as the applications do.

    Raises `Unreadable`: `corrupt`, `too_large_unpacked` (`limit`, in megabytes), `password_protected`.
    """

    def __init__(self, data: bytes, max_unpacked: int) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise Unreadable("corrupt") from error
        parts = self._zip.infolist()
        # `file_size` is what the file claims; zipfile never unpacks more than that, so the claim is a limit.
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > max_unpacked:
            raise Unreadable("too_large_unpacked", limit=megabytes(max_unpacked))
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise Unreadable("password_protected")
        if any(part.compress_type not in _PACKINGS for part in parts):
            raise Unreadable("corrupt")
        self._parts = {part.filename.replace("\\", "/").lstrip("/").casefold(): part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part, piece by piece."""
        part = self._parts.get(name.casefold())
        if part is None:
            raise Unreadable("corrupt")
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(PIECE):
                    yield piece
        except _BROKEN as error:
            raise Unreadable("corrupt") from error

    def read(self, name: str, limit: int) -> bytes:
        """At most `limit` bytes of a part."""
        data = b""
        for piece in self.pieces(name):
            data += piece
            if len(data) >= limit:
                break
        return data[:limit]

    def each(self, name: str, start: Start) -> None:
        """Call `start(local name, attributes)` for every element of a part."""
        parser = xml_parser()
        parser.StartElementHandler = lambda tag, attributes: start(local(tag), attributes)
        for piece in self.pieces(name):
            feed(parser, piece)
        feed(parser, b"", last=True)


def local(tag: str) -> str:
    """A name without its namespace. Transitional and strict documents differ in their namespaces alone."""
    return tag.rpartition(" ")[2]


def xml_parser(*, allow_doctype: bool = False) -> expat.XMLParserType:
    """A parser that names elements `namespace name`, joins text, and refuses document types; it loads nothing.

    `allow_doctype` lets one pass that declares nothing itself (manifests of old files have it).
    """

    def refuse(_name: str, _system: str | None, _public: str | None, declares: bool) -> None:
        if declares or not allow_doctype:
            raise Unreadable("corrupt")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, piece: bytes, *, last: bool = False) -> None:
    """Pass the next piece of a part to its parser."""
    try:
        parser.Parse(piece, last)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unreadable("corrupt") from error


def megabytes(size: int) -> str:
    """A limit in bytes, as a sentence names it."""
    return f"{size / 1_000_000:g}" if size % (1 << 20) else str(size >> 20)
