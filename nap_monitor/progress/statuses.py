"""The closed lists of what can be said of an indicator or an action."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Of an indicator in a quarter, best first, then those outside every index."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"
    NOT_COMPUTABLE = "not_computable"


ASSESSED = frozenset({Status.ACHIEVED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})
"""The statuses that stand on a figure and enter the index."""


class Flag(StrEnum):
    """What a reader should know beside the colour."""

    REVIEW_THE_PLANNING = "review_the_planning"  # far above the target: was the target right?
    OVER = "over"
    NO_MOVEMENT = "no_movement"  # no better than the baseline although better was expected by now
    LATE = "late"  # a milestone first reported done after its due quarter


class Reason(StrEnum):
    """Why confidence in a figure is less than high (rule 10)."""

    LATE = "late"
    NO_EVIDENCE = "no_evidence"
    PRELIMINARY = "preliminary"
    REVISED_AFTER_ACCEPTANCE = "revised_after_acceptance"
    OUTLIER = "outlier"
    CARRIED = "carried"


class Because(StrEnum):
    """Why a status is not due or not computable."""

    AWAITED = "awaited"  # due, its deadline still ahead
    NOTHING_PLANNED = "nothing_planned"  # the plan gives this year no target
    NOT_SCHEDULED = "not_scheduled"  # before the first or after the last target
    NOT_THIS_QUARTER = "not_this_quarter"  # its frequency asks for other quarters
    BEFORE_DUE = "before_due"  # a milestone ahead
    NO_TARGET_SCHEDULED = "no_target_scheduled"  # a figure with nothing to compare it with
    NO_CASES = "no_cases"  # "no aplica", 0 of 0
    NO_BASELINE = "no_baseline"  # the rule set judges the path from a baseline that is not there
    NO_COMPLIANCE = "no_compliance"  # expected 0 and no progress to judge in its place
    EXPECTED_ZERO = "expected_zero"  # the rule set divides by an expected value of 0


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ActionStatus(StrEnum):
    """What agencies report of an action; `no_report` is ours."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PARTLY_MET = "partly_met"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    MODIFIED = "modified"
    NO_REPORT = "no_report"
