"""The pair of tokens for Zalo as it is kept: one sealed secret that only the program writes."""

import json
from dataclasses import asdict
from datetime import datetime

from cchc_tasks.domain.errors import SecretKeyChanged, SecretUnopenable
from cchc_tasks.domain.secret_names import SecretName, way_back
from cchc_tasks.domain.zalo_access import Grant
from cchc_tasks.ports import SecretBox
from cchc_tasks.store.unit_of_work import UnitOfWork

_TIMES = ("given_at", "access_until", "refresh_until", "dead_since")


def kept_grant(uow: UnitOfWork, box: SecretBox) -> Grant | None:
    """The pair, held until the end of a transaction that writes; None where the right was never given.

    Raises SecretUnopenable.
    """
    name = SecretName.ZALO_TOKENS
    sealed = uow.secrets.sealed(name) if uow.now is None else uow.secrets.locked(name)
    if sealed is None:
        return None
    try:
        facts = json.loads(box.open(sealed))
    except SecretKeyChanged:
        raise SecretUnopenable(name=name, to_do=way_back(name)) from None
    return Grant(**facts | {one: datetime.fromisoformat(facts[one]) for one in _TIMES if facts[one]})


def keep_grant(uow: UnitOfWork, box: SecretBox, grant: Grant, *, by: str, at: datetime) -> None:
    """Keep a pair in the place of the one before."""
    facts = asdict(grant)
    text = json.dumps(facts | {name: facts[name].isoformat() for name in _TIMES if facts[name]})
    uow.secrets.keep(SecretName.ZALO_TOKENS, box.seal(text), by, at)
