"""Where things are and how far they may go: the environment (`NAP_…`) over defaults, in one frozen `Settings`.

The files of `config/` belong to what they configure and are read there: the plan by `programme.files`, the sources by
`sheets.folder`, the rule sets by `progress.rules`, the local operator by `access_file` below.
"""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """One process's settings. Every field can be set by an environment variable: `home` by NAP_HOME, and so on."""

    model_config = SettingsConfigDict(env_prefix="NAP_", frozen=True, extra="ignore")

    home: Path = ROOT / "var"
    """Folder of everything this installation keeps: database, workbooks."""
    config: Path = ROOT / "config"
    """Folder of the YAML files."""
    database_url: str = ""
    """SQLAlchemy URL; empty: SQLite in `home`."""
    language: str = "es"
    """Language of the command line and of pages that ask for none."""
    host: str = "127.0.0.1"
    port: int = 8501
    workbook_max_mb: int = 20
    """Largest workbook read, packed."""
    workbook_max_unpacked_mb: int = 200
    """Largest workbook read, unpacked: a small file may unpack to gigabytes."""
    settle_seconds: float = 2.0
    """A file changed less than this long ago may still be being saved; a sync waits so long and looks again."""

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{(self.home / 'nap.db').as_posix()}"

    @property
    def uses_default_database(self) -> bool:
        return not self.database_url

    @property
    def spreadsheets(self) -> Path:
        """Folder with the agencies' workbooks."""
        return self.home / "spreadsheets"
