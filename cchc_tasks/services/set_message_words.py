"""The office writes a sentence of its messages in its own words, or lets ours hold again."""

from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.message_words import checked, sentence
from cchc_tasks.store.database import Database


def set_message_words(database: Database, name: str, text: str, *, actor: Actor, now: datetime) -> str:
    """Keep a sentence in place of ours and give it as kept; our own words are not kept as the office's.

    Raises SentenceUnknown, SentenceEmpty, SentenceTooLong, SentenceBroken, SentencePlaceUnknown.
    """
    require(actor, Action.MANAGE_REMINDING)
    tidy = checked(name, text)
    if tidy == sentence(name).text:
        reset_message_words(database, name, actor=actor, now=now)
        return tidy
    with database.write(now) as uow:
        uow.message_words.set(name, tidy, actor.user, now)
        uow.note(actor.user, "message.set", f"message:{name}", text=tidy)
    return tidy


def reset_message_words(database: Database, name: str, *, actor: Actor, now: datetime) -> str:
    """Let our sentence hold again and give it; raises SentenceUnknown."""
    require(actor, Action.MANAGE_REMINDING)
    ours = sentence(name).text
    with database.write(now) as uow:
        if uow.message_words.reset(name):
            uow.note(actor.user, "message.reset", f"message:{name}")
    return ours
