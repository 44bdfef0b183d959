"""What Zalo has said of how much may still be sent: calls of this minute, templates of this day."""

import time
from datetime import date


class Allowance:
    """Remembers it as long as it holds, so that what would only be refused is not asked."""

    def __init__(self) -> None:
        self._rest_until = 0.0
        self._left: tuple[date, int | None] | None = None
        self._spent: dict[str, date] = {}

    def rest(self, seconds: float) -> None:
        """No more calls for so long."""
        self._rest_until = time.monotonic() + seconds

    def resting(self) -> float:
        """For how many seconds no call is allowed."""
        return max(0.0, self._rest_until - time.monotonic())

    def is_told(self, today: date) -> bool:
        """Whether Zalo was asked today how many templates are left."""
        return self._left is not None and self._left[0] == today

    def tell(self, today: date, left: int | None) -> None:
        """So many templates are left today; None: Zalo does not say, so the sending will tell."""
        self._left = (today, left)

    def spend(self, template: str, today: date) -> None:
        """This template is used up for today."""
        self._spent[template] = today

    def used_up(self, template: str, today: date) -> bool:
        """Whether a template would be refused today."""
        return self._spent.get(template) == today or self._left == (today, 0)
