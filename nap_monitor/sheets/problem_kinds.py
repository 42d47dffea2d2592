"""The closed list of what can be wrong in a spreadsheet: each kind with its severity and its two sentences.

The first sentence says what is wrong, the second what is accepted. Both are message ids; the {names} in them are filled
by the problem itself (`value`, `column`, `code`, `period`) and by its details, as `problems.sentence` explains.
"""

from __future__ import annotations

from dataclasses import dataclass

from nap_monitor.language import mark
from nap_monitor.sheets.contract import Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem. `accepted` is empty where there is nothing to correct."""

    severity: Severity
    sentence: str
    accepted: str = ""


_A_NUMBER = mark("A number in the cell, such as 85 or 12.5.")
_A_DATE = mark("A date cell, or text such as 2026-09-30 or 30/09/2026 (day/month/year).")
_A_PERIOD = mark("A quarter such as 2026-T3, T3 2026 or “3er trimestre 2026”, or the last day of a quarter.")
_A_CODE = mark("The code as the plan writes it, typed as text.")
_A_LINK = mark("One web address that starts with https:// and has no spaces.")
_A_RESULT = mark("A formula with a result, or the figure itself.")
_A_PERCENTAGE = mark("The percentage as a number from 0 to 100 (85), or a cell in percent format (85 %).")
_A_BREAKDOWN = mark("Codes or names of the plan's categories, joined by +, or an empty cell for the total.")
_ONE_ROW = mark("One row for each report.")
_THE_HEADERS = mark("The headers of the template, in Spanish or English, in any order.")
_ONE_COLUMN = mark("One column for each header.")

TABS: dict[str, Kind] = {
    "missing_tab": Kind(
        E, mark("The workbook has no tab “{role}”."), mark("A tab with this title, in Spanish or in English.")
    ),
    "two_tabs": Kind(
        E, mark("The tabs {titles} are all “{role}”; none of them was read."), mark("A single tab with this title.")
    ),
    "unknown_tab": Kind(N, mark("The tab “{title}” is not one that we read; it was left out.")),
    "no_header": Kind(E, mark("No header row was found in the first 20 rows; the tab was not read."), _THE_HEADERS),
    "missing_column": Kind(E, mark("The column “{column}” is missing; the tab was not read."), _THE_HEADERS),
    "missing_figure_column": Kind(
        E,
        mark("There is no column “{column}”, nor numerator and denominator; the tab was not read."),
        _THE_HEADERS,
    ),
    "two_columns": Kind(E, mark("The columns {columns} are all “{column}”; the tab was not read."), _ONE_COLUMN),
    "unknown_column": Kind(N, mark("The column “{value}” is not one that we read; it was left out.")),
    "figures_without_header": Kind(N, mark("This column holds figures under no header; they were left out.")),
}

ROWS: dict[str, Kind] = {
    "shifted_row": Kind(
        E,
        mark("The row has {cells} cells under {columns} columns: a mark that divides cells stands inside one of them."),
        mark("Decimals with a point, or the cell in quotation marks."),
    ),
    "missing_field": Kind(E, mark("“{column}” is empty."), mark("Every report needs this cell.")),
    "unknown_code": Kind(E, mark("“{value}” is not a code of the plan."), _A_CODE),
    "ambiguous_code": Kind(E, mark("The number {value} may stand for several codes: {codes}."), _A_CODE),
    "code_from_number": Kind(N, mark("The number {value} was read as the code {read}."), _A_CODE),
    "code_became_date": Kind(E, mark("The spreadsheet turned the code into a date ({value})."), _A_CODE),
    "unreadable_code": Kind(E, mark("“{value}” cannot be read as a code."), _A_CODE),
    "other_agency": Kind(
        E,
        mark("{code} is reported by {agency}, not by this agency."),
        mark("The codes of one's own agency; of actions, also those that it shares."),
    ),
    "unreadable_period": Kind(E, mark("“{value}” is not a quarter."), _A_PERIOD),
    "not_a_quarter_end": Kind(E, mark("{day} is not the last day of a quarter."), _A_PERIOD),
    "future_quarter": Kind(E, mark("{quarter} has not begun."), mark("A quarter that has begun.")),
    "outside_programme": Kind(
        E,
        mark("{quarter} is outside the programme."),
        mark("A quarter from {first_quarter} to {last_quarter}."),
    ),
    "unknown_category": Kind(E, mark("“{part}” is not a category of the plan."), _A_BREAKDOWN),
    "ambiguous_category": Kind(
        E,
        mark("“{part}” is a category of several dimensions: {dimension}."),
        mark("The dimension and the category, such as sex=women, or the category's code."),
    ),
    "repeated_dimension": Kind(E, mark("“{value}” names the dimension {dimension} twice."), _A_BREAKDOWN),
    "dimension_not_allowed": Kind(
        E,
        mark("{code} is not reported by {dimension}."),
        mark("The breakdowns that the plan gives this indicator: {allowed}."),
    ),
    "combination_not_allowed": Kind(
        E,
        mark("{code} is not reported by {dimension} together."),
        mark("The breakdowns that the plan gives this indicator: {allowed}."),
    ),
    "duplicate": Kind(E, mark("The same report stands also in {other}; neither was taken."), _ONE_ROW),
    "merged_cells": Kind(
        E,
        mark("The cell is merged with others ({cells}): which row its content belongs to cannot be known."),
        mark("Cells that are not merged."),
    ),
}

CELLS: dict[str, Kind] = {
    "formula_error": Kind(E, mark("The cell shows the error {value}."), _A_RESULT),
    "formula_without_result": Kind(
        E,
        mark("The formula has no saved result."),
        mark("Open the workbook in the spreadsheet program and save it again, or type the figure."),
    ),
    "still_loading": Kind(
        E,
        mark("The cell was still loading its data."),
        mark("Wait until the spreadsheet has loaded, then save it again."),
    ),
    "not_a_number": Kind(E, mark("“{value}” is not a number."), _A_NUMBER),
    "ambiguous_number": Kind(
        E,
        mark("“{value}” can be read in two ways: {whole} or {decimal}."),
        mark("The number typed in a number cell, or written without a thousands separator."),
    ),
    "number_as_text": Kind(N, mark("The text “{value}” was read as the number {reading}."), _A_NUMBER),
    "boolean_as_number": Kind(E, mark("The cell holds {value} (true or false), not a number."), _A_NUMBER),
    "date_as_number": Kind(E, mark("The spreadsheet turned the figure into a date ({value})."), _A_NUMBER),
    "not_finite": Kind(E, mark("“{value}” is not a figure."), _A_NUMBER),
    "absurd_number": Kind(E, mark("{value} is too large or too small to be a figure."), _A_NUMBER),
    "percent_unclear": Kind(E, mark("{value} may mean {as_typed} % or {scaled} %."), _A_PERCENTAGE),
    "percent_of_one": Kind(W, mark("1 was taken as 1 %. If everything was meant, it is 100."), _A_PERCENTAGE),
    "percent_too_large": Kind(
        E, mark("The cell is in percent format and shows {scaled} %; {as_typed} % may be meant."), _A_PERCENTAGE
    ),
    "percent_not_expected": Kind(
        E, mark("{value} is a percentage, and “{column}” is not one here: {plain} or {scaled}?"), _A_NUMBER
    ),
    "not_whole": Kind(
        E,
        mark("{amount} is not a whole number, and the plan counts {code} in whole ones."),
        mark("A whole number; for an average, its numerator and denominator too."),
    ),
    "below_minimum": Kind(
        E, mark("{amount} is below {limit}, the least that is possible."), mark("A figure of {limit} or more.")
    ),
    "above_maximum": Kind(
        E, mark("{amount} is above {limit}, the most that is possible."), mark("A figure of {limit} or less.")
    ),
    "not_yes_or_no": Kind(
        E, mark("“{value}” does not say whether the milestone is reached."), mark("One of: {words}.")
    ),
    "incomplete_ratio": Kind(
        E,
        mark("“{column}” is empty, and the other half of the ratio is not."),
        mark("Numerator and denominator, both."),
    ),
    "division_by_zero": Kind(
        E, mark("The denominator is 0 and the numerator is {numerator}."), mark("0 of 0 where there were no cases.")
    ),
    "numerator_above_denominator": Kind(
        E,
        mark("The numerator {numerator} is larger than the denominator {denominator}."),
        mark("A part of the whole: a numerator no larger than its denominator."),
    ),
    "value_differs_from_ratio": Kind(
        E,
        mark("The value {value} is not what numerator and denominator give: {ratio}."),
        mark("A value that agrees with them, or an empty value."),
    ),
    "value_from_ratio": Kind(N, mark("The value was worked out from numerator and denominator: {ratio}.")),
    "declared_with_figures": Kind(
        E, mark("The value says “{value}”, and numerator and denominator give a figure."), mark("One or the other.")
    ),
    "declared_no_data": Kind(N, mark("“{value}” was taken as: there is no data. It does not count as reported.")),
    "declared_no_cases": Kind(N, mark("“{value}” was taken as: there were no cases to measure.")),
    "not_a_date": Kind(E, mark("“{value}” is not a date."), _A_DATE),
    "impossible_date": Kind(E, mark("There is no such day as {value} (day/month/year)."), _A_DATE),
    "two_digit_year": Kind(E, mark("The year of {value} has two digits."), _A_DATE),
    "number_as_date": Kind(E, mark("The cell holds the number {value}, not a date."), _A_DATE),
    "far_date": Kind(E, mark("{day} is too far from the programme's years."), _A_DATE),
    "date_as_text": Kind(N, mark("The text “{value}” was read as day/month/year: {day}."), _A_DATE),
    "date_in_future": Kind(E, mark("{day} has not come yet."), mark("A day that is past, or today.")),
    "finish_before_start": Kind(
        W,
        mark("The finish ({day}) is before the start ({start}); neither date was taken."),
        mark("A finish on or after the start."),
    ),
    "completed_without_finish": Kind(
        W, mark("The action is reported as completed without the day on which it was."), mark("The day in “{column}”.")
    ),
    "unknown_word": Kind(E, mark("“{value}” is not one of the words of “{column}”."), mark("One of: {words}.")),
    "link_not_https": Kind(E, mark("The link “{value}” does not start with https://."), _A_LINK),
    "link_malformed": Kind(E, mark("“{value}” is not one complete web address."), _A_LINK),
    "text_too_long": Kind(E, mark("The text has {length} characters; the most is {limit}."), mark("A shorter text.")),
    "not_a_head_count": Kind(
        E, mark("{value} cannot be a number of people or things."), mark("A whole number, 0 or more.")
    ),
    "parts_above_total": Kind(
        W,
        mark("The parts add up to {parts}, more than the total of {total}."),
        mark("Parts that are within the total."),
    ),
    "answered_above_received": Kind(
        W,
        mark("{answered} proposals answered are more than the {received} received."),
        mark("Answered proposals within those received."),
    ),
    "total_differs": Kind(
        W,
        mark("The total is {total}, and its parts make {made}. The total was taken."),
        mark("A total that is what its parts make, as the plan declares."),
    ),
    "cause_missing": Kind(
        W,
        mark("The figure is off track, and the cause of the variation or the corrective action is not given."),
        mark("Both texts in the row of the figure."),
    ),
}

SYNC: dict[str, Kind] = {
    "closed_quarter": Kind(
        W,
        mark("{quarter} is closed. The figure waits as a pending restatement for the next meeting."),
    ),
    "quarantined": Kind(
        E,
        mark("Too much changed at once: {gone} of {stored} rows gone, {changed} changed. Nothing was taken."),
        mark("The coordinator releases the workbook, or its earlier rows come back."),
    ),
    "file_of_nobody": Kind(
        W,
        mark("The file “{file}” belongs to no agency; it was not read."),
        mark("A file named by its agency, or a rule in config/sources.yaml."),
    ),
}

_SAVE_AGAIN = mark("Open it in the spreadsheet program and save it as an Excel workbook (.xlsx).")

REFUSALS: dict[str, Kind] = {
    "password_protected": Kind(
        E, mark("“{file}” is protected by a password and cannot be read."), mark("Save it without a password.")
    ),
    "old_xls": Kind(E, mark("“{file}” is in the old Excel format (.xls)."), _SAVE_AGAIN),
    "html_named_as_workbook": Kind(E, mark("“{file}” is a web page named as a workbook."), _SAVE_AGAIN),
    "csv_named_as_workbook": Kind(E, mark("“{file}” is a text file named as a workbook."), _SAVE_AGAIN),
    "not_a_workbook": Kind(E, mark("“{file}” is not a workbook."), _SAVE_AGAIN),
    "corrupt": Kind(E, mark("“{file}” is damaged and cannot be read."), _SAVE_AGAIN),
    "not_text": Kind(E, mark("“{file}” is not a text file, as its name says."), _SAVE_AGAIN),
    "named_otherwise": Kind(
        E,
        mark("“{file}” is a file of type {found} under another name."),
        mark("Give it the ending {found}, or save it again in the spreadsheet program."),
    ),
    "csv_open_quote": Kind(
        E,
        mark("“{file}” opens a quotation mark in row {row} that is never closed: its rows cannot be told apart."),
        mark("Save it again as CSV from the spreadsheet program, or as an .xlsx workbook."),
    ),
    "too_large": Kind(
        E, mark("“{file}” is larger than {limit} MB."), mark("Remove pictures and unused tabs, or split the workbook.")
    ),
    "too_large_unpacked": Kind(
        E,
        mark("“{file}” unpacks to more than {limit} MB."),
        mark("Remove unused rows, formats and tabs, or split the workbook."),
    ),
    "empty_file": Kind(E, mark("“{file}” is empty."), mark("A workbook with the tabs of the template.")),
    "unreadable_file": Kind(
        E, mark("“{file}” cannot be opened."), mark("A file that this program is allowed to read.")
    ),
    "missing_file": Kind(E, mark("“{file}” is not there."), mark("The path of an existing workbook.")),
    "unsupported_type": Kind(
        E, mark("“{file}”: files of type {type} are not read."), mark("An .xlsx, .ods or .csv file.")
    ),
    "missing_folder": Kind(
        E, mark("The folder {path} is not there."), mark("Make it, or name the folder of the workbooks.")
    ),
    "unreadable_folder": Kind(
        E, mark("The folder {path} cannot be opened."), mark("A folder that this program is allowed to read.")
    ),
    "changed_while_reading": Kind(
        E, mark("“{file}” was changed while it was being read."), mark("It is read again when it has been saved.")
    ),
}

KINDS: dict[str, Kind] = TABS | ROWS | CELLS | SYNC | REFUSALS

REASONS: dict[str, str] = {
    "above_the_header": mark("figures above the header row"),
    "repeated_header": mark("repeated header"),
    "total": mark("total"),
    "note": mark("note or heading"),
    "without_code": mark("figures without code and period"),
    "second_table": mark("another table below the reports"),
    "beside_the_table": mark("beside the columns that are read"),
    "ours": mark("written by the system"),
    "left_empty": mark("nothing reported"),
    "reported_in_another_row": mark("empty; another row reports it"),
}
