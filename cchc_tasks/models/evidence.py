"""What a unit handed in, revision by revision, what it proves, and what was decided about it."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from cchc_tasks.domain.vocabulary import Outcome, Proof
from cchc_tasks.models.columns import Instant, Words


class Evidence(SQLModel, table=True):
    """A piece of evidence of one unit; it lives on through its revisions."""

    __tablename__ = "evidence"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)


class Revision(SQLModel, table=True):
    """One submission of it. `received_on` is the day the paper arrived; late is judged by it."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("evidence_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id")
    number: int
    received_on: date
    submitted_at: datetime = Field(sa_type=Instant)
    submitted_by: str
    on_behalf: bool = False
    note: str | None = None


class RevisionItem(SQLModel, table=True):
    """A file of the vault, a document reference or a link."""

    __tablename__ = "revision_item"

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", index=True)
    position: int
    proof: Proof = Field(sa_type=Words(Proof))
    text: str  # the file's name, the reference as written, the address
    sha256: str | None = Field(default=None, max_length=64, index=True)
    size: int | None = None
    number: str | None = None
    dated: date | None = None


class Proves(SQLModel, table=True):
    """One piece of evidence may prove several obligations."""

    __tablename__ = "proves"

    evidence_id: int = Field(foreign_key="evidence.id", primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", primary_key=True, index=True)


class Verification(SQLModel, table=True):
    """What the verifier decided about a revision; a return has a reason and a date to complete by."""

    __tablename__ = "verification"

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", unique=True)
    outcome: Outcome = Field(sa_type=Words(Outcome))
    reason: str | None = None
    supplement_due_on: date | None = None
    verified_by: str
    verified_at: datetime = Field(sa_type=Instant)
