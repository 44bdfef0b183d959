"""What tests of the tokens do in processes of their own."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import NoReturn

from cchc_tasks.adapters.secret_box import CONNECTIONS, FernetBox
from cchc_tasks.adapters.secret_key import SecretKeys
from cchc_tasks.adapters.zalo.oauth import OAuthDoor
from cchc_tasks.adapters.zalo.settings import read_zalo
from cchc_tasks.domain.errors import CchcError
from cchc_tasks.domain.zalo_access import TokenAnswer
from cchc_tasks.services.zalo_access import StoredZaloAccess
from cchc_tasks.store.database import Database


@dataclass(frozen=True)
class Office:
    """Where another process finds the same office and the same Zalo."""

    database: str
    key_file: Path
    zalo_toml: Path
    moment: datetime

    def now(self) -> datetime:
        """The clock of such a process stands still."""
        return self.moment


class KilledAtTheAnswer(OAuthDoor):
    """Zalo has answered, and the process is gone before it can keep the answer."""

    def refresh(self, app_id: str, app_secret: str, refresh: str) -> NoReturn:
        super().refresh(app_id, app_secret, refresh)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("killed")


class HeldUpAtTheAnswer(OAuthDoor):
    """Zalo has answered, and much else happens before the answer is kept."""

    def __init__(self, zalo_toml: Path, meanwhile: Callable[[], object]) -> None:
        super().__init__(read_zalo(zalo_toml))
        self.meanwhile = meanwhile

    def refresh(self, app_id: str, app_secret: str, refresh: str) -> TokenAnswer:
        answer = super().refresh(app_id, app_secret, refresh)
        self.meanwhile()
        return answer


def access_of(office: Office, door: type[OAuthDoor] = OAuthDoor) -> StoredZaloAccess:
    """The office's access, as bootstrap joins it."""
    box = FernetBox(SecretKeys(office.key_file), CONNECTIONS)
    return StoredZaloAccess(Database(office.database), box, door(read_zalo(office.zalo_toml)), office)


def renew(office: Office, refused: str, ready: Barrier, said: "Queue[str]") -> None:
    """Ask for another token at the same moment as the others."""
    access = access_of(office)
    ready.wait(30)
    try:
        said.put(access.renewed(refused))
    except CchcError as error:
        said.put(error.code)


def renew_and_die(office: Office, refused: str) -> None:
    """Ask for another token and be killed between Zalo's answer and keeping it."""
    access_of(office, KilledAtTheAnswer).renewed(refused)
