"""What only the reader's browser can do: say the page's language, and follow our own links without a new tab."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

# Streamlit writes <html lang="en"> whatever the page's language, and opens links of texts in a new tab.
_JS = """
export default function ({ data, setTriggerValue }) {
  const [language, names] = data
  document.documentElement.lang = language
  const pages = new Set(names)
  const follow = (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target.closest?.("[data-testid=stMarkdown] a[href]")
    if (!link || link.origin !== location.origin) return
    const page = link.pathname.split("/").pop()
    if (!pages.has(page)) return
    event.preventDefault()
    event.stopPropagation()
    setTriggerValue("follow", page + link.search)
  }
  document.addEventListener("click", follow, true)
  return () => document.removeEventListener("click", follow, true)
}
"""


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component("nap_monitor.browser", js=_JS)


def attend(language: str, pages: Mapping[str, Any]) -> None:
    """Keep `<html lang>` right, and go where a link of a text was clicked. `pages`: url path -> st.Page."""
    # A list: the values of a dictionary are looked through for data frames, which loads pandas (100 MiB) for nothing.
    said = _component()(key="browser", data=[language, [*pages]], on_follow_change=lambda: None)
    if said.follow:
        page, _, query = str(said.follow).partition("?")
        if page in pages:
            st.switch_page(pages[page], query_params=dict(parse_qsl(query)))
