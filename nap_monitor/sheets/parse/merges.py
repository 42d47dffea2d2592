"""Merged cells: only the first one holds anything, and the others look empty."""

from __future__ import annotations

from collections.abc import Iterable

from nap_monitor.sheets.cells import EMPTY, Cell, Merge, a1
from nap_monitor.sheets.judging import is_blank


class Merges:
    """The merged blocks of a tab below its header, met as its rows go by from top to bottom.

    `labels` are the columns that say what a row is about (code, period, breakdown): one merged down over several rows
    is meant for each of them. `figures` are the columns that are typed: what is merged there belongs to no one row, or
    to no one column, that could be known. Blocks without content are only looks.
    """

    def __init__(
        self, merges: Iterable[Merge], header_row: int, labels: frozenset[int], figures: frozenset[int]
    ) -> None:
        below = (m for m in merges if m.first_row > header_row)
        self._ahead = sorted(below, key=lambda m: m.first_row, reverse=True)
        self._here: dict[Merge, Cell] = {}  # with what the first cell of the block holds
        self._labels = labels
        self._figures = figures

    def apply(self, row: int, cells: tuple[Cell, ...]) -> tuple[tuple[Cell, ...], dict[int, str]]:
        """The row with its labels filled down, and the typed columns that share a block: column -> `E5:E7`."""
        self._meet(row, cells)
        if not self._here:
            return cells, {}
        filled, shared = list(cells), dict[int, str]()
        for merge, first in self._here.items():
            if is_blank(first):
                continue
            if merge.first_column in self._labels:
                filled += [EMPTY] * (merge.first_column + 1 - len(filled))
                filled[merge.first_column] = first
            elif merge.first_column in self._figures:
                block = f"{a1(merge.first_row, merge.first_column)}:{a1(merge.last_row, merge.last_column)}"
                columns = range(merge.first_column, merge.last_column + 1)
                shared |= {column: block for column in columns if column in self._figures}
        return tuple(filled), shared

    def _meet(self, row: int, cells: tuple[Cell, ...]) -> None:
        self._here = {merge: first for merge, first in self._here.items() if merge.last_row >= row}
        while self._ahead and self._ahead[-1].first_row <= row:
            merge = self._ahead.pop()
            if merge.last_row >= row:
                has_first = merge.first_row == row and merge.first_column < len(cells)
                self._here[merge] = cells[merge.first_column] if has_first else EMPTY
