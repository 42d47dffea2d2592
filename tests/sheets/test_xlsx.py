"""Reading .xlsx: what stands in the file arrives typed, exact and in its place, or the file is refused."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from nap_monitor.sheets import xlsx
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind, Merge, Unreadable, Workbook
from nap_monitor.sheets.xlsx.parts import Format, number_format
from tests.sheets.raw_files import HEAD, MAIN, STRICT, cells_of, xlsx_parts, zipped

MB = 1 << 20


def read(data: bytes, max_unpacked: int = 200 * MB) -> Workbook:
    return xlsx.read(data, "STPS.xlsx", max_unpacked=max_unpacked)


def raw(rows: str, **parts: Any) -> dict[str, Cell]:
    return cells_of(read(zipped(xlsx_parts(rows, **parts))))


def made(fill: Callable[[Any, Any], None], **options: Any) -> Workbook:
    """A workbook that xlsxwriter makes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    fill(book, book.add_worksheet("Indicadores"))
    book.close()
    return read(stream.getvalue())


def saved(book: openpyxl.Workbook) -> Workbook:
    stream = io.BytesIO()
    book.save(stream)
    return read(stream.getvalue())


def number(text: str, **more: Any) -> Cell:
    return Cell(CellKind.NUMBER, Decimal(text), **more)


def text(value: str, **more: Any) -> Cell:
    return Cell(CellKind.TEXT, value, **more)


# Numbers


