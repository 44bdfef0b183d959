"""Somebody lets a message that was sent go out once more, in the words that were kept."""

from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.delivery_deeds import Deed
from cchc_tasks.domain.errors import DeliveryPersonGone, DeliveryWordsNotKept
from cchc_tasks.domain.vocabulary import DeliveryState
from cchc_tasks.services.holding_deliveries import hold
from cchc_tasks.store.database import Database


def resend_delivery(database: Database, delivery_id: int, *, actor: Actor, now: datetime) -> None:
    """Let the next run send the kept words, without links of one's own, to the person's present address.

    When it was sent before, and what is known of that, stays with it. Raises NoRight, DeliveryUnknown, DeliveryInHand,
    DeliveryReplaced, DeliveryStateForbids, DeliveryWordsNotKept or DeliveryPersonGone.
    """
    require(actor, Action.MANAGE_DELIVERIES)
    with database.write(now) as uow:
        delivery = hold(uow, delivery_id, Deed.RESEND, now)
        if delivery.text is None:
            raise DeliveryWordsNotKept(delivery=delivery_id)
        person = uow.directory.person(delivery.person_id)
        if not person.active:
            raise DeliveryPersonGone(name=person.name)
        uow.delivery_deeds.move([delivery_id], DeliveryState.PLANNED)
        known = {"known": delivery.known} if delivery.known else {}
        uow.note(actor.user, "delivery.resend", f"delivery:{delivery_id}", sent_at=delivery.sent_at, **known)
