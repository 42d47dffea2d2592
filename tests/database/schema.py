"""A database's schema as plain values, to compare two of them: columns, keys, checks, indexes with their conditions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

_SQLITE_SOURCES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_POSTGRESQL_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
_POSTGRESQL_CHECKS = (
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
)


def described(engine: sa.Engine) -> dict[str, Any]:
    """table -> everything the database itself says of it."""
    inspector = sa.inspect(engine)
    tables = [name for name in inspector.get_table_names() if name != "alembic_version"]
    found: dict[str, Any] = {name: _table(inspector, name) for name in tables}
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            found["indexes"] = _pairs(connection, _SQLITE_SOURCES)
        else:
            found["indexes"] = _pairs(connection, _POSTGRESQL_INDEXES)
            found["constraints"] = _pairs(connection, _POSTGRESQL_CHECKS)
            found["indexes"].pop("alembic_version_pkc", None)
            found["constraints"] = {k: v for k, v in found["constraints"].items() if "alembic" not in k}
    return found


def _table(inspector: sa.Inspector, name: str) -> dict[str, Any]:
    columns = {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(name)}
    return {
        "columns": columns,
        "primary": inspector.get_pk_constraint(name),
        "foreign": sorted(str(sorted(k.items(), key=str)) for k in inspector.get_foreign_keys(name)),
        "unique": sorted(str(sorted(u.items(), key=str)) for u in inspector.get_unique_constraints(name)),
        "checks": sorted(str(sorted(c.items(), key=str)) for c in inspector.get_check_constraints(name)),
    }


def _pairs(connection: sa.Connection, question: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(question)}