@pytest.mark.parametrize(
    ("stored", "exact"),
    [
        ("0", "0"),
        ("85", "85"),
        ("-12.5", "-12.5"),
        ("0.84999999999999998", "0.85"),  # the 17 digits that Excel writes
        ("0.30000000000000004", "0.30000000000000004"),  # 0.1 + 0.2: the double, nothing rounded
        ("2.9999999999999996", "2.9999999999999996"),
        ("1E3", "1000"),
        ("1.5e-7", "0.00000015"),
        ("85.0", "85"),
        ("-0", "0"),
        ("123456789012345", "123456789012345"),
        ("12345678901234567", "12345678901234568"),  # more digits than a double holds
        ("1e22", "10000000000000000000000"),
        (" 7 ", "7"),
        ("+3", "3"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_the_shortest_decimal_of_what_is_stored(stored: str, exact: str) -> None:
    found = raw(f'<row r="1"><c r="A1"><v>{stored}</v></c></row>')["A1"]
    assert found == number(exact)
    assert str(found.value) == str(Decimal(exact))


@pytest.mark.parametrize("stored", ["NaN", "INF", "1E999", "5_0", "0x10", "abc", "٣", "1,5", "--1"])
def test_what_is_no_finite_number_stays_text(stored: str) -> None:
    assert raw(f'<row r="1"><c r="A1"><v>{stored}</v></c></row>') == {"A1": text(stored)}


def test_a_percent_format_is_noted_and_the_number_left_alone() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, code in enumerate(["0%", "0.0%", '0.0"%"', "0\\%", "0", "0.0%;[Red]-0.0%", "[Blue]0.00%", "0;0%"]):
            sheet.write(row, 0, 0.85, book.add_format({"num_format": code}))

    found = cells_of(made(fill))
    assert all(cell.value == Decimal("0.85") for cell in found.values())
    assert [found[f"A{row}"].percent for row in range(1, 9)] == [True, True, False, False, False, True, True, False]


def test_numbers_typed_into_text_cells_stay_text_as_typed() -> None:
    found = cells_of(made(lambda _, sheet: sheet.write_column(0, 0, ["0001", "1E05", "3-4", "85,5%", "1.234"])))
    assert list(found.values()) == [text(t) for t in ("0001", "1E05", "3-4", "85,5%", "1.234")]


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("General", Format.PLAIN),
        ("#,##0.00", Format.PLAIN),
        ('0 "días"', Format.PLAIN),
        ("[Red]0.0", Format.PLAIN),
        ("[$-80A]d mmm yyyy", Format.DATE),
        ("dd/mm/yyyy;@", Format.DATE),
        ("h:mm", Format.DATE),
        ("[h]:mm", Format.DURATION),
        ('"$"#,##0', Format.PLAIN),
        ("0.0%", Format.PERCENT),
        ("", Format.PLAIN),
        ("[HH]:mm:ss", Format.DURATION),
        ("[Red][<1]0.0%;0%", Format.PERCENT),
        ("_-* #,##0_-;_d0", Format.PLAIN),
        ("0.00_h", Format.PLAIN),
        ("0\\ \\d\\e", Format.PLAIN),
        ("#,##0 [$MXN]", Format.PLAIN),
        ("hh:mm AM/PM", Format.DATE),
        ('"a;b[h]"0%', Format.PERCENT),
    ],
)
def test_what_a_number_format_makes_of_a_number(code: str, what: Format) -> None:
    assert number_format(code) is what


def test_formats_of_conditional_rules_and_named_styles_are_not_those_of_cells() -> None:
    found = raw('<row r="1"><c r="A1" s="1"><v>5</v></c><c r="B1" s="9"><v>5</v></c></row>', formats=["0.00"])
    assert found == {"A1": number("5"), "B1": number("5")}


# Days


def days_1904(book: Any, sheet: Any) -> None:
    sheet.write_datetime(0, 0, datetime(2026, 9, 30), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_number(1, 0, 46295)


@pytest.mark.parametrize("date_1904", [False, True])
def test_a_day_is_the_same_in_both_date_systems(date_1904: bool) -> None:
    found = cells_of(made(days_1904, date_1904=date_1904))
    assert found["A1"] == Cell(CellKind.DATE, date(2026, 9, 30))
    assert found["A2"] == number("46295")  # without a date format a number is a number


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        ("46295", date(2026, 9, 30)),
        ("46295.5", datetime(2026, 9, 30, 12)),
        ("46294.999999999", date(2026, 9, 30)),  # half a millisecond short of midnight is midnight
        ("1", date(1900, 1, 1)),
        ("59", date(1900, 2, 28)),
        ("61", date(1900, 3, 1)),  # 60 is a day that never was
        ("2958465", date(9999, 12, 31)),
    ],
)
def test_days_count_from_1900_with_its_false_leap_day(serial: str, day: date) -> None:
    found = raw(f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>', formats=["dd/mm/yyyy"])
    assert found["A1"] == Cell(CellKind.DATE, day)


@pytest.mark.parametrize("serial", ["-1", "2958466", "30000000", "1E300"])
def test_a_number_that_is_no_day_in_a_date_cell_is_an_error_as_it_shows(serial: str) -> None:
    found = raw(f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>', formats=["dd/mm/yyyy"])
    assert found["A1"] == Cell(CellKind.ERROR, "########")


def test_times_and_durations_are_no_numbers() -> None:
    found = raw(
        '<row r="1"><c r="A1" s="1"><v>0.5</v></c><c r="B1" s="2"><v>1.5</v></c></row>', formats=["h:mm", "[h]:mm"]
    )
    assert found["A1"] == Cell(CellKind.DATE, datetime(1899, 12, 30, 12))
    assert found["B1"] == Cell(CellKind.DATE, datetime(1899, 12, 31, 12))


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        ("2026-09-30", Cell(CellKind.DATE, date(2026, 9, 30))),
        ("2026-09-30T08:30:00", Cell(CellKind.DATE, datetime(2026, 9, 30, 8, 30))),
        ("2026-09-30T00:00:00Z", Cell(CellKind.DATE, date(2026, 9, 30))),
        ("2026-02-31", text("2026-02-31")),
    ],
)
def test_strict_files_write_days_as_iso_dates(stored: str, cell: Cell) -> None:
    assert raw(f'<row r="1"><c r="A1" t="d"><v>{stored}</v></c></row>', space=STRICT) == {"A1": cell}


