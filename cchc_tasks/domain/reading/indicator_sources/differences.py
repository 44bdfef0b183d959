"""Where the body and the tables of a plan set different figures for one subject, and phases that overlap: asked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.indicator_sources.indicator import Indicator
from cchc_tasks.domain.reading.text import search_key


def differing_targets(of_body: Sequence[Indicator], of_tables: Sequence[Indicator]) -> Iterator[Question]:
    """A question for each pair of one subject and two figures, the table's last phase against the body.

    A lower figure in an earlier phase is a step on the way. Two subjects are one when either is the other's nearest,
    the words of one stand among those of the other, and nothing that tells subjects apart differs.
    """
    here = [_Claim.of(one) for one in of_body if one.target]
    there = [_Claim.of(one) for one in of_tables if one.target]
    for claim in here:
        rivals = [one for one in there if _same_time(claim.source, one.source, there)]
        nearest = max(rivals, key=claim.likeness, default=None)
        if nearest is None or not claim.is_about(nearest) or max(here, key=nearest.likeness) != claim:
            continue
        if claim.figure != nearest.figure:
            yield _difference(claim.source, nearest.source)


def overlapping_phases(indicators: Sequence[Indicator]) -> Iterator[Question]:
    """A question for each two phases that share a year without one holding the other: 2021-2023 and 2023-2025."""
    phases = {one.phase: (one.first_on, one.last_on) for one in indicators if one.phase and not one.in_body}
    for (one, (first, last)), (other, (begins, ends)) in combinations(phases.items(), 2):
        if not (first and last and begins and ends) or not first < begins <= last < ends:
            continue
        years = f"năm {begins.year}" if begins.year == last.year else f"các năm {begins.year}-{last.year}"
        yield Question(
            code="phase-overlap",
            about="indicators",
            text=f"“{one}” và “{other}” cùng có {years}. Chỉ tiêu của {years} lấy theo giai đoạn nào? Đề xuất “{one}”.",
            proposal=one,
            choices=(one, other),
        )


# What printed abbreviations stand for, so that both ways of writing share their words.
_ABBREVIATIONS = {
    "tthc": "thu tuc hanh chinh",
    "dvctt": "dich vu cong truc tuyen",
    "dvc": "dich vu cong",
    "dvbcci": "dich vu buu chinh cong ich",
    "bcci": "buu chinh cong ich",
    "qppl": "quy pham phap luat",
    "vbqppl": "van ban quy pham phap luat",
    "cchc": "cai cach hanh chinh",
    "cntt": "cong nghe thong tin",
    "gddt": "giao duc dao tao",
    "cbccvc": "can bo cong chuc vien chuc",
    "cb": "can bo",
    "cc": "cong chuc",
    "vc": "vien chuc",
    "ccvc": "cong chuc vien chuc",
    "snc": "su nghiep cong lap",
    "nsnn": "ngan sach nha nuoc",
    "hs": "ho so",
}
# Words that two claims may share without being about one thing.
_COMMON = (
    "phan dau dat duoc cac cua va voi cho tai trong ve theo tren duoi so luong ty le ti muc tu tro len xuong it nhat"
    " toi thieu da khong qua hon co them phai la moi tong nhung den do thuc hien dam bao tiep nhan giai quyet tra ket"
    " thong hinh thuc day du viec"
)
_EMPTY = frozenset(_COMMON.split())
# Words of which two claims about one subject cannot hold different ones.
_APART = (
    ("dung han", "truoc han", "tre han", "qua han"),
    ("muc do 2", "muc do 3", "muc do 4"),
    ("toan trinh", "mot phan"),
    ("cap xa", "cap huyen", "cap tinh", "trung uong"),
    ("mam non", "tieu hoc", "trung hoc co so", "thcs", "thpt", "thuong xuyen"),
    ("lanh dao", "giao vien", "hoc sinh", "phu huynh", "nhan vien"),
    ("truc tiep", "truc tuyen", "buu chinh"),
    ("trong nganh", "ngoai nganh"),
    ("tiep nhan", "so hoa", "thanh toan"),
    ("ky so", "luu tru"),
)
_BASELINE = re.compile(r"(?:so voi|ke tu)\b.*")
_CLAUSE = re.compile(r";|, ?trong do|\. ")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A target and the words that tell what it is of."""

    source: Indicator
    key: str
    words: frozenset[str]

    @classmethod
    def of(cls, one: Indicator) -> "_Claim":
        key = _expanded(_BASELINE.sub("", search_key(_clause(one))))
        return cls(one, key, frozenset(word for word in key.split() if word not in _EMPTY and not word.isdecimal()))

    @property
    def figure(self) -> tuple[Fraction | None, Fraction | None]:
        target = self.source.target
        return (target.value, target.upper) if target else (None, None)

    def likeness(self, other: "_Claim") -> float:
        """The share of words that two claims have in common; none between figures of different kinds."""
        if not self._is_comparable(other):
            return 0.0
        return len(self.words & other.words) / max(1, len(self.words | other.words))

    def is_about(self, other: "_Claim") -> bool:
        shared, fewer = len(self.words & other.words), min(len(self.words), len(other.words))
        within = shared >= _LEAST_SHARED and fewer - shared <= fewer // _ONE_STRANGE_WORD_IN
        return within and self.likeness(other) >= _ALIKE and not self._is_apart(other)

    def _is_comparable(self, other: "_Claim") -> bool:
        one, two = self.source.target, other.source.target
        return one is not None and two is not None and (one.unit, one.change) == (two.unit, two.change)

    def _is_apart(self, other: "_Claim") -> bool:
        for family in _APART:
            mine = {word for word in family if word in self.key}
            theirs = {word for word in family if word in other.key}
            if mine and theirs and not mine & theirs:
                return True
        return False


_LEAST_SHARED = 3
_ONE_STRANGE_WORD_IN = 7
_ALIKE = 0.55


def _clause(one: Indicator) -> str:
    """The part of an indicator's words that its figure stands in."""
    words = one.target.text if one.target else ""
    start = max(0, one.text.find(words))
    before = max((found.end() for found in _CLAUSE.finditer(one.text, 0, start)), default=0)
    behind = _CLAUSE.search(one.text, start + len(words))
    return one.text[before : behind.start() if behind else None]


def _expanded(key: str) -> str:
    words = re.split(r"[^\w]+", key)
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words if word)


def _same_time(here: Indicator, there: Indicator, claims: Sequence[_Claim]) -> bool:
    """Whether a table's phase ends when the body's target is owed; one without a phase is owed at the very end."""
    ends = [one.source.last_on for one in claims if one.source.last_on]
    owed = here.last_on or max(ends, default=None)
    return there.last_on is None or there.last_on == owed


def _difference(here: Indicator, there: Indicator) -> Question:
    phase = f" ({there.phase})" if there.phase else ""
    return Question(
        code="target-differs",
        about="indicators",
        text=f"Phần nội dung ghi “{here.text}”, phụ lục{phase} ghi “{there.text}”. Lấy chỉ tiêu nào?",
        choices=(here.text, there.text),
    )
