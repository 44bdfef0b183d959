"""A report's sentences cut into clauses, each with how it is joined to what stands before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Joint(Enum):
    """What a clause is to the one before: all of it in parts (":", "gồm"), some ("trong đó", "("), or the next."""

    PARTITION = "partition"
    AMONG = "among"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Clause:
    """The words between two joints; `after_semicolon` where the joint is one."""

    text: str
    joint: Joint
    after_semicolon: bool = False


def sentences(text: str) -> Iterator[str]:
    """The sentences of a piece of text."""
    yield from filter(None, (one.strip() for one in _SENTENCE_END.split(text)))


def clauses(sentence: str) -> Iterator[Clause]:
    """The clauses of a sentence in order; marks within numbers and before a closing number ("quá hạn: 0") join none."""
    joint, start = "", 0
    for mark in _MARK.finditer(sentence):
        if words := sentence[start : mark.start()].strip():
            yield _clause(words, joint)
            joint = ""
        joint += mark[0].lower() + " "
        start = mark.end()
    if words := sentence[start:].strip():
        yield _clause(words, joint)


_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZĐÀ-Ỹ\"“+-])|(?<=[^\d\s][.!?])(?=[A-ZĐ][a-zà-ỹ])")
_MARK = re.compile(
    r"[;()]|,(?!\d)|:(?!\d)(?!\s*\d+(?:\.\d{3})*\s*(?:[;,.)]|$))"
    r"|\bvà(?=\s+(?:có\s+)?\d)|\b(?:trong đó|bao gồm|gồm|chia ra|cụ thể)\b",
    re.IGNORECASE,
)
_PARTITION = re.compile(r"gồm|chia ra|:")


def _clause(words: str, joint: str) -> Clause:
    kind = Joint.NEXT
    if "trong đó" in joint and "gồm" not in joint:
        kind = Joint.AMONG
    elif _PARTITION.search(joint):
        kind = Joint.PARTITION
    elif "(" in joint:
        kind = Joint.AMONG
    return Clause(words, kind, after_semicolon=";" in joint)
