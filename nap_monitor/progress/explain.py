"""Why this colour: every assessment states itself, with its formula, its numbers and its limits (rule 15)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nap_monitor.language import Language, mark
from nap_monitor.programme.model import Indicator, pick
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import comparison_for, usable_baseline
from nap_monitor.progress.rules import HUNDRED, Basis, RuleSet, decimals_beside
from nap_monitor.progress.schedule import scheduled_targets
from nap_monitor.progress.shown import Shown
from nap_monitor.progress.statuses import Because, Confidence, Flag, Reason, Status

STATUS_WORDS = {
    Status.ACHIEVED: mark("Achieved"),
    Status.ON_TRACK: mark("On track"),
    Status.AT_RISK: mark("At risk"),
    Status.OFF_TRACK: mark("Off track"),
    Status.NO_DATA: mark("No data"),
    Status.NOT_DUE: mark("Not due yet"),
    Status.NOT_COMPUTABLE: mark("Not computable"),
}
FLAG_WORDS = {
    Flag.REVIEW_THE_PLANNING: mark("far above the target: review the planning"),
    Flag.OVER: mark("above what was planned"),
    Flag.NO_MOVEMENT: mark("no movement since the baseline"),
    Flag.LATE: mark("done after its due quarter"),
}
REASON_WORDS = {
    Reason.LATE: mark("reported after the deadline"),
    Reason.NO_EVIDENCE: mark("no evidence attached"),
    Reason.PRELIMINARY: mark("preliminary figure"),
    Reason.REVISED_AFTER_ACCEPTANCE: mark("revised after the group accepted it"),
    Reason.OUTLIER: mark("unusual jump beside its earlier changes"),
    Reason.CARRIED: mark("carried from an earlier quarter"),
}
BECAUSE_WORDS = {
    Because.AWAITED: mark("the deadline has not passed yet"),
    Because.NOTHING_PLANNED: mark("the plan sets no target for this year"),
    Because.NOT_SCHEDULED: mark("the plan has no target for this quarter"),
    Because.NOT_THIS_QUARTER: mark("its frequency asks for no figure in this quarter"),
    Because.BEFORE_DUE: mark("its due date is still ahead"),
    Because.NO_TARGET_SCHEDULED: mark("there is a figure, but no target to compare it with"),
    Because.NO_CASES: mark("the agency declared that there were no cases"),
    Because.NO_BASELINE: mark("the rule set needs a baseline and there is none to use"),
    Because.NO_COMPLIANCE: mark("0 was expected and there is no progress to judge in its place"),
    Because.EXPECTED_ZERO: mark("the rule set divides by the expected value, which is 0"),
}
CONFIDENCE_WORDS = {
    Confidence.HIGH: mark("high"),
    Confidence.MEDIUM: mark("medium"),
    Confidence.LOW: mark("low"),
}


def explain(
    shown: Shown, indicator: Indicator, rules: RuleSet, language: Language, source: str | None = None
) -> tuple[str, ...]:
    """The assessment in sentences, first what was reported and expected, last what follows.

    `source`: the cell that the figure came from, as a person finds it.
    """
    said = list(_sentences(shown, indicator, rules, language))
    if source:
        said.append(language.say("Source of the figure: {cell}.", cell=source))
    return tuple(said)


def limits(rules: RuleSet) -> tuple[Decimal, ...]:
    """The limits of a rule set as they fall on the compliance scale, for printing figures on their right side."""
    marks = _marks(rules)
    if rules.on is Basis.COMPLIANCE:
        return marks
    if rules.on is Basis.DEVIATION:
        return tuple(HUNDRED - m for m in marks) + tuple(HUNDRED + m for m in marks)
    return ()


def printed_pct(value: Decimal | None, rules: RuleSet | None, language: Language) -> str:
    """A compliance or progress figure with enough decimals to stay on its side of the rule set's limits."""
    if value is None:
        return ""
    return language.number(value, decimals_beside(value, limits(rules) if rules else ()))


