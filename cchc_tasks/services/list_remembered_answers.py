"""What the system offers again, for the office to look through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.services.remembering import span
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class RememberedLine:
    """A remembered answer: the words asked about, what was answered, in which plan, by whom and when."""

    id: int
    code: str
    about: str
    words: str
    answer: str
    plan_id: int
    years: str
    answered_by: str | None
    answered_at: datetime | None


def list_remembered_answers(database: Database, *, actor: Actor) -> Sequence[RememberedLine]:
    """All remembered answers; raises NoRight."""
    require(actor, Action.MANAGE_REMEMBERED_ANSWERS)
    with database.read() as uow:
        return [
            RememberedLine(
                id=one.id,
                code=one.question.code,
                about=one.question.about,
                words=one.question.words or "",
                answer=one.question.answered_text or "",
                plan_id=one.question.plan_id,
                years=span(one.plan),
                answered_by=one.question.answered_by,
                answered_at=one.question.answered_at,
            )
            for one in uow.remembered_answers.all()
        ]
