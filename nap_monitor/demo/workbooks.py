"""The demonstration's workbooks: the templates that every agency gets, filled in as its official would. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from functools import cached_property

from nap_monitor.demo.courses import Course, chance, course_of, figures
from nap_monitor.demo.deliveries import Delivery, Manner, past_quarters
from nap_monitor.demo.events import events
from nap_monitor.demo.works import work_on
from nap_monitor.language import Language
from nap_monitor.programme.model import Aggregation, Indicator, Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.schedule import expected, is_due
from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import Role, label
from nap_monitor.sheets.template import Known, TypedRow

EVIDENCE = "https://example.org/evidencia-ilustrativa"
_WOMENS_SHARE = Decimal("0.46")
_TOO_LOW = Decimal("0.9")  # from here down an official says why


@dataclass(frozen=True)
class Story:
    """What all agencies would say of a programme, as far as a day."""

    programme: Programme
    day: date
    language: Language

    @cached_property
    def quarters(self) -> list[Quarter]:
        return past_quarters(self.programme, self.day)

    @cached_property
    def figures(self) -> Mapping[str, Mapping[Quarter, Decimal]]:
        return {i.code: figures(i, self.quarters) for i in self.programme.indicators}

    def known(self, delivery: Delivery) -> Known:
        """The rows of an agency's workbook on the day of a delivery, those of earlier quarters included."""
        rows = {
            Role.INDICATOR: tuple(self._figure_rows(delivery)),
            Role.ACTION: tuple(self._action_rows(delivery)),
            Role.PARTICIPATION: tuple(self._event_rows(delivery)),
            Role.SUBMISSION: tuple(self._submission_rows(delivery)),
        }
        return Known(rows, done=frozenset(self._done_before(delivery)))

    def _done_before(self, delivery: Delivery) -> Iterator[str]:
        for indicator in self.programme.indicators:
            if indicator.is_milestone and self.figures[indicator.code].get(delivery.quarter - 1) == 1:
                yield indicator.code

    def _figure_rows(self, delivery: Delivery) -> Iterator[TypedRow]:
        for quarter in self.quarters:
            if quarter > delivery.quarter:
                return
            for indicator in self.programme.indicators:
                is_theirs = self.programme.responsible_for(indicator, quarter) == delivery.agency
                if is_theirs and self._is_given(indicator, quarter, delivery.day):
                    yield from self._rows_of(indicator, quarter, delivery)

    def _is_given(self, indicator: Indicator, quarter: Quarter, day: date) -> bool:
        series = self.figures[indicator.code]
        done_before = indicator.is_milestone and series.get(quarter - 1) == 1
        ready = quarter.last_day + timedelta(days=indicator.available_after_days or 0)
        return quarter in series and is_due(indicator, quarter, done_before=done_before) and ready <= day

    def _rows_of(self, indicator: Indicator, quarter: Quarter, delivery: Delivery) -> Iterator[TypedRow]:
        value = self.figures[indicator.code][quarter]
        is_revised = delivery.manner is Manner.REVISES and quarter < delivery.quarter
        if not is_revised and delivery.manner is Manner.REVISES:
            value = _preliminary(indicator, value)
        said = self._said(indicator, quarter, delivery, value)
        said["quality"] = self._word("revised" if is_revised else "definitive")
        cells = _as_fraction(indicator, quarter, value) or {"value": _number(value)}
        yield self._row(indicator, quarter, cells | said)
        for category, part in _parts(self.programme, indicator, value):
            yield self._row(indicator, quarter, {"value": _number(part), "breakdown": _text(category)})

    def _row(self, indicator: Indicator, quarter: Quarter, cells: dict[str, Cell]) -> TypedRow:
        named = {"code": _text(indicator.code), "period": self._period(quarter)}
        return TypedRow(named | cells, code=indicator.code, period=quarter)

    def _said(self, indicator: Indicator, quarter: Quarter, delivery: Delivery, value: Decimal) -> dict[str, Cell]:
        """Evidence, and the reasons of a figure that is too low; some officials forget one or the other."""
        die = chance("said", indicator.code, quarter.index - self.quarters[0].index)
        cells = {"cut_off": _day(quarter.last_day), "reported_by": _text(f"Enlace {delivery.agency} (ilustrativo)")}
        if die.random() < 0.85:
            cells["evidence"] = _text(f"{EVIDENCE}/{delivery.agency}/{quarter}/{indicator.code}.pdf")
            cells["evidence_public"] = self._word("yes" if die.random() < 0.6 else "no")
        asked = expected(indicator, quarter)
        if asked and (value - asked * _TOO_LOW) * indicator.sign < 0 and die.random() < 0.8:
            cells["cause"] = _text("La contratación del personal se retrasó por el cierre presupuestal (ilustrativo).")
            cells["corrective"] = _text("Se reprogramaron las actividades para el siguiente trimestre (ilustrativo).")
        return cells

    def _action_rows(self, delivery: Delivery) -> Iterator[TypedRow]:
        start = self.programme.start or delivery.day
        for action in self.programme.actions:
            work = work_on(action, delivery.agency, delivery.quarter.last_day, start)
            if work is None:
                continue
            cells = {"code": _text(action.code), "status": self._word(work.status), "note": _text(work.note)}
            days = {"start": work.start, "finish": work.finish, "new_due": work.new_due}
            cells |= {name: _day(day) for name, day in days.items() if day is not None}
            if work.status == "completed":
                cells["evidence"] = _text(f"{EVIDENCE}/{delivery.agency}/{action.code}.pdf")
                cells["evidence_public"] = self._word("yes")
            yield TypedRow(cells, code=action.code)

    def _event_rows(self, delivery: Delivery) -> Iterator[TypedRow]:
        for event in events(delivery.agency, self.quarters, delivery.quarter):
            counts = {name: _number(Decimal(count)) for name, count in event.counts.items()}
            texts = {"id": event.id, "title": event.title, "state": event.state, "report_link": event.report_link}
            cells = {name: _text(value) for name, value in texts.items() if value}
            yield TypedRow({**cells, **counts, "kind": self._word(event.kind), "date": _day(event.day)})

    def _submission_rows(self, delivery: Delivery) -> Iterator[TypedRow]:
        for number, quarter in enumerate(q for q in self.quarters if q <= delivery.quarter):
            is_draft = delivery.is_draft and quarter == delivery.quarter
            cells = {
                "period": self._period(quarter),
                "state": self._word("draft" if is_draft else "submitted"),
                "name": _text(f"Enlace {delivery.agency} (ilustrativo)"),
                "post": _text("Dirección General (ilustrativa)"),
            }
            if not is_draft:
                cells["letter"] = _text(f"{delivery.agency}/DG/{100 + number:03}/{quarter.year}")
            yield TypedRow(cells, period=quarter)

    def _period(self, quarter: Quarter) -> Cell:
        return _text(f"{quarter.year}-{'T' if self.language.code == 'es' else 'Q'}{quarter.number}")

    def _word(self, name: str) -> Cell:
        return _text(label("words", name, self.language.code))


