"""The secretariat decides about proposed follow-ups: to the leaders, as a công văn đôn đốc, or not at all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import (
    DeclineReasonMissing,
    FollowUpDecided,
    FollowUpNothingChosen,
    FollowUpSettled,
    FollowUpWayMissing,
    NoLeader,
)
from cchc_tasks.domain.lengths import WORDS, held_short
from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.reminders import follow_up_after
from cchc_tasks.domain.vocabulary import FollowUpState, Role
from cchc_tasks.models.follow_up import FollowUp, Letter
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


def release_follow_ups(
    database: Database,
    follow_up_ids: Collection[int],
    *,
    to_leaders: bool,
    as_letter: bool,
    actor: Actor,
    today: date,
    now: datetime,
) -> int | None:
    """Follow up what was chosen, with one decision; gives the id of the letter where one is made.

    The leaders hear of it in the next morning's message. Raises FollowUpNothingChosen, FollowUpWayMissing, NoLeader,
    FollowUpUnknown, FollowUpDecided or FollowUpSettled, and then nothing was decided.
    """
    require(actor, Action.FOLLOW_UP)
    if not (to_leaders or as_letter):
        raise FollowUpWayMissing
    with database.write(now) as uow:
        chosen = _held(uow, follow_up_ids, today)
        letter_id = None
        if as_letter:
            letter_id = uow.follow_ups.add_letter(Letter(made_on=today, made_by=actor.user, made_at=now))
        if to_leaders:
            _tell_leaders(uow, chosen, today)
        for one, _ in chosen:
            one.state, one.to_leaders, one.letter_id = FollowUpState.RELEASED, to_leaders, letter_id
            one.decided_by, one.decided_at = actor.user, now
            uow.note(
                actor.user,
                "follow-up.release",
                f"obligation:{one.obligation_id}",
                follow_up=one.id,
                days=one.days,
                to_leaders=to_leaders,
                letter=letter_id,
            )
        return letter_id


def decline_follow_ups(
    database: Database, follow_up_ids: Collection[int], *, why: str, actor: Actor, today: date, now: datetime
) -> None:
    """Decide not to follow up what was chosen, for a reason.

    Raises as releasing does, and DeclineReasonMissing or WordsTooLong.
    """
    require(actor, Action.FOLLOW_UP)
    reason = held_short("Lý do không đôn đốc", why.strip(), WORDS)
    if not reason:
        raise DeclineReasonMissing
    with database.write(now) as uow:
        for one, _ in _held(uow, follow_up_ids, today):
            one.state, one.reason = FollowUpState.DECLINED, reason
            one.decided_by, one.decided_at = actor.user, now
            uow.note(
                actor.user,
                "follow-up.decline",
                f"obligation:{one.obligation_id}",
                follow_up=one.id,
                days=one.days,
                reason=reason,
            )


def _tell_leaders(uow: UnitOfWork, chosen: Iterable[tuple[FollowUp, Obligation]], today: date) -> None:
    leaders = [one.id or 0 for one in uow.people.in_role(Role.LEADER)]
    if not leaders:
        raise NoLeader
    planner = RungPlanner(uow)
    for one, obligation in chosen:
        planner.tell(obligation, leaders, follow_up_after(one.days), today)


def _held(uow: UnitOfWork, follow_up_ids: Collection[int], today: date) -> list[tuple[FollowUp, Obligation]]:
    """The chosen proposals with their obligations, held so that no other decision and no submission passes by."""
    if not follow_up_ids:
        raise FollowUpNothingChosen
    chosen = uow.follow_ups.locked(follow_up_ids)
    decided = [one for one in chosen if one.state in (FollowUpState.RELEASED, FollowUpState.DECLINED)]
    if decided:
        raise FollowUpDecided(decisions=_in_words(uow, decided))
    held = [(one, uow.obligations.locked(one.obligation_id)) for one in chosen]
    gone = [str(one.id) for one, obligation in held if not _stands(one, obligation, today)]
    if gone:
        raise FollowUpSettled(follow_ups=", ".join(gone))
    return held


def _stands(one: FollowUp, obligation: Obligation, today: date) -> bool:
    """Whether a proposal still says what is true: the unit is awaited, late, and by the same date."""
    late = obligation.late_after is not None and obligation.late_after < today
    same = one.state is FollowUpState.PROPOSED and obligation.due_version == one.due_version
    return same and late and obligation.stage in WAITING_FOR_UNIT


def _in_words(uow: UnitOfWork, decided: Sequence[FollowUp]) -> str:
    """Who decided what: "Trần Quốc Dũng quyết định báo cáo lãnh đạo Sở (đề xuất số 3, 4)"."""
    names = {one.user: one.name for one in uow.work.people([], {one.decided_by or "" for one in decided})}
    numbers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in decided:
        by = one.decided_by or ""
        numbers[names.get(by, by), decision_in_words(one)].append(str(one.id))
    return "; ".join(f"{by} quyết định {what} (đề xuất số {', '.join(of)})" for (by, what), of in numbers.items())


def decision_in_words(one: FollowUp) -> str:
    """What was decided about a proposal: "báo cáo lãnh đạo Sở và lập công văn đôn đốc"."""
    if one.state is FollowUpState.DECLINED:
        return f"không đôn đốc: {one.reason}"
    ways = ["báo cáo lãnh đạo Sở"] if one.to_leaders else []
    ways += ["lập công văn đôn đốc"] if one.letter_id else []
    return " và ".join(ways)
