"""The words of closed lists: statuses, kinds, states, qualities, yes and no; as officials write them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache

from nap_monitor.sheets.cells import Cell
from nap_monitor.sheets.contract import labels, normalise
from nap_monitor.sheets.judging import Answer, refuse, text_of

STATUSES = ("not_started", "in_progress", "partly_met", "completed", "modified", "cancelled")
KINDS_OF_EVENT = ("consultation", "training", "session")
STATES_OF_SUBMISSION = ("draft", "submitted")
QUALITIES = ("preliminary", "definitive", "revised")
YES_NO = ("yes", "no")

_VARIANTS: dict[str, tuple[str, ...]] = {
    "not_started": ("sin iniciar", "no iniciada", "no iniciado", "no iniciadas", "por iniciarse", "not yet started"),
    "in_progress": ("en curso", "en ejecución", "en marcha", "iniciada", "iniciado", "under way", "ongoing", "started"),
    "partly_met": (
        *("parcialmente cumplida", "parcialmente cumplido", "cumplido parcialmente", "cumplidas parcialmente"),
        *("cumplimiento parcial", "parcialmente cumplidas", "partially met", "partly completed"),
    ),
    "completed": (
        *("concluido", "concluidas", "concluidos", "completada", "completado", "terminada", "terminado"),
        *("finalizada", "finalizado", "cumplida", "cumplido", "complete", "finished", "done"),
    ),
    "modified": ("modificado", "modificadas", "modificados"),
    "cancelled": (
        *("cancelada", "cancelado", "canceladas", "cancelados", "canceled", "cancelled", "will not be done"),
    ),
    "consultation": ("consultas", "consulta pública", "consultations", "public consultation"),
    "training": ("capacitaciones", "trainings", "training session"),
    "session": ("sesiones", "sessions", "sesión del grupo de trabajo", "working group session"),
    "draft": ("en borrador",),
    "submitted": ("enviada", "enviados", "enviadas", "sent"),
    "preliminary": ("preliminares", "provisional"),
    "definitive": ("definitivo", "definitivas", "definitivos", "final"),
    "revised": ("revisado", "revisadas", "revisados"),
    "yes": ("true", "verdadero", "1"),
    "no": ("false", "falso", "0"),
}


def one_of(words: tuple[str, ...]) -> Callable[[Cell], Answer[str]]:
    """A reader for cells that hold one of these words, in either language, gender and number."""
    known = _known(words)

    def read(cell: Cell) -> Answer[str]:
        word = known.get(_said(cell))
        return Answer(word) if word else refuse("unknown_word", words=" ".join(words))

    return read


def yes_or_no(cell: Cell) -> Answer[bool]:
    """Sí, No, yes, no, TRUE, FALSE, 1, 0."""
    word = _known(YES_NO).get(_said(cell))
    return Answer(word == "yes") if word else refuse("unknown_word", words=" ".join(YES_NO))


def is_one_of(words: tuple[str, ...], cell: Cell) -> bool:
    return _said(cell) in _known(words)


def _said(cell: Cell) -> str:
    # 100 % in a cell of yes and no is a number of another kind
    if isinstance(cell.value, Decimal) and cell.percent:
        return ""
    return normalise(text_of(cell)).rstrip(".")


@cache
def _known(words: tuple[str, ...]) -> dict[str, str]:
    texts = labels()["words"]
    return {normalise(text): word for word in words for text in (*texts[word].values(), *_VARIANTS[word])}
