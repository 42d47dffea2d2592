"""Reading .ods: the same typed cells as from .xlsx, exact, in their places, whatever repeats."""

from __future__ import annotations

import tracemalloc
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nap_monitor.sheets import ods, xlsx
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind, Merge, Unreadable, Workbook, a1
from tests.sheets.raw_files import HEAD, cells_of, ods_content, ods_parts, ods_table, xlsx_parts, zipped

MB = 1 << 20
HIDDEN = (
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def read(data: bytes, max_unpacked: int = 200 * MB) -> Workbook:
    return ods.read(data, "STPS.ods", max_unpacked=max_unpacked)


def book(tables: str, **parts: Any) -> Workbook:
    return read(zipped(ods_parts(tables, **parts)))


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def raw(*cells: str) -> dict[str, Cell]:
    """The cells of a table of one row."""
    return cells_of(book(ods_table(row(*cells))))


def cell(kind: str, value: str = "", shown: str = "", more: str = "") -> str:
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value", "string": "string-value"}
    stored = f' office:{name.get(kind, "value")}="{value}"' if value else ""
    text = f"<text:p>{shown}</text:p>" if shown else ""
    return f'<table:table-cell office:value-type="{kind}"{stored} {more}>{text}</table:table-cell>'


def string(shown: str) -> str:
    return cell("string", "", shown)


def number(value: str, **more: Any) -> Cell:
    return Cell(CellKind.NUMBER, Decimal(value), **more)


def text(value: str, **more: Any) -> Cell:
    return Cell(CellKind.TEXT, value, **more)


FORMULA = 'table:formula="of:=[.B2]/SUM([.C2:.C9];[$Otra.A1])"'
WRITTEN = "=B2/SUM(C2:C9;$Otra.A1)"


@pytest.mark.parametrize(
    ("written", "cell_"),
    [
        (cell("float", "12.5", "12,5"), number("12.5")),
        (cell("float", "0.30000000000000004", "0.3"), number("0.30000000000000004")),
        (cell("float", "1.0E3", "1000"), number("1000")),
        (cell("percentage", "0.85", "85 %"), number("0.85", percent=True)),
        (cell("currency", "1200.5", "$1,200.50", 'office:currency="MXN"'), number("1200.5")),
        (cell("float", "NaN", "NaN"), text("NaN")),
        (cell("float", "", "12"), text("12")),
        (cell("date", "2026-09-30", "30/09/26"), Cell(CellKind.DATE, date(2026, 9, 30))),
        (cell("date", "2026-09-30T12:30:00", "x"), Cell(CellKind.DATE, datetime(2026, 9, 30, 12, 30))),
        (cell("date", "2026-09-30T00:00:00", "x"), Cell(CellKind.DATE, date(2026, 9, 30))),
        (cell("time", "PT12H00M00S", "12:00"), Cell(CellKind.DATE, datetime(1899, 12, 30, 12))),
        (cell("time", "PT36H00M00.000S", "36:00"), Cell(CellKind.DATE, datetime(1899, 12, 31, 12))),
        (cell("time", "P1DT12H", "36:00"), Cell(CellKind.DATE, datetime(1899, 12, 31, 12))),
        (cell("time", "noon", "noon"), text("noon")),
        (cell("boolean", "true", "VERDADERO"), Cell(CellKind.BOOLEAN, True)),
        (cell("boolean", "false", "FALSO"), Cell(CellKind.BOOLEAN, False)),
        (string("0001"), text("0001")),
        (string("#DIV/0!"), text("#DIV/0!")),
        (cell("string", "the value", "what is shown"), text("the value")),
        ("<table:table-cell><text:p>untyped</text:p></table:table-cell>", text("untyped")),
        (cell("float", "3", "3", FORMULA), number("3", formula=True)),
        (cell("string", "", "a", FORMULA), text("a", formula=True)),
        (cell("string", "", "", FORMULA), Cell(CellKind.EMPTY, formula=True)),
        (cell("float", "", "", FORMULA), Cell(CellKind.UNCOMPUTED, WRITTEN, formula=True)),
        (cell("percentage", "", "", FORMULA), Cell(CellKind.UNCOMPUTED, WRITTEN, formula=True)),
        (f"<table:table-cell {FORMULA}/>", Cell(CellKind.UNCOMPUTED, WRITTEN, formula=True)),
        (f"<table:table-cell {FORMULA}><text:p/></table:table-cell>", Cell(CellKind.EMPTY, formula=True)),
        (cell("float", "1", "VERDADERO", FORMULA), Cell(CellKind.BOOLEAN, True, formula=True)),
        (cell("float", "0", "FALSE", FORMULA), Cell(CellKind.BOOLEAN, False, formula=True)),
        ('<table:table-cell table:formula="A1+1"/>', Cell(CellKind.UNCOMPUTED, "A1+1", formula=True)),
    ],
)
def test_a_cell_is_its_stored_value_and_not_what_is_shown(written: str, cell_: Cell) -> None:
    assert raw(written) == {"A1": cell_}


@pytest.mark.parametrize(
    "shown", ["#DIV/0!", "#N/A", "#N/D", "#REF!", "#¡REF!", "#¡VALOR!", "#NAME?", "#¿NOMBRE?", "Err:502", "Error:508"]
)
def test_failed_formulas_are_errors_however_they_are_saved(shown: str) -> None:
    new = cell("string", "", shown, f'{FORMULA} calcext:value-type="error"')
    old = cell("float", "0", shown, FORMULA)
    assert raw(new, old) == {place: Cell(CellKind.ERROR, shown, formula=True) for place in ("A1", "B1")}


def test_an_error_that_shows_nothing_is_still_an_error() -> None:
    found = raw('<table:table-cell office:value-type="string" calcext:value-type="error"/>')
    assert found == {"A1": Cell(CellKind.ERROR, "#ERROR!")}


def test_paragraphs_spaces_and_spans_of_a_text() -> None:
    found = raw(
        '<table:table-cell office:value-type="string">'
        '<text:p>uno<text:s/><text:s text:c="2"/>dos<text:tab/>tres</text:p>'
        "<text:p>\n   cua<text:span>tro</text:span>\n  y <text:a>cinco</text:a><text:line-break/>seis</text:p><text:p/>"
        "</table:table-cell>"
    )
    assert found["A1"].value == "uno   dos\ttres\ncuatro y cinco\nseis\n"


def test_comments_pictures_and_reading_aids_are_no_text_of_the_cell() -> None:
    found = raw(
        '<table:table-cell office:value-type="float" office:value="5"><office:annotation><text:p>¿5?</text:p>'
        "</office:annotation><text:p>5</text:p></table:table-cell>",
        '<table:table-cell office:value-type="string"><office:annotation><text:p>nota</text:p></office:annotation>'
        "<text:p>va<office:annotation><text:p>no</text:p></office:annotation>lor<text:ruby><text:ruby-base>漢"
        "</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>dentro</text:p></table:table-cell></table:table-row>"
        "</table:table></table:table-cell>",
        "<table:table-cell><office:annotation><text:p>sola</text:p></office:annotation></table:table-cell>",
    )
    assert found == {"A1": number("5"), "B1": text("valor漢")}


def test_cells_that_repeat_stand_in_each_of_their_columns() -> None:
    found = raw(
        '<table:table-cell table:number-columns-repeated="2"/>',
        cell("float", "7", "7", 'table:number-columns-repeated="3"'),
        '<table:table-cell table:number-columns-repeated="16379"/>',
    )
    assert found == dict.fromkeys(("C1", "D1", "E1"), number("7"))


def test_rows_that_repeat_stand_in_each_of_their_places() -> None:
    found = cells_of(
        book(
            ods_table(
                '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
                f'<table:table-row table:number-rows-repeated="2">{string("a")}</table:table-row>' + row(string("b"))
            )
        )
    )
    assert {place: found[place].value for place in found} == {"A4": "a", "A5": "a", "A6": "b"}


def test_a_million_repeated_rows_take_no_memory() -> None:
    data = zipped(
        ods_parts(
            ods_table(
                row(string("a"))
                + '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
                + 'table:number-columns-repeated="16384"/></table:table-row>'
                + row(string("z"))
            )
            + ods_table(
                f'<table:table-row table:number-rows-repeated="1048576">{string("x")}</table:table-row>', "Llena"
            )
        )
    )
    tracemalloc.start()
    workbook = read(data)
    assert [number_ for number_, _ in workbook.tabs[0].rows()] == [0, 1_048_575]
    assert [number_ for number_, _ in islice(workbook.tabs[1].rows(), 99_999, 100_001)] == [99_999, 100_000]
    assert tracemalloc.get_traced_memory()[1] < 2 * MB
    tracemalloc.stop()


def test_every_cell_of_a_sheet_filled_is_a_damaged_file() -> None:
    full = cell("float", "1", "1", 'table:number-columns-repeated="16384"')
    with pytest.raises(Unreadable, match="corrupt"):
        list(
            book(ods_table(f'<table:table-row table:number-rows-repeated="9999">{full}</table:table-row>'))
            .tabs[0]
            .rows()
        )


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1048577">{string("x")}</table:table-row>',
        f'<table:table-row table:number-rows-repeated="1048576"/>{row(string("x"))}',
        row('<table:table-cell table:number-columns-repeated="16384"/>', string("x")),
        row(cell("float", "1", "1", 'table:number-columns-repeated="999999999"')),
        row(cell("float", "1", "1", 'table:number-columns-repeated="many"')),
        row(f'<table:table-cell><text:p><text:s text:c="{1 << 30}"/></text:p></table:table-cell>'),
    ],
)
def test_cells_outside_every_sheet_are_a_damaged_file(rows: str) -> None:
    with pytest.raises(Unreadable, match="corrupt"):
        cells_of(book(ods_table(rows)))


