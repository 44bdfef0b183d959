"""Following up after the day: what is proposed to the secretariat, and the letters (công văn đôn đốc) it releases."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from cchc_tasks.domain.vocabulary import FollowUpState
from cchc_tasks.models.columns import Instant, Words


class Letter(SQLModel, table=True):
    """A công văn đôn đốc; its number is written on paper by the clerk."""

    __tablename__ = "letter"

    id: int | None = Field(default=None, primary_key=True)
    made_on: date
    made_by: str
    made_at: datetime = Field(sa_type=Instant)


class FollowUp(SQLModel, table=True):
    """A proposal to take a late obligation further, once for each step of days late and version of its date."""

    __tablename__ = "follow_up"
    __table_args__ = (UniqueConstraint("obligation_id", "due_version", "days"),)

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    due_version: int
    days: int  # the step: proposed once it is so many days late
    due_on: date
    proposed_on: date
    state: FollowUpState = Field(default=FollowUpState.PROPOSED, sa_type=Words(FollowUpState), index=True)
    to_leaders: bool = False
    letter_id: int | None = Field(default=None, foreign_key="letter.id", index=True)
    reason: str | None = None  # why it was not released
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
