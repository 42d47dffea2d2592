"""Quarters as agencies write them: `2026-T3`, `Q3 2026`, `3er trimestre 2026`, or a quarter's last day.

The list of forms is closed: what is not on it (`2026/3`, `2026-03`, `2026`) is a problem and never another quarter.
"""

from __future__ import annotations

import re
from datetime import date

from nap_monitor.programme.model import Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets import dates
from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import normalise
from nap_monitor.sheets.judging import Answer, refuse
from nap_monitor.sheets.problems import Fault, fault

_WORDS = {
    **dict(zip(("primer", "segundo", "tercer", "cuarto"), range(1, 5), strict=True)),
    **dict(zip(("first", "second", "third", "fourth"), range(1, 5), strict=True)),
}
_ORDINAL = r"(?P<number>[1-4])(?: ?\.?(?:er|ro|do|to|o|st|nd|rd|th)\.?)?"
_QUARTER_OF = r" (?:trimestre|quarter) (?:de |del |of )?(?P<year>[0-9]{4})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>[0-9]{4})[- ]?[tq](?P<number>[1-4])",  # 2026-T3, 2026 Q3
        r"[tq](?P<number>[1-4])[- ](?:de |of )?(?P<year>[0-9]{4})",  # T3 2026
        _ORDINAL + _QUARTER_OF,  # 3er trimestre 2026, 3.er trimestre de 2026, 3rd quarter of 2026
        rf"(?P<word>{'|'.join(_WORDS)}){_QUARTER_OF}",  # tercer trimestre 2026
    )
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def quarter(cell: Cell) -> Answer[Quarter]:
    """The quarter in a cell that is neither blank nor an error; a day only if it is the last one of a quarter."""
    if cell.kind is CellKind.TEXT:
        text = normalise(str(cell.value)).translate(_DASHES)
        found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
        if found and found["year"] != "0000":
            parts = found.groupdict()
            return Answer(Quarter(int(parts["year"]), int(parts.get("number") or _WORDS[parts["word"]])))
    read = dates.day(cell).value
    if read is None:
        return refuse("unreadable_period")
    if Quarter.of(read).last_day != read:
        return refuse("not_a_quarter_end", day=read.isoformat())
    return Answer(Quarter.of(read))


def out_of_time(quarter: Quarter, programme: Programme, day: date) -> Fault | None:
    """Why a quarter cannot be reported: it is outside the programme, or it has not begun.

    The quarter that runs may be reported: early figures are read, and are due only after its end.
    """
    first, last = programme.first_quarter, programme.last_quarter
    if (first and quarter < first) or (last and quarter > last):
        return fault(
            "outside_programme",
            quarter=str(quarter),
            first_quarter=str(first or last),
            last_quarter=str(last or first),
        )
    return fault("future_quarter", quarter=str(quarter)) if quarter.first_day > day else None
