"""A small plan without a problem, as text; tests change a piece of it and look at what is said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nap_monitor.programme.files import read_plan
from nap_monitor.programme.model import Programme
from nap_monitor.programme.problems import PlanProblem

ROOT = Path(__file__).parent.parent.parent
SMALL = """\
schema_version: 1
programme:
  code: SMALL
  name: {es: Plan pequeño, en: Small plan}
  coordinator: AAA
  period: {start: 2018-01-01, end: 2020-12-31}
  reporting: {deadline_days_after_quarter: 15}
agencies:
  - id: AAA
    name: {es: Agencia A, en: Agency A}
  - id: BBB
    name: {es: Agencia B, en: Agency B}
objectives:
  - code: '1'
    name: {es: Objetivo uno, en: Objective one}
    strategies:
      - code: '1.1'
        name: {es: Estrategia uno, en: Strategy one}
        actions:
          - code: 1.1.1
            name: {es: Hacer, en: Do}
            lead: AAA
            co_responsible: [BBB]
            start: 2018-02-01
            due: 2019-Q2
            ungp: [1, 3]
            sdg: ['8.7']
  - code: '2'
    name: {es: Objetivo dos, en: Objective two}
    strategies:
      - code: '2.1'
        name: {es: Estrategia dos, en: Strategy two}
        actions:
          - code: 2.1.1
            name: {es: Hacer más, en: Do more}
            lead: BBB
            due: 2020-06-30
indicators:
  - code: I-1
    name: {es: Casos, en: Cases}
    unit: {es: Caso, en: Case}
    objective: '1'
    strategy: '1.1'
    action: 1.1.1
    kind: process
    direction: ascending
    behaviour: level
    frequency: quarterly
    responsible: AAA
    baseline: {value: 1, year: 2017}
    targets: {2018: 5, 2019: 10, 2020: 20}
    disaggregation: [sex]
  - code: I-2
    name: {es: Publicado, en: Published}
    unit: {es: Sí/No, en: Yes/No}
    objective: '2'
    kind: structure
    direction: ascending
    behaviour: milestone
    frequency: once
    responsible: BBB
    targets: {2018: 0, 2019: 1, 2020: 1}
    due: 2019-06-30
dimensions:
  - code: sex
    name: {es: Sexo, en: Sex}
    categories:
      - {code: women, name: {es: Mujeres, en: Women}}
      - {code: men, name: {es: Hombres, en: Men}}
"""


def changed(*changes: tuple[str, str]) -> str:
    """The small plan with each piece replaced, which it must have once."""
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


@dataclass(frozen=True)
class Outcome:
    programme: Programme | None
    problems: tuple[PlanProblem, ...]

    def kinds(self) -> list[str]:
        return [p.kind for p in self.problems]


def outcome(folder: Path, text: str, *, first_year: int | None = None) -> Outcome:
    """What reading a plan of this text gives."""
    path = folder / "plan.yaml"
    path.write_text(text, "utf-8")
    return Outcome(*read_plan(path, first_year=first_year, rule_sets={"floor_95_90"}))


def plan(folder: Path, text: str = SMALL, *, first_year: int | None = None) -> Programme:
    """The programme of a text that must be one."""
    read = outcome(folder, text, first_year=first_year)
    assert read.programme is not None, read.problems
    return read.programme
