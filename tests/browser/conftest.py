"""A real server and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from nap_monitor.settings import ROOT
from tests.shown import Installation, demonstration

__all__ = ["demonstration"]

WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
_IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def chromium() -> str:
    """The Chromium of this machine; installed by apt where it is missing and we may. Without one CI fails."""
    found = _on_this_machine()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        found = _installed()
    if found is None:
        missing = "There is no Chromium on this machine; install it (Debian: apt install chromium)."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    return found


def _on_this_machine() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def _installed() -> str | None:
    """Debian's package. Workers of the tests wait for each other: apt lets one in at a time."""
    import fcntl  # where apt is, this is too

    with (Path(tempfile.gettempdir()) / "nap-monitor-chromium.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if _on_this_machine() is None:
            for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "chromium"]):
                subprocess.run(command, check=True, capture_output=True)
    return _on_this_machine()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=_FLAGS)
        yield opened
        opened.close()


@dataclass(frozen=True)
class Server:
    """A server that listens, and the installation that it shows."""

    address: str
    installation: Installation
    process: int


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def serving(installation: Installation, command: list[str], folder: Path, port: int) -> Iterator[Server]:
    """The server of a command, started in a folder that is not the project's, until the end of the context."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NAP_", "STREAMLIT_"))}
    env |= {"NAP_HOME": str(installation.home), "NAP_PORT": str(port), "NAP_SETTLE_SECONDS": "0.5"}
    env |= {"PYTHONPATH": str(ROOT)}
    log = folder / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=stream, stderr=stream)
        try:
            _wait(f"http://127.0.0.1:{port}/readyz", process, log)
            yield Server(f"http://127.0.0.1:{port}", installation, process.pid)
        finally:
            process.terminate()
            process.wait(20)
    assert "Traceback" not in log.read_text("utf-8", "replace")


def _wait(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"The server did not come up:\n{log.read_text('utf-8', 'replace')}")


@pytest.fixture(scope="session")
def server(demonstration: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`python app.py` on a copy of the demonstration."""
    folder = tmp_path_factory.mktemp("server")
    own = demonstration.copy_to(folder / "home")
    with serving(own, [sys.executable, str(ROOT / "app.py")], folder, free_port()) as listening:
        yield listening


@dataclass
class Visit:
    """One open page, and what it did besides showing itself."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    foreign: set[str] = field(default_factory=set)

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.address}/{path}")
        return self.settled()

    def settled(self) -> Page:
        """Wait until nothing runs; the state lags a click."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector(_IDLE, timeout=60_000)
        self.page.wait_for_timeout(400)
        return self.page

    def heard(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its server below the page's own address first; these two probes are its own.
        is_probe = message.location["url"].endswith(("/_stcore/health", "/_stcore/host-config"))
        if message.type in ("error", "warning") and not is_probe:
            self.complaints.append(message.text)

    def asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(self.address).netloc:
            self.foreign.add(address.netloc)


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """`visit(server.address)`: a new reader's window, wide and light unless said otherwise."""
    contexts = []

    def opened(address: str, *, size: dict[str, int] = WIDE, scheme: str = "light") -> Visit:
        context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        found = Visit(context.new_page(), address)
        found.page.on("console", found.heard)
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.on("request", found.asked)
        return found

    yield opened
    for context in contexts:
        context.close()