@pytest.mark.parametrize(
    ("built_in", "cell"),
    [
        (0, number("46295")),
        (4, number("46295")),
        (9, number("46295", percent=True)),
        (10, number("46295", percent=True)),
        (14, Cell(CellKind.DATE, date(2026, 9, 30))),
        (22, Cell(CellKind.DATE, date(2026, 9, 30))),
        (31, Cell(CellKind.DATE, date(2026, 9, 30))),  # of an East Asian locale
        (46, Cell(CellKind.DATE, date(2026, 9, 30))),
        (49, number("46295")),
        (120, number("46295")),
    ],
)
def test_built_in_formats_are_known_by_their_numbers(built_in: int, cell: Cell) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1" s="0"><v>46295</v></c></row>')
    parts["xl/styles.xml"] = str(parts["xl/styles.xml"]).replace(
        '<cellXfs><xf numFmtId="0"/>', f'<cellXfs><xf numFmtId="{built_in}"/>'
    )
    assert cells_of(read(zipped(parts))) == {"A1": cell}


# Texts


def test_shared_inline_and_formula_texts_with_their_runs_and_spaces() -> None:
    found = raw(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
        '<c r="D1" t="inlineStr"><is><t>en</t></is></c><c r="E1" t="inlineStr"><is><r><t>lí</t></r><r><t>nea</t></r>'
        '<rPh><t>no</t></rPh></is></c><c r="F1" t="str"><f>A1</f><v>simple</v></c></row>',
        strings=[
            "<t>simple</t>",
            '<r><rPr><b/></rPr><t xml:space="preserve">Rich </t></r><r><t>text</t></r><rPh><t>ruby</t></rPh>',
            '<t xml:space="preserve"> a\nb_x000D_ _x005F_x0041_ </t>',
        ],
    )
    assert [cell.value for cell in found.values()] == [
        "simple",
        "Rich text",
        " a\nb\r _x0041_ ",
        "en",
        "línea",
        "simple",
    ]
    assert found["F1"].formula
    assert not found["A1"].formula


