"""A page is made of finished things: charts are drawn once for each edition of the data, and for no other viewer."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from nap_monitor.access import PUBLIC, Role, Viewer, operator
from nap_monitor.charts import chart
from nap_monitor.database.engine import raise_data_version, writing
from nap_monitor.programme.quarters import Quarter
from nap_monitor.settings import ROOT
from nap_monitor.web import reading, viewer
from tests.databases import connected
from tests.shown import NOW, PROGRAMME, TODAY, Installation, demonstration

__all__ = ["demonstration"]


@pytest.fixture
def own(demonstration: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    copy = demonstration.copy_to(tmp_path / "own")
    monkeypatch.setenv("NAP_DATABASE_URL", copy.url)
    monkeypatch.setattr(reading, "now", lambda: NOW)
    monkeypatch.setattr(viewer, "is_local", lambda: True)
    return copy


def test_a_second_visit_constructs_no_chart_and_a_change_of_the_data_draws_anew(
    own: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def visit() -> AppTest:
        return AppTest.from_file(ROOT / "nap_monitor/web/frame.py", default_timeout=60).run()

    assert len(visit().get("vega_lite_chart")) == 2
    drawn = []
    monkeypatch.setattr(chart.alt, "layer", lambda *layers: drawn.append(layers) or (_ for _ in ()).throw(RuntimeError))
    assert len(visit().get("vega_lite_chart")) == 2
    assert drawn == []
    with connected(own.url) as engine, writing(engine) as connection:
        raise_data_version(connection)
    assert visit().exception
    assert drawn


def test_what_was_read_for_one_is_given_to_nobody_else(own: Installation) -> None:
    edition = reading.edition()
    quarter = Quarter(2026, 3)
    coordinator = reading.standing(edition, operator("Ana"), PROGRAMME, quarter, TODAY)
    public = reading.standing(edition, PUBLIC, PROGRAMME, quarter, TODAY)
    agency = reading.standing(edition, Viewer(Role.AGENCY, "STPS", "STPS"), PROGRAMME, quarter, TODAY)
    assert (coordinator.withheld, public.withheld, agency.withheld) == (False, True, False)
    assert public.indicators == ()
    assert reading.standing(edition, operator("Ana"), PROGRAMME, quarter, TODAY) is coordinator
