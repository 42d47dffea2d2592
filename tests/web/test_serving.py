"""Start-up: the options that must be in force, the sockets, the worker; and what /healthz and /readyz say."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette
from streamlit import config

from nap_monitor.access import operator
from nap_monitor.database.engine import reading as transaction
from nap_monitor.database.engine import writing
from nap_monitor.database.plans import programmes
from nap_monitor.database.requests import ask_for_sync, request
from nap_monitor.settings import ROOT
from nap_monitor.web import reading, routes, serving
from tests.databases import connected
from tests.shown import NOW, Installation, demonstration

__all__ = ["demonstration"]


def test_the_options_that_are_needed_are_in_the_file() -> None:
    serving.check_options()


def test_an_option_that_is_not_in_force_stops_the_start_with_a_sentence() -> None:
    before = config.get_option("runner.postScriptGC")
    config.set_option("runner.postScriptGC", True)
    try:
        with pytest.raises(serving.OptionsNotInForce, match=r"runner\.postScriptGC.*\.streamlit/config\.toml"):
            serving.check_options()
    finally:
        config.set_option("runner.postScriptGC", before)


def test_no_folder_called_pages_stands_beside_the_script() -> None:
    # Streamlit would serve its files without running the frame first.
    assert not (ROOT / "nap_monitor/web/pages").exists()
    assert (ROOT / "nap_monitor/web/frame.py").is_file()


def test_listening_sockets_are_found_and_send_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert not listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        serving.send_at_once()
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        serving._found_addresses.cache_clear()
        assert "127.0.0.1" in serving.listening_addresses()
    serving._found_addresses.cache_clear()


def test_a_socket_that_only_connects_is_no_listener() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as client:
        assert client not in serving._listeners()


def test_where_to_listen_is_this_machine_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAP_HOST", raising=False)
    monkeypatch.delenv("NAP_PORT", raising=False)
    assert serving.where_to_listen() == {"server.address": "127.0.0.1", "server.port": 8501}
    monkeypatch.setenv("NAP_HOST", "0.0.0.0")
    monkeypatch.setenv("NAP_PORT", "9000")
    assert serving.where_to_listen() == {"server.address": "0.0.0.0", "server.port": 9000}


def ready(url: str, monkeypatch: pytest.MonkeyPatch, now: datetime = NOW) -> tuple[dict[str, object], int]:
    monkeypatch.setenv("NAP_DATABASE_URL", url)
    monkeypatch.setattr(reading, "now", lambda: now)
    response = get("/readyz")
    return response.json(), response.status_code


def get(path: str) -> Response:
    """One answer of our own routes; in a thread of its own, for a browser's loop may run in this one."""

    async def ask() -> Response:
        ours = ASGITransport(Starlette(routes=routes.ROUTES))
        async with AsyncClient(transport=ours, base_url="http://127.0.0.1") as client:
            return await client.get(path)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(ask())).result()


def test_alive() -> None:
    response = get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("asked", "leads_to"), [("/", "overview"), ("/?lang=en&quarter=2026-Q1", "overview?lang=en&quarter=2026-Q1")]
)
def test_the_front_door_leads_to_the_overview_with_all_that_was_asked(asked: str, leads_to: str) -> None:
    response = get(asked)
    assert (response.status_code, response.headers["location"]) == (307, leads_to)


def test_ready_says_how_old_the_last_sync_is(demonstration: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    state, code = ready(demonstration.url, monkeypatch, NOW + timedelta(hours=2))
    assert code == 200
    assert (state["database"], state["schema"]) == ("reachable", "current")
    assert isinstance(state["data_version"], int)
    moment = datetime.fromisoformat(str(state["last_sync"]))
    age = (NOW + timedelta(hours=2) - moment).total_seconds()  # printed without parts of a second
    assert abs(int(str(state["last_sync_age_seconds"])) - age) <= 1


def test_not_ready_without_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state, code = ready(f"sqlite:///{tmp_path / 'new.db'}", monkeypatch)
    assert (code, state["database"], state["schema"]) == (503, "reachable", "outdated")


def test_not_ready_without_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nap.db").write_text("this is no database")
    state, code = ready(f"sqlite:///{tmp_path / 'nap.db'}", monkeypatch)
    assert (code, state["database"]) == (503, "unreachable")
    assert "nap.db" not in json.dumps(state)  # the public learns no paths


def test_the_worker_serves_what_a_page_asked_for(
    demonstration: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = demonstration.copy_to(tmp_path / "own")
    monkeypatch.setenv("NAP_HOME", str(own.home))
    monkeypatch.delenv("NAP_DATABASE_URL", raising=False)
    monkeypatch.setattr(reading, "now", lambda: NOW)
    viewer = operator("test")
    with connected(own.url) as engine:
        with writing(engine) as connection:
            programme = programmes(connection, viewer)[0]
            number = ask_for_sync(connection, viewer, programme.programme_id, "STPS", now=NOW)
        stop = Event()
        worker = Thread(target=serving.serve_queue, args=(stop,))
        worker.start()
        try:
            for _ in range(300):
                with transaction(engine) as connection:
                    found = request(connection, viewer, number)
                if found and found.is_over:
                    break
                time.sleep(0.1)
        finally:
            stop.set()
            worker.join(20)
    assert found
    assert (found.state, found.trouble) == ("done", None)
    assert not worker.is_alive()


def test_the_worker_waits_for_a_database_that_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nap.db").write_text("this is no database")
    monkeypatch.setenv("NAP_DATABASE_URL", f"sqlite:///{tmp_path / 'nap.db'}")
    monkeypatch.setattr(serving, "_RETRY_SECONDS", 0.05)
    stop = Event()
    worker = Thread(target=serving.serve_queue, args=(stop,))
    worker.start()
    time.sleep(0.2)
    assert worker.is_alive()
    (tmp_path / "nap.db").unlink()  # and now there is one
    time.sleep(0.3)
    stop.set()
    worker.join(20)
    assert not worker.is_alive()
    assert (tmp_path / "nap.db").exists()
