"""How long what people type may be: more than an office ever writes, little enough for a message and a page."""

from collections.abc import Sequence

from cchc_tasks.domain.errors import LinesTooMany, WordsTooLong

NUMBER, NAME, TITLE, WORDS = 100, 300, 1_000, 3_000  # characters
LINES = 1_000


def held_short(what: str, text: str, most: int) -> str:
    """The text itself; raises WordsTooLong, which calls it `what`, where it has more characters than `most`."""
    if len(text) > most:
        raise WordsTooLong(what=what, most=f"{most:,}".replace(",", "."))
    return text


def held_few(what: str, lines: Sequence[str], most: int = LINES) -> Sequence[str]:
    """The lines themselves; raises LinesTooMany where there are more than `most` of them."""
    if len(lines) > most:
        raise LinesTooMany(what=what, most=f"{most:,}".replace(",", "."))
    return lines
