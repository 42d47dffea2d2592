"""The demonstration as it stands on a fixed day, made once for all workers of a test run: database and workbooks.

It takes half a minute to live through two years of reports; whoever comes second waits, and finds it done.
"""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from nap_monitor import demo
from nap_monitor.database.engine import migrate
from nap_monitor.settings import Settings
from tests.databases import connected

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PROGRAMME, SAMPLE = "PNEDH-DEMO", "CHILE-NAP-1"


@dataclass(frozen=True)
class Installation:
    """A state folder, as NAP_HOME names it. Read only; `copy_to` gives one that may be changed."""

    home: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.home / 'nap.db'}"

    def copy_to(self, folder: Path) -> Installation:
        shutil.copytree(self.home, folder)
        return Installation(folder)


def made_once(shared: Path) -> Installation:
    """The demonstration in a folder that all workers see."""
    home, making = shared / "demonstration", shared / "demonstration-being-made"
    while not home.exists():
        with suppress(FileExistsError):
            making.mkdir()
            _make(making)
            making.rename(home)
            break
        time.sleep(0.2)
    return Installation(home)


def _make(home: Path) -> None:
    try:
        settings = Settings(home=home)
        with connected(f"sqlite:///{home / 'nap.db'}") as engine:
            migrate(engine)
            for _ in demo.load(engine, settings, NOW):
                pass
    except BaseException:
        shutil.rmtree(home)  # the next worker tries, and fails with its own reason
        raise


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Installation:
    base = tmp_path_factory.getbasetemp()
    return made_once(base if worker_id == "master" else base.parent)