def test_rows_in_groups_and_repeated_headings_are_rows() -> None:
    found = cells_of(
        book(
            ods_table(
                f"<table:table-header-rows>{row(string('a'))}</table:table-header-rows><table:table-row-group>"
                f"<table:table-rows>{row(string('b'))}</table:table-rows>"
                f'<table:table-row-group table:display="false">{row(string("c"))}</table:table-row-group>'
                "</table:table-row-group>"
                f'<table:table-row table:visibility="filter">{string("d")}</table:table-row>'
            )
        )
    )
    assert {place: cell_.value for place, cell_ in found.items()} == {"A1": "a", "A2": "b", "A3": "c", "A4": "d"}


def test_merges_and_what_they_cover() -> None:
    workbook = book(
        ods_table(
            '<table:table-row table:number-rows-repeated="2"/>'
            + row(
                '<table:table-cell table:number-columns-repeated="3"/>',
                cell("float", "1", "1", 'table:number-columns-spanned="2" table:number-rows-spanned="3"'),
                "<table:covered-table-cell/>",
                string("after"),
            )
            + row(
                '<table:table-cell table:number-columns-repeated="3"/>',
                "<table:covered-table-cell><text:p>below</text:p></table:covered-table-cell>",
            )
        )
        + ods_table(row(cell("string", "", "a", 'table:number-columns-spanned="3"')), "Acciones")
    )
    assert workbook.tabs[0].merges == (Merge(2, 3, 4, 4),)
    assert workbook.tabs[1].merges == (Merge(0, 0, 0, 2),)
    assert cells_of(workbook) == {"D3": number("1"), "F3": text("after"), "D4": text("below")}


