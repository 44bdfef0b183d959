"""What an administrator sees before giving the right to write through Zalo: how it stands, what is still to be set."""

from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.zalo_access import AccessStage, AccessState, warning
from cchc_tasks.domain.zalo_consent import challenge
from cchc_tasks.ports import SecretBox
from cchc_tasks.services.secrets import read_secret
from cchc_tasks.services.zalo_access import access_state
from cchc_tasks.store.database import Database

NEEDED = (SecretName.ZALO_APP_ID, SecretName.ZALO_APP_SECRET, SecretName.ZALO_CODE_VERIFIER, SecretName.ZALO_OA_ID)


@dataclass(frozen=True, slots=True)
class ZaloAccessPage:
    """How the right stands, which secrets are missing, and what the console is told."""

    state: AccessState
    warning: str  # of a right that soon ends; empty where nothing is to be done
    missing: tuple[SecretName, ...]
    challenge: str | None  # None while its verifier is not set
    callback: str
    webhook: str


def show_zalo_access(
    database: Database, box: SecretBox, *, base_url: str, actor: Actor, now: datetime
) -> ZaloAccessPage:
    """Everything of the page but secrets. Raises SecretUnopenable, NoRight."""
    require(actor, Action.MANAGE_CHANNELS)
    state = access_state(database, box, actor=actor, now=now)
    with database.read() as uow:
        kept = {one.name for one in uow.secrets.all()}
    verifier = read_secret(database, box, SecretName.ZALO_CODE_VERIFIER)
    base = base_url.rstrip("/")
    return ZaloAccessPage(
        state=state,
        warning=warning(state, now) if state.stage is AccessStage.VALID else "",
        missing=tuple(name for name in NEEDED if name not in kept),
        challenge=challenge(verifier) if verifier else None,
        callback=f"{base}/kenh-gui/zalo/nhan",
        webhook=f"{base}/zalo/su-kien",
    )
