"""What every deed on deliveries begins with: the rows held, and whether the deed is possible for them."""

from collections.abc import Sequence
from datetime import datetime

from cchc_tasks.domain.delivery_deeds import MOST_AT_ONCE, POSSIBLE, Deed, is_held
from cchc_tasks.domain.delivery_words import STATE_IN_WORDS
from cchc_tasks.domain.errors import (
    DeliveriesMoreThanSeen,
    DeliveriesNoneFit,
    DeliveriesTooMany,
    DeliveryInHand,
    DeliveryReplaced,
    DeliveryStateForbids,
)
from cchc_tasks.domain.vocabulary import DeliveryState
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.store.delivery_deeds import Fitting
from cchc_tasks.store.unit_of_work import UnitOfWork


def hold(uow: UnitOfWork, delivery_id: int, deed: Deed, now: datetime) -> Delivery:
    """The delivery, its row held, if the deed is possible for it.

    One that a run left behind when its lease ended is as one that waits. Raises DeliveryUnknown, DeliveryInHand,
    DeliveryReplaced or DeliveryStateForbids.
    """
    delivery = uow.delivery_deeds.locked(delivery_id)
    if is_held(delivery.state, delivery.claimed_until, now):
        raise DeliveryInHand(delivery=delivery_id)
    other = uow.delivery_deeds.replaced_by(delivery)
    if other is not None:
        raise DeliveryReplaced(delivery=delivery_id, other=other)
    left_behind = delivery.state is DeliveryState.CLAIMED and deed is not Deed.RESEND
    if delivery.state not in POSSIBLE[deed] and not left_behind:
        raise _forbidden(deed, delivery.state)
    return delivery


def hold_fitting(uow: UnitOfWork, fitting: Fitting, deed: Deed, seen: int) -> Sequence[Delivery]:
    """What fits, each row held; refuses more than were seen. Raises as `count_fitting` does."""
    count = count_fitting(uow, fitting, deed)
    if count > seen:
        raise DeliveriesMoreThanSeen(seen=seen, count=count)
    return uow.delivery_deeds.locked_fitting(fitting, count)


def count_fitting(uow: UnitOfWork, fitting: Fitting, deed: Deed) -> int:
    """How many a deed for many is about; raises DeliveryStateForbids, DeliveriesNoneFit or DeliveriesTooMany."""
    if fitting.state not in POSSIBLE[deed]:
        raise _forbidden(deed, fitting.state)
    count = uow.delivery_deeds.count_fitting(fitting)
    if not count:
        raise DeliveriesNoneFit
    if count > MOST_AT_ONCE:
        raise DeliveriesTooMany(count=count, most=MOST_AT_ONCE)
    return count


def _forbidden(deed: Deed, state: DeliveryState) -> DeliveryStateForbids:
    possible = " hoặc ".join(f"“{STATE_IN_WORDS[one]}”" for one in POSSIBLE[deed])
    return DeliveryStateForbids(deed=deed.value, state=f"“{STATE_IN_WORDS[state]}”", possible=possible)