def test_escapes_that_no_database_can_hold_stay_as_written() -> None:
    found = raw('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=["<t>_x0000_ _xD83D_ _x00e9_</t>"])
    assert found["A1"].value == "_x0000_ _xD83D_ é"


def test_long_texts_arrive_whole() -> None:
    long = "ñ" * 32_767
    assert cells_of(made(lambda _, sheet: sheet.write_string(0, 0, long)))["A1"] == text(long)


def test_an_empty_text_is_an_empty_cell() -> None:
    found = raw(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t/></is></c></row>', strings=["<t/>"]
    )
    assert found == {}


def test_a_shared_text_that_the_file_does_not_have_is_an_error_cell() -> None:
    found = raw('<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1" t="s"><v>x</v></c></row>', strings=["<t>a</t>"])
    assert found == {"A1": Cell(CellKind.ERROR, "#REF!"), "B1": Cell(CellKind.ERROR, "#REF!")}


# Booleans, errors, formulas


def test_booleans() -> None:
    found = cells_of(made(lambda _, sheet: sheet.write_row(0, 0, [True, False])))
    assert list(found.values()) == [Cell(CellKind.BOOLEAN, True), Cell(CellKind.BOOLEAN, False)]
    assert raw('<row r="1"><c r="A1" t="b"><f>TRUE()</f><v>1</v></c></row>') == {
        "A1": Cell(CellKind.BOOLEAN, True, formula=True)
    }


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!"])
def test_error_cells_are_errors_with_and_without_a_formula(error: str) -> None:
    found = raw(f'<row r="1"><c r="A1" t="e"><v>{error}</v></c><c r="B1" t="e"><f>1/0</f><v>{error}</v></c></row>')
    assert found == {"A1": Cell(CellKind.ERROR, error), "B1": Cell(CellKind.ERROR, error, formula=True)}


def test_an_error_cell_without_its_error_is_still_no_empty_cell() -> None:
    found = raw('<row r="1"><c r="A1" t="e"/><c r="B1" t="e"><f>1/0</f></c></row>')
    assert found["A1"].kind is CellKind.ERROR
    assert found["B1"] == Cell(CellKind.UNCOMPUTED, "=1/0", formula=True)


def test_a_text_that_looks_like_an_error_is_text() -> None:
    assert cells_of(made(lambda _, sheet: sheet.write_string(0, 0, "#DIV/0!"))) == {"A1": text("#DIV/0!")}


def test_formulas_with_a_saved_result_are_their_result() -> None:
    found = raw(
        '<row r="1"><c r="A1" s="1"><f>B2/C2</f><v>0.85</v></c><c r="B1"><f>0</f><v>0</v></c></row>', formats=["0%"]
    )
    assert found == {"A1": number("0.85", percent=True, formula=True), "B1": number("0", formula=True)}


@pytest.mark.parametrize("result", ["", "<v/>", "<v></v>"])
def test_formulas_without_a_saved_result_are_never_empty_nor_zero(result: str) -> None:
    found = raw(f'<row r="1"><c r="A1"><f>SUM(B1:C1)</f>{result}</c></row>')
    assert found == {"A1": Cell(CellKind.UNCOMPUTED, "=SUM(B1:C1)", formula=True)}


def test_formulas_that_openpyxl_writes_have_no_result() -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = "=1+1"
    assert cells_of(saved(book)) == {"B2": Cell(CellKind.UNCOMPUTED, "=1+1", formula=True)}


def test_the_zero_that_programs_write_for_every_formula_is_no_result() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula(0, 0, "=B1/C1")
        sheet.write_formula(0, 1, "=2+3", None, 5)
        sheet.write_number(0, 2, 0)

    found = cells_of(made(fill))
    assert found == {
        "A1": Cell(CellKind.UNCOMPUTED, "=B1/C1", formula=True),
        "B1": number("5", formula=True),
        "C1": number("0"),
    }


def test_a_formula_that_gives_an_empty_text_is_empty() -> None:
    found = raw('<row r="1"><c r="A1" t="str"><f>IF(B1,"","")</f><v></v></c></row>')
    assert found == {"A1": Cell(CellKind.EMPTY, formula=True)}


def test_shared_formulas_are_named_as_they_stand_in_each_cell() -> None:
    found = raw(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c><c r="B2"><f t="shared" si="9"/></c></row>'
    )
    assert [found[place].value for place in ("A1", "A2", "B2")] == ["=B1*2", "=B2*2", "="]


def test_a_shared_formula_that_cannot_be_moved_is_named_as_it_is_written() -> None:
    found = raw(
        '<row r="1"><c r="B1"><f t="shared" si="0"/></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0">A1*2</f></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>'
    )
    assert [found[place].value for place in ("B1", "B2", "A3")] == ["=", "=A1*2", "=A1*2"]


# Places


def test_rows_and_columns_without_numbers_follow_each_other() -> None:
    found = raw("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>")
    assert {place: cell.value for place, cell in found.items()} == {"A1": 1, "B1": 2, "A3": 3}


def test_cells_say_where_a_row_without_number_stands() -> None:
    found = raw('<row><c r="B5"><v>1</v></c></row><row><c r="A7"><v>2</v></c></row>')
    assert {place: cell.value for place, cell in found.items()} == {"B5": 1, "A7": 2}


def test_cells_in_any_order_stand_in_their_columns() -> None:
    found = raw('<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>')
    assert {place: cell.value for place, cell in found.items()} == {"A1": 1, "C1": 3}


def test_rows_start_with_the_first_column_and_end_with_the_last_cell_that_holds_something() -> None:
    tab = read(
        zipped(xlsx_parts('<row r="3"><c r="B3"><v>1</v></c><c r="D3" s="1"/></row><row r="9"><c r="A9"/></row>'))
    ).tabs[0]
    assert list(tab.rows()) == [(2, (EMPTY, number("1")))]
    assert list(tab.rows()) == list(tab.rows())


def test_a_single_cell_in_the_last_corner_is_one_row() -> None:
    found = raw('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert found == {"XFD1048576": number("1")}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="2"/><row r="2"/>',
        '<row r="2"/><row r="1"/>',
        '<row r="0"/>',
        f'<row r="{"9" * 5000}"/>',
    ],
)
def test_cells_outside_every_sheet_and_rows_out_of_order_are_a_damaged_file(rows: str) -> None:
    with pytest.raises(Unreadable, match="corrupt"):
        raw(rows)


