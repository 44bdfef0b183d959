"""Rules over rows of tokens: a notation that reads like a phrase, and the machine that applies a stage of rules."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cchc_tasks.domain.reading.tokens import KINDS, NAMES, Token

# A builder gets what a rule found and answers the kind and value of the token that replaces it, or None to decline.
Made = tuple[str, Any] | None
Build = Callable[["Found"], Made]
Rule = tuple[str, Build]


@dataclass(frozen=True, slots=True)
class Found:
    """The tokens that a rule matched, and the ones it named."""

    tokens: Sequence[Token]
    named: Mapping[str, Token]
    text: str

    @property
    def place(self) -> tuple[int, int]:
        """Where the whole of it stands."""
        return self.tokens[0].start, self.tokens[-1].end

    def get(self, name: str) -> Token | None:
        """The token named so, where the rule found one."""
        return self.named.get(name)

    def number(self, name: str, default: int = 0) -> int:
        """The number of the token named so."""
        token = self.named.get(name)
        return default if token is None else int(token.value)

    def kind(self, name: str) -> str:
        """The kind of the token named so, by its name; empty where the rule found none."""
        token = self.named.get(name)
        return NAMES[token.kind] if token else ""

    def has(self, *names: str) -> bool:
        """Whether a token of one of these kinds is in it."""
        return any(token.kind in {KINDS[name] for name in names} for token in self.tokens)


class Stage:
    """A list of rules applied together, from left to right; at one place the rule that stands first wins."""

    def __init__(self, rules: Sequence[Rule], classes: Mapping[str, str]) -> None:
        self._builds: list[Build] = []
        self._names: list[tuple[tuple[str, str], ...]] = []
        patterns = []
        for place, (notation, build) in enumerate(rules):
            pattern, names = _compile(notation, classes, place)
            patterns.append(f"(?P<rule{place}>{pattern})")
            self._builds.append(build)
            self._names.append(names)
        self._pattern = re.compile("|".join(patterns))

    def apply(self, tokens: list[Token], text: str) -> list[Token]:
        """The tokens of a normalised text with every match replaced by one token."""
        row = "".join(token.kind for token in tokens)
        reduced: list[Token] = []
        done = 0
        for match in self._pattern.finditer(row):
            rule = int((match.lastgroup or "")[4:])
            first, last = match.span()
            named = {name: tokens[match.start(group)] for name, group in self._names[rule] if match.start(group) >= 0}
            built = self._builds[rule](Found(tokens[first:last], named, text))
            if built is not None:
                reduced += tokens[done:first]
                reduced.append(Token(KINDS[built[0]], built[1], tokens[first].start, tokens[last - 1].end))
                done = last
        return reduced + tokens[done:] if done else tokens


_PIECE = re.compile(r"(?:([a-z]+)=)?([A-Z]+)|\s+")


def _compile(notation: str, classes: Mapping[str, str], rule: int) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A notation as a pattern: KIND or CLASS, name=KIND, and the marks of regular expressions (? * + | and groups)."""
    names: list[tuple[str, str]] = []

    def piece(match: re.Match[str]) -> str:
        name, kind = match.groups()
        if kind is None:
            return ""
        one = KINDS.get(kind) or f"[{''.join(KINDS[member] for member in classes[kind].split())}]"
        if name is None:
            return one
        names.append((name, f"{name}{rule}_{len(names)}"))
        return f"(?P<{names[-1][1]}>{one})"

    # Bounded repetitions keep the reading of any text linear in its length.
    bounded = notation.replace("*", "{0,40}").replace("+", "{1,40}")
    return _PIECE.sub(piece, bounded), tuple(names)
