"""Looks once a day at the right to write through Zalo: keeps it from ageing, tells administrators before it ends."""

from contextlib import suppress
from datetime import date, datetime

from cchc_tasks.domain.errors import Unavailable
from cchc_tasks.domain.zalo_access import AccessStage, AccessState, Grant, state_of, warning
from cchc_tasks.ports import SecretBox
from cchc_tasks.services.raise_alert import Alarm, raise_alert
from cchc_tasks.services.zalo_access import StoredZaloAccess
from cchc_tasks.services.zalo_grant import kept_grant
from cchc_tasks.store.database import Database

SOURCE = "zalo"


def watch_zalo_access(
    database: Database,
    box: SecretBox,
    access: StoredZaloAccess,
    *,
    on: date,
    now: datetime,
    alarm: Alarm | None = None,
) -> AccessState:
    """How the right stands after it was renewed where that was due; doing it twice a day tells nobody twice.

    Where Zalo does not answer it is tried again the next day. Raises SecretUnopenable.
    """
    grant = _grant(database, box)
    if grant and grant.is_idle(now) and state_of(grant, now).stage is AccessStage.VALID:
        with suppress(Unavailable):
            access.renewed(grant.access)
        grant = _grant(database, box)
    state = state_of(grant, now)
    text = warning(state, now)
    if text:
        raise_alert(database, source=SOURCE, text=text, on=on, now=now, alarm=alarm)
    return state


def _grant(database: Database, box: SecretBox) -> Grant | None:
    with database.read() as uow:
        return kept_grant(uow, box)
