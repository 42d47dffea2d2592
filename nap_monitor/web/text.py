"""Values as text: what a reader sees of figures, names and statuses, in Markdown that foreign text cannot break."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from nap_monitor.charts.palette import CONFIDENCE, DELAYED, Look, look
from nap_monitor.language import Language, mark
from nap_monitor.programme.model import Agency, Indicator, Programme, Text, pick
from nap_monitor.progress.rules import decimals_beside
from nap_monitor.progress.statuses import ActionStatus, Confidence, Status

NOTHING = "–"

# Addresses become links even when escaped; an unseen word joiner after their first characters keeps them text.
_LINKS = re.compile(r"(?<=//)|(?<=www)|(?<=@)")
_UNSEEN = "\u2060"
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|>~$:<&])")


def plain(text: str) -> str:
    """Text from a plan or a spreadsheet, as it is: no emphasis, formula, picture or link of its own."""
    return _LINKS.sub(_UNSEEN, _MARKS.sub(r"\\\1", " ".join(text.split())))


def said(text: Text | None, language: Language) -> str:
    """A text of the plan in the reader's language (else in the one there is), harmless."""
    return plain(pick(text, language.code))


def badge(its: Look, language: Language, more: str = "") -> str:
    """Colour, shape and word."""
    return f":{its.badge}-badge[{its.shape} {language.say(its.word)}{more}]"


def status_badge(status: Status | ActionStatus, language: Language) -> str:
    return badge(look(status), language)


def action_badges(status: ActionStatus, language: Language, *, is_delayed: bool) -> str:
    """An action's status, and beside it that it is delayed: two facts, two signs."""
    own = status_badge(status, language)
    return f"{own} {badge(DELAYED, language)}" if is_delayed else own


def confidence_mark(confidence: Confidence | None, language: Language) -> str:
    if confidence is None:
        return NOTHING
    its = CONFIDENCE[confidence]
    return f"{its.shape}\u00a0{language.say(its.word)}"


def source(place: Mapping[str, object] | None) -> str:
    """File, tab and cell as the spreadsheet shows them."""
    if not place:
        return NOTHING
    where = f"{place.get('column') or ''}{place.get('row') or ''}"
    tab = "!".join(part for part in (str(place.get("tab") or ""), where) if part)
    return " › ".join(plain(str(part)) for part in (place.get("file"), tab) if part)


def figure(value: Decimal | None, indicator: Indicator, language: Language) -> str:
    """A value in the indicator's own decimals, more where it has more; yes or no for a milestone."""
    if value is None:
        return NOTHING
    if indicator.is_milestone:
        return language.say("yes") if value else language.say("no")
    own = max(indicator.decimals, min(4, -int(value.normalize().as_tuple().exponent)))
    return language.number(value, own)


def percent(value: Decimal | None, language: Language, limits: Sequence[Decimal] = (), decimals: int = 1) -> str:
    """A percentage, with as many decimals as keep it on its side of every limit."""
    if value is None:
        return NOTHING
    return f"{language.number(value, decimals_beside(value, tuple(limits), decimals))}\u00a0%"


def index_range(low: Decimal | None, high: Decimal | None, language: Language) -> str:
    if low is None or high is None:
        return NOTHING
    if low == high:
        return percent(low, language)
    return f"{language.number(low, 1)}\u2009–\u2009{percent(high, language)}"


def agency_name(agency: Agency | None, code: str, language: Language, day: date, *, in_full: bool = False) -> str:
    """What an agency is called on a day: its acronym (else its id). One that the plan does not know: its code."""
    if agency is None:
        return plain(code)
    return plain(full_name(agency, language, day) if in_full else agency.acronym_on(day))


def full_name(agency: Agency, language: Language, day: date) -> str:
    """Acronym and name on a day, once where they are the same. Not Markdown: for lists of choices and charts."""
    short, name = agency.acronym_on(day), pick(agency.named_on(day).name, language.code)
    return f"{short} · {name}" if name not in ("", short) else short


def level(programme: Programme, which: str, language: Language) -> str:
    """What the plan calls its objectives, strategies and actions (singular)."""
    return plain(pick(programme.level_names.get(which), language.code)) or language.say(_LEVELS[which])


_LEVELS = {"objective": mark("Objective"), "strategy": mark("Strategy"), "action": mark("Action")}
