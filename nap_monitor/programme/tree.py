"""A plan's file before its meaning: values, lists and mappings, each knowing where it stands.

A YAML file and a workbook give the same tree, so one description of the format reads both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a line of a file, or tab, row (`line`) and column of a workbook."""

    file: str
    line: int | None = None
    tab: str = ""
    column: str = ""


class Written(StrEnum):
    """As what a value was written."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    NOTHING = "nothing"
    STRANGE = "strange"  # a YAML tag or an error cell


@dataclass(frozen=True, slots=True)
class Value:
    """One value: `text` exactly as written, so that 1.10 is not yet 1.1 and 0.1 never a float."""

    text: str
    written: Written
    place: Place


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Item:
    """One key of a mapping and what stands under it."""

    key: Value
    node: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    items: tuple[Item, ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """What stands under a key; the first, where it stands twice."""
        return next((i.node for i in self.items if i.key.text == key), None)

    def replacing(self, key: str, node: Node) -> Mapping:
        """The same mapping with something else under a key that it has."""
        return Mapping(tuple(Item(i.key, node if i.key.text == key else i.node) for i in self.items), self.place)


Node = Value | Listing | Mapping


def is_nothing(node: Node | None) -> bool:
    """Left out, null, or an empty text: all mean that the field is not given."""
    return node is None or (isinstance(node, Value) and (node.written is Written.NOTHING or not node.text.strip()))


def repeated(mapping: Mapping) -> Iterator[tuple[Value, Value]]:
    """Each key that stood before in the same mapping: (the earlier, the repetition)."""
    first: dict[str, Value] = {}
    for item in mapping.items:
        if item.key.text in first:
            yield first[item.key.text], item.key
        else:
            first[item.key.text] = item.key
