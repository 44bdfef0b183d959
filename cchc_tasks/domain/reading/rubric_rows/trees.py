"""The codes of a rubric as a tree: how deep a criterion stands and which ones are above it."""

import re


class Codes:
    """Takes codes in their order: "I", "1", "1.1", or "3", "3.1", "3.1.1"."""

    def __init__(self) -> None:
        self._kinds: list[str] = []  # Roman numerals and letters, in the order in which they nest
        self._open: list[tuple[tuple[int, int], int]] = []  # the rank of each open code and its place

    def level_of(self, code: str | None, place: int, *, below_last: bool) -> tuple[int, int | None]:
        """The level of a criterion, from 1, and the place of the one above it; without a code that is unknown.

        One without a code stands beside the last one, or below it where that is a heading.
        """
        if code is None:
            return len(self._open) + below_last or 1, None
        rank = self._rank(code)
        while self._open and self._open[-1][0] >= rank:
            self._open.pop()
        above = self._open[-1][1] if self._open else None
        self._open.append((rank, place))
        return len(self._open), above

    def _rank(self, code: str) -> tuple[int, int]:
        if code[0].isdecimal():
            return len(_KINDS), code.count(".")
        kind = "roman" if _ROMAN.fullmatch(code) and ("roman" in self._kinds or code == "I") else "letter"
        if kind not in self._kinds:
            self._kinds.append(kind)
        return self._kinds.index(kind), 0


def number_of(code: str) -> int | None:
    """The number a code ends with: 3 of "1.3" and of "III"; None of a letter."""
    last = code.rpartition(".")[2]
    if last.isdecimal():
        return int(last)
    if not _ROMAN.fullmatch(last):
        return None
    worths = [_WORTH[letter] for letter in last]
    return sum(-one if any(later > one for later in worths[at:]) else one for at, one in enumerate(worths))


_KINDS = ("roman", "letter")
_ROMAN = re.compile(r"[IVXLC]+")
_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
