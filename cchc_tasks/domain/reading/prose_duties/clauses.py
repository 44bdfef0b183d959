"""Passages cut into sentences and clauses."""

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"]?\s+(?=[A-ZĐÀ-ỸĂÂÊÔƠƯ])")
_SHORTENED = re.compile(r"(?:^|[\s(])(?:TP|Tp|TT|TX|Tx|P|Q|ThS|TS|PGS|GS|BS|Đ/c|đ/c|St|Tr|NXB|v\.v|[A-ZĐ])\.$")
_NEAR = 600


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph; "TP. Hồ Chí Minh" does not end one."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        near = text[max(start, found.start() - _NEAR) : found.start()]  # a bracket opened long before was never closed
        if not _SHORTENED.search(near) and near.count("(") <= near.count(")"):
            yield text[start : found.start()].strip()
            start = found.end()
    if text[start:].strip():
        yield text[start:].strip()


def cut(text: str, longest: int) -> Iterator[str]:
    """A text in pieces of `longest` letters at most, each up to the best place to stop that is left in it."""
    start = 0
    while len(text) - start > longest:
        stops = (text.rfind(mark, start, start + longest) for mark in ("; ", ". ", ", ", " "))
        stop = next((place + 1 for place in stops if place > start), start + longest)
        yield text[start:stop].strip()
        start = stop
    yield text[start:].strip()


def clauses(sentence: str) -> Iterator[str]:
    """The clauses of a sentence between its semicolons; those within brackets separate nothing."""
    depth = start = 0
    for place, letter in enumerate(sentence):
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth <= 0:
            if sentence[start:place].strip():
                yield sentence[start:place].strip()
            start = place + 1
    if sentence[start:].strip():
        yield sentence[start:].strip()
