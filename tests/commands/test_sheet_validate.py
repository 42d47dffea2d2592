"""`sheet validate`: what a real file would deliver, and nothing changed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from nap_monitor.database.engine import connect, migrate, reading, writing
from nap_monitor.settings import ROOT, Settings
from tests.commands.conftest import Answer, Give
from tests.sheets.demonstration import chile, plan
from tests.stored import stored

ON = ("--agency", "STPS", "--as-of", "2026-11-23")
HEADERS = (
    "Código",
    "Periodo",
    "Valor",
    "Desagregación",
    "Enlace de evidencia",
    "Causa de la variación",
    "Acción correctiva",
)
WHY = ("Falta de personal", "Contratación")


def workbook(path: Path, *rows: tuple[object, ...], actions: tuple[tuple[object, ...], ...] = ()) -> Path:
    """An Excel file with a title above the header, as officials make them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Indicadores"
    for row in (("SECRETARÍA DEL TRABAJO",), (), HEADERS, *rows):
        sheet.append(row)
    if actions:
        tab = book.create_sheet("Acciones")
        for row in (("Código", "Estatus", "Inicio", "Término"), *actions):
            tab.append(row)
    book.save(path)
    return path


def document(answer: Answer) -> dict[str, list[dict[str, Any]]]:
    return json.loads(answer.out)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    row = ("IND-1.05", "2026-T3", 4200, None, "https://www.gob.mx/stps/informe", *WHY)
    return workbook(
        tmp_path / "STPS.xlsx", row, actions=(("1.2.1", "Concluida", date(2026, 1, 15), date(2026, 6, 30)),)
    )


