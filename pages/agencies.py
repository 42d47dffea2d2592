"""Who is responsible, who is behind or silent?"""

import streamlit as st

from nap_monitor.web import deliveries, notices, scene, scorecard, widgets

now = scene.current()

agency = scorecard.choose_agency(now)
if now.standing.withheld:
    notices.withheld(now)
if agency:
    scorecard.one(now, agency)
elif now.standing.withheld:
    deliveries.who_has_reported(now)
else:
    if now.has_indicators:
        st.subheader(now.language.say("Agencies by objective"), anchor=False)
        st.caption(now.language.say("Each cell: the most serious status, and how many of the indicators have it."))
        widgets.chart(now.drawn("heat", lambda: scorecard.heat(now)), now.language)
    st.subheader(now.language.say("All agencies"), anchor=False)
    scorecard.ranking(now)
