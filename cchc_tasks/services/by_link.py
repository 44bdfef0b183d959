"""Answering without a password: a link is made for those who have none, and opened for exactly what it was made for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cchc_tasks.domain.access import Action, Actor, Scope, scope
from cchc_tasks.domain.errors import (
    AnswerLinkLocked,
    AnswerLinkNeedsAccount,
    AnswerLinkNotTheirs,
    AnswerLinkRefused,
    AnswerLinkRevoked,
    AnswerLinkWrong,
)
from cchc_tasks.domain.signed_links import Links
from cchc_tasks.domain.signing_in import NEED_SECOND_FACTOR, until_in_words
from cchc_tasks.models.directory import Person
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.identity import as_actor, count_outcome, forgive, resting_until
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opened: one obligation, for one person, up to a day."""

    obligation_id: int
    person_id: int
    actor: Actor
    last_day: date


def link_for(
    obligation: Obligation, leads: Sequence[int], person: Person, signs_in: bool, *, links: Links, on: date
) -> str | None:
    """The address by which this person may answer for this obligation; None for those who have to sign in.

    `leads` are the units that lead it, `signs_in` is whether the person was ever given a password: a link goes round
    nobody's, and everybody whose role needs a second factor signs in. Others get none either where they could not hand
    in.
    """
    try:
        _check(obligation, leads, person, signs_in=signs_in)
    except AnswerLinkRefused:
        return None
    return links.address(obligation.id or 0, person.id or 0, obligation.lead_version, on=on)


def open_link(
    database: Database, links: Links, token: str, *, address: str, zone: ZoneInfo, on: date, now: datetime
) -> Opened:
    """What a token opens; nothing is changed but that a wrong one counts against the address it came from.

    A right one opens while its address rests: many share an address, and whoever guesses must not keep them out.
    Raises AnswerLinkWrong, AnswerLinkLocked after five wrong ones, AnswerLinkExpired, AnswerLinkRevoked (other units
    lead since), AnswerLinkNotTheirs (the person left) or AnswerLinkNeedsAccount (the person has a password now).
    """
    try:
        answer = links.read(token, on=on)
    except AnswerLinkWrong:
        _count_wrong(database, address, zone, now)
        raise
    with database.read() as uow:
        obligation, person = uow.obligations.get(answer.obligation_id), uow.directory.person(answer.person_id)
        if obligation.lead_version != answer.lead_version:
            raise AnswerLinkRevoked
        leads = uow.obligations.leads([answer.obligation_id])[answer.obligation_id]
        _check(obligation, leads, person, signs_in=bool(uow.accounts.with_password([answer.person_id])))
    return Opened(answer.obligation_id, answer.person_id, as_actor(person), answer.last_day)


def forgive_wrong_links(database: Database, address: str, *, now: datetime) -> None:
    """Forget the wrong links of an address from which somebody has acted by a right one."""
    with database.write(now) as uow:
        forgive(uow, _subjects(address))


def _check(obligation: Obligation, leads: Sequence[int], person: Person, *, signs_in: bool) -> None:
    """Raise AnswerLinkNotTheirs or AnswerLinkNeedsAccount unless the person may answer without a password.

    A password somebody else set counts though it was never used: it may stand in the place of a forgotten one.
    """
    hands_in = scope(as_actor(person), Action.SUBMIT) is not Scope.NOTHING
    if not (person.active and person.unit_id in leads and hands_in):
        raise AnswerLinkNotTheirs
    if person.role in NEED_SECOND_FACTOR or signs_in:
        raise AnswerLinkNeedsAccount(obligation=obligation.id)


def _count_wrong(database: Database, address: str, zone: ZoneInfo, now: datetime) -> None:
    """Count a wrong link; raises AnswerLinkLocked, and counts nothing, while its address rests."""
    with database.read() as uow:
        until = resting_until(uow, _subjects(address), now)
    if until:
        raise AnswerLinkLocked(until=until_in_words(until, zone))
    with database.write(now) as uow:
        count_outcome(uow, _subjects(address), right=False, now=now)


def _subjects(address: str) -> Sequence[str]:
    """What wrong links are counted by: apart from passwords, so that a link cut by a mail program locks no sign-in."""
    return (f"link:{address[:80]}",)
