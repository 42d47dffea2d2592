"""Emptying a database that holds nothing but demonstrations, so that a fresh one can be made."""

from __future__ import annotations

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.engine import raise_data_version
from nap_monitor.database.tables import data_version, metadata, programme
from nap_monitor.language import Language


class HoldsRealData(Exception):
    """There is a programme that is no demonstration; nothing was deleted."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def sentence(self, language: Language) -> str:
        return language.say(
            "The database holds {code}, which is no demonstration; it was left as it is. Use another NAP_HOME.",
            code=self.code,
        )


def empty(connection: sa.Connection, viewer: Viewer) -> None:
    """Delete everything, in the caller's transaction; `HoldsRealData` where a programme is no demonstration."""
    viewer.require(Act.LOAD_PLAN)
    real = connection.scalar(sa.select(programme.c.code).where(programme.c.is_demonstration.is_(False)).limit(1))
    if real is not None:
        raise HoldsRealData(real)
    for table in reversed(metadata.sorted_tables):
        if table is not data_version:
            connection.execute(sa.delete(table))
    raise_data_version(connection)
