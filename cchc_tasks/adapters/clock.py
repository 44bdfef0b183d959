"""The machine's clock."""

from datetime import UTC, datetime


class SystemClock:
    """Real time in UTC."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC)
