"""What a reader must know before any figure: made-up data, part of a plan, nothing published, nothing loaded."""

from __future__ import annotations

import streamlit as st

from nap_monitor.charts.chart import ILLUSTRATIVE
from nap_monitor.language import Language
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import plain, said
from nap_monitor.web.viewer import is_operator


def above(scene: Scene) -> None:
    """One line under the title: which programme, what kind of data."""
    say, programme = scene.language.say, scene.programme
    marks = []
    if scene.is_illustrative:
        marks.append(f":orange-badge[{say(ILLUSTRATIVE)}]")
    if programme.sample:
        sample = say("sample: {shown} of {total} actions", shown=programme.sample.shown, total=programme.sample.total)
        marks.append(f":violet-badge[{sample}]")
    if is_operator(scene.viewer):
        marks.append(f":blue-badge[{say('Local operator: {name}', name=plain(scene.viewer.name))}]")
    help_text = said(programme.disclaimer, scene.language) or said(programme.note, scene.language) or None
    st.markdown(f"{said(programme.name, scene.language)} {' '.join(marks)}", help=help_text)


def withheld(scene: Scene) -> None:
    """Why there are no figures here for this reader."""
    st.info(
        scene.language.say(
            "{quarter} is not published yet: you see what the plan promises and who has reported, but no figures.",
            quarter=scene.language.quarter(str(scene.quarter)),
        )
    )


def no_programme(reader: Language) -> None:
    """An empty database: the way from here to a dashboard, in three steps."""
    st.title("NAP Monitor", anchor=False)
    st.markdown(f"#### {reader.say('There is no programme in the database yet.')}")
    steps = (
        (
            reader.say("Write your plan after the example of {file}, and check it:", file="`config/programme.yaml`"),
            "check",
        ),
        (reader.say("Load it into the database:"), "plan load config/programme.yaml"),
        (reader.say("Put the agencies’ workbooks into their folder and read them:"), "sync"),
    )
    st.markdown("\n".join(f"1. {what}\n\n   `python3 run.py {command}`" for what, command in steps))
    st.caption(reader.say("Then load this page again."))
