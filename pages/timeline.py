"""What was due, what slipped, what is next?"""

import streamlit as st

from nap_monitor.web import notices, scene, timeline, tree, widgets

now = scene.current()
say = now.language.say

if now.standing.withheld:
    notices.withheld(now)
objective = tree.choose_objective(now)
if timeline.dated_actions(now, ""):
    st.subheader(say("Actions in time"), anchor=False)
    st.caption(say("The upright mark is the planned date, ▽ the date that an agency asks for, ◆ a milestone."))
    widgets.chart(now.drawn("gantt", lambda: timeline.plan_bars(now, objective), objective), now.language)
    timeline.coming(now)
    if not now.standing.withheld:
        st.subheader(say("Planned and actual"), anchor=False)
        left, right = st.columns(2, gap="medium")
        if now.has_indicators:
            with left:
                st.markdown(f"##### {say('Progress of the indicators')}")
                widgets.chart(now.drawn("progress", lambda: timeline.progress_curve(now)), now.language)
        with right if now.has_indicators else left:
            st.markdown(f"##### {say('Actions completed')}")
            widgets.chart(now.drawn("completion", lambda: timeline.completion_curve(now)), now.language)
else:
    timeline.undated(now)
timeline.milestones(now)
