"""A figure among the words around it, and whether it is one to be reached at all."""

from dataclasses import dataclass

from cchc_tasks.domain.reading.target_figures.figures import Figure
from cchc_tasks.domain.reading.target_figures.tokens import Tokens
from cchc_tasks.domain.reading.target_figures.words import NEVER_COUNTED, PLACES

SAYS = frozenset(("COMPARE", "FROM", "CHANGE", "REACH", "RISE", "FALL", "OVER"))
TURNS = frozenset(("RISE", "FALL"))


@dataclass(frozen=True, slots=True)
class Seat:
    """A figure among its words: the figures before and after it bound what belongs to it."""

    tokens: Tokens
    figure: Figure
    before: int  # the first token behind the figure before
    after: int  # the first token of the figure after

    @property
    def leading(self) -> list[int]:
        """The words right before the figure that say something of it, the nearest first."""
        places = []
        at = self.figure.first - 1
        while self.tokens.plays(_LEADING, at):
            places.append(at)
            at -= 1
        return places

    @property
    def clause(self) -> list[int]:
        """The words before the figure back to a mark or the figure before, the nearest first."""
        places = []
        for at in range(self.figure.first - 1, self.before - 1, -1):
            if self.tokens.plays(_MARKS, at):
                break
            places.append(at)
        return places

    @property
    def suffix(self) -> int | None:
        """Where "trở lên" or "trở xuống" stands, also behind the noun: "từ 20% TTHC trở lên"."""
        for at in range(self.figure.last + 1, self.after):
            if self.tokens.plays(_MARKS, at):
                return None
            if self.tokens.plays(_SUFFIXES, at):
                return at
        return None

    def leads(self, name: str) -> bool:
        """Whether one of the words right before the figure plays this part."""
        return any(self.tokens.plays(name, at) for at in self.leading)


def is_target(seat: Seat) -> bool:
    """Whether the figure is owed: none of law, money, the present state, a date, or a plain count."""
    tokens, figure = seat.tokens, seat.figure
    if _is_set_elsewhere(seat) or (seat.leads("OVER") and not is_forbidden(seat)):
        return False
    turns = any(tokens.plays(TURNS, at) for at in range(figure.last + 1, seat.after))
    if turns and seat.leads("FROM") and seat.after < len(tokens):
        return False  # "tăng từ 60% lên 80%": where it stands now
    if figure.kind == "share":
        return True
    claimed = any(tokens.plays(_CLAIMS, at) for at in seat.leading) or seat.suffix is not None
    if figure.kind == "fraction":
        return claimed or tokens.word(figure.last + 1) in ("số", "tổng")
    return claimed and (figure.kind != "count" or _is_counted(seat))


def is_forbidden(seat: Seat) -> bool:
    """ "không để công dân chờ quá 30 phút": what must not be more is at most."""
    over = seat.leads("OVER")
    more = any(seat.tokens.role("COMPARE", at) == ">" for at in seat.leading)
    forbidding = [seat.tokens.word(at) for at in seat.clause if seat.tokens.plays("FORBID", at)]
    return any(over or (more and "để" in word) for word in forbidding)


_LEADING = SAYS | {"ABOUT", "FILLER"}
_CLAIMS = (SAYS - {"FROM"}) | {"ABOUT"}
_MARKS = frozenset(("END", "COMMA"))
_SUFFIXES = frozenset(("UP", "DOWN"))


def _is_set_elsewhere(seat: Seat) -> bool:
    """Whether law, a grant or the present state sets the figure: "phụ cấp 25%", "hỗ trợ 100% học phí", "so với 80%".

    A word of reaching or comparing behind theirs takes it back: "tỷ lệ tham gia bảo hiểm y tế trên 95%".
    """
    tokens, behind = seat.tokens, seat.figure.last + 1
    given = any(tokens.plays("GIVE", at) for at in seat.clause)
    waived = any(tokens.plays("WAIVE", at) for at in seat.clause)
    if (tokens.plays("FEE", behind) and (given or waived)) or (tokens.plays("COST", behind) and given):
        return True
    return _governs(seat, "BASE", _TAKES_BACK_BASE) or _governs(seat, "LAWRATE", _TAKES_BACK_LAW)


_TAKES_BACK_BASE = frozenset(("REACH",))
_TAKES_BACK_LAW = frozenset(("REACH", "COMPARE"))


def _governs(seat: Seat, name: str, unless: frozenset[str]) -> bool:
    """Whether a word of the clause plays a part and none behind it takes it back."""
    for at in seat.clause:
        if seat.tokens.plays(unless, at):
            return False
        if seat.tokens.plays(name, at):
            return True
    return False


def _is_counted(seat: Seat) -> bool:
    """Whether a bare number counts things or minutes, and not money, years, places or days until something."""
    tokens, figure = seat.tokens, seat.figure
    unit = figure.unit.lower().split("/")[0]
    if not unit or _begins_with(NEVER_COUNTED, unit):
        return False
    if unit.startswith("ngày") and any(tokens.plays("AFTERWARDS", at) for at in (*seat.clause, figure.last + 1)):
        return False  # "trước ít nhất 03 ngày" is a term
    if tokens.word(figure.first - 1) == "trên" and _begins_with(PLACES, unit):
        return False
    before = [tokens.word(at) for at in range(figure.first)]
    is_rate = "/" in figure.unit
    return not (is_rate and before.count("(") > before.count(")"))  # what "thường xuyên" means, not what is owed


def _begins_with(words: str, text: str) -> bool:
    return any(text == word or text.startswith(f"{word} ") for word in words.split("|"))
