"""Words of closed lists, free text and web addresses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nap_monitor.sheets.contract import labels, normalise
from nap_monitor.sheets.parse import words
from nap_monitor.sheets.parse.texts import LONGEST_LINK, link, text
from tests.sheets.grids import cell, percent

LISTS = (words.STATUSES, words.KINDS_OF_EVENT, words.STATES_OF_SUBMISSION, words.QUALITIES, words.YES_NO)


@pytest.mark.parametrize("group", LISTS)
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_word_of_the_contract_is_read(group, language):
    for word in group:
        said = labels()["words"][word][language]
        assert words.one_of(group)(cell(said)).value == word
        assert words.is_one_of(group, cell(said.upper()))


@pytest.mark.parametrize("group", LISTS)
def test_no_variant_stands_for_two_words(group):
    variants = [(normalise(v), word) for word in group for v in words._VARIANTS[word]]
    for variant, word in variants:
        assert words.one_of(group)(cell(variant)).value == word


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Concluido", "completed"),
        ("CONCLUIDAS", "completed"),
        ("concluida.", "completed"),
        ("Completed", "completed"),
        ("Cumplida", "completed"),
        ("Cumplido parcialmente", "partly_met"),
        ("en  proceso", "in_progress"),
        ("Sin iniciar", "not_started"),
        ("Cancelada", "cancelled"),
        ("no se realizara", "cancelled"),
        ("Modificado", "modified"),
    ],
)
def test_statuses_are_read_in_any_gender_number_and_case(said, status):
    assert words.one_of(words.STATUSES)(cell(said)).value == status


@pytest.mark.parametrize("said", ["Casi lista", "Retrasada", "No", "100 %", "completada?", Decimal(1), True])
def test_any_other_status_is_refused_with_the_list(said):
    answer = words.one_of(words.STATUSES)(cell(said))
    assert answer.value is None
    assert answer.faults[0].details["words"] == "not_started in_progress partly_met completed modified cancelled"


@pytest.mark.parametrize(
    ("value", "meant"),
    [("Sí", True), ("yes", True), (True, True), (Decimal(1), True), ("NO", False), (False, False), (Decimal(0), False)],
)
def test_yes_and_no_may_be_words_boxes_or_figures(value, meant):
    assert words.yes_or_no(cell(value)).value is meant


@pytest.mark.parametrize("value", ["x", "tal vez", Decimal(2), percent("1")])
def test_anything_else_is_neither_yes_nor_no(value):
    answer = words.yes_or_no(cell(value))
    assert (answer.value, [f.kind for f in answer.faults]) == (None, ["unknown_word"])


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("  Falta de presupuesto\n(ver oficio) ", "Falta de presupuesto\n(ver oficio)"),
        ("👍🏽 تأخير 延迟", "👍🏽 تأخير 延迟"),
        ("=HYPERLINK(A1)", "=HYPERLINK(A1)"),
        ("+52 55 1234", "+52 55 1234"),
        ("a\x00b\x1bc\ud800", "abc"),
        (Decimal("12.50"), "12.5"),
    ],
)
def test_trap_39_and_40_free_text_stays_text(written, taken):
    assert text()(cell(written)).value == taken


def test_a_text_longer_than_any_cell_is_refused():
    assert text()(cell("á" * 50_000)).value is not None
    answer = text()(cell("á" * 50_001))
    assert [dict(f.details) for f in answer.faults] == [{"length": "50001", "limit": "50000"}]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.gob.mx/stps/informe?id=1&x=%20#p2",
        "HTTPS://gob.mx",
        " https://gob.mx:8443/a ",
        "https://drive.google.com/file/d/1aB_c-d/view?usp=sharing",
        "https://es.wikipedia.org/wiki/Año",
    ],
)
def test_an_https_address_is_a_link(address):
    assert link(cell(address)).value == address.strip()


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("http://gob.mx", "link_not_https"),
        ("javascript:alert(1)", "link_not_https"),
        ("data:text/html,x", "link_not_https"),
        ("www.gob.mx", "link_not_https"),
        ("Ver documento", "link_not_https"),
        ("//gob.mx", "link_not_https"),
        (Decimal(12), "link_not_https"),
        ("https://", "link_malformed"),
        ("https://localhost/x", "link_malformed"),
        ("https://gob.mx/a b", "link_malformed"),
        ("https://gob.mx\nhttps://gob.mx", "link_malformed"),
        ("https://gob.mx/<script>", "link_malformed"),
        ("https://gob.mx@evil.example", "link_malformed"),
        ("https://gob.mx\\@evil.example", "link_malformed"),
        ("https://gob.mx:puerto/", "link_malformed"),
        ("https://[gob.mx/", "link_malformed"),
        ("https://gob.mx/" + "a" * LONGEST_LINK, "text_too_long"),
    ],
)
def test_anything_else_is_no_link(written, kind):
    answer = link(cell(written))
    assert (answer.value, [f.kind for f in answer.faults]) == (None, [kind])
