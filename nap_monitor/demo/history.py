"""The demonstration's history, lived through once more: workbooks handed in, read, corrected, day after day."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import Path

from nap_monitor.demo import mistakes
from nap_monitor.demo.deliveries import Delivery, deliveries, reporting_agencies
from nap_monitor.demo.workbooks import Story
from nap_monitor.language import Language
from nap_monitor.programme.model import Programme
from nap_monitor.sheets.cells import EMPTY
from nap_monitor.sheets.contract import Role, label
from nap_monitor.sheets.template import Known, write_template

HANDED_IN_AT = time(17, tzinfo=UTC)
EDITED_BEFORE = timedelta(days=3)
CSV_AGENCIES = {"CNDH": "CNDH_Acciones.csv"}
"""Agencies that send a CSV of their actions, without any workbook."""


@dataclass(frozen=True)
class History:
    """What happens in the folder of workbooks until a moment. Each step writes files and gives the moment after it."""

    programme: Programme
    folder: Path
    now: datetime
    language: Language

    @cached_property
    def story(self) -> Story:
        return Story(self.programme, self.now.date(), self.language)

    @cached_property
    def days(self) -> list[tuple[date, list[Delivery]]]:
        found = deliveries(self.programme, reporting_agencies(self.programme), self.now.date())
        return [(day, list(same)) for day, same in groupby(found, key=lambda d: d.day)]

    @property
    def length(self) -> int:
        """How many steps there are."""
        return len(self.days) + 1

    def steps(self) -> Iterator[datetime]:
        """Write the workbooks of one day after the other; the moments at which they should be read."""
        for day, handed_in in self.days:
            moment = datetime.combine(day, HANDED_IN_AT)
            for delivery in handed_in:
                self._write(delivery, moment, later=False)
            yield moment + timedelta(hours=1)
        self._edit()
        yield self.now

    def _write(self, delivery: Delivery, moment: datetime, *, later: bool) -> Path:
        known = self.story.known(delivery)
        if delivery.is_latest:
            known = mistakes.with_mistakes(known, delivery.quarter, later=later)
        if name := CSV_AGENCIES.get(delivery.agency):
            path = self.folder / name
            path.write_text(actions_csv(known, self.language), "utf-8-sig")
        else:
            path = self.folder / f"{delivery.agency}.xlsx"
            write_template(
                path,
                self.programme,
                delivery.agency,
                self.language,
                quarter=delivery.quarter,
                day=delivery.day,
                known=known,
            )
        _date(path, moment)
        return path

    def _edit(self) -> None:
        """The mistakes that came in after the latest delivery, and the workbook that was cut off."""
        moment = (
            max(self.now - EDITED_BEFORE, datetime.combine(self.days[-1][0], HANDED_IN_AT)) if self.days else self.now
        )
        latest = {d.agency: d for _, same in self.days for d in same if d.is_latest}
        for agency in sorted(self._careless & latest.keys()):
            path = self._write(latest[agency], moment, later=True)
            mistakes.spoil(path, f"{latest[agency].quarter.year}-T{latest[agency].quarter.number}", self.language.code)
            _date(path, moment)
        if mistakes.CORRUPT in latest:
            path = self.folder / f"{mistakes.CORRUPT}.xlsx"
            mistakes.cut_off(path)
            _date(path, moment)

    @property
    def _careless(self) -> set[str]:
        found = (self.programme.indicator_by_code.get(code) for code in mistakes.EDITED)
        if not self.story.quarters:
            return set()
        last = self.story.quarters[-1]
        return {self.programme.responsible_for(i, last) for i in found if i is not None}


def actions_csv(known: Known, language: Language) -> str:
    """The actions of an agency as a CSV with semicolons, as a Spanish Excel saves it."""
    names = ("code", "status", "start", "finish", "note", "evidence")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(label(Role.ACTION.value, name, language.code) for name in names)
    for row in known.of(Role.ACTION):
        cells = (row.cells.get(name, EMPTY).value for name in names)
        writer.writerow(f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell or "" for cell in cells)
    return text.getvalue()


def _date(path: Path, moment: datetime) -> None:
    """Give a file the day on which it was handed in: the sync goes by it."""
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def files_of(programme: Programme) -> list[str]:
    """The names of the files that the demonstration's agencies hand in."""
    return [CSV_AGENCIES.get(agency, f"{agency}.xlsx") for agency in reporting_agencies(programme)]
