"""Reading a tree by the description of the format: entries of exact values, and every problem of form on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nap_monitor.programme import kinds
from nap_monitor.programme.entries import At, Entry, Reading, Said
from nap_monitor.programme.problems import suggestion
from nap_monitor.programme.tree import Listing, Mapping, Node, Place, Value, is_nothing, repeated
from nap_monitor.programme.values import read_value


def read(kind: kinds.Kind, node: Node, at: At, reading: Reading) -> Any:
    """The value of a node, None where it is not what the kind wants (and the problem is noted)."""
    if isinstance(kind, kinds.Either):
        kind = kind.value if isinstance(node, Value) else kind.parts
    if isinstance(kind, kinds.Unused):
        return None
    reader: Callable[..., Any] = _WITH_PARTS.get(type(kind), read_value)
    return reader(kind, node, at, reading)


def read_record(kind: kinds.Record, node: Node, at: At, reading: Reading, number: int = 0) -> Entry | None:
    """The entry of a mapping. `number`: which one of a list, to call it by while it has no code."""
    if not isinstance(node, Mapping):
        reading.add("not_fields", node.place, at)
        return None
    if kind.title:
        at = At(f"{kind.title} {_called(kind, node) or number or ''}".strip())
    for first, again in repeated(node):
        reading.add("duplicate_key", again.place, at.below(again.text), key=again.text, line=str(first.place.line))
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    empty: dict[str, Place] = {}
    for item in node.items:
        name = item.key.text
        described = kind.field(name)
        if described is None:
            known = suggestion(name, (f.name for f in kind.fields))
            reading.add("unknown_field", item.key.place, at.below(name), key=name, suggestion=known)
        elif is_nothing(item.node):
            empty[name] = item.node.place
        elif name not in places:
            places[name] = item.node.place
            value = read(described.kind, item.node, at.below(name), reading)
            if value is not None:
                values[name] = value
    for described in kind.fields:
        if described.required and described.name not in places:
            reading.add("missing_field", empty.get(described.name, node.place), at.below(described.name))
    return Entry(at.entry, node.place, values, places)


def _called(kind: kinds.Record, node: Mapping) -> str:
    """What an entry is called in messages: its code, else its name."""
    for name in (kind.identity, "name"):
        found = node.get(name)
        if isinstance(found, Mapping):
            found = next((i.node for i in found.items), None)
        if isinstance(found, Value) and not is_nothing(found):
            return found.text.strip()
    return ""


def _many(kind: kinds.Many, node: Node, at: At, reading: Reading) -> list[Any] | None:
    if not isinstance(node, Listing):
        reading.add("not_a_list", node.place, at)
        return None
    read_items: list[Any] = []
    for number, child in enumerate(node.items, start=1):
        if isinstance(kind.of, kinds.Record):
            inner = at if kind.of.title else At(at.entry, f"{at.field}[{number}]")
            value = read_record(kind.of, child, inner, reading, number)
        elif is_nothing(child):
            reading.add("missing_field", child.place, at)
            continue
        else:
            value = read(kind.of, child, at, reading)
        if value is not None and not isinstance(value, Entry | list) and value in read_items:
            reading.add("repeated_value", child.place, at, text=str(value))
        elif value is not None:
            read_items.append(value)
    return read_items


def _by(kind: kinds.By, node: Node, at: At, reading: Reading) -> Entry | None:
    """A mapping by keys that are themselves values: an entry whose fields are the keys as they are written."""
    if not isinstance(node, Mapping):
        reading.add("not_fields", node.place, at)
        return None
    for first, again in repeated(node):
        reading.add("duplicate_key", again.place, at.below(again.text), key=again.text, line=str(first.place.line))
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for item in node.items:
        key, inner = item.key.text, at.below(item.key.text)
        if key in places or read(kind.key, item.key, inner, reading) is None:
            continue
        places[key] = item.node.place
        if not is_nothing(item.node):
            values[key] = read(kind.value, item.node, inner, reading)
        elif kind.nullable:
            values[key] = None
        else:
            reading.add("missing_field", item.node.place, inner)
    return Entry(at.entry, node.place, values, places)


def _words(_: kinds.Words, node: Node, at: At, reading: Reading) -> dict[str, str] | None:
    if isinstance(node, Value):
        if reading.plain_language is None:
            reading.add("no_language", node.place, at)
            return None
        said = read_value(kinds.Line(), node, at, reading)
        text = {reading.plain_language: said} if said else {}
    elif isinstance(node, Mapping):
        text = _by_language(node, at, reading)
    else:
        reading.add("not_a_value", node.place, at)
        return None
    if text:
        said_in = [reading.plain_language] if isinstance(node, Value) else _languages_given(node)
        reading.texts.append(Said(at, node.place, tuple(code for code in said_in if code)))
    return text or None


def _languages_given(node: Mapping) -> list[str]:
    """The languages in which there is something, be it readable or not."""
    return [item.key.text for item in node.items if not is_nothing(item.node)]


def _by_language(node: Mapping, at: At, reading: Reading) -> dict[str, str]:
    for first, again in repeated(node):
        reading.add("duplicate_key", again.place, at.below(again.text), key=again.text, line=str(first.place.line))
    text: dict[str, str] = {}
    for item in node.items:
        code, inner = item.key.text, at.below(item.key.text)
        if code not in reading.languages:
            known = suggestion(code, reading.languages)
            reading.add("unknown_language", item.key.place, inner, key=code, suggestion=known)
        elif not is_nothing(item.node) and code not in text:
            said = read_value(kinds.Line(), item.node, inner, reading)
            if said:
                text[code] = said
    if not text and all(is_nothing(i.node) for i in node.items):
        reading.add("missing_field", node.place, at)
    return text


_WITH_PARTS: dict[type, Callable[..., Any]] = {
    kinds.Record: read_record,
    kinds.Many: _many,
    kinds.By: _by,
    kinds.Words: _words,
}
