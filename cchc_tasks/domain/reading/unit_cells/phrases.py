"""From the tokens of a cell to its phrases: who is named, in which role, and what is said of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cchc_tasks.domain.reading.unit_cells.cutting import BRACKET, EDGES, Cut, Token
from cchc_tasks.domain.reading.unit_cells.words import (
    ADDRESSED,
    PLACES,
    POSTS,
    SUCCESSION,
    TITLES,
    Words,
    is_abbreviation,
)

Span = tuple[int, int]


@dataclass(slots=True)
class Phrase:
    """A stretch of a cell that may be a name or part of one, and the mark that stands before it.

    `listed` says that a label before it opened a list of singles ("Các Vụ: Pháp chế, …"), `deed` where what the unit
    does is written.
    """

    start: int
    end: int
    mark: str
    role: str | None = None
    listed: bool = False
    period: str | None = None
    remarks: list[str] = field(default_factory=list)
    deed: Span | None = None
    section: str | None = None


def phrases(cut: Cut) -> list[Phrase]:
    """The phrases of a cell, in order."""
    return _Reader(cut).read()


class _Reader:
    """Walks over the tokens and remembers what the words before said of those that follow."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self._words: Words = cut.words
        self._phrases: list[Phrase] = []
        self._role: str | None = None
        self._period: str | None = None
        self._remark: str | None = None
        self._listed = False
        self._owner: Phrase | None = None  # "Sở Nội vụ: Phòng A, Phòng B": its sections follow
        self._once: str | None = None  # "nay là", said of the next name alone
        self._mark = "hard"

    def read(self) -> list[Phrase]:
        tokens = self._cut.tokens
        for place, token in enumerate(tokens):
            following = tokens[place + 1] if place + 1 < len(tokens) else None
            if token.kind in ("lead", "cooperating"):
                self._say_role(token, following)
            elif token.kind == "colon":
                self._label()
            elif token.kind == "words" and self._is_period(token, following):
                self._say_period(self._cut.printed(token.start, token.end))
            elif token.kind == "words":
                for start, end in self._torn(token):
                    self._say_words(start, end)
                    self._mark = "hard"
                self._mark = ""
            else:
                self._mark = _stronger(self._mark, token.kind)
                if token.kind in ("hard", "line"):
                    self._owner = None
        return self._phrases

    # --- roles ---

    def _say_role(self, token: Token, following: Token | None) -> None:
        """A role spoken to the units before it, or to those after it."""
        beside = self._mark in ("", "colon", "dash") and bool(self._phrases)
        if token.leading:
            to_those_before = False
        elif following is not None and following.kind == "words":
            begins = self._begins_unit(following.start, following.end)
            to_those_before = beside and not (begins and token.kind == "cooperating")
        else:
            to_those_before = bool(self._phrases)
        if not to_those_before:
            self._role, self._mark, self._owner = token.kind, "hard", None
            self._period = self._remark = None
            self._listed = False
            return
        self._give_role(token, alone=not beside)
        self._mark = ""

    def _give_role(self, token: Token, *, alone: bool) -> None:
        """To the whole list before it, back to the last role or deed, or without one to the last semicolon."""
        open_ended = token.joint or any(phrase.role for phrase in self._phrases)
        for phrase in reversed(self._phrases):
            if phrase.role is not None or (phrase.deed and phrase is not self._phrases[-1]):
                return
            phrase.role = token.kind
            if alone or (phrase.mark == "hard" and not open_ended):
                return

    # --- labels ---

    def _label(self) -> None:
        """Words before a colon: a period, a deed, a plural for a list, or a unit whose sections follow."""
        if self._mark or not self._phrases:
            return
        phrase = self._phrases[-1]
        label = self._cut.printed(phrase.start, phrase.end)
        self._mark = "colon"
        if _PERIOD_LABEL.match(label):
            self._period, self._remark, self._listed = label, None, False
        elif self._words.plural.match(label) and not re.search(r"\d", label):
            self._drop_group()
            self._listed, self._mark = True, "hard"
            return
        elif self._words.body.match(label) and self._words.beginning.match(label):
            self._owner = phrase
            return
        else:
            self._remark, self._listed = _LABEL_FILLERS.sub("", label) or None, False
        self._phrases.pop()
        self._mark = "hard"

    def _drop_group(self) -> None:
        """The label of a list with the kinds that belong to it: "Các sở, ngành: …"."""
        while self._phrases:
            phrase = self._phrases.pop()
            if phrase.mark == "hard" or self._words.plural.match(self._cut.printed(phrase.start, phrase.end)):
                return

    # --- words ---

    def _torn(self, token: Token) -> Iterator[Span]:
        """The words, cut where a name begins anew without a mark: "Sở Nội vụ Sở Tài chính"."""
        text = self._cut.text[token.start : token.end]
        head = self._words.pattern(rf"\W*({_REPEATED})\s").match(text)
        start = 0
        if head:
            behind = self._words.pattern(rf"(?<=\s)(?<!thuộc\s)(?<!của\s)(?<!các\s)(?={head[1]}\s)")
            for found in behind.finditer(text, head.end()):
                if text[found.start()].isupper() and text[found.start() + len(head[1]) :].lstrip()[:1].isupper():
                    yield token.start + start, token.start + found.start()
                    start = found.start()
        yield token.start + start, token.end

    def _say_words(self, start: int, end: int) -> None:
        text, words = self._cut.text, self._words
        if self._mark in ("hard", "") or not self._phrases:
            order = words.orders.match(text, start, end)
            start = order.end() if order else start
            if order and words.pattern(SUCCESSION).match(order[0].strip()):
                self._once = order[0].strip()
        while start < end and text[start] in EDGES and not BRACKET.match(text[start]):
            start += 1
        plain = text[start:end].strip(EDGES)
        if not plain or _AND_SO_ON.fullmatch(plain):
            return
        previous = self._phrases[-1] if self._phrases else None
        if previous and self._continues_remark(previous, plain):
            previous.deed = (previous.deed[0] if previous.deed else start, end)
        elif previous and not BRACKET.sub("", plain).strip(EDGES):
            previous.end = end if not previous.deed else previous.end
            previous.deed = (previous.deed[0], end) if previous.deed else None
        elif self._owner and self._mark != "hard":
            self._owner.section = f"{self._owner.section}, {plain}" if self._owner.section else plain
        else:
            self._phrases.append(self._phrase(start, end))

    def _is_period(self, token: Token, following: Token | None) -> bool:
        """Whether nothing but a period stands here, and no colon makes it a label."""
        label = following is not None and following.kind == "colon"
        return not label and _PERIOD.fullmatch(self._cut.printed(token.start, token.end)) is not None

    def _say_period(self, period: str) -> None:
        """A period between marks: of the name before it, but before all names it is said of those that follow."""
        if self._phrases and self._mark != "hard" and self._period is None:
            self._phrases[-1].period, self._mark = period, ""
        else:
            self._period, self._remark, self._listed, self._mark = period, None, False, "hard"

    def _continues_remark(self, previous: Phrase, plain: str) -> bool:
        """Whether words speak of the unit before them and name none."""
        if self._words.deed.match(plain) and (plain[0].islower() or self._mark == ""):
            return True
        if self._words.begins_unit(plain):
            behind_dash = self._mark == "dash" and self._words.post.match(plain) is not None
            return behind_dash or self._is_title_of(previous, plain)
        if self._mark == "":
            return True
        return previous.deed is not None and self._mark != "hard" and not is_abbreviation(plain)

    def _is_title_of(self, previous: Phrase, plain: str) -> bool:
        """ "Ông Trần Văn Bình, Trưởng phòng Kinh tế" is one person."""
        person = self._cut.printed(previous.start, previous.end)
        named = bool(self._words.named_person.match(person))
        title = self._words.post.match(plain) or (plain[0].islower() and self._words.people.match(plain))
        return named and self._mark == "comma" and bool(title)

    def _begins_unit(self, start: int, end: int) -> bool:
        return self._words.begins_unit(self._cut.text[start:end].strip(EDGES)) is not None

    def _phrase(self, start: int, end: int) -> Phrase:
        deed = self._deed_within(start, end)
        once, self._once = self._once, None
        if self._listed and self._begins_unit(start, end):
            self._listed = False  # a head of its own ends "Các Vụ: Pháp chế, …"
        return Phrase(
            start=start,
            end=deed or end,
            mark=self._mark or "hard",
            role=self._role,
            listed=self._listed,
            period=self._period,
            remarks=[said for said in (self._remark, once) if said],
            deed=(deed, end) if deed else None,
        )

    def _deed_within(self, start: int, end: int) -> int | None:
        """Where behind a whole name a deed begins; "Tổ giúp việc" and "đơn vị cung cấp" are names."""
        text = self._cut.text[start:end]
        for found in self._words.pattern(rf"(?<=\s)(?:sẽ\s+)?{self._words.deed.pattern}").finditer(text):
            name, deed = text[: found.start()].strip(EDGES), text[found.start() :]
            if name and deed[0].islower() and self._is_whole(name, deed):
                return start + found.start()
        return None

    def _is_whole(self, name: str, deed: str) -> bool:
        """Whether a name needs nothing behind it: it has a proper part, or stands for one body alone."""
        plain = BRACKET.sub("", name).strip()
        charged = self._words.pattern("phụ trách").match(deed)
        if charged and self._words.pattern(rf"(?:{TITLES})?\W*(?:{POSTS})").match(plain):
            return False
        if self._words.pattern(_ENTRUSTED).fullmatch(plain):
            return False
        addressed = len(deed.split()) > 3 and bool(self._words.pattern(rf"(?:{ADDRESSED})(?!\w)").match(deed))
        if self._words.plural.match(plain):
            spoken = any(phrase.role or phrase.deed for phrase in self._phrases)
            return spoken or addressed or not self._words.open_group.fullmatch(plain)
        if self._words.pattern(rf"{_ALONE}|\S+\s(?:.*\s)?(?:{PLACES})").fullmatch(plain):
            return True
        head = self._words.body.match(plain)
        rest = plain[head.end() :].strip() if head else plain
        if not rest:
            carried_on = bool(self._phrases) and self._words.kind.fullmatch(plain) is not None
            return addressed and carried_on  # "Các sở, ngành theo Quyết định số …"
        return any(letter.isupper() for letter in rest) or len(deed.split()) > 3


