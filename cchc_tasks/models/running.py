"""How the engine is doing: its heartbeats, the leases that keep two runs apart, and what went wrong."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from cchc_tasks.models.columns import Instant


class Heartbeat(SQLModel, table=True):
    """The last sign of life of a part of the engine ("runner", "send-reminders", …) and what it said."""

    __tablename__ = "heartbeat"

    name: str = Field(primary_key=True, max_length=40)
    beaten_at: datetime = Field(sa_type=Instant)
    said: str = ""


class RunLease(SQLModel, table=True):
    """Who runs a flow, and until when at most; a killed holder's lease ends by itself."""

    __tablename__ = "run_lease"

    name: str = Field(primary_key=True, max_length=40)
    holder: str = Field(max_length=40)
    held_until: datetime = Field(sa_type=Instant)


class Alert(SQLModel, table=True):
    """Something the administrator has to know, in one Vietnamese sentence."""

    __tablename__ = "alert"

    id: int | None = Field(default=None, primary_key=True)
    raised_at: datetime = Field(sa_type=Instant)
    raised_on: date = Field(index=True)  # the business day
    source: str = Field(max_length=80)
    text: str
