"""Planned rungs and the messages they go out with; every attempt is kept."""

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Known, ReminderState
from cchc_tasks.models.columns import Instant, Words


class Delivery(SQLModel, table=True):
    """One message to one person on one channel and morning; one in place of another says which (`instead_of_id`)."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("person_id", "channel", "business_on", "kind"),
        Index("ix_delivery_waiting", "state", "channel", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    channel: Channel = Field(sa_type=Words(Channel))
    business_on: date = Field(index=True)
    kind: DeliveryKind = Field(sa_type=Words(DeliveryKind))
    state: DeliveryState = Field(sa_type=Words(DeliveryState))
    failures: int = 0
    next_at: datetime | None = Field(default=None, sa_type=Instant)  # when a deferred one is tried again
    claimed_until: datetime | None = Field(default=None, sa_type=Instant)
    claim: str | None = None
    recipient: str | None = None
    subject: str | None = None
    text: str | None = None
    html: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    provider_reference: str | None = Field(default=None, index=True)  # what the other side calls the message
    known: Known | None = Field(default=None, sa_type=Words(Known))
    known_at: datetime | None = Field(default=None, sa_type=Instant)
    instead_of_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)


class DeliveryAttempt(SQLModel, table=True):
    """One try at a delivery; without an end it was cut off in the middle."""

    __tablename__ = "delivery_attempt"

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    started_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    accepted: bool | None = None
    answer: str | None = None
    fault: Fault | None = Field(default=None, sa_type=Words(Fault))


class Reminder(SQLModel, table=True):
    """One rung of the ladder for one person, planned once per version of the date."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("obligation_id", "person_id", "rung", "due_version"),
        Index("ix_reminder_due", "state", "fire_on", "next_on"),
        Index("ix_reminder_person", "person_id", "state", "fire_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    person_id: int = Field(foreign_key="person.id")
    rung: str = Field(max_length=20)  # domain/reminders: "before-7", "last-day", "after-1", "introduction", "follow-up"
    due_version: int
    fire_on: date
    next_on: date | None = None  # the day of the person's next rung, from which that one speaks in its place
    state: ReminderState = Field(default=ReminderState.PLANNED, sa_type=Words(ReminderState))
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id", index=True)


class MessageTemplate(SQLModel, table=True):
    """Words of a message that the office wrote in place of ours (domain/message_words.py)."""

    __tablename__ = "message_template"

    name: str = Field(primary_key=True, max_length=60)
    text: str
    written_by: str
    written_at: datetime = Field(sa_type=Instant)
