"""Pages rendered through the frame, against a database of the test's own, on a fixed day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from nap_monitor.settings import ROOT
from nap_monitor.web import reading, viewer
from tests.shown import NOW, Installation, demonstration

__all__ = ["demonstration"]

PAGES = ("overview", "objectives", "agencies", "timeline", "indicator", "reporting")

Show = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No installation of this machine is met; the clock stands still; an exception keeps its words."""
    monkeypatch.setenv("NAP_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NAP_DATABASE_URL", raising=False)
    monkeypatch.setattr(reading, "now", lambda: NOW)
    shown = config.get_option("client.showErrorDetails")
    config.set_option("client.showErrorDetails", "full")
    yield
    config.set_option("client.showErrorDetails", shown)


@pytest.fixture
def on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The request comes from this very machine: rendered without a server, it has no headers to say so."""
    monkeypatch.setattr(viewer, "is_local", lambda: True)


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Show:
    """`show("overview", home, lang="en")`: the page as it stands after its first run."""

    def shown(page: str, database: Installation | str, **query: str) -> AppTest:
        url = database if isinstance(database, str) else database.url
        monkeypatch.setenv("NAP_DATABASE_URL", url)
        app = AppTest.from_file(ROOT / "nap_monitor/web/frame.py", default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page != "overview":
            app.switch_page(str(ROOT / "pages" / f"{page}.py"))
            for name, value in query.items():
                app.query_params[name] = value
            app.run()
        return app

    return shown


def words(app: AppTest) -> str:
    """Everything a page says, line by line."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    said = [element.value for kind in kinds for element in getattr(app, kind)]
    said += [part for metric in app.metric for part in (metric.label, metric.value)]
    said += [expander.label for expander in app.expander]
    said += [button.label for button in app.button]
    said += [chart.proto.alt for chart in app.get("vega_lite_chart")]
    return "\n".join(str(text) for text in said)
