"""How fresh the data are, and who is looking at them: the foot of the sidebar."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from nap_monitor.access import DEMONSTRATION, Role
from nap_monitor.language import mark
from nap_monitor.web import reading
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import plain

ROLES = {
    Role.PUBLIC: mark("Public"),
    Role.LEADERSHIP: mark("Leadership"),
    Role.WORKING_GROUP: mark("Working group"),
    Role.AGENCY: mark("Agency"),
    Role.COORDINATOR: mark("Coordinator"),
}


def show(scene: Scene) -> None:
    say = scene.language.say
    st.caption("  \n".join([last_read(scene), say("Today: {day}", day=scene.language.day(scene.day)), _viewer(scene)]))


def last_read(scene: Scene) -> str:
    """When the spreadsheets were last read, in the programme's own time."""
    moment = reading.last_sync(scene.plan.programme_id)
    if moment is None:
        return scene.language.say("No spreadsheet has been read yet")
    local = moment.astimezone(ZoneInfo(scene.programme.time_zone))
    return scene.language.say("Spreadsheets read: {moment}", moment=scene.language.moment(local))


def _viewer(scene: Scene) -> str:
    role = scene.language.say(ROLES[scene.viewer.role])
    if scene.viewer.role is Role.PUBLIC:
        return scene.language.say("You see: the public view")
    name = scene.language.say("demonstration") if scene.viewer.name == DEMONSTRATION else plain(scene.viewer.name)
    return scene.language.say("You see: {role} ({name})", role=role, name=name)