def _preliminary(indicator: Indicator, value: Decimal) -> Decimal:
    """What an agency says first, before it corrects the figure a quarter later."""
    if indicator.is_milestone or course_of(indicator) is Course.STALLED:
        return value
    return (value * Decimal("0.97")).quantize(Decimal(1).scaleb(-indicator.decimals))


def _as_fraction(indicator: Indicator, quarter: Quarter, value: Decimal) -> dict[str, Cell] | None:
    """A share as 340 of 400 instead, where the plan rebuilds it from numerators and denominators."""
    if indicator.aggregation is not Aggregation.RATIO or indicator.decimals:
        return None
    denominator = Decimal(100 * (1 + quarter.number))
    return {"numerator": _number(value * denominator / 100), "denominator": _number(denominator)}


def _parts(programme: Programme, indicator: Indicator, value: Decimal) -> Iterator[tuple[str, Decimal]]:
    """Women and men of a count of persons, which add up to it."""
    dimension = next((d for d in programme.dimensions if d.code == "sex" and d.code in indicator.disaggregation), None)
    if dimension is None or indicator.aggregation is not Aggregation.SUM or len(dimension.categories) < 2:
        return
    women = (value * _WOMENS_SHARE).quantize(Decimal(1), ROUND_FLOOR)
    yield dimension.categories[0].code, women
    yield dimension.categories[1].code, value - women


def _text(value: str) -> Cell:
    return Cell(CellKind.TEXT, value)


def _number(value: Decimal) -> Cell:
    return Cell(CellKind.NUMBER, value)


def _day(value: date) -> Cell:
    return Cell(CellKind.DATE, value)