def test_tabs_in_order_hidden_ones_too() -> None:
    tables = "".join(
        f'<table:table table:name={quoteattr(name)} table:style-name="{style}">'
        f"{row(string(escape(name)))}</table:table>"
        for name, style in (("Indicadores", "ta1"), ("Oculta", "ta2"), ("Qué's & más", "ta9"))
    )
    workbook = book(tables, styles=HIDDEN)
    assert [(tab.title, tab.hidden) for tab in workbook.tabs] == [
        ("Indicadores", False),
        ("Oculta", True),
        ("Qué's & más", False),
    ]
    assert [cells_of(workbook, tab)["A1"].value for tab in range(3)] == ["Indicadores", "Oculta", "Qué's & más"]


def test_recorded_changes_and_copies_of_other_files_are_no_tabs() -> None:
    old = f"<table:tracked-changes><table:cell-content-change>{cell('float', '1', '1')}</table:cell-content-change>"
    copy = (
        f"<table:table table:name=\"'file:///otro.ods'#Hoja1\"><table:table-source/>{row(string('copy'))}</table:table>"
    )
    workbook = book(
        old + "</table:tracked-changes>" + copy + ods_table(row(cell("float", "2", "2"))) + "<table:dde-links>"
        f"<table:dde-link>{ods_table(row(string('dde')))}</table:dde-link></table:dde-links>"
    )
    assert [tab.title for tab in workbook.tabs] == ["Indicadores"]
    assert cells_of(workbook) == {"A1": number("2")}


def test_files_under_a_password_are_known_by_their_manifest() -> None:
    manifest = (
        HEAD + '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry '
        'm:full-path="content.xml" m:size="9"><m:encryption-data><m:algorithm/></m:encryption-data></m:file-entry>'
        "</m:manifest>"
    )
    parts = ods_parts("") | {"META-INF/manifest.xml": manifest, "content.xml": b"\x93\x12\x00 not xml"}
    with pytest.raises(Unreadable, match="password_protected"):
        read(zipped(parts))