def _sentences(shown: Shown, indicator: Indicator, rules: RuleSet, language: Language) -> Iterator[str]:
    if shown.is_carried and shown.origin:
        yield language.say(
            "{quarter} has no assessment of its own; this is the one of {origin}.",
            quarter=language.quarter(str(shown.quarter)),
            origin=language.quarter(str(shown.origin)),
        )
    yield from _figures(shown, indicator, language)
    yield from _formulas(shown, indicator, rules, language)
    if shown.status not in (Status.NO_DATA, Status.NOT_DUE) and not indicator.is_milestone:
        yield rule_in_words(rules, language)
    yield _conclusion(shown, language)
    if shown.confidence:
        yield _confidence(shown, language)


def _figures(shown: Shown, indicator: Indicator, language: Language) -> Iterator[str]:
    quarter = shown.origin or shown.quarter
    name = language.quarter(str(quarter))
    unit = pick(indicator.unit, language.code)
    if indicator.is_milestone:
        assert indicator.due_date
        yield language.say("Due on {day}.", day=language.day(indicator.due_date))
        if shown.value is not None:
            answer = language.say("yes") if shown.value else language.say("no")
            yield language.say("Latest report of this milestone: done? {answer}.", answer=answer)
        return
    if shown.value is not None:
        yield language.say(
            "Reported for {quarter}: {value} ({unit}).", quarter=name, value=language.number(shown.value), unit=unit
        )
    if shown.expected is not None:
        yield language.say(
            "Expected by then: {expected} ({how}).",
            expected=language.number(_short(shown.expected)),
            how=_how_expected(indicator, quarter, language),
        )


def _how_expected(indicator: Indicator, quarter: Quarter, language: Language) -> str:
    if indicator.targets.get(quarter) is not None:
        return language.say("the plan's target for that date")
    if indicator.restarts:
        return language.say("the year's target in equal quarters")
    scheduled = scheduled_targets(indicator)
    following = next(((q, v) for q, v in scheduled if q > quarter), None)
    before = [(q, v) for q, v in scheduled if q < quarter]
    baseline = indicator.baseline
    if not before and baseline.value is not None and baseline.year is not None:
        before = [(Quarter(baseline.year, 4), baseline.value)]
    if not before or following is None:
        return language.say("the first target, for the whole of its year")
    return language.say(
        "on the straight line from {start} in {from_quarter} to {end} in {to_quarter}",
        start=language.number(before[-1][1]),
        from_quarter=language.quarter(str(before[-1][0])),
        end=language.number(following[1]),
        to_quarter=language.quarter(str(following[0])),
    )


def _formulas(shown: Shown, indicator: Indicator, rules: RuleSet, language: Language) -> Iterator[str]:
    if shown.value is None or shown.expected is None or indicator.is_milestone:
        return
    if shown.deviation_pct is not None and shown.compliance_pct is not None:
        places = decimals_beside(shown.compliance_pct, limits(rules))
        better = "{v} − {m}" if indicator.sign > 0 else "{m} − {v}"
        difference = better.format(v=language.number(shown.value), m=language.number(_short(shown.expected)))
        yield language.say(
            "Deviation d = ({difference}) ÷ |{m}| × 100 = {d} %; compliance c = 100 + d = {c} %.",
            difference=difference,
            m=language.number(_short(shown.expected)),
            d=language.number(shown.deviation_pct, places),
            c=language.number(shown.compliance_pct, places),
        )
    elif shown.compliance_pct is not None:
        yield language.say("Nothing was expected and the figure is no worse: compliance c = 100 %.")
    yield from _compared_otherwise(shown, indicator, rules, language)
    baseline = usable_baseline(indicator, shown.origin or shown.quarter)
    target = comparison_for(indicator, shown.origin or shown.quarter, shown.value, shown.expected).target
    stands_in = shown.compliance_pct is None  # then p is what the limits judge
    if shown.progress_pct is not None and baseline is not None and target is not None:
        yield language.say(
            "Progress p = ({v} − {b}) ÷ ({target} − {b}) × 100 = {p} %.",
            v=language.number(shown.value),
            b=language.number(baseline),
            target=language.number(target),
            p=printed_pct(shown.progress_pct, rules if stands_in else None, language),
        )


