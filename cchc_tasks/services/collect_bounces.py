"""Reads the mails that came back, from a mailbox or from one that was handed over, and takes in what they say."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from cchc_tasks.domain.access import ENGINE, Action, Actor, require
from cchc_tasks.domain.bounces import read_bounce
from cchc_tasks.domain.errors import BounceMailboxRefused, BounceMailboxUnreachable, BounceUrlInvalid
from cchc_tasks.services.raise_alert import raise_alert
from cchc_tasks.services.take_bounce import SOURCE, Outcome, take_bounce
from cchc_tasks.store.database import Database


class ReturnedMail(Protocol):
    """Where mails come back to."""

    def each(self, take: Callable[[bytes], None]) -> None:
        """Hand over each mail that is new; it is new no more once `take` has returned.

        Raises BounceMailboxUnreachable or BounceMailboxRefused, and whatever `take` does.
        """


@dataclass(frozen=True, slots=True)
class Collected:
    """How many mails there were, and what they were; the rest were something else."""

    mails: int
    returned: int
    known: int
    unmatched: int  # of nobody's delivery, or not from its recipient

    def in_words(self) -> str:
        """Counts alone: no names, no addresses."""
        others = self.mails - self.returned - self.known - self.unmatched
        counts = {"đã biết": self.known, "không khớp": self.unmatched, "thư khác": others}
        more = "".join(f", {count} {words}" for words, count in counts.items() if count)
        return f"{self.returned} thư bị trả lại{more}"


def read_returned(database: Database, mails: ReturnedMail, *, actor: Actor, on: date, now: datetime) -> Collected:
    """Take in what every new mail says. Raises NoRight, and what the mailbox raises."""
    require(actor, Action.MANAGE_DELIVERIES)
    counts: Counter[Outcome | None] = Counter()

    def take(raw: bytes) -> None:
        bounce = read_bounce(raw)
        counts[take_bounce(database, bounce, on=on, now=now).outcome if bounce else None] += 1

    mails.each(take)
    return Collected(
        mails=counts.total(),
        returned=counts[Outcome.RETURNED],
        known=counts[Outcome.KNOWN],
        unmatched=counts[Outcome.UNKNOWN] + counts[Outcome.FOREIGN],
    )


def collect_bounces(database: Database, mails: ReturnedMail, *, on: date, now: datetime) -> str:
    """The engine's own look at the mailbox, in a sentence without names; a mailbox that fails harms no run.

    One that does not let us in is told to the administrators, once a day.
    """
    try:
        return read_returned(database, mails, actor=ENGINE, on=on, now=now).in_words()
    except (BounceMailboxRefused, BounceUrlInvalid) as error:
        raise_alert(database, source=SOURCE, text=str(error), on=on, now=now)
        return str(error)
    except BounceMailboxUnreachable as error:
        return str(error)
