"""Whatever is typed, cleared, moved, deleted and submitted in whatever order: what counts is what the sheet says."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nap_monitor.database import tables
from nap_monitor.database.engine import writing
from tests.sync.world import NOW, World, entrega, figures

CODES = ["A1", "A2", "A3"]
PERIODS = {"T2 2026": "2026-Q2", "T3 2026": "2026-Q3"}
VALUES = st.one_of(st.integers(0, 3), st.none(), st.sampled_from(["N/D", "mal"]))
ROWS = st.dictionaries(st.tuples(st.sampled_from(CODES), st.sampled_from(list(PERIODS))), VALUES, max_size=4)
SHEETS = st.tuples(ROWS, st.permutations(range(4)), st.sampled_from([None, "Borrador", "Enviado"]))


def _emptied(world: World) -> None:
    with writing(world.engine) as connection:
        for table in reversed(tables.metadata.sorted_tables):
            if table.name not in ("programme", "plan_version", "data_version"):
                connection.execute(table.delete())
    for file in world.folder.iterdir():
        file.unlink()


class Expected:
    """What should be stored, worked out one edit after the other, the plainest way."""

    def __init__(self) -> None:
        self.counted: dict[tuple[str, str, str], Decimal | None] = {}
        self.drafts: dict[tuple[str, str, str], Decimal | None] = {}
        self.said: dict[tuple[str, str, str], object] = {}

    def edit(self, rows, delivery) -> None:
        for (code, period), value in rows.items():
            key = (code, PERIODS[period], "")
            if value == "mal":
                continue  # a problem: what was said last stands
            counts = delivery is None or (delivery == "Enviado" and period == "T3 2026")
            figure = None if value in (None, "N/D") else Decimal(value)
            self._report(key, (figure, value == "N/D"), counts=counts)

    def _report(self, key, said, *, counts) -> None:
        figure, declared = said
        is_empty = figure is None and not declared
        if counts:
            self.drafts.pop(key, None)
            if not is_empty or key in self.counted:
                self.counted[key] = figure
                self.said[key] = said
        elif key in self.counted and self.said[key] == said:
            self.drafts.pop(key, None)
        elif not is_empty or key in self.counted or key in self.drafts:
            self.drafts[key] = figure


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(SHEETS, min_size=1, max_size=5))
def test_what_is_stored_is_what_the_sheet_says(world, edits):
    _emptied(world)
    expected = Expected()
    for day, (rows, order, delivery) in enumerate(edits):
        ordered = [item for _, item in sorted(zip(order, rows.items(), strict=False), key=lambda pair: pair[0])]
        tabs = {"Indicadores": figures(*((code, period, value) for (code, period), value in ordered))}
        if delivery is not None:
            tabs["Entrega"] = entrega(T3_2026=delivery)
        world.write(**tabs)
        world.sync(now=NOW + timedelta(days=day))
        expected.edit(rows, delivery)
        assert world.figures() == expected.counted
        assert world.figures("draft") == expected.drafts
        assert {(code, PERIODS[period], "") for code, period in rows} >= {
            (r["code"], r["quarter"], "") for r in _present(world)
        }
    revisions = world.rows(tables.observation)
    keys = {(row["code"], row["quarter"]) for row in revisions}
    for key in keys:
        numbers = [row["revision"] for row in revisions if (row["code"], row["quarter"]) == key]
        assert numbers == list(range(1, len(numbers) + 1))  # append-only, none lost


def _present(world):
    return [row for row in world.rows(tables.observation) if row["is_current"] and row["vanished_at"] is None]