def test_good_rows_are_listed_and_the_exit_is_0(give: Give, good: Path) -> None:
    answer = give("sheet", "validate", str(good), *ON, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert document(answer) == {
        "valid": [
            {
                "role": "indicator",
                "tab": "Indicadores",
                "row": 4,
                "code": "IND-1.05",
                "period": "2026-Q3",
                "breakdown": "",
                "value": "4200",
                "evidence": "https://www.gob.mx/stps/informe",
            },
            {
                "role": "action",
                "tab": "Acciones",
                "row": 2,
                "code": "1.2.1",
                "status": "completed",
                "start": "2026-01-15",
                "finish": "2026-06-30",
                "new_due": None,
                "note": None,
                "evidence": None,
                "evidence_public": False,
            },
        ],
        "problems": [],
        "ignored": [],
    }


def test_errors_are_listed_beside_the_good_rows_and_the_exit_is_1(give: Give, tmp_path: Path) -> None:
    bad = workbook(
        tmp_path / "STPS.xlsx",
        ("IND-1.05", "2026-T3", "1,234", None, None, *WHY),
        ("IND-1.05", "2026-T2", 9000),
        ("TOTAL", None, 9000),
    )
    answer = give("sheet", "validate", str(bad), *ON, "--json", "--language", "es")
    found = document(answer)
    assert answer.code == 1
    assert [v["row"] for v in found["valid"]] == [5]
    assert [(p["file"], p["tab"], p["row"], p["column"], p["kind"], p["severity"]) for p in found["problems"]] == [
        ("STPS.xlsx", "Indicadores", 4, "C", "ambiguous_number", "error")
    ]
    assert found["ignored"] == [{"tab": "Indicadores", "row": 6, "reason": "total"}]


def test_messages_are_in_the_language_asked_for(give: Give, tmp_path: Path) -> None:
    bad = workbook(tmp_path / "STPS.xlsx", ("IND-1.05", "2026-T3", "doce"))
    said = {
        code: document(give("sheet", "validate", str(bad), *ON, "--json", "--language", code))["problems"][0]["message"]
        for code in ("es", "en")
    }
    assert said["en"] == "“doce” is not a number."
    assert said["es"] != said["en"]


def test_a_figure_off_track_without_its_cause_is_a_warning(give: Give, tmp_path: Path) -> None:
    low = workbook(tmp_path / "STPS.xlsx", ("IND-1.05", "2026-T3", 1))
    answer = give("sheet", "validate", str(low), *ON, "--json")
    assert answer.code == 0
    assert [(p["kind"], p["severity"], p["row"]) for p in document(answer)["problems"]] == [
        ("cause_missing", "warning", 4)
    ]


def test_people_get_a_table_of_what_is_wrong_and_what_is_accepted(give: Give, tmp_path: Path) -> None:
    bad = workbook(tmp_path / "STPS.xlsx", ("IND-1.05", "2026-T3", "doce"), ("TOTAL", None, 5))
    answer = give("sheet", "validate", str(bad), *ON)
    assert answer.code == 1
    for text in (
        "Indicadores!C4",
        "“doce” is not a number.",
        "A number in the cell",
        "Indicadores!5",
        "total",
        "0 reports",
    ):
        assert text in answer.out


def test_people_are_told_how_much_would_be_taken(give: Give, good: Path) -> None:
    answer = give("sheet", "validate", str(good), *ON)
    assert (answer.code, answer.out.strip()) == (0, "2 reports would be taken.")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("missing.xlsx", None, "missing_file"),
        ("empty.xlsx", b"", "empty_file"),
        ("page.xlsx", b"<html><table></table></html>", "html_named_as_workbook"),
        ("text.xlsx", b"a,b\n1,2\n", "csv_named_as_workbook"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook\0".encode("utf-16-le"), "old_xls"),
        ("broken.xlsx", b"PK\x03\x04 not really", "corrupt"),
        ("notes.txt", b"Notas", "unsupported_type"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_the_exit_is_2(
    name, content, kind, give: Give, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    answer = give("sheet", "validate", str(tmp_path / name), *ON, "--json")
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
    assert name in answer.err
    found = document(answer)
    assert [(p["file"], p["kind"], p["severity"]) for p in found["problems"]] == [(name, kind, "error")]
    assert (found["valid"], found["ignored"]) == ([], [])


def test_without_json_a_refused_file_prints_its_sentence_alone(give: Give, tmp_path: Path) -> None:
    answer = give("sheet", "validate", str(tmp_path / "missing.xlsx"), *ON)
    assert (answer.code, answer.out) == (2, "")


def test_an_oversized_file_is_refused_by_the_configured_limit(
    give: Give, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAP_WORKBOOK_MAX_MB", "0")
    answer = give("sheet", "validate", str(good), *ON, "--json")
    assert (answer.code, document(answer)["problems"][0]["kind"]) == (2, "too_large")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--agency", "NADIE"), "NADIE"),
        (("--agency", "STPS", "--as-of", "23/11/2026"), "23/11/2026"),
        (("--agency", "STPS", "--programme", "OTRO"), "OTRO"),
        (("--agency", "STPS", "--plan", "none.yaml"), "none.yaml"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(words, said, give: Give, good: Path) -> None:
    answer = give("sheet", "validate", str(good), *words)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
    assert said in answer.err


def test_a_csv_is_read_as_the_tab_that_its_name_says(give: Give, tmp_path: Path) -> None:
    (tmp_path / "STPS_Acciones.csv").write_text("Código;Estatus;Inicio\n1.2.1;En proceso;15/01/2026\n", "utf-8")
    answer = give("sheet", "validate", str(tmp_path / "STPS_Acciones.csv"), *ON, "--json")
    found = document(answer)
    assert (answer.code, found["problems"]) == (0, [])
    assert [(v["code"], v["status"], v["start"]) for v in found["valid"]] == [("1.2.1", "in_progress", "2026-01-15")]


def test_a_fresh_template_has_nothing_wrong_in_it(give: Give, tmp_path: Path) -> None:
    path = tmp_path / "F.xlsx"
    for agency in ("STPS", "INEGI"):
        whose = ("--agency", agency, "--as-of", "2026-11-23")
        assert give("sheet", "template", *whose, "-o", str(path), "--force").code == 0
        answer = give("sheet", "validate", str(path), *whose, "--json")
        found = document(answer)
        assert (answer.code, found["problems"], found["ignored"]) == (0, [], [])
        assert found["valid"] == []


def test_another_plan_can_be_tried(give: Give, good: Path) -> None:
    sample = ROOT / "config" / "samples" / "chile.yaml"
    agency = chile().agencies[0].id
    answer = give("sheet", "validate", str(good), "--agency", agency, "--plan", str(sample), "--json")
    assert answer.code == 1
    assert "unknown_code" in {p["kind"] for p in document(answer)["problems"]}


def test_the_plan_of_the_database_judges_and_nothing_is_changed(give: Give, good: Path, home: Path) -> None:
    settings = Settings()
    settings.home.mkdir(parents=True)
    engine = connect(settings.url)
    migrate(engine)
    with writing(engine) as connection:
        stored(connection, plan())
        stored(connection, chile())
    before = _content(engine)
    assert give("sheet", "validate", str(good), *ON).code == 0
    assert give("sheet", "validate", str(good), *ON, "--programme", chile().code).code != 0
    assert _content(engine) == before
    assert sorted(p.name for p in good.parent.glob("*.xlsx")) == ["STPS.xlsx"]
    engine.dispose()


def _content(engine: Any) -> dict[str, int]:
    from nap_monitor.database.tables import metadata

    with reading(engine) as connection:
        return {t.name: len(connection.execute(t.select()).all()) for t in metadata.sorted_tables}
