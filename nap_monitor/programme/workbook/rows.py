"""A plan as the rows of its workbook: tab -> rows, each a mapping from column path to value."""

from __future__ import annotations

from typing import Any

from nap_monitor.programme.model import Programme
from nap_monitor.programme.plain import Plain, plain

Row = dict[str, Any]


def settings(programme: Programme) -> Row:
    """Path -> value of the settings of the plan as a whole."""
    document = plain(programme)
    whole: Row = {name: document[name] for name in ("illustrative", "disclaimer") if name in document}
    return flat({**document["programme"], **whole})


def rows_of(programme: Programme) -> dict[str, list[Row]]:
    """Tab -> its rows."""
    document = plain(programme)
    objectives = document["objectives"]
    strategies = [(o["code"], s) for o in objectives for s in o.get("strategies", [])]
    return {
        "agencies": [row for agency in document["agencies"] for row in _agency(agency)],
        "objectives": [flat(o) for o in objectives],
        "strategies": [{"objective": objective, **flat(s)} for objective, s in strategies],
        "actions": [{"strategy": s["code"], **flat(a)} for _, s in strategies for a in s.get("actions", [])],
        "indicators": [_indicator(i) for i in document.get("indicators", [])],
        "targets": [
            {"indicator": i["code"], **{str(period): value for period, value in i["targets"].items()}}
            for i in document.get("indicators", [])
            if "targets" in i
        ],
        "dimensions": [row for d in document.get("dimensions", []) for row in _dimension(d)],
        "calendar": _calendar(document["programme"]["reporting"]),
        "principles": [flat(p) for p in document.get("taxonomies", {}).get("ungp", [])],
    }


def flat(entry: Plain, prefix: str = "") -> Row:
    """`{"baseline": {"year": 2016}}` -> `{"baseline.year": 2016}`."""
    row: Row = {}
    for key, value in entry.items():
        row |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return row


def _agency(agency: Plain) -> list[Row]:
    """A row for each name; what holds for the agency as a whole stands in the first."""
    whole = {key: value for key, value in agency.items() if key not in ("id", "name", "acronym", "names")}
    names = agency.get("names") or [{key: agency[key] for key in ("name", "acronym") if key in agency}]
    rows = [{"id": agency["id"], **flat(name)} for name in names]
    rows[0] |= whole
    return rows


def _indicator(indicator: Plain) -> Row:
    row = flat({key: value for key, value in indicator.items() if key not in ("targets", "responsible")})
    return row if "responsible" not in indicator else {**row, "responsibles": [indicator["responsible"]]}


def _dimension(dimension: Plain) -> list[Row]:
    names = {f"dimension_name.{code}": text for code, text in dimension["name"].items()}
    return [{"dimension": dimension["code"], **names, **flat(category)} for category in dimension["categories"]]


def _calendar(reporting: Plain) -> list[Row]:
    deadlines = [{"kind": "deadline", "quarter": q, "date": day} for q, day in reporting.get("deadlines", {}).items()]
    days = [{"kind": "non_working_day", "date": day} for day in reporting.get("non_working_days", [])]
    extensions = [
        {"kind": "extension", **flat({key: value for key, value in e.items() if key != "until"}), "date": e["until"]}
        for e in reporting.get("extensions", [])
    ]
    return [*deadlines, *days, *extensions]
