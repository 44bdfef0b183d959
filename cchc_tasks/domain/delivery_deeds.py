"""What people may do with a delivery, and in which states of it."""

from datetime import datetime
from enum import StrEnum

from cchc_tasks.domain.vocabulary import DeliveryState

MOST_AT_ONCE = 5_000  # deliveries in one deed for many


class Deed(StrEnum):
    """A deed on deliveries, in the words of its button."""

    RESEND = "gửi lại"
    REQUEUE = "thử lại ngay"
    CANCEL = "hủy"


POSSIBLE: dict[Deed, tuple[DeliveryState, ...]] = {
    Deed.RESEND: (DeliveryState.SENT,),
    Deed.REQUEUE: (DeliveryState.FAILED, DeliveryState.DEAD, DeliveryState.DEFERRED),
    Deed.CANCEL: (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.FAILED, DeliveryState.DEAD),
}


def is_held(state: DeliveryState, claimed_until: datetime | None, now: datetime) -> bool:
    """Whether a run has it in hand, its lease not ended."""
    return state is DeliveryState.CLAIMED and claimed_until is not None and claimed_until > now


def possible(state: DeliveryState, *, held: bool, kept: bool, replaced: bool) -> tuple[Deed, ...]:
    """The deeds that a delivery allows: in whose hand it is, whether its words are kept, whether another replaces it.

    One that a run left behind is as one that waits: nobody knows whether it went out.
    """
    if replaced or held:
        return ()
    if state is DeliveryState.CLAIMED:
        return (Deed.REQUEUE, Deed.CANCEL)
    return tuple(deed for deed, states in POSSIBLE.items() if state in states and (kept or deed is not Deed.RESEND))


def after_cancelling(*, sent_before: bool) -> DeliveryState:
    """Where a delivery stands when it is called off: one that had gone out before stays sent."""
    return DeliveryState.SENT if sent_before else DeliveryState.CANCELLED
