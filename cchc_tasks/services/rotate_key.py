"""The system's secret key is changed: everything sealed is sealed again, and old keys stay until they are dropped.

Killed between any two steps everything can be opened: a new key is on the disk before anything is sealed under it, and
an old one leaves only after nothing is.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import SecretKeyChanged
from cchc_tasks.ports import SecretBox
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


class Keys(Protocol):
    """Where the keys stand, the sealing one first."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other rotations out; raises SecretKeyFromEnvironment where there is nothing to rotate to."""

    def begin_new(self) -> None:
        """Put a new key before the others."""

    def drop_old(self) -> None:
        """Keep the sealing key alone."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """What seals: passwords and tokens of connections, and second factors."""

    connections: SecretBox
    second_factors: SecretBox


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is sealed: how much of it opens, and what does not."""

    connections: int
    second_factors: int
    lost_connections: Sequence[str]  # names
    lost_second_factors: int

    @property
    def whole(self) -> bool:
        """Whether everything opens."""
        return not self.lost_connections and not self.lost_second_factors


def rotate_key(database: Database, keys: Keys, boxes: Boxes, *, drop_old: bool, actor: Actor, now: datetime) -> Sealed:
    """Put a new key before the others and seal everything under it; with `drop_old`, under the present first one.

    What no key opens is left as it is. Links signed under an old key are good until it is dropped. Raises NoRight,
    SecretKeyFromEnvironment, SecretKeyMissing, SecretKeyUnwritable.
    """
    require(actor, Action.MANAGE_CHANNELS)
    with keys.alone():
        if not drop_old:
            keys.begin_new()
        sealed = _seal_again(database, boxes, "secret.drop-old" if drop_old else "secret.rotate", actor, now)
        if drop_old:
            keys.drop_old()
    return sealed


def look_at_sealed(uow: UnitOfWork, boxes: Boxes) -> Sealed:
    """What of everything sealed opens."""
    connections = {one.name: _opened(boxes.connections, one.sealed) for one in uow.secrets.all()}
    factors = [_opened(boxes.second_factors, sealed) for sealed in uow.accounts.sealed_second_factors()]
    return _counted(connections, factors)


def _seal_again(database: Database, boxes: Boxes, deed: str, actor: Actor, now: datetime) -> Sealed:
    connections: dict[str, str | None] = {}
    factors: list[str | None] = []
    with database.write(now) as uow:
        for secret in uow.secrets.all_locked():
            connections[secret.name] = said = _opened(boxes.connections, secret.sealed)
            if said is not None:
                secret.sealed = boxes.connections.seal(said)
        for credential in uow.accounts.locked_second_factors():
            said = _opened(boxes.second_factors, credential.totp_secret or "")
            factors.append(said)
            if said is not None:
                credential.totp_secret = boxes.second_factors.seal(said)
        sealed = _counted(connections, factors)
        uow.note(actor.user, deed, "system", secrets=sealed.connections, second_factors=sealed.second_factors)
    return sealed


def _opened(box: SecretBox, sealed: str) -> str | None:
    try:
        return box.open(sealed)
    except SecretKeyChanged:
        return None


def _counted(connections: dict[str, str | None], factors: Sequence[str | None]) -> Sealed:
    lost = [name for name, said in connections.items() if said is None]
    return Sealed(
        connections=len(connections) - len(lost),
        second_factors=len(factors) - factors.count(None),
        lost_connections=lost,
        lost_second_factors=factors.count(None),
    )
