"""The secretariat records how a request for a later day was decided, by the document that decided it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import ExtensionDecided, ExtensionReasonMissing
from cchc_tasks.domain.extensions import STATE_IN_WORDS, deciding_documents, hold_later
from cchc_tasks.domain.lengths import NUMBER, WORDS, held_short
from cchc_tasks.domain.reminders import aim_day
from cchc_tasks.domain.vocabulary import Bound, ExtensionState
from cchc_tasks.models.obligation import Extension, Obligation
from cchc_tasks.services.ask_extension import due_day_to_extend
from cchc_tasks.services.judging import judge
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Grant:
    """By which document a later day is granted; without `until`, the day that was asked for."""

    number: str
    until: date | None = None
    superior_number: str | None = None  # needed where the duty was assigned from above


def grant_extension(
    database: Database, extension_id: int, grant: Grant, *, actor: Actor, today: date, now: datetime
) -> date:
    """Move the due day and plan the reminders anew against it, all at once; gives the new due day.

    The granted day needs only lie behind the present one: a decision may be recorded after the day it grants. The
    slot and the printed day stay, so the old date is never opened again. An hour belonged to the old day and goes
    with it, and so does an internal day, which would go on reminding of a day before the one just granted. A hạn bổ
    sung keeps standing. Raises NoRight, ExtensionUnknown, ExtensionDecided, ExtensionTooEarly,
    DocumentNumberMissing, SuperiorNumberMissing, WordsTooLong or StageForbids.
    """
    require(actor, Action.DECIDE_EXTENSION)
    held_short("Số, ký hiệu văn bản đồng ý", grant.number, NUMBER)
    held_short("Số, ký hiệu văn bản của cấp trên", grant.superior_number or "", NUMBER)
    with database.write(now) as uow:
        obligation, extension = _held(uow, extension_id)
        before, until = due_day_to_extend(obligation), grant.until or extension.asked_until
        hold_later(until, before + timedelta(days=1))
        duty = uow.obligations.duty(obligation.duty_id)
        number, superior = deciding_documents(grant.number, grant.superior_number, assigned_by=duty.assigned_by)
        extension.due_on, extension.granted_until = before, until
        extension.number, extension.superior_number = number, superior
        _decide(extension, ExtensionState.GRANTED, actor, now)
        uow.note(
            actor.user,
            "extension.grant",
            f"obligation:{obligation.id}",
            extension=extension_id,
            due_on=before,
            until=until,
            number=number,
            superior_number=superior,
            internal_due_on=obligation.internal_due_on,
        )
        planner = RungPlanner(uow)
        obligation.due_on, obligation.bound, obligation.at = until, Bound.BY, None
        obligation.aim_on = aim_day(until, Bound.BY, planner.calendar)
        obligation.internal_due_on = None
        judge(uow, obligation)
        planner.plan_anew(obligation, not_before=today)
        return until


def refuse_extension(database: Database, extension_id: int, *, why: str, actor: Actor, now: datetime) -> None:
    """Record that a later day is not granted; the due day and its reminders stay as they are.

    Raises NoRight, ExtensionUnknown, ExtensionDecided, WordsTooLong or ExtensionReasonMissing.
    """
    require(actor, Action.DECIDE_EXTENSION)
    answer = held_short("Lý do không đồng ý", why.strip(), WORDS)
    with database.write(now) as uow:
        obligation, extension = _held(uow, extension_id)
        if not answer:
            raise ExtensionReasonMissing(deed="Không đồng ý gia hạn")
        extension.answer = answer
        _decide(extension, ExtensionState.REFUSED, actor, now)
        uow.note(
            actor.user,
            "extension.refuse",
            f"obligation:{obligation.id}",
            extension=extension_id,
            until=extension.asked_until,
            why=extension.answer,
        )


def _held(uow: UnitOfWork, extension_id: int) -> tuple[Obligation, Extension]:
    """The request and its obligation, held in the order in which handing in holds them; raises ExtensionDecided."""
    obligation = uow.obligations.locked(uow.extensions.get(extension_id).obligation_id)
    extension = uow.extensions.locked(extension_id)
    if extension.state is not ExtensionState.ASKED:
        raise ExtensionDecided(extension=extension_id, state=STATE_IN_WORDS[extension.state])
    return obligation, extension


def _decide(extension: Extension, state: ExtensionState, actor: Actor, now: datetime) -> None:
    extension.state, extension.decided_by, extension.decided_at = state, actor.user, now
