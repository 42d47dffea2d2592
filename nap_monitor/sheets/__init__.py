"""What agencies report: the spreadsheet contract, reading files, parsing cells, templates and feedback."""
