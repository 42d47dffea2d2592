"""A total from its parts, only as declared (rule 13)."""

from datetime import date

import pytest

from nap_monitor.programme.model import Aggregation, Behaviour
from nap_monitor.progress.breakdown import Part, complete_parts, made_total
from tests.progress.plan import d, indicator, programme

PARTS = {
    "women": Part(d(30), d(3), d(10), date(2025, 3, 1)),
    "men": Part(d(50), d(15), d(30), date(2025, 2, 1)),
}


@pytest.mark.parametrize(
    ("aggregation", "total"),
    [
        (Aggregation.SUM, 80),
        (Aggregation.MEAN, 40),
        (Aggregation.LATEST, 30),  # by the cut-off date
        (Aggregation.RATIO, 45),  # 18 of 40, never the mean of the two percentages
        (Aggregation.NONE, None),
    ],
)
def test_by_the_declared_aggregation(aggregation, total):
    one = indicator(behaviour=Behaviour.PERCENTAGE, accumulation=None, disaggregation=("sex",), aggregation=aggregation)
    assert made_total(programme(one), one, PARTS) == (None if total is None else Part(d(total)))


def test_a_ratio_that_is_no_percentage():
    one = indicator(behaviour=Behaviour.LEVEL, disaggregation=("sex",), aggregation=Aggregation.RATIO)
    assert made_total(programme(one), one, PARTS) == Part(d("0.45"))


@pytest.mark.parametrize(
    "parts",
    [
        {"women": Part(d(30))},  # men are missing: a part of the country is no country
        {"women": Part(d(30)), "men": Part(None)},
        {},
    ],
)
def test_an_incomplete_breakdown_makes_no_total(parts):
    one = indicator(disaggregation=("sex",), aggregation=Aggregation.SUM)
    assert made_total(programme(one), one, parts) is None
    assert complete_parts(programme(one), one, parts) is None


def test_a_category_without_cases_adds_nothing():
    one = indicator(disaggregation=("sex",), aggregation=Aggregation.RATIO)
    parts = {"women": Part(d(30), d(3), d(10)), "men": Part(None, has_no_cases=True)}
    assert made_total(programme(one), one, parts) == Part(d("0.3"))
    nowhere = dict.fromkeys(parts, Part(None, has_no_cases=True))
    assert made_total(programme(one), one, nowhere) == Part(None, has_no_cases=True)


def test_a_ratio_needs_every_numerator_and_some_cases():
    one = indicator(disaggregation=("sex",), aggregation=Aggregation.RATIO)
    assert made_total(programme(one), one, {"women": Part(d(30), d(3), d(10)), "men": Part(d(50))}) is None
    none = {code: Part(d(0), d(0), d(0)) for code in ("women", "men")}
    assert made_total(programme(one), one, none) is None


def test_a_dimension_without_a_vocabulary_makes_no_total():
    one = indicator(disaggregation=("state", "sex"), aggregation=Aggregation.SUM)
    assert complete_parts(programme(one), one, PARTS) == ("sex", PARTS)
