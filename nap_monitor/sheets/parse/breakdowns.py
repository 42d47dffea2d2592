"""Breakdowns: categories of the plan, alone or crossed, named by code or by name in any language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from nap_monitor.programme.model import Category, Dimension, Indicator, Programme, pick
from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import Declared
from nap_monitor.sheets.judging import Answer, refuse, text_of
from nap_monitor.sheets.numbers import declared
from nap_monitor.sheets.parse.codes import CodeList, comparable
from nap_monitor.sheets.problems import in_each_language

Found = tuple[Dimension, Category]
_TOTAL = frozenset({"total", "nacional", "national", "-", "–", "—"})
_SEPARATORS = (" + ", " / ", " | ", "+", ";", "|", "/")
_ANY_SEPARATOR = re.compile(r"[+;|/]")
_LONGEST = 500


class Breakdowns:
    """The plan's dimensions, as cells name them."""

    def __init__(self, programme: Programme) -> None:
        self._order = {d.code: n for n, d in enumerate(programme.dimensions)}
        self._by_code = programme.category_by_code
        self._codes = CodeList(self._by_code)
        self._dimensions = {comparable(t): d for d in programme.dimensions for t in (d.code, *d.name.values())}
        self._by_name: dict[str, list[Found]] = defaultdict(list)
        for dimension, category in self._by_code.values():
            for name in {comparable(text) for text in (category.code, *category.name.values())}:
                self._by_name[name].append((dimension, category))

    def read(self, cell: Cell, indicator: Indicator) -> Answer[str]:
        """The breakdown in a cell that is neither blank nor an error: category codes joined by "+" in the plan's order.

        "" for a total. `women`, `Mujeres`, `sex=women` and `Sexo: Mujeres` are the same; categories are joined by + ;
        | or /. Each dimension at most once, and only those (and those crossings) that the plan gives the indicator.
        """
        if cell.kind is CellKind.NUMBER:
            code = self._codes.find(cell)
            if code.value is None:
                return refuse("unknown_category", part=text_of(cell))
            return self._allowed([self._by_code[code.value]], indicator)
        text = text_of(cell)
        if comparable(text) in _TOTAL or declared(cell) is Declared.NO_CASES:
            return Answer("")
        found: list[Found] = []
        for part in self._parts(text, indicator):
            matches = self._matches(part, indicator)
            if not matches:
                return refuse("unknown_category", part=part)
            if len(matches) > 1:
                dimensions = [d for d, _ in matches]
                return refuse("ambiguous_category", part=part, **_named_in_each_language(dimensions, ", "))
            found += matches
        return self._allowed(found, indicator)

    def _parts(self, text: str, indicator: Indicator) -> list[str]:
        """The text whole if it is a category (`30/44`), else parted by the separator that makes categories of it."""
        if len(text) <= _LONGEST:
            partings = [[text], *(text.split(separator) for separator in _SEPARATORS if separator in text)]
            for parts in partings:
                if all(self._matches(part, indicator) for part in parts):
                    return parts
        return [part.strip() for part in _ANY_SEPARATOR.split(text[:_LONGEST])]

    def _matches(self, part: str, indicator: Indicator) -> list[Found]:
        """The categories that a text may name; of several, those of the indicator's own dimensions."""
        matches = list(self._named(part))
        own = [m for m in matches if m[0].code in _dimensions_of(indicator)]
        return own or matches

    def _named(self, part: str) -> Iterator[Found]:
        yield from self._by_name.get(comparable(part), ())
        for mark in "=:":
            dimension_name, found, category_name = part.partition(mark)
            dimension = self._dimensions.get(comparable(dimension_name)) if found else None
            if dimension is not None:
                named = self._by_name.get(comparable(category_name), ())
                yield from (f for f in named if f[0].code == dimension.code)

    def _allowed(self, found: Sequence[Found], indicator: Indicator) -> Answer[str]:
        dimensions = [d for d, _ in found]
        codes = [d.code for d in dimensions]
        twice = next((d for d in dimensions if codes.count(d.code) > 1), None)
        if twice is not None:
            return refuse("repeated_dimension", **_named_in_each_language([twice]))
        crossings = [(code,) for code in indicator.disaggregation] + list(indicator.combinations)
        if set(codes) not in [set(crossing) for crossing in crossings]:
            kind = "dimension_not_allowed" if len(codes) == 1 else "combination_not_allowed"
            return refuse(kind, **_named_in_each_language(dimensions), **self._allowed_names(crossings))
        ordered = sorted(found, key=lambda f: self._order[f[0].code])
        return Answer("+".join(category.code for _, category in ordered))

    def _allowed_names(self, crossings: Sequence[tuple[str, ...]]) -> dict[str, str]:
        dimensions = {d.code: d for d in self._dimensions.values()}

        def names(language: str) -> str:
            return (
                ", ".join(" × ".join(pick(dimensions[c].name, language) for c in codes) for codes in crossings) or "–"
            )

        return in_each_language("allowed", names)


def _named_in_each_language(dimensions: Sequence[Dimension], joint: str = " × ") -> dict[str, str]:
    return in_each_language("dimension", lambda language: joint.join(pick(d.name, language) for d in dimensions))


def _dimensions_of(indicator: Indicator) -> set[str]:
    return {*indicator.disaggregation, *(code for codes in indicator.combinations for code in codes)}
