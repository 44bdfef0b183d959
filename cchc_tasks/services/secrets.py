"""Secrets are set, read, listed and forgotten; what they say goes to nobody but the part that needs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import SecretKeyChanged, SecretNotSet, SecretUnopenable
from cchc_tasks.domain.secret_names import SecretName, check_settable, read_value, way_back
from cchc_tasks.ports import SecretBox
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class SecretLine:
    """A secret that may be set, and by whom and when it was; never what it says."""

    name: SecretName
    changed_by: str | None = None  # None: it is not set
    changed_at: datetime | None = None

    @property
    def is_set(self) -> bool:
        """Whether there is a value."""
        return self.changed_at is not None


def set_secret(
    database: Database, box: SecretBox, name: SecretName, value: str, *, actor: Actor, now: datetime
) -> None:
    """Seal and keep a value in the place of the present one.

    Raises SecretOfProgram, NoRight, and SecretEmpty, SecretTooLong, SecretNotText, SecretTooShort or SecretNotUrl; none
    repeats the value.
    """
    require(actor, Action.MANAGE_CHANNELS)
    check_settable(name)
    value = read_value(name, value)
    with database.write(now) as uow:
        uow.secrets.keep(name, box.seal(value), actor.user, now)
        uow.note(actor.user, "secret.set", f"secret:{name}", name=name)


def read_secret(database: Database, box: SecretBox, name: SecretName) -> str | None:
    """What a secret says, for the program itself; None where it is not set. Raises SecretUnopenable."""
    with database.read() as uow:
        sealed = uow.secrets.sealed(name)
    if sealed is None:
        return None
    try:
        return box.open(sealed)
    except SecretKeyChanged:
        raise SecretUnopenable(name=name, to_do=way_back(name)) from None


def list_secrets(database: Database, *, actor: Actor) -> Sequence[SecretLine]:
    """Every secret that may be set, in the order of its name's place. Raises NoRight."""
    require(actor, Action.MANAGE_CHANNELS)
    with database.read() as uow:
        kept = {one.name: one for one in uow.secrets.all()}
    return [
        SecretLine(name, kept[name].changed_by, kept[name].changed_at) if name in kept else SecretLine(name)
        for name in SecretName
    ]


def forget_secret(database: Database, name: SecretName, *, actor: Actor, now: datetime) -> None:
    """Forget a secret for good. Raises SecretNotSet, NoRight."""
    require(actor, Action.MANAGE_CHANNELS)
    with database.write(now) as uow:
        if not uow.secrets.remove(name):
            raise SecretNotSet(name=name)
        uow.note(actor.user, "secret.remove", f"secret:{name}", name=name)
