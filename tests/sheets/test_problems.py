"""Problems, refusals and reasons: a closed list, each in words that say what is wrong and what is accepted."""

from __future__ import annotations

import ast
from importlib.resources import files
from pathlib import Path

import pytest

import nap_monitor.sheets
from nap_monitor.language import LANGUAGES, language
from nap_monitor.sheets.cells import Unreadable
from nap_monitor.sheets.contract import Ignored, Place, Severity
from nap_monitor.sheets.problem_kinds import KINDS, REASONS, REFUSALS
from nap_monitor.sheets.problems import (
    Fault,
    accepted,
    fault,
    in_each_language,
    names_in,
    problem,
    reason,
    refusal,
    refused,
    sentence,
    without_field,
)

PLACE = Place("STPS.xlsx", "Indicadores", 5, "E")
OWN = {"value", "column", "code", "period"}
EXAMPLES = {
    "role": "indicator",
    "in_role": "indicator",
    "quarter": "2026-Q3",
    "first_quarter": "2025-Q1",
    "last_quarter": "2029-Q4",
    "day": "2026-09-30",
    "start": "2026-10-01",
    "words": "yes no",
}
SPANISH, ENGLISH = language("es"), language("en")


def details_of(kind: str) -> dict[str, str]:
    """Every detail that a kind's sentences name, with an example."""
    names = names_in(KINDS[kind].sentence) | names_in(KINDS[kind].accepted)
    return {name: EXAMPLES.get(name, f"<{name}>") for name in (names | {"in_role"}) - OWN}


def example(kind: str) -> object:
    return problem(kind, PLACE, field="value", value="1,234", code="IND-1.05", period="2026-Q3", **details_of(kind))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_said_in_both_languages_with_its_values_filled_in(kind, code):
    found = example(kind)
    said = sentence(found, language(code)) + accepted(found, language(code))
    assert said.strip()
    assert "{" not in said


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_error_says_what_is_accepted(kind):
    assert KINDS[kind].accepted or KINDS[kind].severity is not Severity.ERROR


def test_severities_come_from_the_list():
    assert problem("not_a_number", PLACE).severity is Severity.ERROR
    assert problem("declared_no_data", PLACE).severity is Severity.NOTICE
    with pytest.raises(KeyError):
        problem("of no such kind", PLACE)


def test_a_problem_without_a_value_that_its_sentence_names_is_a_fault_of_the_program():
    with pytest.raises(AssertionError, match="below_minimum"):
        problem("below_minimum", PLACE, amount="-1")


def test_a_field_that_is_lost_alone_is_a_warning_and_the_sentence_says_so():
    lost = without_field(problem("not_a_date", PLACE, field="finish", value="ayer"))
    assert lost.severity is Severity.WARNING
    assert sentence(lost, ENGLISH) == "“ayer” is not a date. The rest of the row was taken."
    notice = problem("declared_no_data", PLACE)
    assert without_field(notice) == notice


def test_a_sentence_is_said_in_the_readers_words():
    found = problem("future_quarter", PLACE, quarter="2027-Q1")
    assert sentence(found, ENGLISH) == "Q1 2027 has not begun."
    missing = problem("missing_column", PLACE, field="value", in_role="indicator")
    assert sentence(missing, ENGLISH) == "The column “Value” is missing; the tab was not read."


def test_a_sentence_offers_what_may_be_meant():
    found = problem("unknown_code", PLACE, value="IND-1.5", suggestion="IND-1.05")
    assert sentence(found, ENGLISH) == "“IND-1.5” is not a code of the plan. Perhaps IND-1.05?"


def test_texts_of_the_plan_are_kept_in_each_language():
    names = in_each_language("dimension", lambda code: {"es": "Sexo", "en": "Sex"}[code])
    found = problem("repeated_dimension", PLACE, value="women+men", **names)
    assert sentence(found, ENGLISH) == "“women+men” names the dimension Sex twice."
    assert "Sexo" in sentence(found, SPANISH)


def test_a_long_value_is_kept_and_quoted_shortened():
    found = problem("not_a_number", PLACE, value="á" * 60_000)
    assert len(found.value) == 500
    assert len(sentence(found, ENGLISH)) < 120


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", list(REFUSALS))
def test_a_refused_file_is_named_with_what_to_do(kind, code):
    unreadable = Unreadable(kind, **{n: f"<{n}>" for n in names_in(REFUSALS[kind].sentence + REFUSALS[kind].accepted)})
    said = refusal(unreadable, "STPS.xlsx", language(code))
    assert "STPS.xlsx" in said or "path" in names_in(REFUSALS[kind].sentence)
    assert "{" not in said
    listed = refused(unreadable, "STPS.xlsx")
    assert (listed.kind, listed.severity, listed.place) == (kind, Severity.ERROR, Place("STPS.xlsx", ""))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("key", list(REASONS))
def test_every_reason_to_leave_a_row_out_is_said_in_both_languages(key, code):
    assert reason(Ignored("Indicadores", 7, key), language(code))


def test_a_fault_has_no_details_unless_they_are_given():
    assert fault("not_a_date") == Fault("not_a_date")


def used(*functions: str) -> set[str]:
    """The kinds that the modules of sheets/ name in calls of these functions."""
    modules = Path(str(files(nap_monitor.sheets))).rglob("*.py")
    calls = (n for m in modules for n in ast.walk(ast.parse(m.read_text("utf-8"))) if isinstance(n, ast.Call))
    named = (c for c in calls if isinstance(c.func, ast.Name) and c.func.id in functions and c.args)
    constants = (part for c in named for part in ast.walk(c.args[0]))
    return {c.value for c in constants if isinstance(c, ast.Constant) and isinstance(c.value, str)}


def test_every_kind_that_is_used_is_in_the_list_and_every_refusal_too():
    assert used("fault", "refuse", "problem") - {"_", "declared_"} <= KINDS.keys()
    assert {k for k in used("Unreadable") if k.isidentifier() and k.islower() and k != "csv"} <= REFUSALS.keys()
