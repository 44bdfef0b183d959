"""One duty on one date, owed by its lead: what is tracked, reminded and proven."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from cchc_tasks.domain.vocabulary import Bound, ExtensionState, Frequency, Responsibility, Stage
from cchc_tasks.models.columns import Instant, Words


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
    internal_due_on: date | None = None  # hạn nội bộ: reminders aim at it, late is judged by due_on
    bound: Bound | None = Field(default=None, sa_type=Words(Bound))
    at: str | None = None
    supplement_due_on: date | None = None  # hạn bổ sung
    late_after: date | None = Field(default=None, index=True)  # domain/lifecycle.late_after, kept for lists
    judged_on: date | None = None  # domain/lifecycle.judged_on, likewise
    due_version: int = 1
    stage: Stage = Field(default=Stage.OPEN, sa_type=Words(Stage), index=True)
    receipt_only: bool = False
    opened_on: date
    parent_id: int | None = Field(
        default=None, foreign_key="obligation.id", index=True
    )  # the lead's, of which it is input
    lead_version: int = 1  # counted up where other units lead: signed links of before open nothing any more


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


class NamedPerson(SQLModel, table=True):
    """Somebody of a lead unit whom its head assigned by name, perhaps with an earlier day of their own."""

    __tablename__ = "named_person"
    __table_args__ = (UniqueConstraint("obligation_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    due_on: date | None = None
    named_by: str
    named_at: datetime = Field(sa_type=Instant)


class Extension(SQLModel, table=True):
    """A request for a later day, with its reason and what was decided; the day that was due is kept."""

    __tablename__ = "extension"

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    due_on: date  # as it was when asked
    asked_until: date
    reason: str
    asked_by: str
    asked_at: datetime = Field(sa_type=Instant)
    state: ExtensionState = Field(default=ExtensionState.ASKED, sa_type=Words(ExtensionState), index=True)
    granted_until: date | None = None
    number: str | None = None  # of the document that decided
    superior_number: str | None = None  # of the superior's agreement, where the duty was assigned from above
    answer: str | None = None  # why it was refused
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
