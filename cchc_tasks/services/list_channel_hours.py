"""Between which hours each channel may be used."""

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.channel_hours import Hours
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.store.database import Database


def list_channel_hours(database: Database, *, actor: Actor) -> dict[Channel, Hours]:
    """Every channel with its hours, the usual ones where the office has set none. Raises NoRight."""
    require(actor, Action.MANAGE_REMINDING)
    with database.read() as uow:
        return {channel: uow.office.hours(channel) for channel in Channel}
