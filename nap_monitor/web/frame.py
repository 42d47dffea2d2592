"""The script of every page: language, programme, viewer, navigation, quarter; then the page itself.

Streamlit runs it from the top at each visit and each click.
"""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from nap_monitor.assess import RulesUnusable
from nap_monitor.database.plans import StoredPlan
from nap_monitor.database.trouble import DatabaseUnavailable
from nap_monitor.language import LANGUAGES, NAMES, Language, language
from nap_monitor.programme.model import pick
from nap_monitor.programme.quarters import Quarter, quarters_between
from nap_monitor.progress.schedule import default_quarter
from nap_monitor.settings import ROOT
from nap_monitor.web import address, browser, freshness, notices, reading
from nap_monitor.web.scene import Scene, set_scene, theme
from nap_monitor.web.text import plain
from nap_monitor.web.viewer import AccessUnusable, is_local, viewer_of

log = logging.getLogger(__name__)
_SIDEBAR = 236  # pixels: room for the figures on a small screen


def pages(reader: Language) -> dict[str, st.Page]:
    """url path -> page, in the order of the menu. Addresses stay, titles are the reader's."""
    titles = {
        "overview": reader.say("Overview"),
        "objectives": reader.say("Objectives"),
        "agencies": reader.say("Agencies"),
        "timeline": reader.say("Timeline"),
        "indicator": reader.say("Indicator"),
        "reporting": reader.say("Reporting"),
    }
    return {path: st.Page(_file(path), title=title, url_path=path) for path, title in titles.items()}


def front_door(reader: Language) -> st.Page:
    """What `/` shows. Streamlit gives its default page no other address; so it is the overview once more, unlisted."""
    title = reader.say("Overview")
    return st.Page(_file("overview"), title=title, url_path="start", default=True, visibility="hidden")


def _file(path: str) -> Path:
    return ROOT / "pages" / f"{path}.py"


def choose_programme(plans: tuple[StoredPlan, ...], reader: Language) -> StoredPlan:
    """The programme of the URL, else the first; a list to choose from only where there are several."""
    by_code = {plan.programme.code: plan for plan in plans}
    first = plans[0].programme.code
    names = {code: pick(plan.programme.name, reader.code) or code for code, plan in by_code.items()}
    if len(plans) > 1:
        with st.sidebar:
            code = address.choose(reader.say("Programme"), "programme", names, first, reader.code, shows_label=True)
    else:
        code = address.code("programme", names, first)
    address.enter(code)
    return by_code[code]


def quarters(plan: StoredPlan, default: Quarter) -> list[Quarter]:
    """Those that can be looked at, the latest first: from the programme's first to the one that is running."""
    first = plan.programme.first_quarter or default
    last = min(default + 1, plan.programme.last_quarter) if plan.programme.last_quarter else default
    return sorted(quarters_between(first, last), reverse=True)


def top_row(title: str, plan: StoredPlan, reader: Language) -> Quarter:
    """Title, quarter, language: what a page is about, and the two switches that every page has."""
    default = default_quarter(plan.programme, reading.today(plan))
    names = {str(q): reader.quarter(str(q)) for q in quarters(plan, default)}
    heading, switches = st.columns([3, 2], vertical_alignment="bottom")
    heading.title(title, anchor=False)
    with switches, st.container(horizontal=True, horizontal_alignment="right"):
        with st.container(width=150):
            code = address.choose(reader.say("Quarter"), "quarter", names, str(default), reader.code)
        language_switch(reader)
    return Quarter.parse(code)


def language_switch(reader: Language) -> None:
    """One click to the other language; page and filters stay."""
    for code in LANGUAGES:
        if code != reader.code:
            st.button(
                NAMES[code],
                key=f"language_{code}",
                on_click=address.keep,
                args=("lang", code, reading.settings().language),
            )


def show(reader: Language, page: st.Page) -> None:
    """The page, with all that surrounds it."""
    edition = reading.edition()
    plans = reading.plans(edition)
    if not plans:
        language_switch(reader)
        notices.no_programme(reader)
        return
    plan = choose_programme(plans, reader)
    viewer = viewer_of(plan)
    reader = language(reader.code, plan.programme.number_locale)
    quarter = top_row(page.title, plan, reader)
    day = reading.today(plan)
    standing = reading.standing(edition, viewer, plan.programme.code, quarter, day)
    scene = Scene(edition, reader, theme(), viewer, plan, quarter, day, standing, reading.limits())
    set_scene(scene)
    notices.above(scene)
    with st.sidebar:
        freshness.show(scene)
    page.run()


def told(trouble: DatabaseUnavailable | AccessUnusable | RulesUnusable, reader: Language) -> str:
    """What is wrong, on this machine alone: it names folders, servers and people. Visitors hear that it will pass."""
    if is_local():
        return trouble.sentence(reader)
    log.error("%s", trouble)
    return reader.say("NAP Monitor cannot answer at the moment; please try again in a few minutes.")


def main() -> None:
    reader = language(address.code("lang", LANGUAGES, reading.settings().language))
    st.set_page_config(page_title="NAP Monitor", layout="wide", initial_sidebar_state=_SIDEBAR)
    its_pages = pages(reader)
    page = st.navigation([front_door(reader), *its_pages.values()])
    with st.sidebar:
        browser.attend(reader.code, its_pages)
    try:
        show(reader, page)
    except (DatabaseUnavailable, AccessUnusable, RulesUnusable) as trouble:
        st.error(plain(told(trouble, reader)))
    except reading.NotMigrated:
        st.error(reader.say("The database has the tables of another version: stop the server and start it again."))


main()
