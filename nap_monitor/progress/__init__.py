"""What the figures mean: schedule, rules, assessments, roll-ups, forecast. Pure; the date is always an argument.

The rules are those of `docs/method.en.md`, which numbers them as the comments here do.
"""
