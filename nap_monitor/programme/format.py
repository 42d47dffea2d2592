"""The one description of a plan's file. Its reader, its JSON Schema, its workbook and its export all follow it."""

from __future__ import annotations

from nap_monitor.language import mark
from nap_monitor.programme.kinds import (
    By,
    Choice,
    Code,
    Day,
    Due,
    Either,
    Field,
    Flag,
    Line,
    Many,
    Number,
    Period,
    QuarterCode,
    Record,
    Reference,
    Unused,
    Whole,
    Words,
)
from nap_monitor.programme.model import Accumulation, Aggregation, Behaviour, Direction, Frequency, Kind

DIMENSIONS = ("efficacy", "efficiency", "quality", "economy")
LEVELS = ("objective", "strategy", "action")
ALL_AGENCIES = "agencies"
"""In place of a list of categories: one category per agency of the plan."""

PROGRAMME_CODE = Code(r"[A-Za-z0-9][A-Za-z0-9._-]*", "bad_plain_code", 40)
AGENCY_ID = Code(r"[^\s/\\:*?\"<>|+;][^/\\:*?\"<>|+;\r\n\t]*(?<!\s)", "bad_agency_id")  # it names a workbook
DIMENSION_CODE = Code(r"[A-Za-z0-9][A-Za-z0-9._-]*", "bad_plain_code", 40)
CATEGORY_CODE = Code(AGENCY_ID.pattern, "bad_category_code")  # + joins categories; an agency can be one
RULE_SET = Code(r"[a-z][a-z0-9_]*", "bad_rule_set", 40)
PRINCIPLES = Many(Whole(1, 31))
SDG_TARGETS = Many(Code())

