"""The sentences of messages: ours, and what the office wrote in place of them."""

from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.message_words import SENTENCES, sentence
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence as it is used; `own` says that the office wrote it, `written_by` and `written_at` who and when."""

    name: str
    about: str
    text: str
    default: str
    places: tuple[str, ...]
    own: bool
    written_by: str | None
    written_at: datetime | None


def list_message_words(database: Database, *, actor: Actor) -> list[Words]:
    """Every sentence, in the order of the messages."""
    require(actor, Action.MANAGE_REMINDING)
    with database.read() as uow:
        rows = {row.name: row for row in uow.message_words.rows()}
        users = {row.written_by for row in rows.values()}
        people = {person.user: person.name for person in uow.work.people([], users)} if users else {}
    found = []
    for name, ours in SENTENCES.items():
        row = rows.get(name)
        found.append(
            Words(
                name=name,
                about=ours.about,
                text=row.text if row else ours.text,
                default=ours.text,
                places=ours.places,
                own=row is not None,
                written_by=people.get(row.written_by, row.written_by) if row else None,
                written_at=row.written_at if row else None,
            )
        )
    return found


def show_message_words(database: Database, name: str, *, actor: Actor) -> Words:
    """One of them; raises SentenceUnknown."""
    found = list_message_words(database, actor=actor)
    sentence(name)
    return next(one for one in found if one.name == name)
