"""When the database cannot serve: one exception, one sentence that says what to do."""

from __future__ import annotations

import sqlalchemy as sa

from nap_monitor.language import Language, mark

SENTENCES: dict[str, str] = {
    "address": mark("NAP_DATABASE_URL is not the address of a database; write it like this: {example}"),
    "driver": mark(
        "NAP_DATABASE_URL names a kind of database that is not supported: {reason}. Use SQLite or PostgreSQL."
    ),
    "unreachable": mark("The database at {address} does not answer: {reason}. Start it, or correct NAP_DATABASE_URL."),
    "folder": mark("The database file {address} cannot be opened: {reason}. Check the folder and its permissions."),
    "not_a_database": mark("The file {address} is not a database, or it is damaged. Restore it from a backup."),
    "read_only": mark("The database at {address} cannot be written. Check the permissions of the file and its folder."),
    "locked": mark("Another program is writing to the database at {address}. Try again in a moment."),
    "full": mark("There is no room left to write to the database at {address}. Free some space and try again."),
    "newer": mark(
        "The database at {address} was made by a newer version of NAP Monitor ({revision}). Update this one."
    ),
}


class DatabaseUnavailable(Exception):
    """The database cannot be used now. `kind` is a key of `SENTENCES`, `details` its values; nothing was changed."""

    def __init__(self, kind: str, **details: str) -> None:
        super().__init__(SENTENCES[kind].format(**details))
        self.kind = kind
        self.details = details

    def sentence(self, language: Language) -> str:
        return language.say(SENTENCES[self.kind], **self.details)


def address(url: sa.URL) -> str:
    """What a person knows the database by: the file, or the URL without its password.

    Without what follows a question mark too: a password may be written there as well.
    """
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.set(query={}).render_as_string(hide_password=True)


def translate(context: sa.ExceptionContext) -> DatabaseUnavailable | None:
    """Of a driver's error, the trouble a person can do something about; None for faults of our own."""
    engine = context.engine
    if engine is None or context.sqlalchemy_exception is None:
        return None
    return understood(context.original_exception, engine.url, lost=context.is_disconnect)


def understood(error: BaseException, url: sa.URL, *, lost: bool = False) -> DatabaseUnavailable | None:
    """The trouble behind a driver's error. `lost`: the connection is gone."""
    words = str(error).strip()
    kind = _sqlite_kind(words) if url.get_backend_name() == "sqlite" else _postgresql_kind(error, lost=lost)
    if kind is None:
        return None
    reason = words.splitlines()[0] if words else type(error).__name__
    return DatabaseUnavailable(kind, address=address(url), reason=reason.rstrip("."))


_SQLITE = {
    "database is locked": "locked",
    "database table is locked": "locked",
    "database or disk is full": "full",
    "disk i/o error": "full",
    "readonly database": "read_only",
    "unable to open database file": "folder",
    "file is not a database": "not_a_database",
    "database disk image is malformed": "not_a_database",
}


def _sqlite_kind(words: str) -> str | None:
    return next((kind for said, kind in _SQLITE.items() if said in words.lower()), None)


_SQLSTATES = {
    "53100": "full",  # disk_full
    "53300": "unreachable",  # too_many_connections
    "25006": "read_only",  # read_only_sql_transaction: a standby
    "55P03": "locked",  # lock_not_available
    "57P01": "unreachable",  # admin_shutdown
    "57P03": "unreachable",  # cannot_connect_now
}


def _postgresql_kind(error: BaseException, *, lost: bool) -> str | None:
    if kind := _SQLSTATES.get(getattr(error, "sqlstate", None) or ""):
        return kind
    # psycopg gives a failed connection no SQLSTATE.
    failed = type(error).__name__ in ("OperationalError", "ConnectionTimeout") and not getattr(error, "sqlstate", None)
    return "unreachable" if lost or failed else None
