"""`sheet template`: an agency's workbook, made on a fresh machine, from a database, and from an earlier workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from nap_monitor.database.engine import connect, migrate, writing
from nap_monitor.settings import Settings
from nap_monitor.sheets.contract import Role
from tests.commands.conftest import Give
from tests.sheets.demonstration import chile, columns, header_row, parsed, plan, rows, tab
from tests.stored import report_action, stored

ON = ("--as-of", "2026-11-23")


def _wanted(path: Path) -> tuple[str, ...]:
    return ("sheet", "template", "--agency", "STPS", "-o", str(path), *ON)


def test_without_a_database_the_plan_is_that_of_the_configuration(give: Give, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "F.xlsx"
    answer = give(*_wanted(path), "--language", "es")
    assert (answer.code, answer.err) == (0, "")
    assert "Q3 2026" in answer.out
    sheet = tab(load_workbook(path), Role.INDICATOR)
    assert {v["period"] for _, v in rows(sheet, Role.INDICATOR)} == {"2026-T3"}
    assert parsed(path, "STPS").problems == ()
    assert not home.exists()  # nothing was made by asking


def test_the_language_is_that_of_the_commands_unless_said(give: Give, tmp_path: Path) -> None:
    assert give(*_wanted(tmp_path / "F.xlsx")).code == 0
    assert load_workbook(tmp_path / "F.xlsx").sheetnames[0] == "Instructions"


def test_another_quarter_can_be_asked_for(give: Give, tmp_path: Path) -> None:
    path = tmp_path / "F.xlsx"
    assert give(*_wanted(path), "--quarter", "2025-T4", "--language", "es").code == 0
    assert {v["period"] for _, v in rows(tab(load_workbook(path), Role.INDICATOR), Role.INDICATOR)} == {"2025-T4"}


def test_an_unknown_agency_is_answered_with_those_there_are(give: Give, tmp_path: Path) -> None:
    answer = give("sheet", "template", "--agency", "NADIE", "-o", str(tmp_path / "F.xlsx"), *ON)
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
    for agency in plan().agency_by_id:
        assert agency in answer.err
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.parametrize("asked", ["stps", "CDI", "pgr"])
def test_an_agency_is_known_by_its_acronyms_too(asked: str, give: Give, tmp_path: Path) -> None:
    acronyms = {n.acronym.casefold() for a in plan().agencies for n in a.names if n.acronym} | {"stps"}
    answer = give("sheet", "template", "--agency", asked, "-o", str(tmp_path / "F.xlsx"), *ON)
    assert (answer.code == 0) == (asked.casefold() in acronyms)


def test_a_file_that_is_there_is_replaced_only_by_force(give: Give, tmp_path: Path) -> None:
    path = tmp_path / "F.xlsx"
    path.write_bytes(b"mine")
    answer = give(*_wanted(path))
    assert (answer.code, path.read_bytes()) == (2, b"mine")
    assert "--force" in answer.err
    assert give(*_wanted(path), "--force").code == 0
    assert load_workbook(path).sheetnames


@pytest.mark.parametrize("name", ["F.xls", "F", "none/F.xlsx", "folder.xlsx"])
def test_a_place_that_cannot_hold_a_workbook_is_refused_in_one_sentence(name: str, give: Give, tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    answer = give(*_wanted(tmp_path / name), "--force")
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1


def _database() -> None:
    settings = Settings()
    settings.home.mkdir(parents=True)
    engine = connect(settings.url)
    migrate(engine)
    with writing(engine) as connection:
        of = stored(connection, plan())
        stored(connection, chile())
        report_action(connection, of, "1.2.1", "completed", agency="STPS", finish=date(2025, 12, 1))
    engine.dispose()


def test_what_the_database_knows_is_filled_in(give: Give, home: Path, tmp_path: Path) -> None:
    _database()
    path = tmp_path / "F.xlsx"
    assert give(*_wanted(path), "--language", "es").code == 0
    found = {v["code"]: v for _, v in rows(tab(load_workbook(path), Role.ACTION), Role.ACTION)}
    assert found["1.2.1"]["status"] == "Concluida"


def test_another_programme_of_the_database_can_be_asked_for(give: Give, home: Path, tmp_path: Path) -> None:
    _database()
    other = chile()
    words = ("sheet", "template", "--agency", other.agencies[0].id, "-o", str(tmp_path / "F.xlsx"), *ON)
    assert give(*words, "--programme", other.code).code == 0
    refused = give(*words, "--programme", "NONE", "--force")
    assert refused.code == 2
    assert other.code in refused.err
    assert plan().code in refused.err


def test_what_was_typed_in_an_earlier_workbook_is_kept(give: Give, home: Path, tmp_path: Path) -> None:
    _database()
    old, new = tmp_path / "OLD.xlsx", tmp_path / "F.xlsx"
    assert give(*_wanted(old), "--language", "es", "--quarter", "2026-Q2").code == 0
    book = load_workbook(old)
    sheet = tab(book, Role.INDICATOR)
    sheet.cell(header_row(sheet) + 1, columns(sheet, Role.INDICATOR)["value"]).value = 1500
    book.save(old)
    before = old.read_bytes()
    answer = give(*_wanted(new), "--language", "es", "--from", str(old))
    assert (answer.code, answer.err) == (0, "")
    assert old.read_bytes() == before
    found = [v for _, v in rows(tab(load_workbook(new), Role.INDICATOR), Role.INDICATOR)]
    assert {"2026-T2", "2026-T3"} == {v["period"] for v in found}
    assert [v["value"] for v in found if "value" in v] == [1500]
    statuses = [v.get("status") for _, v in rows(tab(load_workbook(new), Role.ACTION), Role.ACTION)]
    assert "Concluida" in statuses


def test_the_workbook_to_keep_from_is_never_written_over(give: Give, tmp_path: Path) -> None:
    path = tmp_path / "F.xlsx"
    assert give(*_wanted(path)).code == 0
    before = path.read_bytes()
    answer = give(*_wanted(path), "--from", str(path), "--force")
    assert (answer.code, path.read_bytes()) == (2, before)


def test_a_workbook_that_cannot_be_kept_from_is_one_sentence(give: Give, tmp_path: Path) -> None:
    bad = tmp_path / "old.xlsx"
    for path in (bad, tmp_path / "none.xlsx"):
        bad.write_bytes(b"PK nothing")
        answer = give(*_wanted(tmp_path / "F.xlsx"), "--from", str(path))
        assert answer.code == 2
        assert len(answer.err.splitlines()) == 1
        assert path.name in answer.err


def test_comments_that_cannot_be_read_are_said_and_the_rest_is_kept(
    give: Give, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "OLD.xlsx"
    assert give(*_wanted(old)).code == 0
    monkeypatch.setattr("nap_monitor.sheets.carry_over.comments.comments_in", lambda _: None)
    answer = give(*_wanted(tmp_path / "F.xlsx"), "--from", str(old))
    assert answer.code == 0
    assert "OLD.xlsx" in answer.err
