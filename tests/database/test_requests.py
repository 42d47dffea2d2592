"""The queue of syncs asked for."""

from __future__ import annotations

import pytest

from nap_monitor.access import PUBLIC, NotAllowed
from nap_monitor.database.engine import data_version, writing
from nap_monitor.database.requests import (
    ask_for_sync,
    claim,
    has_waiting,
    latest_request,
    record_end,
    record_progress,
    request,
)
from tests.database.made import AGENCY, COORDINATOR, LEADERSHIP, NOW, OTHER_AGENCY, programme


@pytest.fixture
def connection(engine):
    with writing(engine) as opened:
        yield opened


@pytest.fixture
def nap(connection):
    return programme(connection)


def test_requests_are_served_in_order_and_watched(connection, nap):
    first = ask_for_sync(connection, AGENCY, nap, "STPS", now=NOW)
    second = ask_for_sync(connection, COORDINATOR, nap, now=NOW)
    claimed = claim(connection, COORDINATOR)
    assert (claimed.id, claimed.programme_code, claimed.agency, claimed.asked_by) == (first, "NAP", "STPS", "Luis")
    record_progress(connection, COORDINATOR, first, done=1, total=3)
    seen = request(connection, LEADERSHIP, first)
    assert (seen.state, seen.done, seen.total, seen.is_over) == ("running", 1, 3, False)
    record_end(connection, COORDINATOR, first)
    assert request(connection, LEADERSHIP, first).is_over
    assert claim(connection, COORDINATOR).id == second
    record_end(connection, COORDINATOR, second, trouble=("The folder {folder} is not there.", {"folder": "/x"}))
    ended = latest_request(connection, COORDINATOR, nap)
    assert (ended.state, ended.trouble) == ("failed", ("The folder {folder} is not there.", {"folder": "/x"}))
    assert claim(connection, COORDINATOR) is None


def test_the_same_wish_waits_once(connection, nap):
    ids = [ask_for_sync(connection, COORDINATOR, nap, agency, now=NOW) for agency in ("SE", None, "SE", None)]
    assert ids == [ids[0], ids[1], ids[0], ids[1]]


def test_what_a_worker_that_died_left_behind_is_served_again(connection, nap):
    asked = ask_for_sync(connection, COORDINATOR, nap, now=NOW)
    claim(connection, COORDINATOR)
    assert has_waiting(connection, COORDINATOR)
    assert claim(connection, COORDINATOR).id == asked


def test_the_latest_request_that_concerns_an_agency_may_be_one_for_all(connection, nap):
    ask_for_sync(connection, COORDINATOR, nap, "SE", now=NOW)
    everybody = ask_for_sync(connection, COORDINATOR, nap, now=NOW)
    ask_for_sync(connection, AGENCY, nap, "STPS", now=NOW)
    assert latest_request(connection, OTHER_AGENCY, nap, "SE").id == everybody


def test_the_queue_leaves_the_version_of_the_data_alone(connection, nap):
    before = data_version(connection)
    record_end(connection, COORDINATOR, ask_for_sync(connection, COORDINATOR, nap, now=NOW))
    assert data_version(connection) == before
    assert not has_waiting(connection, COORDINATOR)


def test_an_agency_asks_for_itself_and_the_public_for_nobody(connection, nap):
    for viewer, agency in ((OTHER_AGENCY, "STPS"), (OTHER_AGENCY, None), (PUBLIC, "STPS"), (LEADERSHIP, None)):
        with pytest.raises(NotAllowed):
            ask_for_sync(connection, viewer, nap, agency, now=NOW)
    with pytest.raises(NotAllowed):
        request(connection, PUBLIC, 1)
    with pytest.raises(NotAllowed):
        latest_request(connection, PUBLIC, nap)
    for act in (claim, has_waiting):
        with pytest.raises(NotAllowed):
            act(connection, AGENCY)
    assert latest_request(connection, COORDINATOR, nap) is None
