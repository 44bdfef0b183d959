"""One duty on one date, owed by its lead: what is tracked, reminded and proven."""

from datetime import date

from sqlmodel import Field, SQLModel, UniqueConstraint

from cchc_tasks.domain.vocabulary import Bound, Frequency, Responsibility, Stage
from cchc_tasks.models.columns import Words


class Obligation(SQLModel, table=True):
    """What is owed. `owed_by` ("joint" or a unit's id) and `slot` (a date, a year, a regime's date) make it unique."""

    __tablename__ = "obligation"
    __table_args__ = (UniqueConstraint("duty_id", "owed_by", "slot"),)

    id: int | None = Field(default=None, primary_key=True)
    duty_id: int = Field(foreign_key="duty.id")
    owed_by: str = Field(max_length=20)
    slot: str = Field(max_length=60)
    label: str | None = None
    period: str | None = None
    frequency: Frequency = Field(sa_type=Words(Frequency))
    stated_on: date | None = None
    due_on: date | None = Field(default=None, index=True)
    aim_on: date | None = None
    bound: Bound | None = Field(default=None, sa_type=Words(Bound))
    at: str | None = None
    supplement_due_on: date | None = None  # hạn bổ sung
    late_after: date | None = Field(default=None, index=True)  # domain/lifecycle.late_after, kept for lists
    judged_on: date | None = None  # domain/lifecycle.judged_on, likewise
    due_version: int = 1
    stage: Stage = Field(default=Stage.OPEN, sa_type=Words(Stage), index=True)
    receipt_only: bool = False
    opened_on: date


class ResponsibleUnit(SQLModel, table=True):
    """A unit's part in an obligation; the first lead is the focal one (đầu mối)."""

    __tablename__ = "responsibility"
    __table_args__ = (UniqueConstraint("obligation_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    responsibility: Responsibility = Field(sa_type=Words(Responsibility))
    focal: bool = False


class ChecklistItem(SQLModel, table=True):
    """A deliverable that an obligation must produce."""

    __tablename__ = "checklist_item"
    __table_args__ = (UniqueConstraint("obligation_id", "deliverable_id"),)

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    deliverable_id: int = Field(foreign_key="deliverable.id")
