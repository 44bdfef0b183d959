"""What every repository is built on: one session, and keeping a new row."""

from typing import Any, Protocol, cast

from sqlalchemy import CursorResult, Insert, Update
from sqlmodel import Session


class _Numbered(Protocol):
    id: int | None


class Store:
    """A repository: all SQL about one aggregate, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _keep(self, row: _Numbered) -> int:
        """Insert a new row at once and give the id it got."""
        self._session.add(row)
        self._session.flush()
        if row.id is None:
            raise RuntimeError("the database gave no id")
        return row.id

    def _change(self, statement: Update) -> int:
        """Change rows past the session and say how many they were."""
        result = self._session.execute(statement.execution_options(synchronize_session=False))
        return cast("CursorResult[Any]", result).rowcount

    def _at_once(self, statement: Insert | Update, **values: object) -> int:
        """Run a statement made beforehand, past the session, and say how many rows it touched."""
        return self._session.connection().execute(statement, values).rowcount
