"""Reads .ods into typed cells, streamed from its content.xml (OpenDocument 1.3, part 3; LibreOffice's dialect)."""

from __future__ import annotations

import hashlib
from functools import partial

from nap_monitor.sheets.archive import Archive, Attributes, feed, local, xml_parser
from nap_monitor.sheets.cells import Tab, Unreadable, Workbook
from nap_monitor.sheets.ods.walk import rows, survey

_MANIFEST = "META-INF/manifest.xml"
_CONTENT = "content.xml"


def read(data: bytes, name: str, *, max_unpacked: int) -> Workbook:
    """The workbook in the bytes of an .ods file; its tabs in their order, hidden ones too.

    Everything is unpacked and checked to be well-formed here; `Tab.rows()` then reads from the same bytes.
    Raises `Unreadable`.
    """
    archive = Archive(data, max_unpacked)
    if _MANIFEST in archive and _is_encrypted(archive):
        raise Unreadable("password_protected")
    if _CONTENT not in archive:
        raise Unreadable("corrupt")
    tabs = tuple(
        Tab(
            found.title,
            found.title,
            partial(rows, archive, _CONTENT, found.number),
            tuple(found.merges),
            found.is_hidden,
        )
        for found in survey(archive, _CONTENT)
    )
    return Workbook(name, tabs, hashlib.sha256(data).hexdigest())


def _is_encrypted(archive: Archive) -> bool:
    found: list[str] = []

    def start(tag: str, _attributes: Attributes) -> None:
        if local(tag) == "encryption-data":
            found.append(tag)

    parser = xml_parser(allow_doctype=True)
    parser.StartElementHandler = start
    for piece in archive.pieces(_MANIFEST):
        feed(parser, piece)
    return bool(found)
