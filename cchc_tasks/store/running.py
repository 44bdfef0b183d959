"""The engine's own rows: heartbeats, leases of runs, alerts."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from cchc_tasks.models.running import Alert, Heartbeat, RunLease
from cchc_tasks.store.store import Store


class RunningStore(Store):
    """Reads and keeps how the engine is doing."""

    def beat(self, name: str, at: datetime, said: str) -> None:
        """Keep the last sign of life of a part of the engine."""
        new = self._insert(Heartbeat).values(name=name, beaten_at=at, said=said)
        self._session.execute(new.on_conflict_do_update(index_elements=["name"], set_={"beaten_at": at, "said": said}))

    def heartbeat(self, name: str) -> Heartbeat | None:
        """The last sign of life; None where there never was one."""
        return self._session.get(Heartbeat, name)

    def take_lease(self, name: str, holder: str, until: datetime, now: datetime) -> bool:
        """Take or renew a lease in one statement; false while another holder's still runs."""
        new = self._insert(RunLease).values(name=name, holder=holder, held_until=until)
        odd = now + 2 * (until - now)  # a lease longer than any: of a clock that has been set back since
        free = sa.or_(col(RunLease.held_until) <= now, col(RunLease.held_until) > odd, col(RunLease.holder) == holder)
        taken = new.on_conflict_do_update(
            index_elements=["name"], set_={"holder": holder, "held_until": until}, where=free
        )
        # Not by the count of rows: after an upsert PostgreSQL's driver gives none.
        return self._session.execute(taken.returning(col(RunLease.holder))).first() is not None

    def release_lease(self, name: str, holder: str) -> None:
        """Give a lease back, if it is still this holder's."""
        self._session.execute(sa.delete(RunLease).where(col(RunLease.name) == name, col(RunLease.holder) == holder))

    def add_alert(self, alert: Alert) -> int:
        """Keep an alert and give its id."""
        return self._keep(alert)

    def alerts(self, on: date) -> Sequence[Alert]:
        """The alerts of a business day, in order."""
        return self._session.exec(select(Alert).where(Alert.raised_on == on).order_by(col(Alert.id))).all()

    def _insert(self, table: type[Heartbeat] | type[RunLease]) -> sqlite.Insert | postgresql.Insert:
        on_sqlite = self._session.get_bind().dialect.name == "sqlite"
        return sqlite.insert(table) if on_sqlite else postgresql.insert(table)