@pytest.mark.parametrize(
    "content",
    [
        ods_content(ods_table(row(string("a"))))[:-30],
        ods_content("").replace(HEAD, HEAD + '<!DOCTYPE a [<!ENTITY b "c">]>'),
        ods_content("").replace(HEAD, HEAD + '<!DOCTYPE a SYSTEM "b.dtd">'),
        ods_content(row(cell("float", "1", "1", 'table:number-columns-spanned="2"'))),  # in no table
        "",
        None,
    ],
)
def test_a_damaged_or_dangerous_content_is_refused(content: str | None) -> None:
    parts = ods_parts("")
    if content is None:
        del parts["content.xml"]
    else:
        parts["content.xml"] = content
    with pytest.raises(Unreadable, match="corrupt"):
        cells_of(read(zipped(parts)))


def test_a_file_without_a_manifest_is_read() -> None:
    parts = ods_parts(ods_table(row(string("a"))))
    del parts["META-INF/manifest.xml"]
    assert cells_of(read(zipped(parts))) == {"A1": text("a")}


# Both formats


@st.composite
def _typed(draw: st.DrawFn) -> tuple[str, Any]:
    kind = draw(
        st.sampled_from(["empty", "text", "number", "percent", "day", "moment", "boolean", "error", "uncomputed"])
    )
    if kind == "text":
        letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="_\ufffe\uffff")
        return kind, draw(st.text(letters | st.just("\n"), min_size=1, max_size=20))
    if kind in ("number", "percent"):
        return kind, draw(st.floats(allow_nan=False, allow_infinity=False, width=64) | st.integers(-(10**9), 10**9))
    if kind == "day":
        return kind, draw(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
    if kind == "moment":
        return kind, draw(st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1))).replace(microsecond=0)
    if kind == "boolean":
        return kind, draw(st.booleans())
    return kind, draw(st.sampled_from(["#DIV/0!", "#N/A"])) if kind == "error" else None


def _in_xlsx(kind: str, value: Any, place: str) -> str:
    if kind == "empty":
        return ""
    if kind == "text":
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if kind == "error":
        return f'<c r="{place}" t="e"><f>B2/SUM(C2:C9)</f><v>{value}</v></c>'
    if kind == "uncomputed":
        return f'<c r="{place}"><f>B2/SUM(C2:C9)</f></c>'
    if kind == "boolean":
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    style = {"number": 0, "percent": 1, "day": 2, "moment": 3}[kind]
    if kind in ("day", "moment"):
        moment = value if kind == "moment" else datetime.combine(value, datetime.min.time())
        value = repr((moment - datetime(1899, 12, 30)) / timedelta(days=1))
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def _in_ods(kind: str, value: Any) -> str:
    if kind == "empty":
        return "<table:table-cell/>"
    if kind == "text":
        return (
            "<table:table-cell office:value-type='string'>"
            + "".join(map(_paragraph, value.split("\n")))
            + "</table:table-cell>"
        )
    formula = 'table:formula="of:=[.B2]/SUM([.C2:.C9])"'
    if kind == "error":
        return cell("string", "", value, f'{formula} calcext:value-type="error"')
    if kind == "uncomputed":
        return f"<table:table-cell {formula}/>"
    if kind == "boolean":
        return cell("boolean", str(value).lower())
    if kind in ("day", "moment"):
        return cell("date", value.isoformat())
    return cell({"number": "float", "percent": "percentage"}[kind], str(value))


def _paragraph(line: str) -> str:
    return "<text:p>" + escape(line).replace(" ", "<text:s/>") + "</text:p>"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_typed(), max_size=6), max_size=6))
def test_the_same_table_gives_the_same_cells_from_both_formats(table: list[list[tuple[str, Any]]]) -> None:
    rows = "".join(
        f'<row r="{r + 1}">' + "".join(_in_xlsx(*typed, a1(r, c)) for c, typed in enumerate(line)) + "</row>"
        for r, line in enumerate(table)
    )
    formats = ["0%", "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss"]
    one = xlsx.read(zipped(xlsx_parts(rows, formats=formats)), "a.xlsx", max_unpacked=MB)
    other = book(ods_table("".join(row(*(_in_ods(*typed) for typed in line)) for line in table)))
    assert list(one.tabs[0].rows()) == list(other.tabs[0].rows())
    expected = {
        a1(r, c): value for r, line in enumerate(table) for c, (kind, value) in enumerate(line) if kind != "empty"
    }
    assert cells_of(one).keys() == expected.keys()
    for place, cell_ in cells_of(one).items():
        assert cell_ is not EMPTY
        if cell_.kind is CellKind.NUMBER:
            assert float(cell_.value) == expected[place]  # type: ignore[arg-type]
        elif cell_.kind is not CellKind.UNCOMPUTED:
            assert cell_.value == _plain(expected[place])


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) and value.time() == datetime.min.time() else value
