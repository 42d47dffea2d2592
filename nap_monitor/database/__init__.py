"""Where it is kept. The only folder that knows SQLAlchemy; what others need of it is named here."""

from sqlalchemy import Connection, Engine

__all__ = ["Connection", "Engine"]
