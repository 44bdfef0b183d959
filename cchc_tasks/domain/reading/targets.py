"""Targets read: each figure of a text that has to be reached, and how it is compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cchc_tasks.domain.reading.findings import Question, Target
from cchc_tasks.domain.reading.target_figures.figures import Figure, of_end, read_figures
from cchc_tasks.domain.reading.target_figures.seats import SAYS, TURNS, Seat, is_forbidden, is_target
from cchc_tasks.domain.reading.target_figures.tokens import Tokens, may_count


def read_targets(text: str) -> tuple[Target, ...]:
    """The figures that a task, a product or an indicator has to reach, in their order (docs/row.md has the shapes).

    Citations, dates, money, rates of law, baselines ("so với mức 80%") and plain counts ("03 trường") are none. A
    figure that the words leave open is none either: `target_questions` asks for it.
    """
    return tuple(one for one in _found(text) if isinstance(one, Target))


def target_questions(text: str, about: str) -> tuple[Question, ...]:
    """What to ask about the figures of a cell: round figures ("khoảng 80%") and such as contradict each other.

    With its words replaced by the proposal, or by the office's own, the text reads in full.
    """
    return tuple(_question(one, about) for one in _found(text) if isinstance(one, _Unclear))


@dataclass(frozen=True, slots=True)
class _Unclear:
    words: str
    proposal: str | None = None
    choices: tuple[str, ...] = ()


def _question(unclear: _Unclear, about: str) -> Question:
    text = f"Chưa rõ chỉ tiêu trong “{unclear.words}”"
    text += f", đề xuất “{unclear.proposal}”." if unclear.proposal else "."
    return Question("target-unclear", about, text, unclear.proposal, unclear.words, unclear.choices)


_Finding = Target | _Unclear
_Found = tuple[Figure, list[_Finding]]


@lru_cache(maxsize=2)  # a row asks for the targets of a text, then for what is unclear in it
def _found(text: str) -> tuple[_Finding, ...]:
    return tuple(_findings(Tokens(text))) if may_count(text) else ()


def _findings(tokens: Tokens) -> list[_Finding]:
    figures = read_figures(tokens)
    starts = [0, *(one.last + 1 for one in figures)]
    ends = [*(one.first for one in figures[1:]), len(tokens)]
    seats = [Seat(tokens, one, start, end) for one, start, end in zip(figures, starts, ends, strict=False)]
    found: list[_Found] = []
    for seat in filter(is_target, seats):
        said = found[-1][1][-1] if found else None
        found.append((seat.figure, [_continued(one, said, seat) for one in _read(seat)]))
    return [one for alike in _alike(found, tokens) for one in _settled(alike, tokens)]


def _continued(one: _Finding, said: _Finding | None, seat: Seat) -> _Finding:
    """ "giảm 30% thời gian, 20% chi phí": a figure with no word of its own is the same change as the one before."""
    linked = seat.tokens.word(seat.figure.first - 1) in _LINKS
    apart = any(seat.tokens.plays("END", at) for at in range(seat.before, seat.figure.first))
    if apart or not linked or not isinstance(one, Target) or not isinstance(said, Target) or one.unit != said.unit:
        return one
    return replace(one, change=said.change)


_LINKS = (",", "và")


# --- what the words around it say ---


def _read(seat: Seat) -> Iterator[_Finding]:
    tokens, figure = seat.tokens, seat.figure
    change, changed_at = _change(seat)
    said = [at for at in seat.leading if tokens.plays(SAYS, at)]
    end = max(of_end(figure, tokens), seat.suffix or 0)
    words = tokens.printed(min((*said, changed_at, figure.first)), end)
    phase = tokens.phase_after(end, seat.after) or tokens.phase_at_head(figure.first)
    target = Target(words, "=", figure.value, figure.unit, figure.of, change=change, phase=phase)
    comparators = _comparators(seat)
    if seat.leads("ABOUT"):
        about = min(at for at in seat.leading if tokens.plays("ABOUT", at))
        yield _Unclear(tokens.verbatim(about, figure.last), tokens.printed(figure.first, figure.last))
    elif figure.upper is not None:
        yield from _range(target, figure, tokens)
    elif len(comparators) > 1:
        yield _at_odds(seat, comparators)
    else:
        yield replace(target, comparator=next(iter(comparators), "="))


def _range(target: Target, figure: Figure, tokens: Tokens) -> Iterator[_Finding]:
    if figure.upper is None or figure.upper <= figure.value:
        yield _Unclear(tokens.verbatim(figure.first, figure.last))
    elif figure.below:
        yield replace(target, comparator=">=")
        yield replace(target, comparator="<", value=figure.upper)
    else:
        yield replace(target, comparator="between", upper=figure.upper)


def _comparators(seat: Seat) -> set[str]:
    """Every way of comparing that the words name; more than one is at odds with itself."""
    tokens = seat.tokens
    found = {value for at in seat.leading if (value := tokens.role("COMPARE", at))}
    if is_forbidden(seat):
        found = found - {">"} | {"<="}
    if seat.leads("FROM"):
        found.add(">=")
    if seat.suffix is not None:
        found.add(">=" if tokens.plays("UP", seat.suffix) else "<=")
    if not found and seat.leads("FALL"):
        found = {"<="}
    return {_OF_RANKS.get(one, one) for one in found} if seat.figure.kind == "rank" else found


_OF_RANKS = {">=": "<=", "<=": ">="}  # the first place is the best: "xếp thứ 10 trở lên"


def _at_odds(seat: Seat, comparators: set[str]) -> _Unclear:
    """ "trên 80% trở lên" is nearly "từ 80% trở lên"; for "trên 80% trở xuống" nothing can be proposed."""
    tokens, figure = seat.tokens, seat.figure
    shown = tokens.printed(figure.first, figure.last)
    near = {frozenset((">", ">=")): f"từ {shown} trở lên", frozenset(("<", "<=")): f"không quá {shown}"}
    comparing = [at for at in seat.leading if tokens.plays("COMPARE", at)]
    words = tokens.verbatim(min((*comparing, figure.first)), max(figure.last, seat.suffix or 0))
    return _Unclear(words, near.get(frozenset(comparators)))


def _change(seat: Seat) -> tuple[str | None, int]:
    """The change a figure measures and where its word stands; a word of reaching between makes it a level."""
    for at in seat.clause:
        if seat.tokens.plays(TURNS | {"REACH"}, at):
            break
        change = seat.tokens.role("CHANGE", at)
        if change and (at in seat.leading or seat.tokens.word(at) not in _ONLY_BESIDE):
            return change, at
    return None, seat.figure.first


_ONLY_BESIDE = ("nâng", "thêm")


# --- several figures for one thing ---


def _alike(found: Sequence[_Found], tokens: Tokens) -> Iterator[list[_Found]]:
    """The figures in groups that nothing tells apart: "80% (90%)", "80% hoặc 90%", "80%, 85%, 90%".

    "đạt 80%, phấn đấu 90%" are told apart: one is owed, the other hoped for.
    """
    group: list[_Found] = []
    for figure, says in found:
        if group and not (group[-1][0].unit == figure.unit and _beside(group[-1][0], figure, tokens)):
            yield group
            group = []
        group.append((figure, says))
    if group:
        yield group


def _beside(earlier: Figure, later: Figure, tokens: Tokens) -> bool:
    between = range(earlier.last + 1, later.first)
    bare = all(tokens.plays(SAYS, at) or tokens.word(at) in _BARE_JOINTS for at in between)
    return bare and not any(tokens.word(at).startswith("phấn đấu") for at in between)


_BARE_JOINTS = (",", "/", "(", "và", "hoặc", "hay")


def _settled(alike: list[_Found], tokens: Tokens) -> list[_Finding]:
    """What the figures of a group say; one question where they cannot all be meant."""
    said = [one for _, says in alike for one in says]
    targets = [one for one in said if isinstance(one, Target)]
    if len(alike) == 1 or len(targets) < len(said) or _is_one_range(targets):
        return said
    (first, _), (last, _) = alike[0], alike[-1]
    bracket = tokens.word(last.first - 1) == "(" and tokens.word(last.last + 1) == ")"
    choices = tuple(tokens.printed(figure.first, figure.last) for figure, _ in alike)
    return [_Unclear(tokens.verbatim(first.first, last.last + bracket), None, choices)]


def _is_one_range(targets: Sequence[Target]) -> bool:
    """ "trên 80%, dưới 90%": a lower and an upper end."""
    if len(targets) != 2:
        return False
    low, high = sorted(targets, key=lambda one: one.value)
    return low.comparator in (">=", ">") and high.comparator in ("<=", "<")
