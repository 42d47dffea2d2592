"""Is this one going to make it?"""

import streamlit as st

from nap_monitor.web import indicator, notices, reading, scene, sheet, widgets

now = scene.current()
say = now.language.say

if not now.has_indicators:
    widgets.empty(say("This plan has no indicators: it is followed by its actions."), say("See the page “Objectives”."))
    st.stop()
if now.standing.withheld:
    notices.withheld(now)
one = indicator.choose(now)
history = reading.history(now.edition, now.viewer, now.programme.code, one.code, now.quarter)
indicator.head(now, one)
left, right = st.columns([3, 2], gap="medium")
with left:
    st.subheader(say("Path"), anchor=False)
    widgets.chart(now.drawn("path", lambda: indicator.drawn_path(now, history), one.code), now.language)
with right:
    indicator.why(now, history)
if not now.standing.withheld:
    indicator.revisions(now, history)
sheet.show(now, one)
