"""How the demonstration's actions advance: started, finished, late, given up. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nap_monitor.demo.courses import chance
from nap_monitor.programme.model import Action


@dataclass(frozen=True, slots=True)
class Work:
    """What an agency says of an action on a day; `status` as the spreadsheet contract has it."""

    status: str
    start: date | None = None
    finish: date | None = None
    new_due: date | None = None
    note: str = ""


# For actions of config/programme.yaml. Cancelled, modified: requests, which the group has still to decide.
_CANCELLED = {"4.3.2"}
_MODIFIED_BY_DAYS = {"1.3.2": 180, "4.1.3": 270}
_PARTLY_MET = {"3.2.1"}
_LATE_BY_DAYS = {"2.1.1": 70, "1.2.1": 45}
_NEVER_FINISHED = {"1.3.1", "4.1.1"}
_DIFFERING = {("SRE", "1.3.1"): "completed"}  # what a co-responsible agency says otherwise than the lead
_WORK_DAYS = (300, 500, 800, 1100)  # an action without a start date begins so long before its due day
_NOTE = {
    "not_started": "Se programó su inicio para el siguiente trimestre (dato ilustrativo).",
    "in_progress": "Avanza conforme al calendario acordado con las áreas responsables (dato ilustrativo).",
    "partly_met": "Se concluyó la primera etapa; falta la publicación (dato ilustrativo).",
    "completed": "Concluida y publicada en el portal de la dependencia (dato ilustrativo).",
    "modified": "Se solicita nueva fecha por la reasignación del presupuesto (dato ilustrativo).",
    "cancelled": "Se propone no realizarla por duplicarse con otro programa (dato ilustrativo).",
}


def work_on(action: Action, agency: str, day: date, programme_start: date) -> Work | None:
    """Where an action stands on a day by an agency's account; None where it leaves that to the lead."""
    due = action.due_date or (action.due.last_day if action.due else None)
    if agency != action.lead:
        status = _DIFFERING.get((agency, action.code))
        return Work(status, finish=due, note=_NOTE[status]) if status and due and due <= day else None
    if due is None:
        return _work("not_started")
    if action.code in _CANCELLED and day.year > programme_start.year:
        return _work("cancelled")
    die = chance("action", action.code)
    begins = max(programme_start + timedelta(days=die.randrange(20, 90)), due - timedelta(days=die.choice(_WORK_DAYS)))
    start = action.start or begins
    if day < start:
        return _work("not_started")
    finish = due + timedelta(days=_LATE_BY_DAYS.get(action.code) or die.choice((-40, -20, -8, -3, 25)))
    return _under_way(action.code, day, start, due, finish)


def _under_way(code: str, day: date, start: date, due: date, finish: date) -> Work:
    if code in _MODIFIED_BY_DAYS and day > due - timedelta(days=150):
        return _work("modified", start, new_due=due + timedelta(days=_MODIFIED_BY_DAYS[code]))
    if code in _PARTLY_MET and day >= due:
        return _work("partly_met", start)
    if day >= finish and code not in _NEVER_FINISHED | _PARTLY_MET:
        return _work("completed", start, finish)
    return _work("in_progress", start)


def _work(status: str, start: date | None = None, finish: date | None = None, new_due: date | None = None) -> Work:
    return Work(status, start, finish, new_due, _NOTE[status])
