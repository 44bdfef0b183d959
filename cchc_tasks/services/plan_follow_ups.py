"""Proposes to the secretariat which late obligations to follow up; nobody is told anything before it decides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class FollowUpsPlanned:
    """How many proposals were made, and how many need no decision any more."""

    proposed: int
    settled: int

    def in_words(self) -> str:
        """For the log of runs."""
        return f"đề xuất đôn đốc {self.proposed} việc, bỏ {self.settled} đề xuất không còn cần"


def plan_follow_ups(
    database: Database, *, on: date, steps: Collection[int], actor: Actor, now: datetime
) -> FollowUpsPlanned:
    """Propose each obligation that is late by one of these steps of days; a second run changes nothing.

    After an outage only the highest step that was reached is proposed. A day off changes nothing.
    """
    require(actor, Action.REMIND)
    with database.write(now) as uow:
        if not uow.office.calendar().is_working(on):
            return FollowUpsPlanned(0, 0)
        planned = FollowUpsPlanned(uow.follow_ups.propose(on, steps), uow.follow_ups.settle(on))
        if planned.proposed or planned.settled:
            uow.note(actor.user, "follow-ups.propose", f"day:{on}", proposed=planned.proposed, settled=planned.settled)
        return planned
