"""Formulas: from their printed text to an expression over named inputs and back, and what they are worth."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cchc_tasks.domain.reading.rubric_rows.criteria import Expression, Group, Named, Number, Operation
from cchc_tasks.domain.reading.text import search_key

LONGEST = 600  # letters; a formula of a table is far shorter
DEEPEST = 12  # brackets within brackets


def read_formula(text: str) -> Expression | None:
    """The expression a text spells; None where it is no formula.

    Signs are + - × x * / : ÷; names are the words between them, verbatim, with a bracket that follows them.
    """
    words = text.rpartition("=")[2].strip().rstrip(".;,").strip()
    if not words or len(words) > LONGEST:
        return None
    try:
        reader = _Reader(list(_tokens(words)))
        expression = reader.sum(0)
        reader.end()
    except _NoFormula:
        return None
    return expression


def formula_text(expression: Expression) -> str:
    """The expression as printed, apart from spaces."""
    match expression:
        case Number(printed=printed):
            return printed
        case Named(name=name):
            return name
        case Group(inside=inside, brackets=brackets):
            return f"{brackets[0]}{formula_text(inside)}{brackets[1]}"
        case Operation(left=left, right=right, printed=printed):
            tight = printed in "/:"
            return f"{formula_text(left)}{printed if tight else f' {printed} '}{formula_text(right)}"


def names_in(expression: Expression) -> Iterator[str]:
    """The names of the inputs, from left to right, each as often as it occurs."""
    match expression:
        case Named(name=name):
            yield name
        case Group(inside=inside):
            yield from names_in(inside)
        case Operation(left=left, right=right):
            yield from names_in(left)
            yield from names_in(right)


def value_of(expression: Expression, inputs: Mapping[str, Fraction]) -> Fraction:
    """What the expression is worth with these inputs. Raises KeyError for a missing one, ZeroDivisionError for x/0."""
    match expression:
        case Number(value=value):
            return value
        case Named(name=name):
            return inputs[name]
        case Group(inside=inside):
            return value_of(inside, inputs)
        case Operation(sign=sign, left=left, right=right):
            return _OPERATIONS[sign](value_of(left, inputs), value_of(right, inputs))


def most_of(expression: Expression, maximum: Fraction | None) -> Fraction | None:
    """The points of one share reached in full: a share or a quotient of two numbers, times points.

    None for other shapes. Where a share is divided by a plain 100 it is counted in per cent.
    """
    names = list(names_in(expression))
    shares = [name for name in names if not is_maximum(name)]
    if len(set(names)) < len(names) or not _multiplies(expression) or not _is_share(shares, expression):
        return None
    if len(shares) < len(names) and maximum is None:
        return None
    whole = Fraction(100 if len(shares) == 1 and _divides_by_hundred(expression) else 1)
    return value_of(expression, {name: whole if name in shares else maximum or whole for name in names})


def is_maximum(name: str) -> bool:
    """Whether an input is the criterion's own maximum: "điểm tối đa"."""
    return _MAXIMUM.match(search_key(name)) is not None


_RATE = re.compile(r"\W*(ty le|ti le)\b|.*%")
_MAXIMUM = re.compile(r"(so |muc |thang )?diem (toi da|chuan|quy dinh)")
_SIGNS = {"×": "*", "x": "*", "X": "*", "*": "*", "/": "/", ":": "/", "÷": "/", "+": "+", "-": "-", "–": "-", "−": "-"}
_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?(?:\s?%|\s?điểm(?! tối đa)\b)?)"
    r"|(?P<sign>[×*÷/+−:]|(?<![^\W\d_])[xX](?![^\W\d_])|(?<=[\s)\]}\d%])[-–](?=[\s(\[{\d]))"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|(?P<word>(?:[^\s\d×*÷/+−:()\[\]{}]+))"
)
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")


