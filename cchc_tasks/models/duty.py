"""What a row asks for: the duty, its dated parts, its deliverables and who was assigned."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from cchc_tasks.domain.vocabulary import Mode, Responsibility
from cchc_tasks.models.columns import Words


class Duty(SQLModel, table=True):
    """A duty of a published plan. A conditional one waits until it is triggered."""

    __tablename__ = "duty"

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id", index=True)
    row_id: int = Field(foreign_key="plan_row.id", unique=True)
    code: str
    area: str | None = None
    title: str
    search_words: str = ""  # code, area and title as they are looked for (domain/reading/text.search_key)
    assigned_by: str | None = None  # the superior body that assigned it; None where the Sở did
    condition: str | None = None
    triggered_on: date | None = None
    not_triggered_reason: str | None = None


class DutyPart(SQLModel, table=True):
    """One part of a duty's time cell with the rule its dates follow."""

    __tablename__ = "duty_part"

    id: int | None = Field(default=None, primary_key=True)
    duty_id: int = Field(foreign_key="duty.id", index=True)
    position: int
    label: str | None = None
    condition: str | None = None
    rule: dict[str, Any] = Field(sa_type=sa.JSON)


class DutyDeliverable(SQLModel, table=True):
    """One thing that must exist at the end; it belongs to the part whose dates it follows."""

    __tablename__ = "deliverable"

    id: int | None = Field(default=None, primary_key=True)
    duty_id: int = Field(foreign_key="duty.id", index=True)
    part_id: int | None = Field(default=None, foreign_key="duty_part.id")
    position: int
    title: str
    at_least: int | None = None
    unit: str | None = None


class Assignment(SQLModel, table=True):
    """A unit or group named in a row, as printed and as resolved; with neither, `reason` says why."""

    __tablename__ = "assignment"

    id: int | None = Field(default=None, primary_key=True)
    duty_id: int = Field(foreign_key="duty.id", index=True)
    position: int
    responsibility: Responsibility = Field(sa_type=Words(Responsibility))
    mode: Mode = Field(sa_type=Words(Mode))
    text: str
    section: str | None = None
    period: str | None = None
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    group_id: int | None = Field(default=None, foreign_key="unit_group.id")
    reason: str | None = None
