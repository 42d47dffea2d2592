"""The small parts that every page shares: tables, charts with their table, empty states, numbers on cards."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nap_monitor.charts.chart import Chart
from nap_monitor.language import Language
from nap_monitor.web.text import plain


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A real table: read aloud, printed, copied. Cells are Markdown; `right`: columns of numbers."""
    rule = ["---:" if column in right else "---" for column in range(len(headers))]
    lines = [headers, rule, *rows]
    st.markdown("\n".join(f"| {' | '.join(cell or ' ' for cell in line)} |" for line in lines))


def chart(drawn: Chart, language: Language) -> None:
    """A chart, and the same as a table for whoever cannot or will not read charts."""
    st.vega_lite_chart(spec=drawn.spec, alt=drawn.alt)
    with st.expander(language.say("The same as a table")):
        table([plain(h) for h in drawn.headers], [[plain(cell) for cell in row] for row in drawn.rows])


def card(label: str, value: str, note: str, help_text: str | None = None) -> None:
    """One number with what it means below it."""
    with st.container(border=True, gap=None, height="stretch"):
        st.metric(label, value)
        st.caption(note, help=help_text)


def empty(what: str, do: str = "") -> None:
    """Nothing to show: why, and what to do next."""
    st.info(f"{what} {do}".strip())


def points(sentences: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
