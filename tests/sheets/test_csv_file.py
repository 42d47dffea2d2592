"""Reading CSV: text cells, whatever the encoding and the separator, with the row numbers of the sheet."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.sheets import csv_file
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind, Unreadable
from nap_monitor.sheets.parse import Context, parse
from tests.sheets.plan import PROGRAMME, TODAY
from tests.sheets.raw_files import cells_of

HEADER = "Código;Periodo;Valor;Causa de la variación"
NOT_ASCII = HEADER + "\r\nIND-1.01;2026-T3;12,5;año «difícil» ¿sí?\r\n"


def read(data: bytes, name: str = "STPS.csv") -> dict[str, str]:
    """The texts by their places."""
    return {place: str(cell.value) for place, cell in cells_of(csv_file.read(data, name)).items()}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1", "cp850", "mac_roman"]
)
def test_the_encoding_is_found_out_from_the_bytes(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    found = read(mark + NOT_ASCII.encode(encoding))
    assert (found["A1"], found["C2"], found["D2"]) == ("Código", "12,5", "año «difícil» ¿sí?")


def test_windows_quotation_marks_and_dashes_are_read_as_such() -> None:
    assert read("Código;Valor\n“a” – b…;€\n".encode("cp1252"))["A2"] == "“a” – b…"


def test_bytes_that_windows_does_not_know_are_read_all_the_same() -> None:
    assert read(b"a;b\n\x81\x8d;1\n")["B2"] == "1"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Código;Periodo;Valor\nI;2026-T3;12,5\n", ["I", "2026-T3", "12,5"]),
        ("Código,Periodo,Valor\nI,2026-T3,12.5\n", ["I", "2026-T3", "12.5"]),
        ('Código,Periodo,Valor\nI,2026-T3,"12,5"\n', ["I", "2026-T3", "12,5"]),
        ("Código\tPeriodo\tValor\nI\t2026-T3\t1.234,5\n", ["I", "2026-T3", "1.234,5"]),
        ("Code,Period,Value,Cause of variation\nI,2026-T3,1,a;b;c;d;e\n", ["I", "2026-T3", "1", "a;b;c;d;e"]),
        ("Código;Valor\nI;1,5\nJ;2,5\nK;3,5\n", ["I", "1,5"]),
        ("sep=;\nCódigo;Valor\nI;1,5\n", ["I", "1,5"]),
        ('"sep=,"\r\nCódigo,Valor\r\nI,1;5\r\n', ["I", "1;5"]),
        ("sep=|\nCódigo|Valor\nI|1\n", ["I", "1"]),
        ("a;b\n1;2,5\n", ["1", "2,5"]),  # no known column: the most regular
        ("GOBIERNO, SECRETARÍA, 2026\nCódigo;Valor\n", ["Código", "Valor"]),
    ],
)
def test_the_separator_is_the_one_that_makes_columns_of_the_contract(text: str, row: list[str]) -> None:
    rows = list(csv_file.read(text.encode(), "a.csv").tabs[0].rows())
    assert [cell.value for cell in rows[1][1]] == row


def test_cells_are_text_or_empty_and_never_numbers() -> None:
    rows = list(csv_file.read(b"0001;1E05;;TRUE;\n;;\n", "a.csv").tabs[0].rows())
    assert rows == [
        (
            0,
            (
                Cell(CellKind.TEXT, "0001"),
                Cell(CellKind.TEXT, "1E05"),
                EMPTY,
                Cell(CellKind.TEXT, "TRUE"),
                EMPTY,  # a field of its own: rows longer than the header have been pushed to the right
            ),
        )
    ]


def test_row_numbers_are_those_of_records_as_an_application_shows_them() -> None:
    found = read(b'a;b\r\n\r\n"two\r\nlines";"say ""yes"""\r\nlast;1')
    assert found == {"A1": "a", "B1": "b", "A3": "two\r\nlines", "B3": 'say "yes"', "A4": "last", "B4": "1"}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_of_every_system(ending: str) -> None:
    assert read(f"a;b{ending}c;d{ending}".encode()) == {"A1": "a", "B1": "b", "A2": "c", "B2": "d"}


