"""Whom a duty can be given to: units and groups, by their codes or by a name that documents use."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from cchc_tasks.domain.errors import UnitUnknown
from cchc_tasks.domain.vocabulary import UnitKind
from cchc_tasks.models.directory import Unit, UnitGroup
from cchc_tasks.store.directory import DirectoryStore, valid
from cchc_tasks.store.store import Store


class AddresseeStore(Store):
    """Reads units and groups together."""

    def called(self, text: str) -> Unit | UnitGroup:
        """The unit or group with this code or name; a group that stands for a unit is that unit. Raises UnitUnknown."""
        found = self._with_code(text) or DirectoryStore(self._session).named(text)
        if found is None:
            raise UnitUnknown(unit=text)
        if isinstance(found, UnitGroup) and found.stands_for_id is not None:
            return self._session.get_one(Unit, found.stands_for_id)
        return found

    def units(self, on: date) -> Sequence[Unit]:
        """The units that can be asked for something on a day, the Sở's own first."""
        query = select(Unit).where(Unit.kind != UnitKind.EXTERNAL, *valid(Unit, on)).order_by(col(Unit.id))
        return self._session.exec(query).all()

    def groups(self) -> Sequence[UnitGroup]:
        """The groups that have members of their own."""
        query = select(UnitGroup).where(col(UnitGroup.stands_for_id).is_(None), col(UnitGroup.reason).is_(None))
        return self._session.exec(query.order_by(col(UnitGroup.id))).all()

    def _with_code(self, code: str) -> Unit | UnitGroup | None:
        unit = self._session.exec(select(Unit).where(Unit.code == code)).first()
        return unit or self._session.exec(select(UnitGroup).where(UnitGroup.code == code)).first()
