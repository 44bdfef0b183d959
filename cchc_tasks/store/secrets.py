"""Sealed secrets, by name; nobody here can open them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select

from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.models.channel import SealedSecret
from cchc_tasks.store.store import Store


class SecretStore(Store):
    """Keeps what was sealed elsewhere."""

    def sealed(self, name: SecretName) -> str | None:
        """A secret as it is stored; None where it is not set."""
        found = self._session.get(SealedSecret, name)
        return found.sealed if found else None

    def locked(self, name: SecretName) -> str | None:
        """The same, its row held until the transaction ends."""
        query = select(SealedSecret).where(SealedSecret.name == name).with_for_update()
        found = self._session.exec(query, execution_options={"populate_existing": True}).first()
        return found.sealed if found else None

    def keep(self, name: SecretName, sealed: str, by: str, at: datetime) -> None:
        """Keep a secret in the place of the one that was there."""
        self._session.merge(SealedSecret(name=name, sealed=sealed, changed_by=by, changed_at=at))
        self._session.flush()

    def remove(self, name: SecretName) -> bool:
        """Forget a secret; says whether there was one."""
        gone = delete(SealedSecret).where(col(SealedSecret.name) == name).returning(col(SealedSecret.name))
        return bool(self._session.execute(gone).all())

    def all(self) -> Sequence[SealedSecret]:
        """Every secret that is set, by name."""
        return self._session.exec(select(SealedSecret).order_by(col(SealedSecret.name))).all()

    def all_locked(self) -> Sequence[SealedSecret]:
        """The same, their rows held until the transaction ends."""
        return self._session.exec(select(SealedSecret).order_by(col(SealedSecret.name)).with_for_update()).all()