RANGE = Record(
    (
        Field("min", Number(), mark("Smallest possible value.")),
        Field("max", Number(), mark("Largest possible value.")),
    )
)
BASELINE = Record(
    (
        Field("value", Number(), mark("Where the indicator started; null where there is no baseline.")),
        Field("year", Whole(1900, 2200), mark("Its year; the value stands at the end of it.")),
        Field("note", Words(), mark("Why there is no baseline, or where it comes from.")),
    )
)
RESPONSIBLE = Record(
    (
        Field("agency", Reference("agency"), "Id of the agency that reports.", required=True),
        Field("from", QuarterCode(), "First quarter for which it reports; left out: from the beginning."),
    )
)
INDICATOR = Record(
    (
        Field(
            "code", Code(), mark("Code of the indicator, in quotation marks if it could be a number."), required=True
        ),
        Field("name", Words(), mark("Name."), required=True),
        Field("unit", Words(), mark("Unit of measure."), required=True),
        Field("objective", Reference("objective"), mark("Code of its objective."), required=True),
        Field("strategy", Reference("strategy"), mark("Code of its strategy, if it follows one.")),
        Field("action", Reference("action"), mark("Code of its action, if it follows one.")),
        Field("kind", Choice(tuple(Kind)), mark("Structure, process or outcome."), required=True),
        Field("dimension", Choice(DIMENSIONS), mark("What it measures of the programme.")),
        Field("direction", Choice(tuple(Direction)), mark("Whether more or less is better."), required=True),
        Field("behaviour", Choice(tuple(Behaviour)), mark("How its figures behave over time."), required=True),
        Field("accumulation", Choice(tuple(Accumulation)), mark("For a cumulative indicator: since when it adds up.")),
        Field("frequency", Choice(tuple(Frequency)), mark("How often it is due."), required=True),
        Field("responsible", Reference("agency"), "Id of the agency that reports it."),
        Field("responsibles", Many(RESPONSIBLE), mark("Agencies that report it, by quarter, where they change.")),
        Field("baseline", BASELINE, "Where it started."),
        Field("targets", By(Period(), Number(), nullable=True), "Targets by year or quarter; null: nothing planned."),
        Field("due", Day(), mark("For a milestone: the day by which it is to be done.")),
        Field("weight", Number(low=0), mark("Its weight in the index; 1 where left out.")),
        Field("decimals", Whole(0, 10), mark("Decimals it is printed with; 0 where left out.")),
        Field("range", RANGE, "Between which values a figure can lie."),
        Field("max", Number(), "Largest possible value; short for range."),
        Field("rule_set", RULE_SET, mark("Rule set for this indicator in place of the programme's.")),
        Field("available_after_days", Whole(0, 1000), mark("Days after the quarter until its source is published.")),
        Field("series_break", QuarterCode(), mark("First quarter that cannot be compared with what came before.")),
        Field("replaces", Code(), mark("Code of the indicator that it took over from.")),
        Field("disaggregation", Many(Reference("dimension")), mark("Dimensions it may be broken down by.")),
        Field(
            "combinations", Many(Many(Reference("dimension"))), mark("Dimensions that may be crossed with each other.")
        ),
        Field("aggregation", Choice(tuple(Aggregation)), mark("How the parts make the total; none where left out.")),
        Field("ungp", PRINCIPLES, mark("Guiding Principles that it serves, by number.")),
        Field("sdg", SDG_TARGETS, mark("Targets of the Sustainable Development Goals, in quotation marks.")),
        Field("definition", Words(), mark("What exactly is measured.")),
        Field("formula", Words(), mark("Method of calculation.")),
        Field("means_of_verification", Words(), mark("Means of verification.")),
        Field("caveat", Words(), mark("What a reader should know before judging it.")),
        Field("illustrative", Flag(), mark("Whether the entry is made up for a demonstration.")),
    ),
    title="indicator",
    identity="code",
)
ACTION = Record(
    (
        Field("code", Code(), mark("Code of the action, in quotation marks if it could be a number."), required=True),
        Field("name", Words(), mark("What will be done."), required=True),
        Field("lead", Reference("agency"), mark("Id of the agency that leads it.")),
        Field("co_responsible", Many(Reference("agency")), mark("Ids of the agencies that share it.")),
        Field("start", Day(), mark("When it starts.")),
        Field("due", Due(), mark("Quarter or day by which it is to be done.")),
        Field("ungp", PRINCIPLES, mark("Guiding Principles that it serves, by number.")),
        Field("sdg", SDG_TARGETS, mark("Targets of the Sustainable Development Goals, in quotation marks.")),
        Field("budget", Words(), mark("Budget, as the plan words it.")),
        Field("source", Line(), mark("Where the plan says so.")),
        Field("illustrative", Flag(), mark("Whether the entry is made up for a demonstration.")),
    ),
    title="action",
    identity="code",
)
STRATEGY = Record(
    (
        Field("code", Code(), mark("Code of the strategy, in quotation marks if it could be a number."), required=True),
        Field("name", Words(), mark("Name."), required=True),
        Field("lead", Reference("agency"), mark("Id of the agency that leads it.")),
        Field("actions", Many(ACTION), "Its actions."),
    ),
    title="strategy",
    identity="code",
)
OBJECTIVE = Record(
    (
        Field(
            "code", Code(), mark("Code of the objective, in quotation marks if it could be a number."), required=True
        ),
        Field("name", Words(), mark("Name."), required=True),
        Field("ungp_pillars", Many(Whole(1, 3)), mark("Pillars of the Guiding Principles that it serves.")),
        Field("strategies", Many(STRATEGY), "Its strategies."),
    ),
    title="objective",
    identity="code",
)
AGENCY_NAME = Record(
    (
        Field("from", Day(), "Day from which it is called so; left out in the first name."),
        Field("name", Words(), mark("Name."), required=True),
        Field("acronym", Line(), mark("Acronym.")),
    )
)
AGENCY = Record(
    (
        Field("id", AGENCY_ID, mark("Stable id that the plan and the workbooks refer to.")),
        Field("name", Words(), "Name, where it never changed."),
        Field("acronym", Line(), "Acronym, where it is not the id."),
        Field("names", Many(AGENCY_NAME), "Names and acronyms by date, the oldest first."),
        Field("succeeded_by", Reference("agency"), mark("Id of the agency that took over its duties.")),
        Field("succeeded_from", QuarterCode(), mark("First quarter whose duties are the successor's.")),
        Field("history", Unused(), "Note on its history; not read."),
    ),
    title="agency",
    identity="id",
)
CATEGORY = Record(
    (
        Field("code", CATEGORY_CODE, mark("Code, unique among all categories of the plan."), required=True),
        Field("name", Words(), mark("Name."), required=True),
    ),
    title="category",
    identity="code",
)
DIMENSION = Record(
    (
        Field("code", DIMENSION_CODE, "Code that indicators refer to in disaggregation.", required=True),
        Field("name", Words(), mark("Name."), required=True),
        Field(
            "categories",
            Either(Choice((ALL_AGENCIES,)), Many(CATEGORY)),
            "Its categories; “agencies” for one per agency of the plan.",
            required=True,
        ),
    ),
    title="dimension",
    identity="code",
)
EXTENSION = Record(
    (
        Field("agency", Reference("agency"), "Id of the agency that has more time.", required=True),
        Field("quarter", QuarterCode(), "Quarter whose reports it may deliver later.", required=True),
        Field("until", Day(), "New deadline, that day included.", required=True),
        Field("reason", Words(), "Why.", required=True),
    )
)
EACH_YEAR = Record(
    (
        Field("month", Whole(1, 12), "Month.", required=True),
        Field("day", Whole(1, 31), "Day of the month."),
        Field("weekday", Whole(1, 7), "Day of the week, 1 Monday to 7 Sunday, together with nth."),
        Field("nth", Whole(1, 5), "Which of the month's, together with weekday."),
    )
)
REPORTING = Record(
    (
        Field("cycle", Unused(), "Not read: every indicator has its own frequency."),
        Field("annual_report_month", Unused(), "Not read."),
        Field("deadline_days_after_quarter", Whole(0, 365), mark("Days after a quarter by which reports are due.")),
        Field("deadlines", By(QuarterCode(), Day()), "Deadlines of single quarters in its place."),
        Field("non_working_days", Many(Either(Day(), EACH_YEAR)), "Days on which no deadline falls."),
        Field("weekend", Many(Whole(1, 7)), mark("Days of the week that are not working days, 1 Monday to 7 Sunday.")),
        Field("extensions", Many(EXTENSION), "More time for single agencies, with the reason."),
    )
)
PERIOD = Record(
    (
        Field("start", Day(), mark("First day of the programme.")),
        Field("end", Day(), mark("Last day of the programme.")),
    )
)
SAMPLE = Record(
    (
        Field("shown", Whole(0, 100_000), mark("Actions in this file."), required=True),
        Field("total", Whole(1, 100_000), mark("Actions in the whole plan."), required=True),
    )
)
PROGRAMME = Record(
    (
        Field("code", PROGRAMME_CODE, mark("Identity of the plan, in addresses too; it never changes."), required=True),
        Field("name", Words(), mark("Name of the plan."), required=True),
        Field("languages", Many(Choice(("es", "en"))), mark("Languages of its texts; those found where left out.")),
        Field("coordinator", Reference("agency"), mark("Id of the agency that coordinates it.")),
        Field("technical_support", Line(), mark("Who advises.")),
        Field("period", PERIOD, "First and last day."),
        Field("target_years", Unused(), "Not read: the targets say their years themselves."),
        Field("baseline_default_year", Whole(1900, 2200), mark("Year of the baselines that give none.")),
        Field(
            "time_zone", Line(), mark("Time zone in which its days are counted; America/Mexico_City where left out.")
        ),
        Field("number_locale", Line(), mark("How numbers and dates look; es_MX where left out.")),
        Field("reporting", REPORTING, "When reports are due."),
        Field("rule_set", RULE_SET, mark("Rule set by which indicators are judged; floor_95_90 where left out.")),
        Field(
            "level_names",
            By(Choice(LEVELS), Words()),
            mark("What the plan calls its objectives, strategies and actions."),
        ),
        Field("sample", SAMPLE, "If the file holds part of the real plan: how much."),
        Field("source", Line(), mark("Where the plan is published.")),
        Field("note", Words(), mark("Note for readers.")),
        Field(
            "effective_from",
            QuarterCode(),
            mark("First quarter that this version judges; left out: from the beginning."),
        ),
        Field("reason", Words(), mark("Why this version changes the plan.")),
        Field("decision", Line(), mark("Which decision approved it.")),
    ),
    title="programme",
    identity="code",
)
PRINCIPLE = Record(
    (
        Field("n", Whole(1, 31), mark("Number."), required=True),
        Field("pillar", Whole(1, 3), mark("Pillar."), required=True),
        Field("type", Unused(), "Foundational or operational; not read."),
        Field("group", Unused(), "Not read."),
        Field("title", Words(), mark("Short title."), required=True),
    ),
    title="principle",
    identity="n",
)
TAXONOMIES = Record(
    (
        Field("ungp_pillars", Unused(), "Not read."),
        Field("ungp", Many(PRINCIPLE), "The Guiding Principles under short titles."),
        Field("ungp_note", Unused(), "Not read."),
    )
)
AGENCIES = Many(AGENCY)
PLAN = Record(
    (
        Field("schema_version", Whole(1, 1), "Version of this format."),
        Field("illustrative", Flag(), mark("Whether the plan is made up for a demonstration.")),
        Field("disclaimer", Words(), "Printed with everything that is shown of an illustrative plan."),
        Field("programme", PROGRAMME, "The plan as a whole.", required=True),
        Field("enums", Unused(), "Not read: these words belong to the product."),
        Field("agencies", Either(Line(), AGENCIES), "The agencies, or the name of a file with them.", required=True),
        Field("agencies_note", Unused(), "Not read."),
        Field("objectives", Many(OBJECTIVE), "The objectives with their strategies and actions.", required=True),
        Field("indicators", Many(INDICATOR), "The indicators."),
        Field("dimensions", Many(DIMENSION), "Vocabularies by which figures may be broken down."),
        Field("taxonomies", TAXONOMIES, "The Guiding Principles."),
    )
)
