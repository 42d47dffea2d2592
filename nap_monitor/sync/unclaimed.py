"""Files that belong to nobody: the coordinator is told of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nap_monitor.database import Connection
from nap_monitor.database.problems import store_problems
from nap_monitor.database.spreadsheets import MISSING, NOBODYS, UNCLAIMED, change, meet
from nap_monitor.sheets.contract import Place
from nap_monitor.sheets.folder import FoundFile
from nap_monitor.sheets.problems import problem
from nap_monitor.sync.rows import stored_problem
from nap_monitor.sync.storing import Run


def keep_unclaimed(connection: Connection, run: Run, files: Sequence[FoundFile], claimed: Collection[str]) -> bool:
    """Keep which files belong to nobody now; whether that changed. `claimed`: the keys of those that have an agency."""
    earlier = {key for key, known in run.known.items() if known.agency == NOBODYS and known.state == UNCLAIMED}
    now_there = {file.key for file in files}
    programme_id = run.plan.programme_id
    for key in earlier - now_there - set(claimed):
        gone = run.known[key].id
        change(connection, run.viewer, NOBODYS, gone, state=MISSING)
        store_problems(connection, run.viewer, programme_id, NOBODYS, gone, [], now=run.now)
    pairs = [(file.key, file.name) for file in files]
    ids = meet(connection, run.viewer, programme_id, NOBODYS, pairs, state=UNCLAIMED, now=run.now)
    for file in files:
        if file.key not in earlier:
            change(connection, run.viewer, NOBODYS, ids[file.key], state=UNCLAIMED, modified_at=file.modified_at)
            told = stored_problem(problem("file_of_nobody", Place(file.name, ""), file=file.key))
            store_problems(connection, run.viewer, programme_id, NOBODYS, ids[file.key], [told], now=run.now)
    return earlier != now_there
