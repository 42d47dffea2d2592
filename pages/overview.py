"""Where does the programme stand today?"""

import streamlit as st

from nap_monitor.web import attention, change, counts, deliveries, notices, scene, widgets

now = scene.current()

if now.standing.withheld:
    notices.withheld(now)
    deliveries.who_has_reported(now)
    st.stop()

counts.headline(now)
counts.cards(now)
left, right = st.columns([3, 2], gap="medium")
with left:
    st.subheader(now.language.say("Objectives"), anchor=False)
    widgets.chart(now.drawn("objectives", lambda: counts.objective_bars(now)), now.language)
    if now.has_indicators:
        st.subheader(now.language.say("By kind of indicator"), anchor=False)
        widgets.chart(now.drawn("kinds", lambda: counts.kind_bars(now)), now.language)
    if now.has_indicators:
        change.show(now)
with right:
    attention.show(now, most=8)
