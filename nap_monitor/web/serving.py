"""Start-up of the server process: its options, what is loaded once for all visitors, and the one sync worker."""

from __future__ import annotations

import gc
import logging
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from typing import Any

import streamlit as st
from anyio import to_thread
from streamlit import config

from nap_monitor.database import Engine
from nap_monitor.database.engine import connect, migrate
from nap_monitor.database.trouble import DatabaseUnavailable
from nap_monitor.settings import Settings
from nap_monitor.sync import Task
from nap_monitor.sync.queue import work
from nap_monitor.web import reading

log = logging.getLogger(__name__)

NEEDED_OPTIONS: Mapping[str, Any] = {
    "runner.postScriptGC": False,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 5,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "browser.gatherUsageStats": False,
}
"""What speed, privacy and calm depend on; the rest of `.streamlit/config.toml` is looks."""

_HEAVY = ("altair", "babel.dates", "starlette.routing", "nap_monitor.status")


class OptionsNotInForce(RuntimeError):
    """The server runs with options under which it must not: the text says which, and where they belong."""


def read_options_of(root: Path) -> None:
    """Make `root/.streamlit/config.toml` count whatever the working folder is, as `streamlit run` does by itself."""
    if config._main_script_path is None:
        config._main_script_path = str(root / "app.py")
        if config._config_options is not None:  # somebody has asked for an option already
            config.get_config_options(force_reparse=True)


def where_to_listen() -> dict[str, Any]:
    """For `python app.py`: NAP_HOST and NAP_PORT, else the default, which is this machine alone."""
    settings = Settings()
    return {"server.address": settings.host, "server.port": settings.port}


def check_options() -> None:
    """Raise `OptionsNotInForce` unless all that is needed is set."""
    wrong = [name for name, value in NEEDED_OPTIONS.items() if st.get_option(name) != value]
    if wrong:
        raise OptionsNotInForce(
            f"The server's options are not in force: {', '.join(wrong)}. They belong in .streamlit/config.toml beside "
            "app.py; no other config.toml, environment variable or flag may change them."
        )


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Everything that a first visitor would otherwise wait for; then the worker, until the server stops."""
    check_options()
    await to_thread.run_sync(prepare)
    listening_addresses()
    send_at_once()
    gc.collect()
    gc.freeze()  # what is loaded now lives for ever: later collections need not walk it
    stop = Event()
    worker = Thread(target=serve_queue, args=(stop,), name="sync", daemon=True)
    worker.start()
    try:
        yield
    finally:
        stop.set()


def prepare() -> None:
    """Load what every page needs, and bring the tables up to date. A database that is away is told on the pages."""
    for module in _HEAVY:
        import_module(module)
    try:
        ready_database().dispose()
    except DatabaseUnavailable as trouble:
        log.warning("%s", trouble)


def ready_database() -> Engine:
    """The database with its tables up to date. Raises `DatabaseUnavailable`, and then leaves no connection open."""
    engine = connect(Settings().url)
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def serve_queue(stop: Event) -> None:
    """The one worker of this process: syncs that pages ask for, until `stop`. It waits for a database that is away."""
    while not stop.is_set():
        try:
            engine = ready_database()
        except DatabaseUnavailable:
            stop.wait(_RETRY_SECONDS)
            continue
        work(engine, lambda: Task.of(Settings()), clock=reading.now, stop=stop)


_RETRY_SECONDS = 5.0


def _listeners() -> list[socket.socket]:
    """The TCP sockets on which this process accepts connections, whoever opened them."""
    found = [thing for thing in gc.get_objects() if type(thing) is socket.socket]
    return [s for s in found if s.fileno() >= 0 and s.family in _INTERNET and _is_listening(s)]


_INTERNET = (socket.AF_INET, socket.AF_INET6)


def _is_listening(candidate: socket.socket) -> bool:
    try:
        return bool(candidate.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
    except OSError:  # closed meanwhile, or a system that cannot say
        return False


def send_at_once() -> None:
    """No waiting for more bytes before a packet is sent: 40 ms less for each click. Accepted connections inherit it."""
    for listener in _listeners():
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@cache
def _found_addresses() -> frozenset[str]:
    return frozenset(str(listener.getsockname()[0]) for listener in _listeners())


def listening_addresses() -> frozenset[str]:
    """The addresses the server is really bound to; empty while there is none (a page rendered without a server)."""
    found = _found_addresses()
    if not found:  # `uvicorn app:app` binds after start-up
        _found_addresses.cache_clear()
    return found
