"""Reminders: which steps a ladder has, on which day each step falls, and how urgent an item is on a morning."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps for one frequency, in days: `before` the aim day (0 is the day itself) and `after` the due day."""

    name: str  # a Frequency's word, or "supplement" for a hạn bổ sung
    before: tuple[int, ...]
    after: tuple[int, ...]
