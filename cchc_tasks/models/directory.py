"""Units, groups and people; names and memberships are valid for a span of days."""

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from cchc_tasks.domain.vocabulary import Channel, DirectoryDeed, Role, UnitKind
from cchc_tasks.models.columns import Instant, Words


class Unit(SQLModel, table=True):
    """A body that owes or receives work; a merged one points to its successor."""

    __tablename__ = "unit"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60, unique=True)
    name: str
    kind: UnitKind = Field(sa_type=Words(UnitKind))
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    successor_id: int | None = Field(default=None, foreign_key="unit.id")
    valid_from: date | None = None
    valid_to: date | None = None


class UnitGroup(SQLModel, table=True):
    """A collective name. It has members, or stands for one unit, or says why nobody can be written to."""

    __tablename__ = "unit_group"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60, unique=True)
    name: str
    stands_for_id: int | None = Field(default=None, foreign_key="unit.id")
    reason: str | None = None


class GroupMember(SQLModel, table=True):
    """A unit's membership in a group."""

    __tablename__ = "group_member"
    __table_args__ = (UniqueConstraint("group_id", "unit_id", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="unit_group.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    valid_from: date | None = None
    valid_to: date | None = None


class Alias(SQLModel, table=True):
    """A name as plans write it, by its lookup key; exactly one of unit and group is set."""

    __tablename__ = "alias"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)
    text: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    group_id: int | None = Field(default=None, foreign_key="unit_group.id", index=True)


class Person(SQLModel, table=True):
    """Somebody with an account; only people of this table are ever written to."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    user: str = Field(max_length=80, unique=True)
    name: str
    role: Role = Field(sa_type=Words(Role))
    unit_id: int = Field(foreign_key="unit.id", index=True)
    active: bool = True


class Contact(SQLModel, table=True):
    """Where a person is reached on a channel; the lowest rank is tried first, a bad address not at all."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("person_id", "channel"), Index("ix_contact_address", "channel", "address"))

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    channel: Channel = Field(sa_type=Words(Channel))
    address: str
    rank: int = 1
    bad_since: datetime | None = Field(default=None, sa_type=Instant)
    bad_why: str | None = None
    last_heard_at: datetime | None = Field(default=None, sa_type=Instant)  # when its person last wrote to us there


class FormerName(SQLModel, table=True):
    """What a unit was called up to a day: what happened before keeps that name."""

    __tablename__ = "former_name"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str
    valid_to: date


class DirectoryChange(SQLModel, table=True):
    """A unit renamed, merged or closed on a day by a document; one of the future waits until its day."""

    __tablename__ = "directory_change"

    id: int | None = Field(default=None, primary_key=True)
    deed: DirectoryDeed = Field(sa_type=Words(DirectoryDeed))
    unit_id: int = Field(foreign_key="unit.id")
    into_id: int | None = Field(default=None, foreign_key="unit.id")
    name: str | None = None
    number: str  # of the document that decided
    reason: str | None = None
    valid_on: date = Field(index=True)
    recorded_by: str
    recorded_at: datetime = Field(sa_type=Instant)
    applied_at: datetime | None = Field(default=None, sa_type=Instant)


class Absence(SQLModel, table=True):
    """Days on which a person is not written to; the stand-in hears in their place, without one it waits."""

    __tablename__ = "absence"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_on: date
    last_on: date
    stand_in_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_by: str
    recorded_at: datetime = Field(sa_type=Instant)
