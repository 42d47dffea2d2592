"""What did each spreadsheet deliver, what is wrong, who still owes?"""

import streamlit as st

from nap_monitor.web import actions, deliveries, notices, reading, scene, scorecard

now = scene.current()

if now.standing.withheld:
    notices.withheld(now)
    deliveries.who_has_reported(now)
    st.stop()

left, right = st.columns([3, 2], vertical_alignment="top")
with left:
    agency = scorecard.choose_agency(now)
with right:
    actions.sync_now(now, agency)
delivered = reading.deliveries(now.viewer, now.plan.programme_id, now.quarter)
deliveries.troubles(now, delivered, agency)
if not agency:
    deliveries.overview(now, delivered)
deliveries.problem_list(now, agency)
if now.has_indicators:
    deliveries.debts(now, agency)