def test_the_end_of_file_mark_of_dos_is_no_cell() -> None:
    assert read(b"a;b\r\n\x1a") == {"A1": "a", "B1": "b"}


def test_marks_within_a_text_are_part_of_it() -> None:
    assert read(b"a;b\n5\" tubo;'x'\n") == {"A1": "a", "B1": "b", "A2": '5" tubo', "B2": "'x'"}


@pytest.mark.parametrize(
    ("data", "row"),
    [(b'a;b\n"c;d\ne;f\n', "2"), (b'a;b\nc;"d', "2"), (b'a\n"' + b"x" * (1 << 21), "2")],
)
def test_a_quotation_mark_that_is_never_closed_is_refused_not_swallowed(data: bytes, row: str) -> None:
    with pytest.raises(Unreadable) as refused:
        csv_file.read(data, "a.csv")
    assert (refused.value.kind, refused.value.details) == ("csv_open_quote", {"row": row})


@pytest.mark.parametrize("data", [b"a;b\n\0;1\n", bytes(range(256)), b"\xff\xfea", "a;b".encode("utf-16-le")])
def test_binary_content_is_no_text(data: bytes) -> None:
    with pytest.raises(Unreadable, match="not_text"):
        csv_file.read(data, "a.csv")


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("STPS.csv", "Indicadores"),
        ("STPS_Indicadores.csv", "Indicadores"),
        ("STPS_Acciones.csv", "Acciones"),
        ("stps-ACTIONS.CSV", "Actions"),
        ("Acciones.csv", "Acciones"),
        ("STPS 2026 Participación.csv", "Participación"),
        ("STPS_Participacio\u0301n.csv", "Participación"),
        ("STPS_participacion.csv", "Participación"),
        ("STPS_Entrega.csv", "Entrega"),
        ("STPS_Submission.csv", "Submission"),
        ("STPSAcciones.csv", "Indicadores"),
        ("Acciones STPS.csv", "Indicadores"),
    ],
)
def test_the_tab_is_the_one_that_the_name_ends_with(name: str, tab: str) -> None:
    found = csv_file.read(b"a", name).tabs
    assert [(t.title, t.key) for t in found] == [(tab, tab)]


def test_an_empty_sheet_is_a_tab_without_rows() -> None:
    assert read(b"\r\n;;\r\n") == {}


def test_a_large_file_is_streamed() -> None:
    data = b"a;b\n" + b"IND-1;2026-T3;12,5;una nota que no es corta\n" * 40_000
    tab = csv_file.read(data, "a.csv").tabs[0]
    tracemalloc.start()
    assert sum(1 for _ in tab.rows()) == 40_001
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


_FIELDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\ue000\x1a\ufeff"), max_size=8)


@given(st.lists(st.lists(_FIELDS, min_size=2, max_size=5), max_size=8), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_whatever_is_written_is_read(table: list[list[str]], encoding: str) -> None:
    lines = [["Código", "Periodo"], *table]
    written = "\n".join(";".join('"' + field.replace('"', '""') + '"' for field in line) for line in lines)
    found = dict(csv_file.read(written.encode(encoding), "a.csv").tabs[0].rows())
    for row, line in enumerate(lines):
        texts = [str(cell.value or "") for cell in found.get(row, ())]
        assert texts + [""] * (len(line) - len(texts)) == line


def test_a_comma_inside_an_unquoted_figure_takes_its_row_and_no_other():
    """12,5 between commas would be read as 12, and all behind it as its neighbour's: such a row is refused whole."""
    data = (
        "Código,Periodo,Valor,Enlace de evidencia\n"
        "IND-1.01,2026-T3,12,5,\n"
        ",,,\n"
        "IND-1.01,2026-T2,12,https://e.org/a\n"
        "IND-1.01,2026-T1,12,https://e.org/a,,\n"
    )
    found = parse(csv_file.read(data.encode(), "STPS.csv"), Context(PROGRAMME, "STPS", TODAY))
    assert [(p.kind, p.place.row) for p in found.problems] == [("shifted_row", 2), ("shifted_row", 5)]
    assert [report.place.row for report in found.reports] == [4]