class _NoFormula(Exception):
    """The text is no formula."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = _TOKEN.match(text, place)
        if not found or found.lastgroup is None:
            raise _NoFormula
        if found.lastgroup == "open" and place and (name := _NAME_BEFORE.search(text, 0, place)) and name[0].strip():
            close = text.find(_PAIRS[found[0]], place)
            if close < 0:
                raise _NoFormula
            yield _Token("word", text[place : close + 1], place, close + 1)  # "tổng số văn bản (trừ văn bản mật)"
            place = close + 1
            continue
        yield _Token(found.lastgroup, found[0], place, found.end())
        place = found.end()


_SENTENCE = re.compile(r"[.;?!]\s")
_NAME_BEFORE = re.compile(r"[^\W\d_]{2,}\s+$")


class _Reader:
    """Reads sums of products of numbers, names and groups."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0

    def sum(self, depth: int) -> Expression:
        return self._chain("+-", depth)

    def end(self) -> None:
        if self._place < len(self._tokens) or not any(token.kind == "sign" for token in self._tokens):
            raise _NoFormula

    def _chain(self, signs: str, depth: int) -> Expression:
        """Operands of one rank, joined from the left."""
        left = self._operand(signs, depth)
        while (token := self._next()) and token.kind == "sign" and _SIGNS[token.text] in signs:
            self._place += 1
            left = Operation(_SIGNS[token.text], left, self._operand(signs, depth), token.text)
        return left

    def _operand(self, signs: str, depth: int) -> Expression:
        return self._chain("*/", depth) if signs == "+-" else self._single(depth)

    def _single(self, depth: int) -> Expression:
        token = self._next()
        if token is None or depth > DEEPEST:
            raise _NoFormula
        self._place += 1
        if token.kind == "open":
            inside = self.sum(depth + 1)
            close = self._next()
            if close is None or close.text != _PAIRS[token.text]:
                raise _NoFormula
            self._place += 1
            return Group(inside, token.text + close.text)
        if token.kind == "number":
            return _number(token.text)
        if token.kind == "word" or token.text in "xX":  # an x where a quantity must stand is its name
            name = self._name(token.text)
            if _SENTENCE.search(name):
                raise _NoFormula
            return Named(name)
        raise _NoFormula

    def _name(self, name: str) -> str:
        """The words up to the next sign; numbers among them belong to the name ("mức độ 3")."""
        while (token := self._next()) and token.kind in ("word", "number"):
            apart = self._tokens[self._place - 1].end < token.start
            name += f" {token.text}" if apart else token.text
            self._place += 1
        return name

    def _next(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None


def _number(text: str) -> Number:
    digits = _DIGITS.match(text)
    if not digits:
        raise _NoFormula
    value = Fraction(digits[0].replace(",", "."))
    return Number(value / 100 if text.endswith("%") else value, text)


def _is_share(names: list[str], expression: Expression) -> bool:
    """Whether the inputs are one rate or a number out of another."""
    if len(names) == 1:
        return _RATE.match(search_key(names[0])) is not None
    return len(names) == 2 and _divides(expression, names[1])


def _divides(expression: Expression, name: str) -> bool:
    """Whether something is divided by an input."""
    match expression:
        case Group(inside=inside):
            return _divides(inside, name)
        case Operation(sign=sign, left=left, right=right):
            return (sign == "/" and right == Named(name)) or _divides(left, name) or _divides(right, name)
    return False


def _multiplies(expression: Expression) -> bool:
    """Whether an expression only multiplies and divides."""
    match expression:
        case Group(inside=inside):
            return _multiplies(inside)
        case Operation(sign=sign, left=left, right=right):
            return sign in "*/" and _multiplies(left) and _multiplies(right)
    return True


def _divides_by_hundred(expression: Expression) -> bool:
    match expression:
        case Group(inside=inside):
            return _divides_by_hundred(inside)
        case Operation(sign=sign, left=left, right=right):
            hundred = sign == "/" and isinstance(right, Number) and right.value == 100
            return hundred or _divides_by_hundred(left) or _divides_by_hundred(right)
    return False