def test_a_grid_defined_larger_than_its_data_costs_nothing() -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>', behind="")
    sheet = str(parts["xl/worksheets/sheet1.xml"]).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert cells_of(read(zipped(parts | {"xl/worksheets/sheet1.xml": sheet}))) == {"A1": number("1")}


def test_a_column_beyond_z_and_a_row_beyond_1000_are_read() -> None:
    assert cells_of(made(lambda _, sheet: sheet.write(1000, 26, 1))) == {"AA1001": number("1")}


# Tabs and merges


def test_hidden_tabs_rows_and_filtered_rows_are_read() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Indicadores"
    book.active.append(["a"])
    book.active.append(["b"])
    book.active.row_dimensions[2].hidden = True
    book.active.auto_filter.ref = "A1:A2"
    book.create_sheet("Oculta").sheet_state = "hidden"
    book.create_sheet("Muy oculta").sheet_state = "veryHidden"
    book.create_sheet("Qué's & más")
    found = saved(book)
    assert [(tab.title, tab.key, tab.hidden) for tab in found.tabs] == [
        ("Indicadores", "Indicadores", False),
        ("Oculta", "Oculta", True),
        ("Muy oculta", "Muy oculta", True),
        ("Qué's & más", "Qué's & más", False),
    ]
    assert cells_of(found) == {"A1": text("a"), "A2": text("b")}


def test_chart_sheets_are_no_tabs() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, 1)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Indicadores!$A$1"})
        book.add_chartsheet("Gráfica").set_chart(chart)

    assert [tab.title for tab in made(fill).tabs] == ["Indicadores"]


def test_merges_are_known_before_the_rows() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:C1", "GOBIERNO")
        sheet.merge_range("E5:E7", 12)

    assert made(fill).tabs[0].merges == (Merge(0, 0, 0, 2), Merge(4, 4, 6, 4))


def test_merges_are_found_wherever_the_pieces_of_the_file_end() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    behind = '<mergeCells count="1"><mergeCell ref="$B$2:A1"/><mergeCell ref="x"/></mergeCells>'
    for length in range(65_536 - 260, 65_536 - 40, 7):
        book = read(zipped(xlsx_parts(rows.format("a" * length), behind=behind)))
        assert book.tabs[0].merges == (Merge(0, 0, 1, 1),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_prefixes_and_encodings_of_the_xml_make_no_difference(encoding: str) -> None:
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2">'
        '<x:c r="B2" t="inlineStr"><x:is><x:t>ñ</x:t></x:is></x:c></x:row></x:sheetData >'
        '<x:mergeCells><x:mergeCell ref="B2:B3"/></x:mergeCells></x:worksheet>'
    ).encode(encoding)
    book = read(zipped(xlsx_parts("") | {"xl/worksheets/sheet1.xml": sheet}))
    assert book.tabs[0].merges == (Merge(1, 1, 2, 1),)
    assert cells_of(book) == {"B2": text("ñ")}


