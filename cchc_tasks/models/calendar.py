"""What the office decided beforehand: days off, ladders and reporting regimes."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from cchc_tasks.domain.vocabulary import Bound, Channel, DayKind, UnitKind
from cchc_tasks.models.columns import Words


class HolidayRow(SQLModel, table=True):
    """A day that differs from its weekday, with the document that decided it."""

    __tablename__ = "holiday"

    day: date = Field(primary_key=True)
    kind: DayKind = Field(sa_type=Words(DayKind))
    name: str
    document: str
    decided: bool = True


class LadderRow(SQLModel, table=True):
    """A ladder of reminders, by frequency or "supplement"."""

    __tablename__ = "ladder"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=20, unique=True)
    due_soon_days: int
    at_most: int | None = None  # messages to one person about one obligation


class RungRow(SQLModel, table=True):
    """A step of a ladder; negative days lie before the aim day, positive ones after the due day."""

    __tablename__ = "rung"
    __table_args__ = (UniqueConstraint("ladder_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    ladder_id: int = Field(foreign_key="ladder.id")
    name: str = Field(max_length=20)
    days: int


class RegimeRow(SQLModel, table=True):
    """A reporting regime that a plan may follow; the one with the lowest position is proposed."""

    __tablename__ = "regime"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60, unique=True)
    name: str
    position: int
    receipt_only: bool = False
    reporters: str  # unit kinds, codes of units and groups, separated by spaces


class RegimeDateRow(SQLModel, table=True):
    """A date of a regime, returning every year."""

    __tablename__ = "regime_date"
    __table_args__ = (UniqueConstraint("regime_id", "label"),)

    id: int | None = Field(default=None, primary_key=True)
    regime_id: int = Field(foreign_key="regime.id")
    label: str
    period: str  # "Q1", "H1", "9M", "Y"
    month: int
    day: int
    bound: Bound = Field(sa_type=Words(Bound))
    receiver: str
    level: str


class LadderOverride(SQLModel, table=True):
    """Another ladder for a plan, a duty or a unit: exactly one of the three is set; a duty's wins over a unit's."""

    __tablename__ = "ladder_override"

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int | None = Field(default=None, foreign_key="plan.id", index=True)
    duty_id: int | None = Field(default=None, foreign_key="duty.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    name: str = Field(max_length=20)  # the ladder it stands in for
    before: list[int] = Field(sa_type=sa.JSON)
    after: list[int] = Field(sa_type=sa.JSON)
    at_most: int | None = None


class SchoolBreak(SQLModel, table=True):
    """Days on which units of a kind are on leave while the office works: nobody there is reminded then."""

    __tablename__ = "school_break"

    id: int | None = Field(default=None, primary_key=True)
    kind: UnitKind = Field(sa_type=Words(UnitKind))
    first_on: date
    last_on: date
    name: str
    document: str


class ChannelHours(SQLModel, table=True):
    """Between which hours of a day a channel may be used ("07:00" to "18:00", local time)."""

    __tablename__ = "channel_hours"

    channel: Channel = Field(primary_key=True, sa_type=Words(Channel))
    opens_at: str = Field(max_length=5)
    closes_at: str = Field(max_length=5)