def _compared_otherwise(shown: Shown, indicator: Indicator, rules: RuleSet, language: Language) -> Iterator[str]:
    """What the rule set compares where that is neither c nor d."""
    assert shown.value is not None
    assert shown.expected is not None
    v, m = language.number(shown.value), language.number(_short(shown.expected))
    baseline = usable_baseline(indicator, shown.origin or shown.quarter)
    if rules.on is Basis.PATH and baseline is not None and shown.expected != baseline:
        r = (shown.value - baseline) / (shown.expected - baseline)
        places = decimals_beside(r, _marks(rules), 2)
        yield language.say(
            "Share of the planned way r = ({v} − {b}) ÷ ({m} − {b}) = {r}.",
            v=v,
            m=m,
            b=language.number(baseline),
            r=language.number(r, places),
        )
    if rules.on is Basis.RATIO and shown.expected != 0:
        ratio = shown.value / shown.expected
        edges = tuple(side for mark_ in _marks(rules) for side in (1 - mark_, 1 + mark_))
        yield language.say(
            "Ratio v ÷ m = {v} ÷ {m} = {ratio}.",
            v=v,
            m=m,
            ratio=language.number(ratio, decimals_beside(ratio, edges, 2)),
        )


def _marks(rules: RuleSet) -> tuple[Decimal, ...]:
    return (rules.on_track,) if rules.at_risk is None else (rules.on_track, rules.at_risk)


def rule_in_words(rules: RuleSet, language: Language) -> str:
    """A rule set's limits in one sentence."""
    values = {
        "name": rules.name,
        "version": rules.version,
        "green": language.number(rules.on_track),
        "yellow": language.number(rules.at_risk) if rules.at_risk is not None else "",
        "low": language.number(1 - rules.on_track),
        "high": language.number(1 + rules.on_track),
    }
    two = rules.at_risk is not None
    match rules.on:
        case Basis.COMPLIANCE:
            message = (
                mark("Rule {name} (version {version}): on track from c = {green} %, at risk from {yellow} %.")
                if two
                else mark("Rule {name} (version {version}): on track from c = {green} %.")
            )
        case Basis.DEVIATION:
            message = (
                mark("Rule {name} (version {version}): on track within ±{green} %, at risk within ±{yellow} %.")
                if two
                else mark("Rule {name} (version {version}): on track within ±{green} %.")
            )
        case Basis.PATH:
            message = (
                mark(
                    "Rule {name} (version {version}): on track from {green} of the way planned since the baseline, "
                    "at risk from {yellow}."
                )
                if two
                else mark("Rule {name} (version {version}): on track from {green} of the way planned.")
            )
        case _:
            message = (
                mark(
                    "Rule {name} (version {version}): on track where the figure is {low} to {high} times the "
                    "expected, at risk within {yellow} of it on the unfavourable side."
                )
                if two
                else mark(
                    "Rule {name} (version {version}): on track where the figure is {low} to {high} times the expected."
                )
            )
    return language.say(message, **values)


def _conclusion(shown: Shown, language: Language) -> str:
    word = language.say(STATUS_WORDS[shown.status])
    notes = [language.say(FLAG_WORDS[flag]) for flag in shown.flags]
    if shown.because:
        notes.insert(0, language.say(BECAUSE_WORDS[shown.because]))
    if shown.status is Status.NO_DATA:
        notes.insert(0, language.say("nothing was reported by {day}", day=language.day(shown.origin_deadline)))
    if not notes:
        return language.say("Result: {status}.", status=word)
    return language.say("Result: {status} ({notes}).", status=word, notes="; ".join(notes))


def _confidence(shown: Shown, language: Language) -> str:
    assert shown.confidence
    word = language.say(CONFIDENCE_WORDS[shown.confidence])
    if not shown.reasons:
        return language.say("Confidence in the figure: {confidence}.", confidence=word)
    reasons = "; ".join(language.say(REASON_WORDS[reason]) for reason in shown.reasons)
    return language.say("Confidence in the figure: {confidence} ({reasons}).", confidence=word, reasons=reasons)


def _short(value: Decimal) -> Decimal:
    """Enough of a worked-out number to check a formula by hand."""
    return round(value, 4).normalize()
