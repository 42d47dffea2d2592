"""Writing feedback beside each workbook, after its transaction: the outbox knows what was not told yet."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable

from nap_monitor.database.engine import raise_data_version, writing
from nap_monitor.database.outbox import PAGE_ONLY, SENT, mark_feedback
from nap_monitor.database.spreadsheets import Spreadsheet
from nap_monitor.sheets.feedback import feedback_path, write_feedback
from nap_monitor.sheets.folder import FoundFile
from nap_monitor.sync.storing import Run, ToTell, require_lock

_log = logging.getLogger(__name__)


def tell(run: Run, agency: str, letters: Iterable[ToTell]) -> None:
    """Write each companion workbook and mark it sent. A folder that cannot be written leaves the page alone to tell."""
    for letter in letters:
        trouble: str | None = None
        try:
            write_feedback(feedback_path(letter.sheet.file.path), letter.content)
        except OSError as error:
            trouble = error.strerror or type(error).__name__
        except Exception as error:  # noqa: BLE001 - what was taken stands, whatever is wrong with its companion
            _log.exception("no feedback could be written for %s", letter.sheet.file.key)
            trouble = type(error).__name__
        with writing(run.engine) as connection:
            require_lock(run, connection)
            digest = letter.content.digest
            is_news = mark_feedback(
                connection, run.viewer, agency, letter.spreadsheet_id, digest, now=run.now, trouble=trouble
            )
            if is_news:
                raise_data_version(connection)


def was_told(file: FoundFile, known: Spreadsheet) -> bool:
    """Whether the feedback of an unchanged file stands where it should: beside it, or on the page if it must."""
    if known.feedback == SENT:
        return feedback_path(file.path).is_file()
    return known.feedback == PAGE_ONLY and not os.access(file.path.parent, os.W_OK)
