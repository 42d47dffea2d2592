"""The JSON Schema (2020-12) of a plan's file, written from the description of the format; editors complete by it.

It says what has the right form. What the codes refer to and whether the figures agree is for `checks`.
"""

from __future__ import annotations

import json
from typing import Any

from nap_monitor.programme import format as plan_format
from nap_monitor.programme import kinds

Schema = dict[str, Any]

_DAY = r"\d{4}-\d{2}-\d{2}"
_QUARTER = r"\d{4}-Q[1-4]"
_YEAR = r"[12]\d{3}"
_BASE = {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def plan_schema() -> Schema:
    """The schema of a plan."""
    definitions: Schema = {}
    body = _record(plan_format.PLAN, definitions)
    return {**_BASE, "title": "NAP Monitor: plan", **body, "$defs": definitions}


def agencies_schema() -> Schema:
    """The schema of a file with the agencies alone."""
    definitions: Schema = {}
    agencies = _schema(plan_format.AGENCIES, definitions)
    beside = {"type": "object", "properties": {"agencies": agencies}, "required": ["agencies"]}
    return {**_BASE, "title": "NAP Monitor: agencies", "anyOf": [beside, agencies], "$defs": definitions}


SCHEMAS = {"programme.schema.json": plan_schema, "agencies.schema.json": agencies_schema}
"""File name in config/ -> what makes it."""


def schema_text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _record(record: kinds.Record, definitions: Schema) -> Schema:
    properties = {field.name: _field(field, definitions) for field in record.fields}
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    required = [field.name for field in record.fields if field.required]
    return schema | ({"required": required} if required else {})


def _field(field: kinds.Field, definitions: Schema) -> Schema:
    schema = _schema(field.kind, definitions)
    return {"description": field.help} | (schema if field.required else _or_null(schema))


def _or_null(schema: Schema) -> Schema:
    """The same, or null: a field that is not given may be written so."""
    if not schema:
        return schema
    if isinstance(schema.get("type"), str):
        words = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
        return {**schema, "type": [schema["type"], "null"], **words}
    if "anyOf" in schema:
        return {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    return {"anyOf": [schema, {"type": "null"}]}


def _schema(kind: kinds.Kind, definitions: Schema) -> Schema:
    match kind:
        case kinds.Record(title=title) if title:
            definitions[title] = _record(kind, definitions)
            return {"$ref": f"#/$defs/{title}"}
        case kinds.Record():
            return _record(kind, definitions)
        case kinds.Many(of=of):
            return {"type": "array", "items": _schema(of, definitions)}
        case kinds.Either(value=value, parts=parts):
            return {"anyOf": [_schema(value, definitions), _schema(parts, definitions)]}
        case kinds.By():
            return _by(kind, definitions)
    return _single(kind)


def _by(kind: kinds.By, definitions: Schema) -> Schema:
    value = _schema(kind.value, definitions)
    value = _or_null(value) if kind.nullable else value
    if isinstance(kind.key, kinds.Choice):
        return {"type": "object", "properties": dict.fromkeys(kind.key.words, value), "additionalProperties": False}
    return {
        "type": "object",
        "patternProperties": {_single(kind.key)["pattern"]: value},
        "additionalProperties": False,
    }


def _single(kind: kinds.Kind) -> Schema:
    match kind:
        case kinds.Code(pattern=pattern, longest=longest):
            return {"type": "string", "pattern": f"^(?:{pattern})$", "maxLength": longest}
        case kinds.Choice(words=words):
            return {"type": "string", "enum": [str(word) for word in words]}
        case kinds.Number(low=low):
            return {"type": "number"} | ({} if low is None else {"minimum": low})
        case kinds.Whole(low=low, high=high):
            return {"type": "integer", "minimum": low, "maximum": high}
    return dict(_FIXED[type(kind)])


_TEXT_BY_LANGUAGE = {
    "type": "object",
    "properties": {"es": {"type": ["string", "null"]}, "en": {"type": ["string", "null"]}},
    "additionalProperties": False,
}
_FIXED: dict[type, Schema] = {
    kinds.Unused: {},
    kinds.Line: {"type": ["string", "number"]},
    kinds.Words: {"anyOf": [_TEXT_BY_LANGUAGE, {"type": "string"}]},
    kinds.Reference: {"type": "string"},
    kinds.Flag: {"type": "boolean"},
    kinds.Day: {"type": "string", "pattern": f"^{_DAY}$"},
    kinds.QuarterCode: {"type": "string", "pattern": f"^{_QUARTER}$"},
    kinds.Period: {"type": ["string", "integer"], "pattern": f"^({_YEAR}|{_QUARTER})$"},
    kinds.Due: {"type": "string", "pattern": f"^({_QUARTER}|{_DAY})$"},
}
