"""What one workbook is for: whose, of which plan, for which quarter, in which language, as of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nap_monitor.language import Language
from nap_monitor.programme.model import Indicator, Programme, pick
from nap_monitor.programme.quarters import Quarter, quarters_between
from nap_monitor.progress.schedule import deadline
from nap_monitor.sheets.excel import illustrative
from nap_monitor.sheets.template.known import Known
from nap_monitor.sheets.template.rows import due_indicators, period_text


@dataclass(frozen=True, slots=True)
class Assignment:
    programme: Programme
    agency: str
    language: Language
    quarter: Quarter
    day: date
    known: Known

    @property
    def agency_name(self) -> str:
        return pick(self.programme.agency_by_id[self.agency].named_on(self.quarter.last_day).name, self.language.code)

    @property
    def acronym(self) -> str:
        return self.programme.agency_by_id[self.agency].acronym_on(self.quarter.last_day)

    @property
    def period(self) -> str:
        return period_text(self.quarter, self.language)

    @property
    def programme_name(self) -> str:
        return pick(self.programme.name, self.language.code)

    @property
    def footer(self) -> str:
        """What stands below each printed page: the warning of invented data, else the plan's code."""
        return illustrative(self.programme, self.language) or self.programme.code

    def institution(self, name: str) -> str:
        """An agency of the plan by its full name and acronym; any other institution as the plan writes it."""
        agency = self.programme.agency_by_id.get(name)
        if agency is None:
            return name
        day = self.quarter.last_day
        full, acronym = pick(agency.named_on(day).name, self.language.code), agency.acronym_on(day)
        return full if full == acronym else f"{full} ({acronym})"

    def asked(self) -> list[Indicator]:
        return due_indicators(self.programme, self.agency, self.quarter, self.known.done)

    def own_indicators(self) -> list[Indicator]:
        """Every indicator the agency answers for in the quarter, due in it or not."""
        return [i for i in self.programme.indicators if i.responsible_in(self.quarter) == self.agency]

    def deadlines(self) -> dict[date, list[Indicator]]:
        """Last day -> the indicators due on it, soonest first."""
        days: dict[date, list[Indicator]] = {}
        for indicator in self.asked():
            days.setdefault(deadline(self.programme, indicator, self.quarter), []).append(indicator)
        return dict(sorted(days.items()))

    def periods(self) -> list[Quarter]:
        """The quarters a figure can be about: those of the programme, else the last five years."""
        first = self.programme.first_quarter or self.quarter - 20
        last = self.programme.last_quarter or self.quarter
        return list(quarters_between(first, max(last, self.quarter)))
