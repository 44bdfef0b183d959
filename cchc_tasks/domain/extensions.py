"""Extensions (gia hạn): which later day may be asked for or granted, by which documents, and how it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import DocumentNumberMissing, ExtensionTooEarly, StageForbids, SuperiorNumberMissing
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS, WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import ExtensionState, Stage

STATE_IN_WORDS = {
    ExtensionState.ASKED: "chờ quyết định",
    ExtensionState.GRANTED: "đã đồng ý",
    ExtensionState.REFUSED: "không đồng ý",
    ExtensionState.WITHDRAWN: "không còn cần quyết định",
}


@dataclass(frozen=True, slots=True)
class Granted:
    """One extension: the day that was due before, and the number of the document that moved it."""

    due_on: date
    number: str


def hold_waiting(deed: str, stage: Stage) -> None:
    """Raise StageForbids unless it is the unit's turn: a day is moved only while something is awaited from it."""
    if stage not in WAITING_FOR_UNIT:
        raise StageForbids(deed=deed, stage=STAGE_IN_WORDS[stage])


def earliest_askable(due_on: date, today: date) -> date:
    """The first day that may be asked for: behind the due day, and not in the past where that is past itself."""
    return max(due_on + timedelta(days=1), today)


def hold_later(until: date, earliest: date) -> None:
    """Raise ExtensionTooEarly for a new day before the earliest; none is too late, nor bound to the plan's year."""
    if until < earliest:
        raise ExtensionTooEarly(day=short_date(until), earliest=short_date(earliest))


def deciding_documents(number: str, superior: str | None, *, assigned_by: str | None) -> tuple[str, str | None]:
    """The tidied numbers of the deciding document and of the superior's agreement.

    A duty that was assigned from above (`assigned_by`) is extended only where the superior agreed. Raises
    DocumentNumberMissing, SuperiorNumberMissing.
    """
    own, above = document_number(number), document_number(superior or "") or None
    if not own:
        raise DocumentNumberMissing
    if assigned_by is not None and above is None:
        raise SuperiorNumberMissing(superior=assigned_by)
    return own, above


def document_number(text: str) -> str:
    """ "45/SGDĐT-VP" of what was typed as "Số: 45/SGDĐT-VP"; empty where there is none."""
    words = text.split()
    if words and words[0].rstrip(":").lower() == "số":
        del words[0]
    return " ".join(words)


def extended_in_words(granted: Sequence[Granted]) -> str | None:
    """Where an extended day comes from: "gia hạn từ 31/3/2026, số 45/SGDĐT-VP"; None for a day never moved.

    Of several, in order, the first day and every number: "gia hạn 2 lần từ 31/3/2026, số 45/SGDĐT-VP, 52/SGDĐT-VP".
    """
    if not granted:
        return None
    times = f"{len(granted)} lần " if len(granted) > 1 else ""
    numbers = ", ".join(one.number for one in granted)
    return f"gia hạn {times}từ {short_date(granted[0].due_on)}, số {numbers}"
