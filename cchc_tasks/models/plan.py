"""An issued plan, the rows of its appendix kept verbatim, the questions they raise and the answers remembered."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from cchc_tasks.domain.vocabulary import Answer, FindingKind, PlanStage, RowSource
from cchc_tasks.models.columns import Instant, Words


class Plan(SQLModel, table=True):
    """A plan; `reports_follow_regime` says that recurring reports take the regime's dates, not the periods' ends."""

    __tablename__ = "plan"

    id: int | None = Field(default=None, primary_key=True)
    title: str
    number: str | None = None
    issued_on: date | None = None
    first_year: int
    last_year: int
    stage: PlanStage = Field(default=PlanStage.DRAFT, sa_type=Words(PlanStage))
    secretariat_id: int | None = Field(default=None, foreign_key="unit.id")
    regime_id: int | None = Field(default=None, foreign_key="regime.id")
    reports_follow_regime: bool = False
    before_is_strict: bool = False  # the setting at import, so that changing it later moves no date
    file_name: str
    file_sha256: str = Field(max_length=64, unique=True)
    imported_at: datetime = Field(sa_type=Instant)
    published_on: date | None = None
    document_type: str | None = Field(default=None, max_length=10)  # "KH", "BC" (NĐ 30/2020/NĐ-CP, appendix III)
    replaces_id: int | None = Field(default=None, foreign_key="plan.id")  # of which it is the new version
    carried_from_id: int | None = Field(default=None, foreign_key="plan.id")  # from whose rows it was made


class PlanRow(SQLModel, table=True):
    """A row of a plan's appendix or a sentence of its prose, as printed but joined over page breaks; never changed."""

    __tablename__ = "plan_row"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    position: int
    source: RowSource = Field(default=RowSource.APPENDIX, sa_type=Words(RowSource))
    code: str  # "3a"
    number: str
    group: str | None = None
    title: str
    cells: dict[str, str] = Field(sa_type=sa.JSON)


class PlanFinding(SQLModel, table=True):
    """What a plan's document says beside its duties, as it was read (domain/reading/kept.py); never changed."""

    __tablename__ = "plan_finding"
    __table_args__ = (UniqueConstraint("plan_id", "kind", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    kind: FindingKind = Field(sa_type=Words(FindingKind))
    position: int
    content: dict[str, Any] = Field(sa_type=sa.JSON)


class PlanQuestion(SQLModel, table=True):
    """Something the office has to say before the plan is published; numbered within its plan."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    row_id: int | None = Field(default=None, foreign_key="plan_row.id", index=True)
    number: int
    code: str
    about: str
    text: str
    words: str | None = None
    proposal: str | None = None
    choices: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    answer: Answer | None = Field(default=None, sa_type=Words(Answer))
    answered_text: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=Instant)


class RememberedAnswer(SQLModel, table=True):
    """The question whose answer is offered the next time its words are asked about; the newest of each key."""

    __tablename__ = "remembered_answer"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64, unique=True)  # a hash: the words of a product cell can be long
    question_id: int = Field(foreign_key="question.id", index=True)
