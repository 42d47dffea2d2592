"""Writing a programme as the YAML that `read_plan` reads."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter

from nap_monitor.language import LANGUAGES
from nap_monitor.programme.model import Programme
from nap_monitor.programme.plain import plain
from nap_monitor.programme.quarters import Quarter

_SCHEMA_LINE = "# yaml-language-server: $schema=./programme.schema.json\n"
_ONE_LINE = 76  # characters up to which a mapping or list of single values stands on one line


class _Representer(RoundTripRepresenter):
    """Knows decimals: digit for digit, never a float."""


def _number(representer: Any, value: Decimal) -> Any:
    tag = "int" if value == value.to_integral() else "float"
    return representer.represent_scalar(f"tag:yaml.org,2002:{tag}", format(value, "f"))


_Representer.add_representer(Decimal, _number)


def to_yaml(programme: Programme) -> str:
    """The plan as a YAML text."""
    yaml = YAML(typ="rt", pure=True)
    yaml.Representer = _Representer
    yaml.width = 116
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_node(plain(programme)), stream)
    return _SCHEMA_LINE + stream.getvalue()


def _node(value: Any) -> Any:
    """The same with short parts on one line."""
    if isinstance(value, Quarter):
        return str(value)
    if isinstance(value, dict):
        if set(value) <= set(LANGUAGES):  # a database may have kept them in another order
            value = {code: value[code] for code in LANGUAGES if code in value}
        mapping = CommentedMap((key, _node(child)) for key, child in value.items())
        if _is_short([*value.keys(), *value.values()]):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(_node(child) for child in value)
        if _is_short(value):
            sequence.fa.set_flow_style()
        return sequence
    return value


def _is_short(parts: list[Any]) -> bool:
    """Whether single values fit on one line together."""
    single = (str, int, Decimal, date, Quarter, type(None))
    return all(isinstance(part, single) for part in parts) and sum(len(str(part)) + 2 for part in parts) <= _ONE_LINE
