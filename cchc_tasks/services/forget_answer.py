"""The office drops a remembered answer: it is offered no more, the plan it was given in keeps it."""

from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.store.database import Database


def forget_answer(database: Database, remembered_id: int, *, actor: Actor, now: datetime) -> None:
    """Offer an answer no more; raises RememberedAnswerUnknown, NoRight."""
    require(actor, Action.MANAGE_REMEMBERED_ANSWERS)
    with database.write(now) as uow:
        one = uow.remembered_answers.get(remembered_id)
        uow.remembered_answers.forget(remembered_id)
        uow.note(
            actor.user,
            "answer.forget",
            f"plan:{one.plan.id}",
            question=one.question.number,
            words=one.question.words,
            answer=one.question.answered_text,
        )
