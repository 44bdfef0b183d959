"""A unit asks for a later day, with its reason; until that is decided its clock runs on."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import ExtensionAskedAlready, ExtensionOfInput, ExtensionReasonMissing, NoDueDay
from cchc_tasks.domain.extensions import earliest_askable, hold_later, hold_waiting
from cchc_tasks.domain.lengths import WORDS, held_short
from cchc_tasks.models.obligation import Extension, Obligation
from cchc_tasks.store.database import Database


def ask_extension(
    database: Database, obligation_id: int, *, until: date, why: str, actor: Actor, today: date, now: datetime
) -> int:
    """Ask for `until` instead of the due day and give the request's id; one request at a time.

    It may be asked after the due day too: the obligation stays late until it is decided. Raises NoRight,
    ObligationUnknown, ExtensionReasonMissing, WordsTooLong, ExtensionTooEarly, StageForbids, NoDueDay,
    ExtensionOfInput or ExtensionAskedAlready.
    """
    require(actor, Action.ASK_EXTENSION)
    reason = held_short("Lý do xin gia hạn", why.strip(), WORDS)
    with database.write(now) as uow:
        obligation = uow.obligations.locked(obligation_id)
        leads = uow.obligations.leads([obligation_id]).get(obligation_id, [])
        require(actor, Action.ASK_EXTENSION, frozenset(leads))
        due_on = due_day_to_extend(obligation)
        if uow.extensions.is_asked(obligation_id):
            raise ExtensionAskedAlready(obligation=obligation_id)
        if not reason:
            raise ExtensionReasonMissing(deed="Đề nghị gia hạn")
        hold_later(until, earliest_askable(due_on, today))
        extension_id = uow.extensions.add(
            Extension(
                obligation_id=obligation_id,
                due_on=due_on,
                asked_until=until,
                reason=reason,
                asked_by=actor.user,
                asked_at=now,
            )
        )
        uow.note(
            actor.user,
            "extension.request",
            f"obligation:{obligation_id}",
            extension=extension_id,
            due_on=due_on,
            until=until,
            why=reason,
        )
        return extension_id


def due_day_to_extend(obligation: Obligation) -> date:
    """The day an extension would move; raises where there is none, or it is not the secretariat's to move."""
    hold_waiting("gia hạn", obligation.stage)
    if obligation.parent_id is not None:
        raise ExtensionOfInput(obligation=obligation.id)
    if obligation.due_on is None:
        raise NoDueDay(obligation=obligation.id)
    return obligation.due_on