def test_a_sheet_without_rows_is_a_tab_without_rows() -> None:
    sheet = (
        HEAD + f'<worksheet xmlns="{MAIN}"><sheetData/><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    )
    book = read(zipped(xlsx_parts("") | {"xl/worksheets/sheet1.xml": sheet}))
    assert list(book.tabs[0].rows()) == []
    assert book.tabs[0].merges == (Merge(0, 0, 0, 1),)


def test_strict_workbooks_are_read_like_others() -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.5</v></c></row>'
    found = raw(rows, strings=["<t>a</t>"], formats=["0%"], space=STRICT)
    assert found == {"A1": text("a"), "B1": number("0.5", percent=True)}


def test_parts_are_found_by_their_relationships_whatever_they_are_called() -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/Hojas/Hoja 1.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    links = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = links.replace("worksheets/sheet1.xml", "/xl/hojas/Hoja%201.xml")
    assert cells_of(read(zipped(parts))) == {"A1": number("1")}


# What is refused


@pytest.mark.parametrize(
    ("gone", "kind"),
    [
        ("xl/worksheets/sheet1.xml", "corrupt"),
        ("xl/_rels/workbook.xml.rels", "corrupt"),
        ("xl/workbook.xml", "not_a_workbook"),
        ("_rels/.rels", "not_a_workbook"),
    ],
)
def test_a_missing_part_is_a_clear_refusal(gone: str, kind: str) -> None:
    parts = xlsx_parts("")
    del parts[gone]
    with pytest.raises(Unreadable, match=kind):
        read(zipped(parts))


@pytest.mark.parametrize("gone", ["xl/styles.xml", "xl/sharedStrings.xml"])
def test_a_file_without_styles_or_shared_texts_is_read(gone: str) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1" s="1"><v>1</v></c></row>', formats=["0%"])
    del parts[gone]
    assert cells_of(read(zipped(parts)))["A1"].value == 1


@pytest.mark.parametrize("target", ["../../outside.xml", "http://example.org/x.xml", ""])
def test_relationships_that_lead_nowhere_are_a_damaged_file(target: str) -> None:
    parts = xlsx_parts("")
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "worksheets/sheet1.xml", target
    )
    with pytest.raises(Unreadable, match="corrupt"):
        read(zipped(parts))


def test_a_tab_that_lies_outside_the_file_is_not_fetched() -> None:
    parts = xlsx_parts("")
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        'Target="worksheets/sheet1.xml"', 'Target="worksheets/sheet1.xml" TargetMode="External"'
    )
    with pytest.raises(Unreadable, match="corrupt"):
        read(zipped(parts))


