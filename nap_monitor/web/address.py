"""What is being looked at, as the URL says it: language-neutral codes that links, bookmarks and reloads keep.

The URL comes first; where it is silent, what this visit had; else the default. The codes live in our own session state,
never in a widget's: a widget whose labels are translated loses its value when the language changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlencode

import streamlit as st

LASTING = ("lang", "programme", "quarter")
"""Parameters that every page has; the others belong to a page."""
OF_A_PROGRAMME = ("quarter", "objective", "agency", "indicator")
"""Codes that mean something within one programme only."""


def _kept(name: str) -> str:
    return f"at_{name}"


def code(name: str, known: Collection[str], default: str) -> str:
    """The code that a parameter has now. One that is not among `known` is as if it were absent."""
    asked = st.query_params.get(name)
    remembered = st.session_state.get(_kept(name))
    found = next((str(c) for c in (asked, remembered) if c is not None and c in known), default)
    keep(name, found, default)
    return found


def keep(name: str, value: str, default: str) -> None:
    """Set a parameter, here and in the URL, which leaves the default out."""
    st.session_state[_kept(name)] = value
    if value == default:
        if name in st.query_params:
            del st.query_params[name]
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def forget(names: Collection[str]) -> None:
    for name in names:
        st.session_state.pop(_kept(name), None)
        if name in st.query_params:
            del st.query_params[name]


def query(**codes: str | None) -> dict[str, str]:
    """The parameters of a link to another page: the lasting ones as they are, and these. An empty code means all."""
    lasting = {name: st.query_params[name] for name in LASTING if name in st.query_params}
    return lasting | {name: value for name, value in codes.items() if value is not None}


def link(page: str, **codes: str | None) -> str:
    """The address of one of our pages, relative, so that it works below any base path."""
    parameters = query(**codes)
    return f"{page}?{urlencode(parameters)}" if parameters else page


def choose(
    label: str, name: str, options: Mapping[str, str], default: str, language: str, *, shows_label: bool = False
) -> str:
    """A drop-down whose code lives in the URL. `options`: code -> label in the reader's language."""
    current = code(name, options, default)
    widget = f"choose_{name}_{language}"
    st.session_state[widget] = current
    st.selectbox(
        label,
        list(options),
        key=widget,
        format_func=lambda c: options.get(c, c),
        on_change=_chosen,
        args=(name, widget, default),
        label_visibility="visible" if shows_label else "collapsed",
    )
    return current


def _chosen(name: str, widget: str, default: str) -> None:
    if name == "programme":
        forget(OF_A_PROGRAMME)
    keep(name, st.session_state[widget], default)


def enter(programme: str) -> None:
    """Drop what this visit remembers of another programme; what the URL says stays."""
    if st.session_state.get("entered", programme) != programme:
        for name in OF_A_PROGRAMME:
            st.session_state.pop(_kept(name), None)
    st.session_state["entered"] = programme
