"""`demo`: makes the demonstration where it is told to, as of a day, and says what is in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from nap_monitor.access import operator
from nap_monitor.database.engine import connect, reading
from nap_monitor.database.plans import programmes
from nap_monitor.language import Language
from tests.commands.conftest import Give
from tests.pseudo import unwrapped


@pytest.mark.slow
def test_it_is_made_elsewhere_for_a_day_and_made_anew(give: Give, tmp_path: Path, pseudo: Language) -> None:
    elsewhere = tmp_path / "elsewhere"
    words = ("demo", "--home", str(elsewhere), "--as-of", "2025-01-05")
    first = give(*words)
    assert (first.out, first.err) == (f"The demonstration is in {elsewhere}.\n", "")
    with reading(connect(f"sqlite:///{elsewhere / 'nap.db'}")) as connection:
        plan = programmes(connection, operator("test"))[0]
    assert plan.is_demonstration
    assert plan.programme.start is not None
    assert plan.programme.start.year == 2024
    again = give(*words)
    assert again.code == 2
    assert again.err.startswith("The database holds a programme already")
    fresh = give("--language", pseudo.code, *words, "--reset")
    assert fresh.code == 0
    assert unwrapped(fresh.out + fresh.err, [str(elsewhere)]) == []


def test_a_day_that_is_none_is_said(give: Give) -> None:
    answer = give("demo", "--as-of", "yesterday")
    assert answer.code == 2
    assert answer.err == "“yesterday” is not a day; write it as 2026-11-23.\n"
