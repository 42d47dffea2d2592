"""What the rows of each tab are like: which fields say what a row is about, which are typed, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nap_monitor.sheets.contract import FOR_THE_READER, OURS, Report, Role, labels
from nap_monitor.sheets.parse import actions, indicators, participation, submissions
from nap_monitor.sheets.parse.row import Row


@dataclass(frozen=True, slots=True)
class Form:
    """One role's rows. The four questions tell reports from whatever else stands in a tab."""

    role: Role
    identity: tuple[str, ...]  # labels: filled down where they are merged
    read: Callable[[Row], Report | None]
    is_known: Callable[[Row], bool]
    is_identified: Callable[[Row], bool]
    looks_like_report: Callable[[Row], bool]
    is_complete: Callable[[Row], bool]

    @property
    def key(self) -> str:
        """The field that names what a row is about."""
        return self.identity[0]

    @property
    def typed(self) -> frozenset[str]:
        """Fields in which an agency reports something; the others only say about what."""
        given = {*self.identity, *FOR_THE_READER[self.role], *OURS}
        return frozenset(labels()[self.role.value]) - given


FORMS: dict[Role, Form] = {
    Role.INDICATOR: Form(
        Role.INDICATOR,
        ("code", "period", "breakdown"),
        indicators.read,
        indicators.is_known,
        indicators.is_identified,
        indicators.looks_like_report,
        indicators.is_complete,
    ),
    Role.ACTION: Form(
        Role.ACTION,
        ("code",),
        actions.read,
        actions.is_known,
        actions.is_identified,
        actions.looks_like_report,
        actions.is_complete,
    ),
    Role.PARTICIPATION: Form(
        Role.PARTICIPATION,
        ("id",),
        participation.read,
        participation.is_identified,
        participation.is_identified,
        participation.looks_like_report,
        participation.is_complete,
    ),
    Role.SUBMISSION: Form(
        Role.SUBMISSION,
        ("period",),
        submissions.read,
        submissions.is_identified,
        submissions.is_identified,
        submissions.looks_like_report,
        submissions.is_complete,
    ),
}
