"""Somebody calls off deliveries that have not gone out."""

from collections.abc import Sequence
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.delivery_deeds import Deed, after_cancelling
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.services.holding_deliveries import hold, hold_fitting
from cchc_tasks.store.database import Database
from cchc_tasks.store.delivery_deeds import Fitting
from cchc_tasks.store.rungs import AT_ONCE
from cchc_tasks.store.unit_of_work import UnitOfWork


def cancel_delivery(database: Database, delivery_id: int, *, actor: Actor, now: datetime) -> None:
    """Do not send it. The steps it was to speak of go unsaid; the same people's next steps still come.

    One that had gone out before, and was to go out again, stays sent. Raises NoRight, DeliveryUnknown, DeliveryInHand,
    DeliveryReplaced or DeliveryStateForbids.
    """
    require(actor, Action.MANAGE_DELIVERIES)
    with database.write(now) as uow:
        _cancel(uow, [hold(uow, delivery_id, Deed.CANCEL, now)], actor)


def cancel_deliveries(database: Database, fitting: Fitting, *, seen: int, actor: Actor, now: datetime) -> int:
    """The same for all that fit, if they are no more than were seen; says how many.

    Raises NoRight, DeliveryStateForbids, DeliveriesNoneFit, DeliveriesTooMany or DeliveriesMoreThanSeen.
    """
    require(actor, Action.MANAGE_DELIVERIES)
    with database.write(now) as uow:
        deliveries = hold_fitting(uow, fitting, Deed.CANCEL, seen)
        _cancel(uow, deliveries, actor)
        return len(deliveries)


def _cancel(uow: UnitOfWork, deliveries: Sequence[Delivery], actor: Actor) -> None:
    """Messages and rungs in the same order in which a run takes them: first the message, then what it speaks of."""
    for sent_before in (False, True):
        those = [one for one in deliveries if (one.sent_at is not None) is sent_before]
        uow.delivery_deeds.move([one.id or 0 for one in those], after_cancelling(sent_before=sent_before))
    _leave_unsaid(uow, [one for one in deliveries if one.sent_at is None])
    together = {"together": len(deliveries)} if len(deliveries) > 1 else {}
    for one in deliveries:
        uow.note(actor.user, "delivery.cancel", f"delivery:{one.id}", state=one.state, kind=one.kind, **together)


def _leave_unsaid(uow: UnitOfWork, deliveries: Sequence[Delivery]) -> None:
    """What a message would have taken with it when a run claimed it goes unsaid too, else it would come tomorrow."""
    for on in sorted({one.business_on for one in deliveries}):
        hearers = uow.absences.hearers(on)
        of_day = [one for one in deliveries if one.business_on == on]
        for first in range(0, len(of_day), AT_ONCE):
            uow.rungs.attach(of_day[first : first + AT_ONCE], on, hearers)
    uow.delivery_deeds.cancel_rungs([one.id or 0 for one in deliveries])
