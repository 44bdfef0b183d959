"""The sentences of messages that the office wrote in place of ours."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from cchc_tasks.models.outbox import MessageTemplate
from cchc_tasks.store.store import Store


class MessageWordsStore(Store):
    """Reads and keeps the office's own sentences."""

    def rows(self) -> Sequence[MessageTemplate]:
        """Every sentence the office wrote, by name."""
        return self._session.exec(select(MessageTemplate).order_by(col(MessageTemplate.name))).all()

    def own(self) -> dict[str, str]:
        """The words by name."""
        return {row.name: row.text for row in self.rows()}

    def set(self, name: str, text: str, by: str, at: datetime) -> None:
        """Keep a sentence in place of the one of before."""
        self._session.merge(MessageTemplate(name=name, text=text, written_by=by, written_at=at))
        self._session.flush()

    def reset(self, name: str) -> bool:
        """Let ours hold again; false where it held already."""
        row = self._session.get(MessageTemplate, name)
        if row is None:
            return False
        self._session.delete(row)
        self._session.flush()
        return True
