"""Makes a typed cell of what content.xml says of it: values from its attributes, exact; texts and errors as shown."""

from __future__ import annotations

import re
from decimal import Decimal

from nap_monitor.sheets.archive import Attributes
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind
from nap_monitor.sheets.stored import EPOCH_1900, day_cell, iso_cell, number

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_VALUE = {  # the attribute that holds the value of each type
    "float": "value",
    "currency": "value",
    "percentage": "value",
    "date": "date-value",
    "time": "time-value",
    "boolean": "boolean-value",
}
_ERROR_SHOWN = re.compile(r"#[¡¿]?[A-ZÁÉÍÓÚÑ/0]+[!?]|#N/[AD]|Err(?:or)?:\s?\d{3}")
_BOOLEAN_SHOWN = ("true", "false", "verdadero", "falso")
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?")
_REFERENCE = re.compile(r"\[([^\]]*)\]")


def cell(attributes: Attributes, shown: str | None) -> Cell:
    """The cell with these attributes that shows this text. None: not even an empty one, as before a calculation."""
    text = shown or ""
    formula = attributes.get(f"{TABLE}formula")
    kind = attributes.get(f"{OFFICE}value-type")
    stored = attributes.get(OFFICE + _VALUE.get(kind or "", "string-value"))
    if _is_error(attributes, formula, text):
        return Cell(CellKind.ERROR, text or "#ERROR!", formula=formula is not None)
    if formula is not None and stored is None and (kind in _VALUE or (kind is None and shown is None)):
        return Cell(CellKind.UNCOMPUTED, _written(formula), formula=True)
    if kind not in _VALUE or stored is None:
        return _text(text if stored is None else stored, formula=formula is not None)
    if formula is not None and kind == "float" and text.strip().casefold() in _BOOLEAN_SHOWN:
        kind, stored = "boolean", "true" if stored == "1" else "false"  # a file of Excel, saved again by LibreOffice
    return _typed(kind, stored, text, formula=formula is not None)


def _is_error(attributes: Attributes, formula: str | None, text: str) -> bool:
    """Older programs save a failed formula as the number 0 that shows its error: then the text tells."""
    if attributes.get(f"{_CALC}value-type") == "error":
        return True
    return formula is not None and _ERROR_SHOWN.fullmatch(text.strip()) is not None


def _written(formula: str) -> str:
    """of:=SUM([.B2:.B9]) -> =SUM(B2:B9)."""
    _, mark, text = formula.partition("=")
    if not mark:
        return formula
    return "=" + _REFERENCE.sub(lambda found: found[1].removeprefix(".").replace(":.", ":"), text)


def _text(text: str, *, formula: bool) -> Cell:
    if not text:
        return Cell(CellKind.EMPTY, formula=True) if formula else EMPTY
    return Cell(CellKind.TEXT, text, formula=formula)


def _typed(kind: str, stored: str, text: str, *, formula: bool) -> Cell:
    """A value by its type. What cannot be one stays as the text that is shown."""
    if kind == "boolean":
        return Cell(CellKind.BOOLEAN, stored == "true", formula=formula)
    if kind == "date":
        return iso_cell(stored, formula=formula)
    if kind == "time":
        days = _days(stored)
        return (
            _text(text or stored, formula=formula)
            if days is None
            else day_cell(days, EPOCH_1900, formula=formula, duration=True)
        )
    exact = number(stored)
    if exact is None:
        return _text(text or stored, formula=formula)
    return Cell(CellKind.NUMBER, exact, kind == "percentage", formula)


def _days(duration: str) -> Decimal | None:
    """PT36H00M00S -> 1.5."""
    found = _DURATION.fullmatch(duration)
    if not found:
        return None
    days, hours, minutes, seconds = (Decimal((part or "0").replace(",", ".")) for part in found.groups())
    return days + (hours * 3600 + minutes * 60 + seconds) / 86_400
