"""`serve`: the database made ready, the demonstration where it belongs, then the server, in this very process."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import webbrowser
from datetime import UTC, datetime
from typing import Annotated

import typer

from nap_monitor.language import Language, language
from nap_monitor.settings import Settings

CLOSING_SECONDS = 3  # open pages keep a connection each; Ctrl-C does not wait for them longer than this


def serve(
    port: Annotated[int | None, typer.Option(help="Port of the server (NAP_PORT, or 8501).")] = None,
    host: Annotated[
        str | None,
        typer.Option(help="Address to listen on (NAP_HOST, or 127.0.0.1: this machine alone)."),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Show the dashboard."""
    # The pages ask the settings where the server listens: what may be seen depends on it.
    os.environ.update(
        {name: str(value) for name, value in (("NAP_PORT", port), ("NAP_HOST", host)) if value is not None}
    )
    settings = Settings()
    reader = language(settings.language)
    listener = listen(settings.host, settings.port)
    prepare(settings, reader)
    address = address_of(listener)
    typer.echo(reader.say("NAP Monitor: {address} (Ctrl-C ends it)", address=address))
    if not no_browser and has_screen():
        threading.Timer(1, webbrowser.open, [address]).start()
    run(listener)


class PortTaken(Exception):
    """Something else listens there, or this machine has no such address."""

    def __init__(self, host: str, port: int, *, is_taken: bool) -> None:
        super().__init__(f"{host}:{port}")
        self.host, self.port, self.is_taken = host, port, is_taken

    def sentence(self, language: Language) -> str:
        values = {"host": self.host, "port": self.port, "other": self.port + 1}
        if self.is_taken:
            return language.say("Port {port} is taken: end what uses it, or choose another: --port {other}.", **values)
        return language.say(
            "This machine cannot listen on {host}, port {port}: choose another --host or --port.", **values
        )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything long begins; `PortTaken` when it cannot be had."""
    if not 0 <= port < 2**16:  # getaddrinfo would take another one for it
        raise PortTaken(host, port, is_taken=False)
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        # Named as TCP, so that asyncio turns Nagle's algorithm off for its connections: 40 ms less for each click.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise PortTaken(host, port, is_taken=False) from error
    try:
        if os.name == "posix":  # elsewhere this option lets two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise PortTaken(
            host, port, is_taken=error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1))
        ) from error
    return listener


def prepare(settings: Settings, reader: Language) -> None:
    """Bring the tables up to date, and fill an empty database with the demonstration where the plan is one."""
    from nap_monitor import demo  # brings what reads and writes workbooks
    from nap_monitor.commands.demo import load_shown
    from nap_monitor.database.engine import connect, migrate

    engine = connect(settings.url)
    migrate(engine)
    now = datetime.now(UTC)
    if demo.is_wanted(engine, settings):
        load_shown(engine, settings, now, reader)
    elif demo.is_stale(engine, now):
        command = "python3 run.py demo --reset"
        typer.echo(reader.say("The demonstration has grown old; a fresh one: {command}", command=command))
    engine.dispose()


def address_of(listener: socket.socket) -> str:
    """The address for a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  # compared, not bound
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def has_screen() -> bool:
    """Whether a browser would open a window, and not a text browser in this terminal."""
    return sys.stdout.isatty() and (
        os.name == "nt" or sys.platform == "darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))
    )


def run(listener: socket.socket) -> None:
    """Serve until Ctrl-C."""
    import uvicorn  # heavy, and for the server alone

    options = uvicorn.Config(
        "app:app",  # the module beside this package
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=CLOSING_SECONDS,
        ws_ping_interval=30,  # as Streamlit's own server has them
        ws_ping_timeout=30,
        ws_max_size=200 * 1024 * 1024,
    )
    uvicorn.Server(options).run(sockets=[listener])
