"""Requests for a later day, and what was decided about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col, func, select

from cchc_tasks.domain.errors import ExtensionUnknown
from cchc_tasks.domain.extensions import Granted
from cchc_tasks.domain.vocabulary import ExtensionState, Responsibility
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Extension, Obligation, ResponsibleUnit
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """A request with what it is about."""

    extension: Extension
    obligation: Obligation
    duty: Duty


class ExtensionStore(Store):
    """Reads and keeps extensions."""

    def add(self, extension: Extension) -> int:
        """Keep a new request and give its id."""
        return self._keep(extension)

    def get(self, extension_id: int) -> Extension:
        """A request by id; raises ExtensionUnknown."""
        extension = self._session.get(Extension, extension_id)
        if extension is None:
            raise ExtensionUnknown(extension=extension_id)
        return extension

    def locked(self, extension_id: int) -> Extension:
        """A request by id as it is now, held until the transaction ends; hold its obligation first.

        Raises ExtensionUnknown.
        """
        query = select(Extension).where(Extension.id == extension_id).with_for_update()
        extension = self._session.exec(query.execution_options(populate_existing=True)).first()
        if extension is None:
            raise ExtensionUnknown(extension=extension_id)
        return extension

    def is_asked(self, obligation_id: int) -> bool:
        """Whether a request for this obligation waits for its decision."""
        query = select(Extension.id).where(
            Extension.obligation_id == obligation_id, Extension.state == ExtensionState.ASKED
        )
        return self._session.exec(query.limit(1)).first() is not None

    def withdraw_open(self, obligation_id: int) -> None:
        """Take back the request that waits, if one does: the evidence came first, or the duty ended."""
        self._session.execute(
            sa.update(Extension)
            .where(col(Extension.obligation_id) == obligation_id, col(Extension.state) == ExtensionState.ASKED)
            .values(state=ExtensionState.WITHDRAWN)
            .execution_options(synchronize_session=False)
        )

    def granted(self, obligation_ids: Collection[int] | None = None) -> dict[int, list[Granted]]:
        """What moved the days of these obligations, or of all, in order; those never moved are missing."""
        query = sa.select(col(Extension.obligation_id), col(Extension.due_on), col(Extension.number)).where(
            col(Extension.state) == ExtensionState.GRANTED
        )
        if obligation_ids is not None:
            query = query.where(col(Extension.obligation_id).in_(obligation_ids))
        found: dict[int, list[Granted]] = {}
        for obligation_id, due_on, number in self._session.execute(query.order_by(col(Extension.id))):
            found.setdefault(obligation_id, []).append(Granted(due_on, number or ""))
        return found

    def rows(
        self,
        *,
        state: ExtensionState | None = None,
        obligation_id: int | None = None,
        unit_ids: Collection[int] | None = None,
    ) -> Sequence[ExtensionRow]:
        """Requests in the order they were asked: in one state, for one obligation, of these leads, or all of them."""
        query = (
            sa.select(Extension, Obligation, Duty)
            .join(Obligation, col(Obligation.id) == col(Extension.obligation_id))
            .join(Duty, col(Duty.id) == col(Obligation.duty_id))
        )
        if state is not None:
            query = query.where(col(Extension.state) == state)
        if obligation_id is not None:
            query = query.where(col(Extension.obligation_id) == obligation_id)
        if unit_ids is not None:
            led = select(ResponsibleUnit.obligation_id).where(
                col(ResponsibleUnit.unit_id).in_(unit_ids), ResponsibleUnit.responsibility == Responsibility.LEAD
            )
            query = query.where(col(Extension.obligation_id).in_(led))
        return [ExtensionRow(*row) for row in self._session.execute(query.order_by(col(Extension.id)))]

    def count_asked(self) -> int:
        """How many requests wait for their decision."""
        return self._session.exec(select(func.count()).where(Extension.state == ExtensionState.ASKED)).one()
