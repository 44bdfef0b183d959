"""The unit that asked for input accepts what came, or sends it back with a reason."""

from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import InputNotAnswered, InputUnknown, StageForbids
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS, WAITING_FOR_OFFICE, WAITING_FOR_UNIT
from cchc_tasks.services.verify_evidence import Decision, decided
from cchc_tasks.store.database import Database


def decide_input(
    database: Database,
    input_id: int,
    decision: Decision,
    *,
    actor: Actor,
    today: date,
    now: datetime,
    supplement_working_days: int,
) -> date | None:
    """Decide about what was handed in last for a sub-request; gives the hạn bổ sung of a return.

    Nothing is returned once the asking unit's own work is done. Raises ObligationUnknown, InputUnknown, NoRight,
    InputNotAnswered, and whatever verify_evidence.decided refuses.
    """
    require(actor, Action.DECIDE_INPUT)
    with database.write(now) as uow:
        # the parent before its input: whoever ends the parent holds them in this order
        parent_id = uow.obligations.get(input_id).parent_id
        if parent_id is None:
            raise InputUnknown(obligation=input_id)
        parent = uow.obligations.locked(parent_id)
        require(actor, Action.DECIDE_INPUT, frozenset(uow.obligations.leads([parent_id])[parent_id]))
        asked = uow.obligations.locked(input_id)
        evidence_id = uow.evidence.latest_for(input_id)
        if evidence_id is None:
            raise InputNotAnswered(obligation=input_id)
        if decision.returns and parent.stage not in WAITING_FOR_UNIT | WAITING_FOR_OFFICE:
            raise StageForbids(deed="yêu cầu bổ sung", stage=STAGE_IN_WORDS[parent.stage])
        return decided(
            uow,
            evidence_id,
            [asked],
            decision,
            actor=actor,
            today=today,
            now=now,
            supplement_working_days=supplement_working_days,
        )
