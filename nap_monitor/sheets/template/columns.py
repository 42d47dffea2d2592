"""The columns of each tab, in their order: what a cell holds, how wide it is, and the note on its header."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nap_monitor.language import Language, mark
from nap_monitor.sheets.contract import FOR_THE_READER, OURS, REQUIRED, Role, label
from nap_monitor.sheets.template.known import OWN


class Entry(StrEnum):
    """What the cells of a column hold."""

    CODE = "code"  # text, whatever it looks like
    TEXT = "text"
    LONG = "long"
    FIGURE = "figure"  # a number in the indicator's own format
    COUNT = "count"
    DATE = "date"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` in characters; `note` is a message id; `header` only for the agency's own columns."""

    field: str
    width: int
    entry: Entry
    note: str = ""
    header: str = ""

    def title(self, role: Role, language: Language) -> str:
        return self.header if self.field.startswith(OWN) else label(role.value, self.field, language.code)

    def is_ours(self) -> bool:
        return self.field in OURS

    def is_for_the_reader(self, role: Role) -> bool:
        return self.field in FOR_THE_READER[role]

    def is_required(self, role: Role) -> bool:
        return self.field in REQUIRED[role] or (role is Role.INDICATOR and self.field == "value")


_SYSTEM = (
    Column("system_status", 14, Entry.TEXT, mark("Filled in by the system: whether the row was accepted.")),
    Column("system_message", 30, Entry.LONG, mark("Filled in by the system: what to correct in the row.")),
)

COLUMNS: dict[Role, tuple[Column, ...]] = {
    Role.INDICATOR: (
        Column("code", 11, Entry.CODE, mark("Code of the indicator in the plan. Do not change it.")),
        Column("name", 38, Entry.LONG, mark("What the indicator measures. For your information; it is not read.")),
        Column("unit", 14, Entry.LONG, mark("Unit of measure. For your information; it is not read.")),
        Column(
            "period",
            10,
            Entry.CODE,
            mark("Quarter that the figure is about. One row per indicator, period and breakdown."),
        ),
        Column(
            "expected",
            11,
            Entry.FIGURE,
            mark("What the plan expects by the end of the period. For your information; not read."),
        ),
        Column(
            "value",
            12,
            Entry.FIGURE,
            mark(
                "The figure reported. Percentages from 0 to 100 (85 means 85 %). If there is no figure write N/D; "
                "an empty cell means not reported, and 0 means zero."
            ),
        ),
        Column(
            "numerator",
            12,
            Entry.FIGURE,
            mark("Upper part of the calculation. With the denominator it can stand for the value."),
        ),
        Column(
            "denominator",
            12,
            Entry.FIGURE,
            mark("Lower part of the calculation. If there were no cases, write 0 in both."),
        ),
        Column(
            "breakdown",
            17,
            Entry.TEXT,
            mark(
                "Leave it empty for the total. To report by category, add one row per category with the same "
                "code and period."
            ),
        ),
        Column("quality", 13, Entry.TEXT, mark("Whether the figure is preliminary, definitive or revised.")),
        Column("cut_off", 12, Entry.DATE, mark("Day to which the figure is counted.")),
        Column(
            "own_rating",
            15,
            Entry.TEXT,
            mark("How your agency judges the progress. It does not change the system's colour."),
        ),
        Column(
            "cause", 30, Entry.LONG, mark("Why the figure differs from what was expected. Needed when it is worse.")
        ),
        Column(
            "corrective",
            30,
            Entry.LONG,
            mark("What is being done to correct the course. Needed when the figure is worse."),
        ),
        Column(
            "evidence", 28, Entry.LINK, mark("Link to the document that supports the figure. It begins with https://")
        ),
        Column(
            "evidence_public",
            11,
            Entry.TEXT,
            mark("Yes if the link may be shown to the public. If it is left empty, the answer is no."),
        ),
        Column("reported_by", 20, Entry.TEXT, mark("Who reports the figure in your agency.")),
        *_SYSTEM,
    ),
    Role.ACTION: (
        Column("code", 10, Entry.CODE, mark("Code of the action in the plan. Do not change it.")),
        Column("text", 48, Entry.LONG, mark("What the plan commits to. For your information; it is not read.")),
        Column("due", 12, Entry.DATE, mark("Last day that the plan gives. For your information; it is not read.")),
        Column("status", 20, Entry.TEXT, mark("Where the action stands today. Choose one of the words of the list.")),
        Column("start", 12, Entry.DATE, mark("Day on which the work began.")),
        Column("finish", 12, Entry.DATE, mark("Day on which the action was completed.")),
        Column(
            "new_due",
            12,
            Entry.DATE,
            mark(
                "Only to ask for a new due date. It is a request: the date of the plan stands until the Working "
                "Group decides."
            ),
        ),
        Column("note", 40, Entry.LONG, mark("What was done, or why not.")),
        Column(
            "evidence", 28, Entry.LINK, mark("Link to the document that proves the progress. It begins with https://")
        ),
        Column(
            "evidence_public",
            11,
            Entry.TEXT,
            mark("Yes if the link may be shown to the public. If it is left empty, the answer is no."),
        ),
        *_SYSTEM,
    ),
    Role.SUBMISSION: (
        Column("period", 12, Entry.CODE, mark("Quarter that is handed in.")),
        Column(
            "state",
            22,
            Entry.TEXT,
            mark(
                "While it says draft, only your agency and the coordination see the figures. They count once it "
                "says submitted."
            ),
        ),
        Column("name", 32, Entry.TEXT, mark("Who hands in the report.")),
        Column("post", 32, Entry.TEXT, mark("Post of the person who hands in the report.")),
        Column("letter", 24, Entry.CODE, mark("Number of the official letter, if there is one.")),
        Column("date", 12, Entry.DATE, mark("Day on which the report is handed in.")),
        Column("receipt", 22, Entry.CODE, mark("Filled in by the system: number of the receipt of the submission.")),
    ),
    Role.PARTICIPATION: (
        Column(
            "id", 14, Entry.CODE, mark("A name of your own for the event, different for each one, such as C-2026-01.")
        ),
        Column("kind", 15, Entry.TEXT, mark("Consultation, training or session. Choose one of the words of the list.")),
        Column("date", 12, Entry.DATE, mark("Day of the event, or its first day.")),
        Column("state", 20, Entry.TEXT, mark("State where it took place.")),
        Column("title", 40, Entry.LONG, mark("What the event was about.")),
        Column("total", 11, Entry.COUNT, mark("People who took part, in total.")),
        Column("women", 11, Entry.COUNT, mark("Women who took part.")),
        Column("men", 11, Entry.COUNT, mark("Men who took part.")),
        Column("indigenous", 11, Entry.COUNT, mark("Indigenous people who took part.")),
        Column("organisations", 15, Entry.COUNT, mark("Organisations that took part.")),
        Column("proposals_received", 12, Entry.COUNT, mark("Proposals that the participants made.")),
        Column("proposals_answered", 13, Entry.COUNT, mark("Proposals that have been answered.")),
        Column("report_link", 30, Entry.LINK, mark("Link to the report of the event. It begins with https://")),
    ),
}


def columns(role: Role, own: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """The columns of a tab, the agency's own last."""
    return COLUMNS[role] + tuple(Column(f"{OWN}{n}", 20, Entry.TEXT, header=header) for n, header in enumerate(own))
