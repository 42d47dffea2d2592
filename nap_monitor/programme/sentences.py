"""The closed list of what can be wrong with a plan's file: kind -> severity and sentence."""

from __future__ import annotations

from enum import StrEnum

from nap_monitor.language import mark


class Severity(StrEnum):
    ERROR = "error"  # the plan is not taken
    WARNING = "warning"  # taken; somebody should look, or the plan does not say


_E, _W = Severity.ERROR, Severity.WARNING
KINDS: dict[str, tuple[Severity, str]] = {
    # the file
    "missing_file": (_E, mark("There is no file {path}.")),
    "unreadable_file": (_E, mark("The file cannot be opened ({reason}).")),
    "not_utf8": (
        _E,
        mark("The file is not UTF-8 text from this line on. Save it again with the encoding UTF-8."),
    ),
    "control_character": (_E, mark("An invisible control character stands in this line. Delete it.")),
    "yaml_syntax": (
        _E,
        mark(
            "From here on the file cannot be read as YAML ({reason}). Look in this line and the one before for a "
            "missing quotation mark or colon, a tab, or a wrong indent."
        ),
    ),
    "empty_file": (_E, mark("The file is empty.")),
    "too_large": (
        _E,
        mark("The file unfolds to more than any plan needs. In YAML, look for an alias (*name) that refers to itself."),
    ),
    "file_type": (_E, mark("A plan is a .yaml or an .xlsx file.")),
    "not_a_workbook": (_E, mark("This is not an Excel workbook (.xlsx), or it is damaged or protected by a password.")),
    "missing_tab": (_E, mark("The tab “{tab}” is missing. “plan template” writes a workbook that has it.")),
    "missing_column": (_E, mark("The column “{column}” is missing.")),
    "unknown_tab": (_W, mark("This tab is none of the plan's, and was not read.")),
    "unknown_column": (_E, mark("“{column}” is no column that this tab has.")),
    "repeated_column": (_E, mark("Two columns are called “{column}”. Keep one.")),
    "error_cell": (_E, mark("The cell shows an error ({text}) or a formula without a saved result.")),
    # the form
    "duplicate_key": (_E, mark("“{key}” stands here twice, first on line {line}. Keep one.")),
    "unknown_field": (_E, mark("There is no field “{key}” here.")),
    "unknown_language": (_E, mark("“{key}” is no language of this plan.")),
    "missing_field": (_E, mark("This field is missing.")),
    "not_fields": (_E, mark("Several fields are expected under this one, not a single value or a list.")),
    "not_a_list": (_E, mark("A list is expected here.")),
    "not_a_value": (_E, mark("One value is expected here, not a list or several fields.")),
    "not_text": (_E, mark("Text is expected here. Put {text} in quotation marks.")),
    "code_is_number": (
        _E,
        mark("A code is text, but {text} without quotation marks is a number (1.10 would be 1.1). Write '{text}'."),
    ),
    "no_language": (
        _E,
        mark("Say in which language this text is: “es: …” or “en: …” (or declare one language for the whole plan)."),
    ),
    "bad_code": (
        _E,
        mark("“{text}” cannot be a code: at most {longest} characters, without a line break or a space at either end."),
    ),
    "bad_plain_code": (
        _E,
        mark("“{text}” cannot be a code here: letters without accents, digits, . _ and - only, {longest} at most."),
    ),
    "bad_agency_id": (
        _E,
        mark(
            '“{text}” cannot be the id of an agency. It names a workbook, so it has none of / \\ : * ? " < > | + ; '
            "and at most {longest} characters."
        ),
    ),
    "too_many_digits": (_E, mark("{text} has more digits than a figure can have (15).")),
    "bad_category_code": (
        _E,
        mark('“{text}” cannot be the code of a category: up to {longest} characters, none of / \\ : * ? " < > | + ;.'),
    ),
    "not_a_number": (_E, mark("A number is expected here, not “{text}”. Decimals have a point and thousands no mark.")),
    "not_whole": (_E, mark("A whole number is expected here, not “{text}”.")),
    "out_of_range": (_E, mark("{text} is outside what is possible here ({low} to {high}).")),
    "not_a_flag": (_E, mark("Only true or false can stand here, not “{text}”.")),
    "not_a_date": (_E, mark("A date is expected here (2018-06-30), not “{text}”.")),
    "not_a_quarter": (_E, mark("A quarter is expected here (2018-Q2), not “{text}”.")),
    "not_a_period": (_E, mark("A year (2018) or a quarter (2018-Q2) is expected here, not “{text}”.")),
    "not_a_due": (_E, mark("A quarter (2018-Q2) or a date (2018-06-30) is expected here, not “{text}”.")),
    "not_a_choice": (_E, mark("“{text}” is none of: {choices}.")),
    "not_a_rule_day": (_E, mark("A day that comes each year needs “day”, or “weekday” and “nth”, and not both.")),
    "not_below_folder": (
        _E,
        mark(
            "“{text}” cannot be a file or pattern here. Write a path below the folder of workbooks, with / between "
            "folders and without “..”."
        ),
    ),
    # references
    "unknown_agency": (_E, mark("No agency has the id “{text}”.")),
    "unknown_objective": (_E, mark("No objective has the code “{text}”.")),
    "unknown_strategy": (_E, mark("No strategy has the code “{text}”.")),
    "unknown_action": (_E, mark("No action has the code “{text}”.")),
    "unknown_indicator": (_E, mark("No indicator has the code “{text}”.")),
    "unknown_dimension": (
        _W,
        mark(
            "The plan has no vocabulary for “{text}”: figures broken down by it cannot be read (indicators: {count})."
        ),
    ),
    "strategy_elsewhere": (_E, mark("Strategy {strategy} belongs to objective {home}, not to {objective}.")),
    "action_elsewhere": (_E, mark("Action {action} belongs to strategy {home}, not to {strategy}.")),
    "duplicate_code": (
        _E,
        mark("“{text}” is also the code of another entry ({other}). Codes are told apart without case and accents."),
    ),
    "refers_to_itself": (_E, mark("This refers back to itself.")),
    "lead_is_co_responsible": (_W, mark("{agency} leads this action; it need not be co-responsible too.")),
    "repeated_value": (_W, mark("“{text}” stands twice in this list.")),
    # agencies
    "agency_without_id": (
        _W,
        mark(
            "The plan gives this agency no id. Its printed name stands as its id, so a change of name would break it."
        ),
    ),
    "name_and_names": (_E, mark("Give either “name” or “names”, not both.")),
    "names_not_in_order": (_E, mark("Each later name needs a later date in “from”.")),
    "succession_incomplete": (_E, mark("“succeeded_by” and “succeeded_from” go together; one is missing.")),
    "similar_agencies": (
        _W,
        mark("This agency is called almost like “{other}”. If they are one, give both entries one id."),
    ),
    # dates
    "end_before_start": (_E, mark("The period ends before it starts.")),
    "period_incomplete": (_E, mark("A period needs both “start” and “end”.")),
    "plan_without_dates": (
        _W,
        mark("The plan gives no period. It is followed by its actions alone, without time elapsed."),
    ),
    "cannot_shift": (_E, mark("The plan gives no period, so its dates cannot be moved to {year}.")),
    "shift_too_far": (_E, mark("Moved to {year}, the plan's dates leave the calendar.")),
    "outside_programme": (_E, mark("{text} is outside the programme ({start} to {end}).")),
    "due_before_start": (_E, mark("The action is due before it starts.")),
    "action_without_due": (_W, mark("The plan gives this action no due date. It can never be delayed.")),
    "no_action_has_due": (_W, mark("The plan gives no action a due date ({count} actions). None can ever be delayed.")),
    "action_without_lead": (_W, mark("The plan names no agency that leads this action.")),
    "no_actions": (_W, mark("There are no actions here.")),
    "no_strategies": (_W, mark("There are no strategies here.")),
    # languages
    "missing_translation": (_W, mark("There is no text in this language: {language}.")),
    "language_missing_throughout": (
        _W,
        mark(
            "The plan has no text in this language: {language} ({count} texts). What it says is shown as it is printed."
        ),
    ),
    # indicators
    "no_indicators": (_W, mark("The plan has no indicators. It is followed by its actions alone.")),
    "responsible_twice": (_E, mark("Give either “responsible” or “responsibles”, not both.")),
    "responsibles_not_in_order": (_E, mark("Each later responsible agency needs a later quarter in “from”.")),
    "target_twice": (_E, mark("{year} and {year}-Q4 are the same target, given as {first} and as {second}. Keep one.")),
    "quarter_without_target": (_E, mark("A quarter's target is a number. Only a whole year can have nothing planned.")),
    "target_in_unplanned_year": (_E, mark("{year} has nothing planned, but {text} has a target.")),
    "no_targets": (_W, mark("The plan gives this indicator no target. It can never be judged.")),
    "target_outside_range": (_E, mark("{value} is outside the indicator's range ({low} to {high}).")),
    "range_reversed": (_E, mark("The range ends ({high}) below its start ({low}).")),
    "range_twice": (_E, mark("“max” and “range” say different things. Keep one.")),
    "range_of_percentage": (_E, mark("The range of a percentage lies between 0 and 100.")),
    "too_many_decimals": (_W, mark("{value} has more decimals than the indicator is printed with ({decimals}).")),
    "baseline_incomplete": (_E, mark("A baseline needs its value and its year; one is missing.")),
    "baseline_not_before_target": (_E, mark("The baseline ({year}) must be before the first target ({first}).")),
    "ascending_contradicted": (
        _W,
        mark("The indicator is to rise, but its target for {period} ({value}) is below the {before} before it."),
    ),
    "descending_contradicted": (
        _W,
        mark("The indicator is to fall, but its target for {period} ({value}) is above the {before} before it."),
    ),
    "milestone_without_due": (_E, mark("A milestone needs its due date in “due”.")),
    "milestone_target": (_E, mark("A milestone's target is 1 (done) or 0 (not yet), not {value}.")),
    "milestone_inconsistent": (_W, mark("The milestone is due in {due}, but its target for {period} is {value}.")),
    "due_without_milestone": (_W, mark("Only a milestone has a due date; this one is not used.")),
    "once_without_milestone": (_E, mark("Only a milestone can have the frequency “once”.")),
    "accumulation_missing": (
        _W,
        mark("A cumulative indicator should say since when it adds up: “programme” or “year”. “programme” is taken."),
    ),
    "accumulation_unused": (_W, mark("Only a cumulative indicator has an accumulation; this one is not used.")),
    "weights_all_zero": (
        _E,
        mark("All weights are 0, so no index can be worked out. Give at least one indicator a weight."),
    ),
    "aggregation_without_parts": (
        _W,
        mark("There is an aggregation but no disaggregation: there are no parts to make a total of."),
    ),
    "percentages_added": (
        _W,
        mark("Percentages do not add up. Use “ratio”, rebuilt from numerators and denominators."),
    ),
    "combination_too_short": (_E, mark("A combination names at least two different dimensions.")),
    "combination_not_declared": (_E, mark("“{text}” is not in the indicator's disaggregation.")),
    "break_before_baseline": (_W, mark("The series breaks before the baseline, so the break has no effect.")),
    # vocabularies
    "duplicate_category": (
        _E,
        mark("“{text}” is also a category of “{other}”. Codes of categories are unique in a plan."),
    ),
    "same_category_name": (
        _W,
        mark("The categories “{text}” and “{other}” have one name and cannot be told apart by it."),
    ),
    # calendar
    "deadline_too_early": (_E, mark("The deadline for {quarter} must be after its last day.")),
    "extension_shortens": (
        _W,
        mark("The extension ends before the ordinary deadline ({deadline}), so it has no effect."),
    ),
    "no_working_days": (_E, mark("At least one day of the week must be a working day.")),
    # the rest
    "unknown_time_zone": (_E, mark("There is no time zone “{text}”. Write it like America/Mexico_City.")),
    "unknown_locale": (_E, mark("There is no locale “{text}”. Write it like es_MX.")),
    "bad_rule_set": (_E, mark("“{text}” cannot be the name of a rule set: lower-case letters, digits and _ only.")),
    "unknown_rule_set": (_E, mark("There is no rule set “{text}”.")),
    "bad_sdg": (_E, mark("“{text}” is no target of the Sustainable Development Goals. Write it like '8.7' or '16.a'.")),
    "sample_counts": (_E, mark("The sample says {shown} of {total} actions, but the file has {count}.")),
    "no_disclaimer": (_W, mark("The plan is illustrative but has no disclaimer.")),
}