def test_a_letter_is_no_workbook() -> None:
    parts = xlsx_parts("") | {"xl/workbook.xml": HEAD + "<document/>"}
    with pytest.raises(Unreadable, match="not_a_workbook"):
        read(zipped(parts))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE a [<!ENTITY b "' + "ha" * 50 + '"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(part: str, attack: str) -> None:
    parts = xlsx_parts("")
    parts[part] = str(parts[part]).replace(HEAD, HEAD + attack)
    with pytest.raises(Unreadable, match="corrupt"):
        read(zipped(parts))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
def test_broken_xml_is_found_at_opening(part: str) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts[part] = str(parts[part])[:-12]
    with pytest.raises(Unreadable, match="corrupt"):
        read(zipped(parts))


def test_a_truncated_file_is_damaged_wherever_it_was_cut() -> None:
    data = zipped(xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
    for length in range(4, len(data) - 1, 61):
        with pytest.raises(Unreadable):
            read(data[:length])


def test_a_changed_byte_never_ends_in_another_error() -> None:
    data = zipped(
        xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>' * 1, strings=["<t>texto</t>"], formats=["0%"])
    )
    refused = 0
    for place in range(0, len(data), 3):
        damaged = bytearray(data)
        damaged[place] ^= 0x55
        try:
            cells_of(read(bytes(damaged)))
        except Unreadable:
            refused += 1
    assert refused > len(data) / 30  # most damage is noticed; any other exception would have ended the test


def test_a_small_file_that_unpacks_to_a_giant_is_refused_before_it_is_unpacked() -> None:
    data = zipped(xlsx_parts("") | {"xl/media/image1.png": bytes(30 * MB)})
    assert len(data) < MB
    tracemalloc.start()
    with pytest.raises(Unreadable, match="too_large_unpacked") as refused:
        read(data, max_unpacked=20 * MB)
    assert refused.value.details == {"limit": "20"}
    assert tracemalloc.get_traced_memory()[1] < 2 * MB
    tracemalloc.stop()


def test_a_zip_that_claims_less_than_it_holds_is_damaged() -> None:
    data = bytearray(zipped(xlsx_parts('<row r="1"/>' + " " * MB)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        true_size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    for place in (data.find(true_size.to_bytes(4, "little")), data.rfind(true_size.to_bytes(4, "little"))):
        data[place : place + 4] = (100).to_bytes(4, "little")
    with pytest.raises(Unreadable, match="corrupt"):
        read(bytes(data))


def test_a_zip_of_many_thousand_parts_is_refused() -> None:
    with pytest.raises(Unreadable, match="too_large_unpacked"):
        read(zipped(xlsx_parts("") | {f"a{n}": "" for n in range(10_001)}))


def test_parts_under_a_zip_password_are_password_protected() -> None:
    data = bytearray(zipped(xlsx_parts("")))
    central = data.find(b"PK\x01\x02")
    data[central + 8] |= 1
    with pytest.raises(Unreadable, match="password_protected"):
        read(bytes(data))


def test_a_packing_that_no_application_writes_is_damaged() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in xlsx_parts("").items():
            archive.writestr(name, content)
    with pytest.raises(Unreadable, match="corrupt"):
        read(stream.getvalue())


@pytest.mark.parametrize(
    ("part", "place", "many"),
    [
        ("xl/workbook.xml", "<sheets>", '<sheet name="a" r:id="rId1"/>' * 1_001),
        ("xl/_rels/workbook.xml.rels", "</Relationships>", "".join(f'<Relationship Id="{n}"/>' for n in range(4_002))),
        ("xl/styles.xml", "</cellXfs>", "<xf/>" * 100_001),
        ("xl/styles.xml", "</numFmts>", "".join(f'<numFmt numFmtId="{n}"/>' for n in range(200, 100_300))),
        ("xl/sharedStrings.xml", "</sst>", "<si/>" * 2_000_001),
        ("xl/worksheets/sheet1.xml", "</worksheet>", '<mergeCell ref="A1:B2"/>' * 200_001),
    ],
)
def test_more_of_anything_than_anybody_makes_is_a_damaged_file(part: str, place: str, many: str) -> None:
    parts = xlsx_parts("")
    before, mark, after = str(parts[part]).partition(place)
    parts[part] = before + (mark + many if mark == "<sheets>" else many + mark) + after
    with pytest.raises(Unreadable, match="corrupt"):
        read(zipped(parts))


def test_a_million_cells_in_the_last_column_are_a_damaged_file() -> None:
    with pytest.raises(Unreadable, match="corrupt"):
        raw("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 2_000)))


# Size


def many_rows(count: int) -> bytes:
    rows = (
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>I{n}</t></is></c><c r="C{n}" s="1"><v>{n}.25</v></c></row>'
        for n in range(1, count + 1)
    )
    return zipped(xlsx_parts("".join(rows), formats=["0%"]))


def test_a_large_tab_gives_the_same_answers_as_a_small_one() -> None:
    small = list(read(many_rows(50)).tabs[0].rows())
    stream = read(many_rows(100_000)).tabs[0].rows()
    assert [next(stream) for _ in range(50)] == small
    *_, last = stream
    assert last == (99_999, (text("I100000"), EMPTY, number("100000.25", percent=True)))


def test_a_large_tab_is_streamed() -> None:
    tab = read(many_rows(20_000)).tabs[0]
    peaks = []
    for way in (lambda: sum(1 for _ in tab.rows()), lambda: len(list(tab.rows()))):
        tracemalloc.start()
        assert way() == 20_000
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert 2 * peaks[0] < peaks[1]


def test_the_digest_is_that_of_the_bytes() -> None:
    one, other = zipped(xlsx_parts("")), zipped(xlsx_parts("<row/>"))
    assert len(read(one).digest) == 64
    assert read(one).digest == read(one).digest != read(other).digest
