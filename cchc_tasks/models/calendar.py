"""What the office decided beforehand: days off, ladders and reporting regimes."""

from datetime import date

from sqlmodel import Field, SQLModel, UniqueConstraint

from cchc_tasks.domain.vocabulary import Bound, DayKind
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
