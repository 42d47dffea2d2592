"""What one workbook is for: whose, of which plan, for which quarter, in which language, as of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nap_monitor.language import Language
from nap_monitor.programme.model import Action, Indicator, Programme, pick
from nap_monitor.programme.quarters import Quarter, quarters_between
from nap_monitor.progress.schedule import deadline, is_due
from nap_monitor.sheets.excel import illustrative
from nap_monitor.sheets.parse.duties import reporters_of_action, reporters_of_indicator
from nap_monitor.sheets.template.known import Known

_YEARS_BACK = 5  # offered by the list of periods when the plan has no dates


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
        return pick(self.programme.agency_by_id[self.agency].named_on(self.day).name, self.language.code)

    @property
    def acronym(self) -> str:
        return self.programme.agency_by_id[self.agency].acronym_on(self.day)

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
        full, acronym = pick(agency.named_on(self.day).name, self.language.code), agency.acronym_on(self.day)
        return full if full == acronym else f"{full} ({acronym})"

    def reports(self, indicator: Indicator, quarter: Quarter) -> bool:
        """Whether this agency answers for an indicator's figure of a quarter, itself or as a successor."""
        return self.agency in reporters_of_indicator(self.programme, indicator, quarter, self.day)

    def own_indicators(self) -> list[Indicator]:
        """Every indicator the agency answers for in the quarter, due in it or not."""
        return [i for i in self.programme.indicators if self.reports(i, self.quarter)]

    def asked(self) -> list[Indicator]:
        """The indicators whose figure for the quarter this agency owes."""
        done = self.known.done
        return [i for i in self.own_indicators() if is_due(i, self.quarter, done_before=i.code in done)]

    def actions(self) -> list[Action]:
        """The actions an agency leads or shares today."""
        return [a for a in self.programme.actions if self.agency in reporters_of_action(self.programme, a, self.day)]

    def deadlines(self) -> dict[date, list[Indicator]]:
        """Last day -> the indicators due on it, soonest first."""
        days: dict[date, list[Indicator]] = {}
        for indicator in self.asked():
            days.setdefault(deadline(self.programme, indicator, self.quarter), []).append(indicator)
        return dict(sorted(days.items()))

    def periods(self) -> list[Quarter]:
        """The quarters a figure can be about: those of the programme, else the last five years."""
        first = self.programme.first_quarter or self.quarter - 4 * _YEARS_BACK
        last = self.programme.last_quarter or self.quarter
        return list(quarters_between(first, max(last, self.quarter)))


def period_text(quarter: Quarter, language: Language) -> str:
    """How a period is written in the cells: 2026-T3 in Spanish, 2026-Q3 in English."""
    return f"{quarter.year}-{'T' if language.code == 'es' else 'Q'}{quarter.number}"
