"""An administrator of the Official Account has consented: its code becomes the right to write, and Zalo goes on."""

from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import ZaloOtherAccount
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.domain.zalo_access import AccessState
from cchc_tasks.domain.zalo_consent import ConsentAnswer
from cchc_tasks.ports import SecretBox
from cchc_tasks.services.secrets import read_secret
from cchc_tasks.services.zalo_access import TokenDoor, exchange_code
from cchc_tasks.store.database import Database

ZALO = (Channel.ZALO, Channel.ZALO_USER, Channel.ZALO_GROUP)


def take_zalo_consent(
    database: Database, box: SecretBox, door: TokenDoor, answer: ConsentAnswer, *, actor: Actor, now: datetime
) -> AccessState:
    """Trade the code for the first pair of tokens, and let the channels through the account go on.

    Raises ZaloOtherAccount, ZaloConsentNeeded where Zalo refuses the code, ZaloNotSet, ZaloSetWrong, ZaloUnreachable,
    SecretUnopenable, NoRight.
    """
    require(actor, Action.MANAGE_CHANNELS)
    check_account(database, box, answer, actor=actor)
    state = exchange_code(database, box, door, answer.code, actor=actor, now=now)
    with database.write(now) as uow:
        for channel in ZALO:
            if uow.channels.resume(channel):
                uow.note(actor.user, "channel.resume", f"channel:{channel}", channel=channel)
    return state


def check_account(database: Database, box: SecretBox, answer: ConsentAnswer, *, actor: Actor) -> None:
    """Refuse the consent for another account than the office's, where both are known.

    Raises ZaloOtherAccount, SecretUnopenable, NoRight.
    """
    require(actor, Action.MANAGE_CHANNELS)
    ours = read_secret(database, box, SecretName.ZALO_OA_ID)
    if ours and answer.oa_id and ours.strip() != answer.oa_id:
        raise ZaloOtherAccount(oa=answer.oa_id)
