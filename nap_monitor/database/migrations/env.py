"""How alembic runs here: always on a connection, inside the caller's transaction."""

from __future__ import annotations

from alembic import context

from nap_monitor.database.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by rebuilding it
    transactional_ddl=True,  # true of SQLite too, since we begin its transactions ourselves
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
