from __future__ import annotations

import pytest

from tests.sync.world import World, make_world


@pytest.fixture
def world(engine, tmp_path) -> World:
    """A plan in the database and an empty folder, on each kind of database in turn."""
    return make_world(engine, tmp_path / "spreadsheets")
