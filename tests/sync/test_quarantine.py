"""Too much changed at once: nothing is taken until a person has looked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nap_monitor.access import NotAllowed, Role, Viewer
from nap_monitor.database import tables
from tests.sync.world import NOW, actions, figures, make_world, programme

LATER = NOW + timedelta(days=1)


def _rows(count=12, *, changed=0, first=1, value=700):
    return figures(*((f"A{n}", "T3 2026", value + (n < first + changed)) for n in range(first, count + 1)))


@pytest.mark.parametrize(
    ("stored", "then", "state"),
    [
        (_rows(), _rows(changed=3), "done"),
        (_rows(), _rows(changed=4), "quarantined"),
        (_rows(), _rows(first=3), "done"),  # 2 of 12 gone
        (_rows(), _rows(first=4), "quarantined"),
        (_rows(9), _rows(9, changed=9), "done"),  # too few to judge
        (_rows(10), _rows(20), "done"),  # what is new changes nothing
        (_rows(10), _rows(10, value=None or 0, changed=0)[:8] + _rows(10)[8:], "quarantined"),
    ],
)
def test_the_limits(world, stored, then, state):
    world.write(Indicadores=stored)
    world.sync()
    world.write(Indicadores=then)
    assert world.outcome(now=LATER).state == state


def test_nothing_is_taken_but_the_agency_is_told_until_a_person_releases_it(world):
    world.write(Indicadores=_rows(), Acciones=actions(("O1.1.1", "Por iniciar")))
    world.sync()
    before = world.rows(tables.observation)
    world.write(Indicadores=_rows(changed=9), Acciones=actions(("O1.1.1", "En proceso")))
    version = world.version()
    assert world.outcome(now=LATER).state == "quarantined"
    assert world.rows(tables.observation) == before
    assert [row["status"] for row in world.rows(tables.action_report)] == ["not_started"]
    assert world.kinds() == ["quarantined"]
    (sheet,) = world.rows(tables.spreadsheet)
    assert (sheet["state"], sheet["trouble"]["kind"]) == ("quarantined", "quarantined")
    assert sheet["trouble"]["details"] == {"gone": "0", "changed": "9", "stored": "12"}
    assert world.version() > version
    version = world.version()
    assert world.outcome(now=LATER).state == "quarantined"  # it waits
    assert world.version() == version
    assert world.outcome(now=LATER, release="STPS").state == "done"
    assert sorted(set(world.figures().values())) == [700, 701]
    assert world.kinds() == []
    (sheet,) = world.rows(tables.spreadsheet)
    assert (sheet["state"], sheet["trouble"], sheet["released_by"]) == ("read", None, "Ana")
    assert (sheet["released_at"], sheet["released_digest"]) == (LATER, sheet["digest"])
    assert world.outcome(now=LATER).state == "unchanged"


def test_when_the_earlier_rows_come_back_nothing_has_to_be_released(world):
    world.write(Indicadores=_rows())
    world.sync()
    world.write(Indicadores=_rows(changed=9))
    world.sync(now=LATER)
    world.write(Indicadores=_rows(changed=1))
    assert world.outcome(now=LATER).state == "done"
    assert world.rows(tables.spreadsheet)[0]["released_by"] is None
    assert world.kinds() == []


def test_cleared_values_count_as_changed_and_unreadable_ones_do_not(world):
    world.write(Indicadores=_rows())
    world.sync()
    cleared = [(c, p, None) if n < 5 else (c, p, v) for n, (c, p, v) in enumerate(_rows()[1:])]
    world.write(Indicadores=figures(*cleared))
    assert world.outcome(now=LATER).state == "quarantined"
    world.write(Indicadores=figures(*((c, p, "x") for c, p, _ in cleared)))
    assert world.outcome(now=LATER).state == "done"  # all are problems, all earlier values stay
    assert set(world.figures().values()) == {700}


def test_drafts_are_guarded_too(world):
    entrega = [("Periodo", "Estado de la entrega"), ("T3 2026", "Borrador")]
    world.write(Indicadores=_rows(), Entrega=entrega)
    world.sync()
    world.write(Indicadores=_rows(changed=9), Entrega=entrega)
    assert world.outcome(now=LATER).state == "quarantined"


def test_statuses_of_actions_may_all_change_at_once_but_not_vanish(engine, tmp_path):
    world = make_world(engine, tmp_path / "spreadsheets", programme(more_actions=12))
    codes = [f"X{n}" for n in range(12)]
    world.write(Indicadores=figures(), Acciones=actions(*((code, "Por iniciar") for code in codes)))
    world.sync()
    world.write(Indicadores=figures(), Acciones=actions(*((code, "En proceso") for code in codes)))
    assert world.outcome(now=LATER).state == "done"
    world.write(Indicadores=figures(), Acciones=actions(*((code, "En proceso") for code in codes[:5])))
    assert world.outcome(now=LATER).state == "quarantined"


def test_people_counted_at_events_are_guarded(world):
    def events(*totals):
        rows = ((f"C-{n}", "Consulta", date(2026, 8, 5), total) for n, total in enumerate(totals))
        return [("Id", "Tipo", "Fecha", "Personas"), *rows]

    world.write(Indicadores=figures(), Participación=events(*range(10)))
    world.sync()
    world.write(Indicadores=figures(), Participación=events(*range(1, 11)))
    assert world.outcome(now=LATER).state == "quarantined"


def test_only_the_coordinator_releases(world):
    own = Viewer(Role.AGENCY, "Luis", "STPS")
    with pytest.raises(NotAllowed):
        world.sync(viewer=own, agency="STPS", release="STPS")


def test_releasing_one_agency_leaves_another_held_back(world):
    world.write(Indicadores=_rows())
    world.sync()
    world.write(Indicadores=_rows(changed=9))
    assert world.outcome(now=LATER, release="SE").state == "quarantined"
