"""What every chart is: a finished specification, a sentence that says it, and its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, Literal

import altair as alt

from nap_monitor.charts.palette import Theme
from nap_monitor.language import DEFAULT, Language, mark

ILLUSTRATIVE = mark("Illustrative data")

_SPANISH_DAYS = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"]
_SPANISH_MONTHS = [
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
]  # fmt: skip
_ENGLISH_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_ENGLISH_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


def _locale(days: Sequence[str], months: Sequence[str]) -> dict[str, Any]:
    """Numbers as es_MX and English write them, 1,234.5; days as 31/12/2026 in both, like the rest of the pages."""
    return {
        "number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""]},
        "time": {
            "dateTime": "%d/%m/%Y %H:%M",
            "date": "%d/%m/%Y",
            "time": "%H:%M:%S",
            "periods": ["a. m.", "p. m."],
            "days": list(days),
            "shortDays": [day[:3] for day in days],
            "months": list(months),
            "shortMonths": [month[:3] for month in months],
        },
    }


LOCALES: Mapping[str, Mapping[str, Any]] = {
    "es": _locale(_SPANISH_DAYS, _SPANISH_MONTHS),
    "en": _locale(_ENGLISH_DAYS, _ENGLISH_MONTHS),
}


@dataclass(frozen=True, slots=True)
class Style:
    """For whom a chart is drawn. `is_illustrative` prints the words on the chart itself, so that exports carry them."""

    language: Language
    theme: Theme
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart. `spec` is a Vega-Lite specification; `headers` and `rows` say the same as a table."""

    spec: dict[str, Any]
    alt: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_empty(self) -> bool:
        return not self.rows


def legend(columns: int, *, narrow: int = 2, symbol: str = "square") -> alt.Legend:
    """Above the chart, in so many columns; in `narrow` columns on a telephone."""
    return alt.Legend(
        columns=alt.ExprRef(f"width < 430 ? {narrow} : {columns}"),
        symbolType=symbol,
        symbolSize=110,
        rowPadding=4,
        columnPadding=14,
    )


def time_axis(*, orient: Literal["top", "bottom"] = "bottom") -> alt.Axis:
    """Half-years, or years where there is no room for more."""
    half_years = alt.TimeIntervalStep(interval="month", step=6)
    return alt.Axis(orient=orient, title=None, format="%b %Y", tickCount=half_years, labelOverlap="parity", grid=False)


_FIT = alt.AutoSizeParams(type="fit-x", contains="padding")
"""As wide as the page allows; the height is that of the rows, whatever a legend takes besides."""


def finished(
    layers: Iterable[alt.Chart], style: Style, *, height: int, alt_text: str, table: Sequence[Sequence[str]]
) -> Chart:
    """Layers made into one chart in the reader's language and theme. `table`: its header row, then its rows."""
    theme = style.theme
    title: dict[str, Any] = {}
    if style.is_illustrative:
        title["title"] = alt.TitleParams(
            style.language.say(ILLUSTRATIVE), orient="bottom", anchor="end", fontSize=10, fontWeight="normal",
            color=theme.muted, offset=4,
        )  # fmt: skip
    drawn = (
        alt.layer(*layers)
        .properties(width="container", height=height, background="transparent", autosize=_FIT, **title)
        .configure(locale=dict(LOCALES.get(style.language.code, LOCALES[DEFAULT])))
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=theme.text, titleColor=theme.muted, gridColor=theme.grid, domainColor=theme.grid,
            tickColor=theme.grid, labelFontSize=12, titleFontSize=12, titleFontWeight="normal",
        )
        .configure_legend(
            labelColor=theme.text, titleColor=theme.muted, labelFontSize=12, symbolType="square", symbolSize=110,
            title=None, orient="top", direction="horizontal", columnPadding=14, labelLimit=220, offset=8,
        )
        .configure_text(color=theme.text, fontSize=12)
    )  # fmt: skip
    spec = _with_data_inside(drawn.to_dict())
    header, *rows = (tuple(row) for row in table)
    return Chart(spec, alt_text, header, tuple(rows))


def _with_data_inside(spec: dict[str, Any]) -> dict[str, Any]:
    """The same specification with its rows beside the layers that draw them.

    Rows at the top of a specification Streamlit would turn into Arrow on every rerun, and load pandas for it.
    """
    datasets, shared = spec.pop("datasets", {}), spec.pop("data", None)
    groups = groupby(spec["layer"], lambda layer: (layer.get("data") or shared)["name"])
    spec["layer"] = [
        {
            "data": {"values": datasets[name]},
            "layer": [{key: value for key, value in layer.items() if key != "data"} for layer in layers],
        }
        for name, layers in groups
    ]
    return spec


def data(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=[dict(row) for row in rows])


def instant(day: date) -> int:
    """A day as a chart's time, milliseconds of UTC, so that no reader's time zone moves it to the day before."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000
