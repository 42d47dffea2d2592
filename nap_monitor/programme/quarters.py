"""Calendar quarters, the clock of a programme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_CODE = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """One calendar quarter; `str()` is its code, `2026-Q3`, the same in database, URL and files."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 1 <= self.year <= 9999):
            raise ValueError(f"no such quarter: {self.year}-Q{self.number}")

    @classmethod
    def parse(cls, code: str) -> Quarter:
        """The quarter of a code like `2026-Q3`; ValueError for anything else."""
        found = _CODE.fullmatch(code)
        if not found:
            raise ValueError(f"not a quarter: {code!r}")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that contains a day."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def latest_over(cls, day: date) -> Quarter:
        """The latest quarter that is over on a day: its last day is past, so on 30 September it is Q2."""
        return cls.of(day) - 1

    @property
    def index(self) -> int:
        """Quarters since year 0; differences of indexes are numbers of quarters."""
        return self.year * 4 + self.number - 1

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31) if self.number == 4 else (self + 1).first_day - timedelta(days=1)

    def __add__(self, quarters: int) -> Quarter:
        index = self.index + quarters
        return Quarter(index // 4, index % 4 + 1)

    def __sub__(self, quarters: int) -> Quarter:
        return self + -quarters

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def quarters_between(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """Each quarter from `first` to `last`, both included; none when `last` is earlier."""
    for index in range(first.index, last.index + 1):
        yield Quarter(index // 4, index % 4 + 1)
