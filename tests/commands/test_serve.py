"""`serve`: the port is taken first, the address is right, a first start has something to show, Ctrl-C ends it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from nap_monitor.commands.serve import PortTaken, address_of, has_screen, listen
from nap_monitor.language import Language, language
from nap_monitor.settings import ROOT
from tests.commands.conftest import Give
from tests.pseudo import unwrapped


def test_a_port_that_is_taken_is_said_with_another_one(give: Give) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        answer = give("serve", "--port", str(port))
        assert answer.code == 2
        assert answer.err == f"Port {port} is taken: end what uses it, or choose another: --port {port + 1}.\n"


@pytest.mark.parametrize(("host", "port"), [("203.0.113.7", 0), ("no such host", 0), ("127.0.0.1", 99999)])
def test_an_address_that_is_not_of_this_machine(host: str, port: int, pseudo: Language) -> None:
    with pytest.raises(PortTaken) as refused:
        listen(host, port)
    assert not refused.value.is_taken
    assert f"cannot listen on {host}, port {port}" in refused.value.sentence(language("en"))
    assert unwrapped(refused.value.sentence(pseudo)) == []


def test_connections_do_not_wait_for_more_to_send() -> None:
    """asyncio turns Nagle's algorithm off for sockets that are named TCP, accepted ones inherit it."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", r"http://127\.0\.0\.1:\d+"), ("0.0.0.0", r"http://localhost:\d+")]
)
def test_the_address_is_one_that_a_browser_can_open(host: str, address: str) -> None:
    with listen(host, 0) as listener:
        assert re.fullmatch(address, address_of(listener))


def test_no_browser_is_opened_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not has_screen()  # the tests' output is no terminal
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert not has_screen()
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_screen()


def _ask(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.slow
def test_a_first_start_loads_the_demonstration_and_serves_until_ctrl_c(home: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-P", "-m", "nap_monitor", "serve", "--port", "0", "--no-browser"],
        cwd=home.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        assert (home / "spreadsheets" / "STPS.xlsx").exists()
        deadline = time.monotonic() + 60
        assert _ask(f"{found[0]}/healthz") == 200
        while _ask(f"{found[0]}/readyz") != 200 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert _ask(f"{found[0]}/readyz") == 200
        assert _ask(f"{found[0]}/overview") == 200
    finally:
        server.send_signal(signal.SIGINT)
        _, err = server.communicate(timeout=30)
    assert server.returncode == 130
    assert "Traceback" not in err
