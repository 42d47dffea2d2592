"""Free text and web addresses."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from nap_monitor.sheets.cells import Cell
from nap_monitor.sheets.judging import Answer, refuse, text_of

LONGEST_TEXT = 50_000  # no cell of Google or Excel holds more
LONGEST_NAME = 200
LONGEST_LINK = 2_000  # what browsers and servers take


def text(longest: int = LONGEST_TEXT) -> Callable[[Cell], Answer[str]]:
    """A reader for text of any script, up to a number of characters. A formula's text (`=HYPERLINK…`) stays text."""

    def read(cell: Cell) -> Answer[str]:
        written = text_of(cell)
        if len(written) > longest:
            return refuse("text_too_long", length=str(len(written)), limit=str(longest))
        return Answer(written)

    return read


def link(cell: Cell) -> Answer[str]:
    """One https address: no other scheme (`javascript:`, `http:`), no name or password in it, no spaces."""
    written = text_of(cell)
    if len(written) > LONGEST_LINK:
        return refuse("text_too_long", length=str(len(written)), limit=str(LONGEST_LINK))
    if not written.lower().startswith("https://"):
        return refuse("link_not_https")
    if any(c.isspace() or c in '\\<>"{}|^`' for c in written):
        return refuse("link_malformed")
    try:
        parts = urlsplit(written)
        _ = parts.port
    except ValueError:
        return refuse("link_malformed")
    if "." not in (parts.hostname or "").strip(".") or "@" in parts.netloc:
        return refuse("link_malformed")
    return Answer(written)
