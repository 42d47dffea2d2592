"""The companion workbook that tells an agency, beside its own, what was taken and what to correct."""

from nap_monitor.sheets.feedback.content import FeedbackContent, ProblemLine, desired
from nap_monitor.sheets.feedback.rows import RowLine, RowStatus
from nap_monitor.sheets.feedback.workbook import feedback_path, feedback_workbook, write_feedback

__all__ = [
    "FeedbackContent",
    "ProblemLine",
    "RowLine",
    "RowStatus",
    "desired",
    "feedback_path",
    "feedback_workbook",
    "write_feedback",
]
