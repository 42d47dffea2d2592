"""All that cells are compared with, prepared once for a reading."""

from __future__ import annotations

from nap_monitor.programme.model import Programme
from nap_monitor.sheets.parse.breakdowns import Breakdowns
from nap_monitor.sheets.parse.codes import CodeList


class Vocabulary:
    """The plan's codes and categories, as cells may name them."""

    def __init__(self, programme: Programme) -> None:
        self.indicators = CodeList(programme.indicator_by_code)
        self.actions = CodeList(programme.action_by_code)
        self.breakdowns = Breakdowns(programme)