_PERIOD = re.compile(
    r"(?:trong )?(?:quý (?:[IV]+|\d)|(?:6|sáu|9|chín) tháng (?:đầu|cuối)(?: năm)?|tháng \d{1,2})"
    r"(?:[ /]*(?:năm )?\d{4})?",
    re.IGNORECASE,
)
_PERIOD_LABEL = re.compile(
    r"(?:trong\s+)?(?:quý|q\.?\s?[IV\d]|6 tháng|sáu tháng|9 tháng|tháng|năm 20|học kỳ)", re.IGNORECASE
)
_LABEL_FILLERS = re.compile(r"^(?:(?:các )?(?:đơn vị|cơ quan) )?(?:thực hiện)?\s*", re.IGNORECASE)
# "Các cơ quan được giao chủ trì …": what follows says which units are meant.
_ENTRUSTED = r".*\s(?:được|được\s+(?:giao|phân\s+công|cử)(?:\s+(?:chủ\s+trì|phối\s+hợp))?|có\s+nhiệm\s+vụ)"
_AND_SO_ON = re.compile(r"v\W?v", re.IGNORECASE)
_REPEATED = "sở|phòng|ubnd|vụ|cục|công an"
_ALONE = (
    "(?:văn phòng|vp|thanh tra|ttr|công an|ban giám hiệu|bgh|ban giám đốc|nhà trường|kế toán|văn thư|hiệu trưởng)"
    "(?: sở| bộ| tỉnh| xã)?"
)
_STRENGTH = ("", "line", "comma", "and", "colon", "dash", "stop", "hard")


def _stronger(one: str, other: str) -> str:
    """Of marks that stand together the one that separates more; a full stop separates as a semicolon does."""
    strongest = max(one, other, key=_STRENGTH.index)
    return "hard" if strongest == "stop" else strongest
