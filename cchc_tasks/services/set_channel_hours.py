"""The office sets between which hours of a day a channel may be used."""

from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.channel_hours import Hours, read_hours
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.models.calendar import ChannelHours
from cchc_tasks.store.database import Database


def set_channel_hours(
    database: Database, channel: Channel, opens_at: str, closes_at: str, *, actor: Actor, now: datetime
) -> Hours:
    """Keep the hours of a channel, as typed ("07:00"), and give them; what is planned stays planned and waits for them.

    Raises HoursInvalid, NoRight.
    """
    require(actor, Action.MANAGE_REMINDING)
    hours = read_hours(opens_at, closes_at)
    opens, closes = f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}"
    with database.write(now) as uow:
        uow.office.set_hours(ChannelHours(channel=channel, opens_at=opens, closes_at=closes))
        uow.note(actor.user, "channel.hours", f"channel:{channel}", opens=opens, closes=closes)
    return hours
