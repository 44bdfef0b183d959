"""What signing in needs: passwords, failures that lock, sessions, and forms kept when a session ended."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from cchc_tasks.models.columns import Instant


class Credential(SQLModel, table=True):
    """How a person proves who they are; the TOTP secret is encrypted with the data folder's key."""

    __tablename__ = "credential"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    password_hash: str
    must_change: bool = False  # a password somebody else set is good for one sign-in
    changed_at: datetime = Field(sa_type=Instant)
    totp_secret: str | None = None
    totp_confirmed_at: datetime | None = Field(default=None, sa_type=Instant)
    totp_last_step: int | None = None  # a code is good once


class SignInFailure(SQLModel, table=True):
    """How often signing in failed in a row, by user name or by address."""

    __tablename__ = "sign_in_failure"

    subject: str = Field(primary_key=True, max_length=120)  # "user:…" or "from:…"
    failures: int = 0
    last_at: datetime = Field(sa_type=Instant)
    locked_until: datetime | None = Field(default=None, sa_type=Instant)


class WebSession(SQLModel, table=True):
    """A signed-in browser, known by the hash of its token; `complete` once the second factor was given."""

    __tablename__ = "session"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    started_at: datetime = Field(sa_type=Instant)
    seen_at: datetime = Field(sa_type=Instant)
    ends_at: datetime = Field(sa_type=Instant)
    complete: bool = False


class KeptForm(SQLModel, table=True):
    """A form that arrived after its session had ended, kept until its sender has signed in again."""

    __tablename__ = "kept_form"

    id: str = Field(primary_key=True, max_length=40)
    person_id: int = Field(foreign_key="person.id", index=True)
    path: str
    fields: list[Any] = Field(default_factory=list, sa_type=sa.JSON)  # [name, value] pairs
    files: list[Any] = Field(default_factory=list, sa_type=sa.JSON)  # {"name", "sha256", "size"}
    kept_at: datetime = Field(sa_type=Instant)
