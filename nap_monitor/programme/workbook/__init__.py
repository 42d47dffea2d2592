"""The Excel form of a plan, both ways."""

from __future__ import annotations

from nap_monitor.programme.workbook.reading import read_workbook_tree
from nap_monitor.programme.workbook.writing import write_plan_workbook

__all__ = ["read_workbook_tree", "write_plan_workbook"]
