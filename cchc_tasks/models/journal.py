"""The journal's chain, and the rows that are locked so that only one writer extends a thing at a time."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from cchc_tasks.models.columns import Instant


class JournalEntry(SQLModel, table=True):
    """Who did what to which thing when, for whom; `hash` covers the row and the hash before it."""

    __tablename__ = "journal_entry"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    actor: str
    action: str
    subject: str = Field(index=True)
    details: str  # JSON with sorted keys
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class Lock(SQLModel, table=True):
    """A named row to lock; the journal's keeps the end of the chain, so that a cut-off end is noticed too."""

    __tablename__ = "lock"

    name: str = Field(primary_key=True, max_length=40)
    value: str = ""
