"""Reading YAML into a tree with line numbers; every way a file can be unreadable is one problem."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from nap_monitor.programme.problems import PlanProblem, problem
from nap_monitor.programme.tree import Item, Listing, Mapping, Node, Place, Value, Written

# The largest plan we know has 900 lines of action; aliases that unfold beyond this are a mistake or mischief.
_MOST_NODES = 200_000
_DEEPEST = 30

_WRITTEN = {
    "tag:yaml.org,2002:str": Written.TEXT,
    "tag:yaml.org,2002:int": Written.NUMBER,
    "tag:yaml.org,2002:float": Written.NUMBER,
    "tag:yaml.org,2002:bool": Written.FLAG,
    "tag:yaml.org,2002:null": Written.NOTHING,
    "tag:yaml.org,2002:timestamp": Written.DATE,
    "tag:yaml.org,2002:merge": Written.TEXT,
}


class _TooLarge(Exception):
    """The file unfolds to more than any plan is."""


def read_yaml(path: Path) -> Node | PlanProblem:
    """The tree of a YAML file, or the one problem why there is none.

    Nodes are composed, never constructed: no tag in the file can make an object, and values keep their own text.
    """
    text = read_text(path)
    if isinstance(text, PlanProblem):
        return text
    root = _composed(text, path.name)
    if isinstance(root, PlanProblem):
        return root
    try:
        return _Conversion(path.name).node(root, 0)
    except _TooLarge:
        return problem("too_large", Place(path.name))


def _composed(text: str, file: str) -> Any:
    """YAML's own node of the text, or the problem why there is none."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)  # "rt" leaves marks in folded texts
    except ReaderError as error:
        return problem("control_character", Place(file, text.count("\n", 0, error.position) + 1))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = (error.problem or error.context or "").strip()
        return problem("yaml_syntax", Place(file, mark.line + 1 if mark else None), reason=reason)
    except (YAMLError, RecursionError) as error:
        return problem("yaml_syntax", Place(file), reason=type(error).__name__)
    return problem("empty_file", Place(file)) if root is None else root


def read_text(path: Path) -> str | PlanProblem:
    """The text of a UTF-8 file (with or without a byte order mark)."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return problem("missing_file", Place(path.name), path=str(path))
    except OSError as error:
        return problem("unreadable_file", Place(path.name), reason=error.strerror or type(error).__name__)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return problem("not_utf8", Place(path.name, content.count(b"\n", 0, error.start) + 1))


class _Conversion:
    """YAML nodes -> our tree, counting, because aliases may unfold without end."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.nodes = 0

    def node(self, node: Any, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > _MOST_NODES or depth > _DEEPEST:
            raise _TooLarge
        place = Place(self.file, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return Mapping(tuple(self._item(key, value, depth + 1) for key, value in node.value), place)
        if isinstance(node, SequenceNode):
            return Listing(tuple(self.node(child, depth + 1) for child in node.value), place)
        assert isinstance(node, ScalarNode)
        return self._value(node, place)

    def _item(self, key: Any, value: Any, depth: int) -> Item:
        place = Place(self.file, key.start_mark.line + 1)
        name = self._value(key, place) if isinstance(key, ScalarNode) else Value("{…}", Written.STRANGE, place)
        child = self.node(value, depth)
        if isinstance(child, Value) and child.written is Written.NOTHING:  # YAML marks it at the next token
            child = Value(child.text, child.written, place)
        return Item(name, child)

    @staticmethod
    def _value(node: Any, place: Place) -> Value:
        return Value(str(node.value), _WRITTEN.get(node.tag, Written.STRANGE), place)
