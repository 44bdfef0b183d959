"""Events that other systems told us of and that were applied, by key: told again they change nothing."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete

from cchc_tasks.models.channel import TakenEvent
from cchc_tasks.store.store import Store


class EventStore(Store):
    """Remembers which events were taken."""

    def take(self, key: str, at: datetime) -> bool:
        """Whether this event is new; of two that tell of it at once only one hears so."""
        on_sqlite = self._session.get_bind().dialect.name == "sqlite"
        new = (sqlite.insert if on_sqlite else postgresql.insert)(TakenEvent).values(key=key, taken_at=at)
        taken = new.on_conflict_do_nothing(index_elements=["key"])
        return self._session.execute(taken.returning(col(TakenEvent.key))).first() is not None

    def forget_before(self, at: datetime) -> int:
        """Forget what was taken before a moment; says how many. Nobody tells of it again so late."""
        gone = delete(TakenEvent).where(col(TakenEvent.taken_at) < at).returning(col(TakenEvent.key))
        return len(self._session.execute(gone).all())
