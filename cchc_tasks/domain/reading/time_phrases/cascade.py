"""Rules over rows of tokens: a notation that reads like a phrase, and the machine that applies a stage of rules."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from cchc_tasks.domain.reading.time_phrases.tokens import KINDS, NAMES, Token

# A builder gets what a rule found and answers the kind and value of the token that replaces it, or None to decline.
Made = tuple[str, Any] | None
Build = Callable[["Found"], Made]


class Rule(NamedTuple):
    """A shape of tokens, what is made of it, and what an officer is told who asks why."""

    shape: str
    build: Build
    why: str


def because(why: str, *rules: tuple[str, Build]) -> list[Rule]:
    """Rules that share their explanation."""
    return [Rule(shape, build, why) for shape, build in rules]


class Found(NamedTuple):
    """The tokens that a rule matched, their kinds as a row, and the ones it named."""

    tokens: Sequence[Token]
    row: str
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
        return any(KINDS[name] in self.row for name in names)


class Applied(NamedTuple):
    """A rule that was applied, and where in the normalised text."""

    start: int
    end: int
    rule: Rule


# A match within a row: which rule, from where to where, and the places of its named tokens.
_Match = tuple[int, int, int, tuple[tuple[str, int], ...]]


class Stage:
    """A list of rules applied together, from left to right; at one place the rule that stands first wins."""

    def __init__(self, rules: Sequence[Rule], classes: Mapping[str, str]) -> None:
        self.rules = tuple(rules)
        compiled = [_compile(rule.shape, classes, place) for place, rule in enumerate(self.rules)]
        self._names = [names for _, names in compiled]
        self._pattern = re.compile("|".join(f"(?P<rule{place}>{one})" for place, (one, _) in enumerate(compiled)))
        # What matches in a row follows from the kinds in it alone, and plans repeat few shapes.
        self._matches = lru_cache(maxsize=4096)(self._find)

    def apply(self, tokens: list[Token], text: str, applied: list[Applied] | None = None) -> list[Token]:
        """The tokens of a normalised text with every match replaced by one token; `applied` takes down by what."""
        row = "".join([token.kind for token in tokens])
        reduced: list[Token] = []
        done = 0
        for rule, first, last, names in self._matches(row):
            named = {name: tokens[place] for name, place in names}
            built = self.rules[rule].build(Found(tokens[first:last], row[first:last], named, text))
            if built is None:
                continue
            start, end = tokens[first].start, tokens[last - 1].end
            reduced += tokens[done:first]
            reduced.append(Token(KINDS[built[0]], built[1], start, end))
            done = last
            if applied is not None:
                applied.append(Applied(start, end, self.rules[rule]))
        return reduced + tokens[done:] if done else tokens

    def _find(self, row: str) -> tuple[_Match, ...]:
        found: list[_Match] = []
        for match in self._pattern.finditer(row):
            rule = int((match.lastgroup or "")[4:])
            names = tuple((name, match.start(group)) for name, group in self._names[rule] if match.start(group) >= 0)
            found.append((rule, *match.span(), names))
        return tuple(found)


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
