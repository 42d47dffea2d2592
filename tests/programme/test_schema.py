"""The JSON Schema for editors: up to date, and right about the plans that there are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, SequenceNode

from nap_monitor.programme.schema import SCHEMAS, agencies_schema, plan_schema, schema_text
from tests.programme.plans import ROOT, SMALL, changed
from tests.programme.test_problems import FORM, Case

CONFIG = ROOT / "config"


def document(text: str) -> Any:
    """The YAML as an editor sees it: dates stay texts, every key is a text."""
    return _plain(YAML(typ="safe", pure=True).compose(text))


def _plain(node: Any) -> Any:
    if isinstance(node, MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_plain(child) for child in node.value]
    kind = node.tag.rsplit(":", 1)[1]
    known: dict[str, Any] = {"int": int, "float": float, "bool": lambda t: t == "true", "null": lambda _: None}
    return known.get(kind, str)(node.value)


def errors(schema: dict[str, Any], text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(document(text))]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_written_schema_is_the_one_the_format_gives(name: str) -> None:
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    text = (CONFIG / name).read_text("utf-8")
    assert text == schema_text(schema), "`plan schema` writes it anew"
    assert json.loads(text) == schema


@pytest.mark.parametrize("path", [CONFIG / "programme.yaml", CONFIG / "samples" / "chile.yaml"], ids=lambda p: p.name)
def test_the_plans_that_there_are_fit_the_schema(path: Path) -> None:
    assert errors(plan_schema(), path.read_text("utf-8")) == []


def test_the_small_plan_and_the_published_demonstration_fit_the_schema() -> None:
    published = Path(__file__).parent.parent / "data" / "demo_programme.yaml"
    assert errors(plan_schema(), published.read_text("utf-8")) == []
    assert errors(plan_schema(), SMALL) == []


def test_the_file_of_agencies_fits_its_schema() -> None:
    assert errors(agencies_schema(), (CONFIG / "agencies.yaml").read_text("utf-8")) == []


# What a schema cannot say: repetitions, either of two fields, which day a month has, what a name is used for.
_BEYOND = {
    *("duplicate_key", "repeated_value", "not_a_rule_day", "error_cell", "no_language", "too_many_digits"),
    *(("missing_field", field) for field in ("responsible", "name", "unit", "co_responsible")),
    *(
        ("not_a_date", "start"),
        ("bad_agency_id", "name"),
        ("not_a_number", "baseline.value"),
        ("not_text", "responsible"),
    ),
}
_SAYABLE = [c for c in FORM if not {c.kind, (c.kind, c.field)} & _BEYOND]


@pytest.mark.parametrize("given", _SAYABLE, ids=lambda c: f"{c.kind}-{c.field}")
def test_what_the_reader_refuses_for_its_form_the_editor_marks(given: Case) -> None:
    assert errors(plan_schema(), changed(*given.changes)) != []
