"""Somebody gives deliveries that did not go out another chance, now."""

from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.delivery_deeds import Deed
from cchc_tasks.domain.vocabulary import DeliveryState
from cchc_tasks.services.holding_deliveries import hold, hold_fitting
from cchc_tasks.store.database import Database
from cchc_tasks.store.delivery_deeds import Fitting


def requeue_delivery(database: Database, delivery_id: int, *, actor: Actor, now: datetime) -> None:
    """Let the next run try it as if for the first time.

    Raises NoRight, DeliveryUnknown, DeliveryInHand, DeliveryReplaced or DeliveryStateForbids.
    """
    require(actor, Action.MANAGE_DELIVERIES)
    with database.write(now) as uow:
        delivery = hold(uow, delivery_id, Deed.REQUEUE, now)
        before = delivery.state
        uow.delivery_deeds.move([delivery_id], DeliveryState.PLANNED)
        uow.note(actor.user, "delivery.requeue", f"delivery:{delivery_id}", state=before)


def requeue_deliveries(database: Database, fitting: Fitting, *, seen: int, actor: Actor, now: datetime) -> int:
    """The same for all that fit, if they are no more than were seen; says how many.

    Raises NoRight, DeliveryStateForbids, DeliveriesNoneFit, DeliveriesTooMany or DeliveriesMoreThanSeen.
    """
    require(actor, Action.MANAGE_DELIVERIES)
    with database.write(now) as uow:
        deliveries = hold_fitting(uow, fitting, Deed.REQUEUE, seen)
        uow.delivery_deeds.move([one.id or 0 for one in deliveries], DeliveryState.PLANNED)
        count = len(deliveries)
        for one in deliveries:
            uow.note(actor.user, "delivery.requeue", f"delivery:{one.id}", state=fitting.state, together=count)
        return count
