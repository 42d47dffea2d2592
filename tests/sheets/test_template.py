"""The workbook of an agency, read back as a person, a spreadsheet program and our own reader see it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nap_monitor.language import Language
from nap_monitor.programme.model import Agency, AgencyName, Programme, pick
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.schedule import deadline, expected, is_due
from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import (
    FOR_THE_READER,
    OURS,
    TEMPLATE_TABS,
    ActionReport,
    IndicatorReport,
    Role,
    SubmissionReport,
    label,
    labels,
)
from nap_monitor.sheets.template import Known, OwnTab, TypedRow, write_template
from nap_monitor.sheets.template.columns import COLUMNS
from nap_monitor.sheets.template.known import OWN
from nap_monitor.sheets.template.tabs import FREE_ROWS
from tests.pseudo import unwrapped
from tests.sheets.demonstration import (
    DAY,
    EN,
    ES,
    Q3,
    chile,
    columns,
    header_row,
    made,
    opened,
    parsed,
    plan,
    rows,
    tab,
)

WRITTEN = (Role.INDICATOR, Role.ACTION, Role.SUBMISSION, Role.PARTICIPATION)
SOME = ("SEGOB", "STPS", "INEGI")


def text(value: str) -> Cell:
    return Cell(CellKind.TEXT, value)


@pytest.mark.parametrize("speaking", [ES, EN], ids=["es", "en"])
def test_the_tabs_and_headers_are_those_of_the_contract_in_the_language_asked(speaking: Language) -> None:
    book = opened(made("STPS", speaking))
    code = speaking.code
    titles = [label("tabs", role.value, code) for role in WRITTEN]
    assert book.sheetnames == [TEMPLATE_TABS["instructions"][code], *titles, TEMPLATE_TABS["lists"][code]]
    for role in WRITTEN:
        sheet = tab(book, role, code)
        shown = [c.value for c in sheet[header_row(sheet)]]
        assert shown == [label(role.value, column.field, code) for column in COLUMNS[role]]
        assert {column.field for column in COLUMNS[role]} == set(labels()[role.value])


@pytest.mark.parametrize("quarter", [Q3, Quarter(2025, 4), Quarter(2026, 4), Quarter(2029, 4)], ids=str)
def test_each_figure_owed_has_a_row_with_what_the_plan_expects(quarter: Quarter) -> None:
    programme = plan()
    owed_by_all = 0
    for agency in SOME:
        owed = [i for i in programme.indicators if i.responsible_in(quarter) == agency and is_due(i, quarter)]
        found = [
            values for _, values in rows(tab(opened(made(agency, quarter=quarter)), Role.INDICATOR), Role.INDICATOR)
        ]
        assert [values["code"] for values in found] == [i.code for i in owed]
        for indicator, values in zip(owed, found, strict=True):
            assert values["period"] == f"{quarter.year}-T{quarter.number}"
            assert values["name"] == indicator.name["es"]
            assert values["unit"] == indicator.unit["es"]
            if indicator.is_milestone:
                assert values["expected"] == "Sí"
            else:
                line = expected(indicator, quarter)
                assert line is not None
                assert values["expected"] == pytest.approx(float(line), rel=1e-15)
            assert "value" not in values
        owed_by_all += len(owed)
    assert owed_by_all > 5


def test_every_action_led_or_shared_is_listed_with_its_last_day() -> None:
    found = {v["code"]: v for _, v in rows(tab(opened(made("STPS")), Role.ACTION), Role.ACTION)}
    wanted = {a.code: a for a in plan().actions if "STPS" in (a.lead, *a.co_responsible)}
    assert found.keys() == wanted.keys()
    for code, action in wanted.items():
        assert found[code]["text"] == action.name["es"]
        last = action.due_date or (action.due.last_day if action.due else None)
        assert (found[code]["due"].date() if "due" in found[code] else None) == last


def test_the_quarter_to_hand_in_begins_as_a_draft() -> None:
    assert [v for _, v in rows(tab(opened(made("STPS")), Role.SUBMISSION), Role.SUBMISSION)] == [
        {"period": "2026-T3", "state": "Borrador"}
    ]


def test_a_milestone_done_before_is_asked_no_more() -> None:
    milestones = [i for i in plan().indicators if i.is_milestone and is_due(i, Q3)]
    agency, code = milestones[0].responsible_in(Q3), milestones[0].code

    def codes(known: Known) -> set[str]:
        sheet = tab(opened(made(agency, known=known)), Role.INDICATOR)
        return {values["code"] for _, values in rows(sheet, Role.INDICATOR)}

    assert code in codes(Known())
    assert code not in codes(Known(done=frozenset({code})))


def test_an_agency_that_took_over_anothers_duties_gets_its_rows() -> None:
    programme = plan()
    heir = Agency("NUEVA", (AgencyName({"es": "Secretaría Nueva", "en": "New Ministry"}),))
    agencies = tuple(
        replace(a, succeeded_by="NUEVA", succeeded_from=Quarter(2026, 3)) if a.id == "STPS" else a
        for a in programme.agencies
    )
    after = replace(programme, agencies=(*agencies, heir))
    sheet = tab(opened(made("NUEVA", programme=after)), Role.INDICATOR)
    before = tab(opened(made("STPS")), Role.INDICATOR)
    assert [v["code"] for _, v in rows(sheet, Role.INDICATOR)] == [v["code"] for _, v in rows(before, Role.INDICATOR)]


@pytest.mark.parametrize("speaking", [ES, EN], ids=["es", "en"])
def test_our_own_reader_finds_nothing_wrong_in_a_fresh_workbook(speaking: Language, tmp_path: Path) -> None:
    for agency in plan().agency_by_id if speaking is ES else SOME:
        path = tmp_path / f"{agency}.xlsx"
        path.write_bytes(made(agency, speaking))
        found = parsed(path, agency)
        assert found.problems == ()
        assert found.roles_read == set(WRITTEN)
        assert all(i.reason == "left_empty" for i in found.ignored)
        filled = [r for r in found.reports if not (isinstance(r, IndicatorReport) and r.is_empty)]
        assert [r for r in filled if not isinstance(r, SubmissionReport)] == []


def test_a_plan_without_indicators_dates_or_second_language_makes_a_workbook_too(tmp_path: Path) -> None:
    programme = chile()
    for agency in (programme.agencies[0].id, programme.agencies[-1].id):
        path = tmp_path / f"{agency}.xlsx"
        path.write_bytes(made(agency, EN, programme=programme))
        assert parsed(path, agency, programme).problems == ()


def test_what_is_typed_is_read_as_it_was_typed(tmp_path: Path) -> None:
    book = opened(made("SEGOB", quarter=Quarter(2025, 4)))
    sheet = tab(book, Role.INDICATOR)
    at = columns(sheet, Role.INDICATOR)
    for row, values in rows(sheet, Role.INDICATOR):
        indicator = plan().indicator_by_code[values["code"]]
        sheet.cell(row, at["value"]).value = "Sí" if indicator.is_milestone else 12
        sheet.cell(row, at["quality"]).value = "Preliminar"
        sheet.cell(row, at["cut_off"]).value = date(2025, 12, 31)
        sheet.cell(row, at["evidence"]).value = "https://example.org/acuerdo"
        sheet.cell(row, at["evidence_public"]).value = "Sí"
    actions = tab(book, Role.ACTION)
    action_at = columns(actions, Role.ACTION)
    first = rows(actions, Role.ACTION)[0][0]
    actions.cell(first, action_at["status"]).value = "Concluida"
    actions.cell(first, action_at["finish"]).value = date(2026, 1, 15)
    handed_in = tab(book, Role.SUBMISSION)
    handed_in.cell(rows(handed_in, Role.SUBMISSION)[0][0], 2).value = "Enviado"
    path = tmp_path / "SEGOB.xlsx"
    book.save(path)
    found = parsed(path, "SEGOB")
    assert [p for p in found.problems if p.kind != "cause_missing"] == []
    figures = [r for r in found.reports if isinstance(r, IndicatorReport)]
    assert len(figures) == len(rows(sheet, Role.INDICATOR))
    for figure in figures:
        assert figure.value == (1 if plan().indicator_by_code[figure.code].is_milestone else 12)
        assert (figure.quality, figure.cut_off) == ("preliminary", date(2025, 12, 31))
        assert (figure.evidence, figure.evidence_public) == ("https://example.org/acuerdo", True)
    assert [(r.status, r.finish) for r in found.reports if isinstance(r, ActionReport)] == [
        ("completed", date(2026, 1, 15))
    ]
    assert [r.state for r in found.reports if isinstance(r, SubmissionReport)] == ["submitted"]


_figures = st.decimals(0, 10**9, places=4, allow_nan=False)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=_figures)
def test_a_known_figure_comes_back_digit_by_digit(value: Decimal, tmp_path: Path) -> None:
    indicator = next(
        i for i in plan().indicators if i.decimals == 0 and i.responsible_in(Q3) == "STPS" and is_due(i, Q3)
    )
    whole = value.to_integral_value()
    row = TypedRow({"value": Cell(CellKind.NUMBER, whole)}, code=indicator.code, period=Q3)
    path = tmp_path / "STPS.xlsx"
    path.write_bytes(made("STPS", known=Known({Role.INDICATOR: (row,)})))
    figures = [r for r in parsed(path, "STPS").reports if isinstance(r, IndicatorReport) and r.code == indicator.code]
    assert [f.value for f in figures] == [whole]


def test_a_number_keeps_digits_that_the_spreadsheet_program_would_not_show() -> None:
    row = TypedRow({"value": Cell(CellKind.NUMBER, Decimal("0.30000000000000004"))}, code="IND-1.05", period=Q3)
    with ZipFile(BytesIO(made("STPS", known=Known({Role.INDICATOR: (row,)})))) as packed:
        assert b"<v>0.30000000000000004</v>" in packed.read("xl/worksheets/sheet2.xml")


# What guides whoever fills it in.


def test_headers_stay_in_sight_and_say_what_their_column_is_for() -> None:
    book = opened(made("STPS"))
    for role in WRITTEN:
        sheet = tab(book, role)
        row = header_row(sheet)
        assert sheet.auto_filter.ref.startswith(f"A{row}:")
        for cell in sheet[row]:
            assert cell.comment is not None, cell.value
            assert cell.comment.text.strip()


def test_system_columns_and_what_the_plan_says_are_locked_and_the_rest_is_open() -> None:
    book = opened(made("STPS"))
    for role in WRITTEN:
        sheet = tab(book, role)
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not sheet.protection.formatColumns  # False: allowed
        at = columns(sheet, role)
        first = header_row(sheet) + 1
        filled = {row for row, _ in rows(sheet, role)}
        for row in range(first, first + len(filled) + FREE_ROWS[role]):
            for name, column in at.items():
                locked = sheet.cell(row, column).protection.locked
                given = row in filled and name in ("code", "period", *FOR_THE_READER[role])
                assert locked == (name in OURS or given), (role, row, name)
    assert FREE_ROWS[Role.INDICATOR] == 200
    assert book["Instrucciones"].protection.sheet


def test_the_agency_may_add_columns_and_rows_beyond_the_free_ones() -> None:
    sheet = tab(opened(made("STPS")), Role.INDICATOR)
    beyond = max(columns(sheet, Role.INDICATOR).values()) + 1
    assert not sheet.column_dimensions[sheet.cell(1, beyond).column_letter].protection.locked
    assert not sheet.protection.insertRows
    assert not sheet.column_dimensions["F"].protection.locked


def _rules(sheet: Any, cell: str) -> list[Any]:
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


@pytest.mark.parametrize(
    ("role", "field", "words"),
    [
        (Role.INDICATOR, "quality", "Preliminar,Definitiva,Revisada"),
        (Role.INDICATOR, "evidence_public", "Sí,No"),
        (
            Role.ACTION,
            "status",
            "Por iniciar,En proceso,Cumplida parcialmente,Concluida,Modificada,No se realizará",
        ),
        (Role.SUBMISSION, "state", "Borrador,Enviado"),
        (Role.PARTICIPATION, "kind", "Consulta,Capacitación,Sesión"),
    ],
)
def test_closed_lists_are_chosen_from_a_drop_down(role: Role, field: str, words: str) -> None:
    sheet = tab(opened(made("STPS")), role)
    column = columns(sheet, role)[field]
    for row in (header_row(sheet) + 1, header_row(sheet) + FREE_ROWS[role]):
        (rule,) = _rules(sheet, sheet.cell(row, column).coordinate)
        assert rule.formula1 == f'"{words}"'
        assert rule.type == "list"
        assert rule.errorStyle in (None, "stop")


def test_periods_codes_and_categories_are_offered_from_the_tab_of_lists() -> None:
    book = opened(made("STPS"))
    sheet = tab(book, Role.INDICATOR)
    at = columns(sheet, Role.INDICATOR)
    offered: dict[str, list[str]] = {}
    for field in ("code", "period", "breakdown"):
        (rule,) = _rules(sheet, sheet.cell(header_row(sheet) + 50, at[field]).coordinate)
        title, _, block = rule.formula1.replace("$", "").rpartition("!")
        assert title.lstrip("=") == "'Listas'"
        offered[field] = [str(cell.value) for (cell,) in book["Listas"][block]]
        assert rule.errorStyle == "warning"
    programme = plan()
    own = [i for i in programme.indicators if i.responsible_in(Q3) == "STPS"]
    assert offered["code"] == [i.code for i in own]
    assert offered["period"] == [f"{y}-T{n}" for y in range(2025, 2030) for n in (1, 2, 3, 4)]
    used = {d for i in own for d in i.disaggregation}
    wanted = {c.name["es"] for d in programme.dimensions if d.code in used for c in d.categories}
    assert set(offered["breakdown"]) == wanted


def test_every_category_offered_is_one_that_the_reader_knows(tmp_path: Path) -> None:
    indicator = next(
        i for i in plan().indicators if i.responsible_in(Q3) == "STPS" and i.disaggregation and is_due(i, Q3)
    )
    book = opened(made("STPS"))
    sheet = tab(book, Role.INDICATOR)
    at = columns(sheet, Role.INDICATOR)
    (rule,) = _rules(sheet, sheet.cell(header_row(sheet) + 50, at["breakdown"]).coordinate)
    offered = [cell.value for (cell,) in book["Listas"][rule.formula1.replace("$", "").rpartition("!")[2]]]
    for row, category in enumerate(offered, header_row(sheet) + 20):
        for field, value in (("code", indicator.code), ("period", "2026-T3"), ("value", 1), ("breakdown", category)):
            sheet.cell(row, at[field]).value = value
    path = tmp_path / "STPS.xlsx"
    book.save(path)
    kinds = {p.kind for p in parsed(path, "STPS").problems}
    assert kinds <= {"dimension_not_allowed", "cause_missing", "parts_differ"}, kinds


def test_the_value_of_each_row_has_the_limits_and_decimals_of_its_indicator() -> None:
    for quarter in (Q3, Quarter(2026, 4)):
        for agency in SOME:
            sheet = tab(opened(made(agency, quarter=quarter)), Role.INDICATOR)
            column = columns(sheet, Role.INDICATOR)["value"]
            for row, values in rows(sheet, Role.INDICATOR):
                cell = sheet.cell(row, column)
                indicator = plan().indicator_by_code[values["code"]]
                (rule,) = _rules(sheet, cell.coordinate)
                if indicator.is_milestone:
                    assert rule.formula1 == '"Sí,No"'
                    continue
                assert "%" not in cell.number_format
                assert cell.number_format == "#,##0" + ("." + "0" * indicator.decimals if indicator.decimals else "")
                formula = rule.formula1
                assert f"ISNUMBER({cell.coordinate})" in formula
                assert '"N/D"' in formula
                if indicator.behaviour == "percentage" and indicator.maximum is None:
                    assert f"{cell.coordinate}<=100" in formula


def test_codes_are_text_and_no_cell_is_in_percent_format() -> None:
    book = opened(made("STPS"))
    for role in WRITTEN:
        sheet = tab(book, role)
        at = columns(sheet, role)
        for row in range(header_row(sheet) + 1, sheet.max_row + 1):
            for name in {"code", "period", "id"} & at.keys():
                assert sheet.cell(row, at[name]).number_format == "@"
            assert all("%" not in cell.number_format for cell in sheet[row])


def test_cells_still_owed_worse_figures_and_statuses_have_colours_that_follow_them() -> None:
    book = opened(made("STPS"))
    for role, least in ((Role.INDICATOR, 3), (Role.ACTION, 5), (Role.SUBMISSION, 2)):
        rules = [r for ranges in tab(book, role).conditional_formatting for r in ranges.rules]
        assert len(rules) >= least
        assert all(rule.dxf.fill.bgColor.rgb for rule in rules)


def test_it_prints_landscape_one_page_wide_with_its_heading_and_page_numbers() -> None:
    book = opened(made("STPS"))
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is what is meant where nothing is written
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "Página &P de &N" or "&P" in sheet.oddFooter.right.text
    for role in WRITTEN:
        sheet = tab(book, role)
        assert sheet.print_title_rows == f"$1:${header_row(sheet)}"
        assert int(re.findall(r"\d+", sheet.print_area)[-1]) < header_row(sheet) + 40


def test_invented_data_are_marked_on_every_tab_and_page_and_real_data_are_not() -> None:
    warning = ES.say("ILLUSTRATIVE DATA: this plan is a demonstration and is not official.")
    book = opened(made("STPS"))
    for role in WRITTEN:
        sheet = tab(book, role)
        assert warning in [sheet.cell(row, 1).value for row in range(1, header_row(sheet))]
        assert warning in sheet.oddFooter.left.text
    assert plan().disclaimer
    assert pick(plan().disclaimer, "es") in [cell.value for row in book["Instrucciones"]["A1:C4"] for cell in row]
    assert book.properties.description == pick(plan().disclaimer, "es")
    real = opened(made("STPS", programme=replace(plan(), illustrative=False, disclaimer=None)))
    for sheet in real.worksheets:
        assert warning not in [cell.value for row in sheet.iter_rows(max_row=6) for cell in row]
        assert warning not in (sheet.oddFooter.left.text or "")


def test_the_instructions_name_the_deadlines_the_words_and_whom_to_ask() -> None:
    for agency in ("STPS", "SEGOB"):
        sheet = opened(made(agency))["Instrucciones"]
        said = "\n".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
        for indicator in plan().indicators:
            if indicator.responsible_in(Q3) == agency and is_due(indicator, Q3):
                assert ES.day(deadline(plan(), indicator, Q3)) in said
        for word in ("not_started", "partly_met", "submitted", "preliminary", "training", "yes"):
            assert label("words", word, "es") in said
        assert f"{agency}.validacion.xlsx" in said
        assert "SEGOB" in said
        assert "DIHR" in said


def test_equal_arguments_make_equal_bytes() -> None:
    assert made("STPS") == made("STPS")
    assert made("STPS") != made("STPS", EN)


# Texts are texts.

TRAPS = ("=1+1", "+52 55", "-5", "@SUM(A1)", '=HYPERLINK("http://x","y")', "https://example.org", "007", "1E5")


def _without_formulas(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in packed.read(name)
                assert b"<hyperlink" not in packed.read(name)


@pytest.mark.parametrize("trap", TRAPS)
def test_text_of_the_plan_or_of_people_never_becomes_a_formula_a_number_or_a_link(trap: str) -> None:
    programme = plan()
    indicators = tuple(replace(i, name={"es": trap}) for i in programme.indicators)
    row = TypedRow({"note": text(trap), f"{OWN}0": text(trap)}, {"note": trap}, code="1.2.1")
    known = Known(
        {Role.ACTION: (row,)}, own_columns={Role.ACTION: (trap,)}, own_tabs=(OwnTab(trap, ((0, (text(trap),)),)),)
    )
    content = made("STPS", programme=replace(programme, indicators=indicators), known=known)
    _without_formulas(content)
    book = opened(content)
    assert rows(tab(book, Role.INDICATOR), Role.INDICATOR)[0][1]["name"] == trap
    kept = rows(tab(book, Role.ACTION), Role.ACTION)[0][1]
    assert kept["note"] == trap
    assert book.worksheets[-1]["A1"].value == trap
    with ZipFile(BytesIO(content)) as packed:
        quoted = b'quotePrefix="1"' in packed.read("xl/styles.xml")
    assert quoted == trap.startswith(("=", "+", "-", "@"))


# What is known beforehand.


def test_what_is_known_stands_in_its_row_and_other_rows_follow() -> None:
    figure = TypedRow({"value": Cell(CellKind.NUMBER, Decimal(1700))}, code="IND-1.05", period=Q3)
    part = TypedRow(
        {"value": Cell(CellKind.NUMBER, Decimal(9)), "breakdown": text("Nuevo León")}, code="IND-1.05", period=Q3
    )
    earlier = TypedRow({"value": text("1,234")}, code="IND-1.05", period=Quarter(2026, 2))
    note = TypedRow({"code": text("Nota: cifras revisadas")})
    known = Known(
        {
            Role.INDICATOR: (earlier, part, note, figure),
            Role.ACTION: (TypedRow({"status": text("En proceso")}, code="1.2.1"),),
            Role.SUBMISSION: (TypedRow({"state": text("Enviado")}, period=Q3),),
        }
    )
    book = opened(made("STPS", known=known))
    found = [v for _, v in rows(tab(book, Role.INDICATOR), Role.INDICATOR)]
    assert [(v["code"], v.get("period"), v.get("value"), v.get("breakdown")) for v in found] == [
        ("IND-1.05", "2026-T3", 1700, None),
        ("IND-1.05", "2026-T3", 9, "Nuevo León"),
        ("IND-2.08", "2026-T3", None, None),
        ("IND-1.05", "2026-T2", "1,234", None),
        ("Nota: cifras revisadas", None, None, None),
    ]
    assert "expected" not in found[1]  # what is expected is the total, not each part
    assert found[3]["expected"] == pytest.approx(
        float(expected(plan().indicator_by_code["IND-1.05"], Quarter(2026, 2)) or 0)
    )
    statuses = {v["code"]: v.get("status") for _, v in rows(tab(book, Role.ACTION), Role.ACTION)}
    assert statuses["1.2.1"] == "En proceso"
    assert set(statuses.values()) == {"En proceso", None}
    assert [v["state"] for _, v in rows(tab(book, Role.SUBMISSION), Role.SUBMISSION)] == ["Enviado"]


def test_a_row_pre_filled_for_somebody_else_and_never_touched_is_not_kept() -> None:
    others = next(i.code for i in plan().indicators if i.responsible_in(Q3) != "STPS")
    untouched = TypedRow({"code": text(others), "name": text("x")}, code=others, period=Q3)
    touched = TypedRow({"code": text(others), "cause": text("y")}, code=others, period=Q3)
    book = opened(made("STPS", known=Known({Role.INDICATOR: (untouched, touched)})))
    found = [v for _, v in rows(tab(book, Role.INDICATOR), Role.INDICATOR) if v["code"] == others]
    assert [v.get("cause") for v in found] == ["y"]


def test_own_columns_comments_and_tabs_are_kept() -> None:
    row = TypedRow(
        {
            f"{OWN}1": Cell(CellKind.NUMBER, Decimal("0.5"), percent=True),
            "start": Cell(CellKind.DATE, date(2026, 1, 5)),
        },
        {"start": "Según oficio 12"},
        code="1.2.1",
    )
    tabs = tuple(OwnTab(title, ((2, (text("a"),)),)) for title in ("Cálculos", "cálculos", "Indicators", "[x]/y" * 10))
    known = Known({Role.ACTION: (row,)}, own_columns={Role.ACTION: ("Notas", "Peso")}, own_tabs=tabs)
    book = opened(made("STPS", known=known))
    sheet = tab(book, Role.ACTION)
    header = header_row(sheet)
    last = sheet.max_column
    assert [sheet.cell(header, c).value for c in (last - 1, last)] == ["Notas", "Peso"]
    assert not sheet.cell(header, last).protection.locked
    assert sheet.cell(header + 1, last).value == 0.5
    assert sheet.cell(header + 1, last).number_format == "0.00%"
    comment = sheet.cell(header + 1, columns(sheet, Role.ACTION)["start"]).comment
    assert comment is not None
    assert comment.text == "Según oficio 12"
    extra = book.sheetnames[6:]
    assert extra[:3] == ["Cálculos", "cálculos (2)", "Indicators (2)"]
    assert all(book[title]["A3"].value == "a" for title in extra)


def test_dates_before_the_spreadsheets_time_and_errors_are_kept_as_text() -> None:
    row = TypedRow(
        {
            "start": Cell(CellKind.DATE, date(1810, 9, 16)),
            "note": Cell(CellKind.ERROR, "#DIV/0!"),
            "evidence": Cell(CellKind.UNCOMPUTED, "=A1"),
            "finish": Cell(CellKind.BOOLEAN, True),
        },
        code="1.2.1",
    )
    content = made("STPS", known=Known({Role.ACTION: (row,)}))
    _without_formulas(content)
    kept = rows(tab(opened(content), Role.ACTION), Role.ACTION)[0][1]
    assert (kept["start"], kept["note"], kept["evidence"], kept["finish"]) == ("1810-09-16", "#DIV/0!", "=A1", True)


# The language.


def _strings(content: bytes) -> list[str]:
    """All that a person can read in a workbook: cells, comments, messages, lists, titles, footers, properties."""
    book = opened(content)
    found = [book.properties.title, book.properties.subject, book.properties.description, *book.sheetnames]
    for sheet in book.worksheets:
        found += [sheet.oddFooter.left.text, sheet.oddFooter.right.text]
        for row in sheet.iter_rows():
            for cell in row:
                found += [cell.value] if isinstance(cell.value, str) else []
                found += [cell.comment.text] if cell.comment else []
        for rule in sheet.data_validations.dataValidation:
            found += [rule.error, rule.errorTitle, rule.prompt, rule.promptTitle]
            found += [rule.formula1] if rule.type == "list" and not rule.formula1.startswith("=") else []
            found += re.findall(r'"([^"]*)"', rule.formula1 or "") if rule.type == "custom" else []
    return [text for text in found if text]


def _data(programme: Programme) -> set[str]:
    """The words that come from the contract's labels and from the plan."""
    words = {text for section in labels().values() for texts in section.values() for text in texts.values()}
    words |= {title for titles in TEMPLATE_TABS.values() for title in titles.values()}
    words |= {"Listas", "NAP Monitor", "https://"}

    def each(value: object) -> None:
        if isinstance(value, str):
            words.add(value)
        elif isinstance(value, dict):
            for inner in value.values():
                each(inner)
        elif isinstance(value, list):
            for inner in value:
                each(inner)

    from nap_monitor.programme.model import to_document

    each(to_document(programme))
    return words


@pytest.mark.parametrize("agency", ["STPS", "SEGOB", "INEGI"])
def test_no_word_of_the_workbook_is_untranslated(agency: str, pseudo: Language) -> None:
    data = _data(plan())
    strings = _strings(made(agency, pseudo))
    left = {said: words for said in strings if (words := unwrapped(said, data))}
    assert left == {}


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        write_template(tmp_path / "nowhere" / "F.xlsx", plan(), "STPS", ES, quarter=Q3, day=DAY)
    write_template(tmp_path / "F.xlsx", plan(), "STPS", ES, quarter=Q3, day=DAY)
    assert [p.name for p in tmp_path.iterdir()] == ["F.xlsx"]


def test_an_agency_that_the_plan_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        made("NADIE")
