"""Rows of the plan's workbook -> the tree that a YAML file would have given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nap_monitor.programme import kinds
from nap_monitor.programme.problems import PlanProblem, problem, suggestion
from nap_monitor.programme.tree import Item, Listing, Mapping, Node, Place, Value, Written
from nap_monitor.programme.workbook.layout import CALENDAR_KINDS, Column

Parts = dict[str, Node]
"""Column path -> what stands there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a tab."""

    place: Place
    cells: Parts


def plan(place: Place, settings: Row, rows: dict[str, list[Row]]) -> tuple[Mapping, list[PlanProblem]]:
    """The tree of the plan, and the rows that belong to nothing."""
    problems: list[PlanProblem] = []
    head = dict(settings.cells)
    whole: Parts = {name: head.pop(name) for name in ("illustrative", "disclaimer.es", "disclaimer.en") if name in head}
    head |= _calendar(rows.get("calendar", []), problems)
    actions = _children(rows.get("actions", []), "strategy", rows.get("strategies", []), problems)
    with_actions = [_with(row, "actions", actions) for row in rows.get("strategies", [])]
    strategies = _children(with_actions, "objective", rows.get("objectives", []), problems)
    targets = _targets(rows.get("targets", []), rows.get("indicators", []), problems)
    parts: Parts = {
        "programme": nested(head, settings.place),
        "agencies": _listing(_agencies(rows.get("agencies", [])), place),
        "objectives": _listing((_with(o, "strategies", strategies) for o in rows.get("objectives", [])), place),
        "indicators": _listing((_indicator(row, targets) for row in rows.get("indicators", [])), place),
        "dimensions": _listing(_dimensions(rows.get("dimensions", [])), place),
        "taxonomies.ungp": _listing(rows.get("principles", []), place),
    }
    return nested({**whole, **parts}, place), problems


def target_column(period: str) -> Column:
    """The column of one year's or quarter's targets."""
    return Column(f"targets.{period}", kinds.Number(), "")


def nested(cells: Parts, place: Place) -> Mapping:
    """`baseline.year` -> a mapping `baseline` with `year` in it."""
    own: Parts = {}
    below: dict[str, Parts] = {}
    for path, node in cells.items():
        first, _, rest = path.partition(".")
        if rest:
            below.setdefault(first, {})[rest] = node
            own.setdefault(first, node)  # keeps the order; replaced just below
        else:
            own[first] = node
    own |= {name: nested(parts, _place_of(parts)) for name, parts in below.items()}
    return Mapping(tuple(Item(Value(key, Written.TEXT, node.place), node) for key, node in own.items()), place)


def _place_of(parts: Parts) -> Place:
    return next(iter(parts.values())).place


def _listing(rows: Iterable[Row], place: Place) -> Listing:
    return Listing(tuple(nested(row.cells, row.place) for row in rows), place)


def _code(row: Row, path: str = "code") -> str:
    """A code as it is compared here; whether it is one is said by the reader."""
    node = row.cells.get(path)
    return node.text if isinstance(node, Value) else ""


def _without(row: Row, *paths: str) -> Row:
    return Row(row.place, {path: node for path, node in row.cells.items() if path not in paths})


def _children(rows: Iterable[Row], key: str, parents: list[Row], problems: list[PlanProblem]) -> dict[str, list[Row]]:
    """Parent code -> the rows that belong to it."""
    found: dict[str, list[Row]] = {_code(parent): [] for parent in parents}
    for row in rows:
        parent = _code(row, key)
        place = row.cells[key].place if key in row.cells else row.place
        title = {"objective": "strategy", "strategy": "action", "indicator": "indicator"}[key]
        entry = f"{title} {_code(row)}".strip()
        if not parent:
            problems.append(problem("missing_field", place, entry, key))
        elif parent not in found:
            likely = suggestion(parent, found)
            problems.append(problem(f"unknown_{key}", place, entry, key, text=parent, suggestion=likely))
        else:
            found[parent].append(_without(row, key))
    return found


def _with(row: Row, name: str, children: dict[str, list[Row]]) -> Row:
    """A row with the rows that belong to it as a list."""
    own = children.get(_code(row), [])
    return Row(row.place, {**row.cells, name: _listing(own, row.place)})


def _targets(rows: list[Row], indicators: list[Row], problems: list[PlanProblem]) -> dict[str, Parts]:
    """Indicator code -> its targets."""
    by_code = _children(rows, "indicator", indicators, problems)
    found: dict[str, Parts] = {}
    for code, own in by_code.items():
        for again in own[1:]:
            details = {"key": code, "line": str(own[0].place.line)}
            problems.append(problem("duplicate_key", again.place, f"indicator {code}", "targets", **details))
        if own:
            found[code] = own[0].cells
    return found


def _indicator(row: Row, targets: dict[str, Parts]) -> Row:
    return Row(row.place, {**row.cells, **targets.get(_code(row), {})})


def _groups(rows: list[Row], key: str) -> Iterator[list[Row]]:
    """Rows with one code together; rows without a code are each their own."""
    groups: dict[str, list[Row]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(_code(row, key) or f"\0{number}", []).append(row)
    yield from groups.values()


def _agencies(rows: list[Row]) -> Iterator[Row]:
    """An agency with several names, or a dated one, has a row for each."""
    about_a_name = ("name.es", "name.en", "acronym", "from")
    for group in _groups(rows, "id"):
        first = group[0]
        if len(group) == 1 and "from" not in first.cells:
            yield first
            continue
        names = [Row(r.place, {path: node for path, node in r.cells.items() if path in about_a_name}) for r in group]
        whole = {path: node for row in group for path, node in _without(row, *about_a_name).cells.items()}
        yield Row(first.place, {**whole, **first_cells(first, whole), "names": _listing(names, first.place)})


def first_cells(first: Row, whole: Parts) -> Parts:
    """What the first row says of the agency as a whole stands over what later rows repeat."""
    return {path: node for path, node in first.cells.items() if path in whole}


def _dimensions(rows: list[Row]) -> Iterator[Row]:
    """A dimension has a row for each of its categories; its name may stand in the first alone."""
    for group in _groups(rows, "dimension"):
        first = group[0]
        cells: Parts = {}
        for path, node in first.cells.items():
            if path == "dimension":
                cells["code"] = node
            elif path.startswith("dimension_name."):
                cells[path.replace("dimension_name", "name")] = node
        categories = [_without(row, "dimension", "dimension_name.es", "dimension_name.en") for row in group]
        yield Row(first.place, {**cells, "categories": _listing(categories, first.place)})


def _calendar(rows: list[Row], problems: list[PlanProblem]) -> Parts:
    """The settings `reporting.…` that the rows of the calendar give."""
    days: list[Node] = []
    extensions: list[Row] = []
    parts: Parts = {}
    for row in rows:
        kind, day = _code(row, "kind"), row.cells.get("date")
        if kind not in CALENDAR_KINDS or day is None:
            problems.append(_incomplete(row, kind))
        elif kind == "extension":
            cells = _without(row, "kind", "date").cells
            extensions.append(Row(row.place, {**cells, "until": day}))
        elif kind == "deadline":
            path = f"reporting.deadlines.{_code(row, 'quarter')}"
            if path in parts:
                details = {"key": _code(row, "quarter"), "line": str(parts[path].place.line)}
                problems.append(problem("duplicate_key", row.place, "programme", path, **details))
            parts[path] = day
        else:
            days.append(day)
    if days:
        parts["reporting.non_working_days"] = Listing(tuple(days), days[0].place)
    if extensions:
        parts["reporting.extensions"] = _listing(extensions, extensions[0].place)
    return parts


def _incomplete(row: Row, kind: str) -> PlanProblem:
    """What a row of the calendar lacks."""
    if kind in CALENDAR_KINDS or not kind:
        lacking = "date" if kind else "kind"
        return problem("missing_field", row.place, "programme", f"calendar.{lacking}")
    place, choices = row.cells["kind"].place, ", ".join(CALENDAR_KINDS)
    return problem("not_a_choice", place, "programme", "calendar.kind", text=kind, choices=choices)
