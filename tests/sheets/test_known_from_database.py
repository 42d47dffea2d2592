"""What the database knows of an agency's report stands in its next workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from nap_monitor.access import NotAllowed, Role, Viewer
from nap_monitor.database.engine import reading, writing
from nap_monitor.database.plans import StoredPlan
from nap_monitor.database.tables import submission
from nap_monitor.language import language
from nap_monitor.progress.schedule import is_due
from nap_monitor.sheets.contract import ActionReport, Declared, IndicatorReport, SubmissionReport
from nap_monitor.sheets.template import Known
from nap_monitor.sheets.template.stored import stored as known_of
from tests.sheets.demonstration import ES, Q3, made, parsed, plan
from tests.stored import COORDINATOR, NOW, report, report_action, stored


def _known(engine: sa.Engine, of: StoredPlan, viewer: Viewer = COORDINATOR, agency: str = "STPS") -> Known:
    with reading(engine) as connection:
        return known_of(connection, viewer, of.programme_id, of.programme, agency, Q3, ES)


def _submit(connection: sa.Connection, of: StoredPlan, **more: Any) -> None:
    row = {
        "programme_id": of.programme_id,
        "agency": "STPS",
        "standing": "counted",
        "revision": 1,
        "is_current": True,
        "recorded_by": "test",
        "recorded_at": NOW,
        "quarter": "2026-Q3",
        "state": "submitted",
        **more,
    }
    connection.execute(sa.insert(submission).values(row))


def test_figures_actions_and_submission_come_back_as_they_were_reported(engine: sa.Engine, tmp_path: Path) -> None:
    with writing(engine) as connection:
        of = stored(connection, plan())
        report(connection, of, "IND-1.05", "2026-Q3", "1712", agency="STPS", quality="revised", cause="Menos personal")
        report(connection, of, "IND-1.05", "2026-Q3", "9", agency="STPS", breakdown="MX-NLE")
        report(connection, of, "IND-1.05", "2026-Q2", "1500", agency="STPS")
        report(connection, of, "IND-2.08", "2026-Q3", None, agency="STPS", declared="no_data")
        report(connection, of, "IND-2.08", "2026-Q3", "8", agency="SE")
        report_action(connection, of, "1.2.1", "not_started", agency="STPS", is_current=False)
        report_action(
            connection, of, "1.2.1", "completed", agency="STPS", revision=2, finish=date(2025, 12, 1), note="ya"
        )
        report_action(connection, of, "1.2.2", "completed", agency="PROFEDET")
        _submit(connection, of, name="Ana", receipt="A-1")
    path = tmp_path / "STPS.xlsx"
    path.write_bytes(made("STPS", known=_known(engine, of)))
    read = parsed(path, "STPS")
    assert {p.kind for p in read.problems} <= {"declared_no_data"}
    figures = {r.key: r for r in read.reports if isinstance(r, IndicatorReport)}
    assert {key: (r.value, r.declared) for key, r in figures.items()} == {
        ("IND-1.05", "2026-Q3", ""): (Decimal(1712), None),
        ("IND-1.05", "2026-Q3", "MX-NLE"): (Decimal(9), None),
        ("IND-2.08", "2026-Q3", ""): (None, Declared.NO_DATA),
    }
    total = figures["IND-1.05", "2026-Q3", ""]
    assert (total.quality, total.cause, total.evidence) == (
        "revised",
        "Menos personal",
        "https://example.org/evidence.pdf",
    )
    actions = [r for r in read.reports if isinstance(r, ActionReport)]
    assert [(r.code, r.status, r.finish, r.note) for r in actions] == [("1.2.1", "completed", date(2025, 12, 1), "ya")]
    assert [(r.state, r.name) for r in read.reports if isinstance(r, SubmissionReport)] == [("submitted", "Ana")]


def test_a_draft_goes_before_what_counts(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        of = stored(connection, plan())
        report(connection, of, "IND-1.05", "2026-Q3", "1", agency="STPS")
        report(connection, of, "IND-1.05", "2026-Q3", "2", agency="STPS", standing="draft")
        report(connection, of, "IND-2.08", "2026-Q3", "3", agency="STPS", vanished_at=NOW)
    rows = next(iter(_known(engine, of).rows.values()))
    assert [(row.code, row.cells["value"].value) for row in rows] == [("IND-1.05", Decimal(2))]


@pytest.mark.parametrize(
    ("quarter", "value", "standing", "done"),
    [
        ("2026-Q2", "1", "counted", True),
        ("2026-Q2", "0", "counted", False),
        ("2026-Q2", "1", "draft", False),
        ("2026-Q3", "1", "counted", False),
    ],
)
def test_a_milestone_is_done_when_an_earlier_quarter_counts_it_so(
    quarter: str, value: str, standing: str, done: bool, engine: sa.Engine
) -> None:
    milestone = next(i for i in plan().indicators if i.is_milestone and is_due(i, Q3))
    with writing(engine) as connection:
        of = stored(connection, plan())
        agency = milestone.responsible_in(Q3)
        report(connection, of, milestone.code, quarter, value, agency=agency, standing=standing)
    assert (milestone.code in _known(engine, of, agency=agency).done) == done


def test_a_milestone_taken_back_is_asked_again(engine: sa.Engine) -> None:
    milestone = next(i for i in plan().indicators if i.is_milestone and is_due(i, Q3))
    agency = milestone.responsible_in(Q3)
    with writing(engine) as connection:
        of = stored(connection, plan())
        report(connection, of, milestone.code, "2026-Q1", "1", agency=agency)
        report(connection, of, milestone.code, "2026-Q2", "0", agency=agency)
    assert milestone.code not in _known(engine, of, agency=agency).done


def test_a_milestone_of_this_quarter_is_a_word(engine: sa.Engine) -> None:
    milestone = next(i for i in plan().indicators if i.is_milestone and is_due(i, Q3))
    agency = milestone.responsible_in(Q3)
    with writing(engine) as connection:
        of = stored(connection, plan())
        report(connection, of, milestone.code, "2026-Q3", "1", agency=agency, evidence_public=True)
        report(connection, of, "IND-1.04", "2026-Q3", None, agency="SEGOB", declared="no_cases")
    with reading(engine) as connection:
        known = known_of(connection, COORDINATOR, of.programme_id, of.programme, agency, Q3, language("en"))
        others = known_of(connection, COORDINATOR, of.programme_id, of.programme, "SEGOB", Q3, language("en"))
    cells = {row.code: row.cells for rows in (*known.rows.values(), *others.rows.values()) for row in rows}
    assert (cells[milestone.code]["value"].value, cells[milestone.code]["evidence_public"].value) == ("Yes", "Yes")
    assert cells["IND-1.04"]["value"].value == "Not applicable"


def test_the_public_is_not_told_what_agencies_typed(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        of = stored(connection, plan())
    with pytest.raises(NotAllowed):
        _known(engine, of, Viewer(Role.PUBLIC, "public"))
