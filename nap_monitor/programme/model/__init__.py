"""The plan as values: programme > objective > strategy > action, indicators, agencies, calendar, breakdowns.

A plan is data: everything a country may decide is a field here. A `Programme` is immutable, knows no file and no
database, and is the same whether it came from YAML, a workbook or a stored version. `to_document` and
`from_document` are exact inverses (plain JSON values; decimals as strings, quarters as codes, dates as ISO text).
"""

from __future__ import annotations

from nap_monitor.programme.model.entries import (
    Action,
    Agency,
    AgencyName,
    Baseline,
    Calendar,
    Category,
    Dimension,
    Extension,
    Indicator,
    Objective,
    Principle,
    Responsible,
    Sample,
    Strategy,
)
from nap_monitor.programme.model.plan import Programme, from_document, to_document
from nap_monitor.programme.model.words import (
    Accumulation,
    Aggregation,
    Behaviour,
    Direction,
    Exact,
    Frequency,
    Kind,
    QuarterCode,
    Text,
    pick,
)

__all__ = [
    "Accumulation",
    "Action",
    "Agency",
    "AgencyName",
    "Aggregation",
    "Baseline",
    "Behaviour",
    "Calendar",
    "Category",
    "Dimension",
    "Direction",
    "Exact",
    "Extension",
    "Frequency",
    "Indicator",
    "Kind",
    "Objective",
    "Principle",
    "Programme",
    "QuarterCode",
    "Responsible",
    "Sample",
    "Strategy",
    "Text",
    "from_document",
    "pick",
    "to_document",
]
