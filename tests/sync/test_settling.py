"""A file that was being saved is looked at once more."""

from __future__ import annotations

from nap_monitor.database.runs import Outcome
from nap_monitor.sync.running import SyncResult
from nap_monitor.sync.settling import until_settled


def _result(run_id: int, programme_id: int = 1, **states: str) -> SyncResult:
    outcomes = tuple(Outcome(agency, state) for agency, state in states.items())
    return SyncResult(run_id, "NAP", programme_id, outcomes, ())


def _states(results):
    return [(r.run_id, [(o.agency, o.state) for o in r.outcomes]) for r in results]


def test_where_nothing_waits_there_is_one_run():
    runs = iter([(_result(1, SE="done"),)])
    assert _states(until_settled(lambda: next(runs), 60)) == [(1, [("SE", "done")])]


def test_the_second_run_tells_of_those_that_waited_and_the_first_of_the_others():
    runs = iter(
        [
            (_result(1, SE="done", STPS="waiting"), _result(2, 2, SE="waiting")),
            (_result(3, SE="unchanged", STPS="refused"), _result(4, 2, SE="waiting")),
        ]
    )
    found = until_settled(lambda: next(runs), 0)
    assert _states(found) == [(3, [("SE", "done"), ("STPS", "refused")]), (4, [("SE", "waiting")])]
