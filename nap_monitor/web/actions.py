"""What a click does that is more than looking: it puts a wish in the queue. Pages never sync themselves."""

from __future__ import annotations

import streamlit as st

from nap_monitor.access import Act, Role
from nap_monitor.database.engine import writing
from nap_monitor.database.requests import ask_for_sync
from nap_monitor.language import mark
from nap_monitor.web import reading
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import plain

_WATCHED = "watched_request"
_SECONDS = 1.0  # between looks at the queue, for the one who asked and only until it is done

WAITING = mark("Waiting for its turn …")
RUNNING = mark("Reading spreadsheets: {done} of {all} agencies …")


def sync_now(scene: Scene, agency: str) -> None:
    """The button for who may, and how far the reading has come. `agency` empty: all."""
    asked = agency or (scene.viewer.agency if scene.viewer.role is Role.AGENCY else None)
    if not scene.viewer.may(Act.SYNC, asked):
        return
    say = scene.language.say
    label = say("Read the spreadsheets now") if not asked else say("Read this agency’s spreadsheet now")
    if st.button(label, key="sync_now", type="primary", disabled=_WATCHED in st.session_state):
        st.session_state[_WATCHED] = ask(scene, asked)
        st.rerun()
    if _WATCHED in st.session_state:
        _watch(scene)
    elif "sync_said" in st.session_state:
        kind, sentence = st.session_state.pop("sync_said")
        (st.success if kind == "done" else st.warning)(sentence)


def ask(scene: Scene, agency: str | None) -> int:
    """Put a sync into the queue; the request's id. Raises `NotAllowed`."""
    with writing(reading.engine()) as connection:
        return ask_for_sync(connection, scene.viewer, scene.plan.programme_id, agency, now=reading.now())


@st.fragment(run_every=_SECONDS)
def _watch(scene: Scene) -> None:
    request = reading.request(scene.viewer, st.session_state.get(_WATCHED, 0))
    say = scene.language.say
    if request is None or request.is_over:
        st.session_state.pop(_WATCHED, None)
        if request is not None and request.trouble:
            message, values = request.trouble
            st.session_state["sync_said"] = ("failed", plain(say(message, **values)))
        else:
            st.session_state["sync_said"] = ("done", say("The spreadsheets were read."))
        st.rerun()
    share = request.done / request.total if request.total else 0.0
    text = say(RUNNING, done=request.done, all=request.total) if request.total else say(WAITING)
    st.progress(share, text)
