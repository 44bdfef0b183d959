"""The secretariat posts the text for a group of units into its chat: by the outbox, in the words it looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.channel_hours import Hours
from cchc_tasks.domain.channels import TRAITS, address_of, masked
from cchc_tasks.domain.errors import (
    GroupChannelShut,
    GroupOutOfHours,
    GroupPostedAlready,
    GroupTextChanged,
    GroupTextEmpty,
)
from cchc_tasks.domain.group_text import GroupText, fingerprint
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.services.group_text import group_text
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

CHANNEL = Channel.ZALO_GROUP
MOST = TRAITS[CHANNEL].most


@dataclass(frozen=True, slots=True)
class Posting:
    """What the page of a post shows: where earlier ones went, when groups are written to, whether that works now."""

    groups: Sequence[str]
    hours: Hours
    is_open: bool


def show_posting(database: Database, *, actor: Actor, now: datetime) -> Posting:
    """Where and when a text can be posted. Raises NoRight."""
    require(actor, Action.POST_TO_GROUP)
    with database.read() as uow:
        return Posting(uow.group_posts.groups(), uow.office.hours(CHANNEL), _is_open(uow, now))


def post_to_group(
    database: Database,
    code: str,
    group_id: str,
    *,
    seen: str | None,
    base_url: str,
    zone: ZoneInfo,
    actor: Actor,
    now: datetime,
) -> int:
    """Plan today's text of a group of units for a chat and give the delivery's number; the next run sends it.

    `seen` is the fingerprint of the text that was looked at. Raises ContactAddressInvalid, GroupUnknown, NoRight,
    GroupWithoutMembers, GroupTextEmpty, GroupTextChanged, GroupChannelShut, GroupOutOfHours, GroupPostedAlready.
    """
    require(actor, Action.POST_TO_GROUP)
    recipient = address_of(CHANNEL, group_id)
    local = now.astimezone(zone)
    made = group_text(database, code, on=local.date(), base_url=base_url, actor=actor)
    text = text_of(made)
    if seen is not None and seen != fingerprint(text):
        raise GroupTextChanged
    with database.write(now) as uow:
        uow.mornings.hold_deciding()
        if not _is_open(uow, now):
            raise GroupChannelShut
        hours = uow.office.hours(CHANNEL)
        if local.time() >= hours.closes or not uow.office.calendar().is_working(local.date()):
            raise GroupOutOfHours(hours=hours)
        person = uow.people.with_user(actor.user)
        number = uow.group_posts.plan(person.id or 0, recipient, f"Tin cho {made.group}", text, local.date())
        if number is None:
            raise GroupPostedAlready(name=person.name)
        uow.note(actor.user, "group.post", f"delivery:{number}", group=code, recipient=masked(recipient))
    return number


def text_of(made: GroupText) -> str:
    """The text as it would be posted; raises GroupTextEmpty."""
    text = made.posted(MOST)
    if not text:
        raise GroupTextEmpty(group=made.group)
    return text


def _is_open(uow: UnitOfWork, now: datetime) -> bool:
    kept = {one.name for one in uow.secrets.all()}
    return CHANNEL in uow.channels.usable() and all(name in kept for name in TRAITS[CHANNEL].secrets)
