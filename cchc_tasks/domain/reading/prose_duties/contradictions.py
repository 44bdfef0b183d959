"""Where a document announces another plan than its title names: another year, or another subject."""

import re
from collections.abc import Iterator, Sequence

from cchc_tasks.domain.reading.findings import DocumentHeader, Question
from cchc_tasks.domain.reading.header import TYPES
from cchc_tasks.domain.reading.prose_duties.clauses import sentences
from cchc_tasks.domain.reading.prose_duties.outline import Passage
from cchc_tasks.domain.reading.text import search_key


def contradictions(header: DocumentHeader, body: Sequence[Passage]) -> tuple[Question, ...]:
    """A question for every year and every subject announced that the title does not have."""
    if header.title is None:
        return ()
    announced = [
        plan for passage in body for sentence in sentences(passage.text) for plan in _announced(sentence, header.title)
    ]
    return (*_years_at_odds(header, announced), *_subjects_at_odds(header.title, announced))


_TYPES = "|".join(kind.lower() for kind in TYPES)
_CLOSING = re.compile(rf"\W*trên đây là\s+(?P<plan>(?:{_TYPES})(?!\w).*)", re.IGNORECASE)
_OPENING = re.compile(
    rf".*(?<!\w)(?:xây dựng|ban hành|đề ra|lập)(?: và (?:triển khai|thực hiện| tổ chức thực hiện))?\s+"
    rf"(?P<plan>(?:{_TYPES})(?!\w).*?)\W*(?:với (?:các |những |một số )?nội dung.*|cụ thể\s+)?(?:như sau|sau đây"
    rf"|nội dung (?:chủ yếu )?sau)\W*$",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"[,.;:]|/|(?<!\w)(?:đề nghị|yêu cầu|với các|với những|gồm|cụ thể|đồng thời)(?!\w)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\w)năm\s+((?:19|20)\d\d)(?!\w)", re.IGNORECASE)


def _announced(sentence: str, title: str) -> Iterator[str]:
    """The plan a sentence announces as this one: "… ban hành Kế hoạch … như sau", "Trên đây là Kế hoạch …"."""
    found = _CLOSING.match(sentence) or _OPENING.match(sentence.rpartition(";")[2])
    if found and _same_kind(found["plan"], title):
        end = _NAME_ENDS.search(found["plan"])
        yield found["plan"][: end.start() if end else None].strip()


def _same_kind(plan: str, title: str) -> bool:
    return plan.split(maxsplit=1)[0].lower() == title.split(maxsplit=1)[0].lower()


def _years_at_odds(header: DocumentHeader, announced: Sequence[str]) -> Iterator[Question]:
    """Plans of one year only: within a span every year of it may be named."""
    own = _YEAR.findall(header.title or "")
    if len(set(own)) != 1 or header.years is None or header.years.single is None:
        return
    for plan in announced:
        others = [year for year in _YEAR.findall(plan) if year != own[0]]
        if others and own[0] not in _YEAR.findall(plan):
            text = f"Tiêu đề ghi “năm {own[0]}”, nội dung ghi “năm {others[0]}”. Đề nghị xác định năm của kế hoạch."
            yield Question("year-differs", "years", text, own[0], f"năm {others[0]}", (own[0], others[0]))
            return


def _subjects_at_odds(title: str, announced: Sequence[str]) -> Iterator[Question]:
    own = _subject(title)
    for plan in announced:
        other = _subject(plan)
        if own and other and not _alike(own, other):
            text = f"Tiêu đề ghi “{title}”, nội dung ghi “{plan}”. Đề nghị xác định tên đúng của kế hoạch."
            yield Question("title-differs", "title", text, title, plan, (title, plan))
            return


# What may be left out of a plan's name, or added to it, without naming another plan.
_BESIDE = re.compile(
    r"\([^)]*\)|\b(?:nam \d{4}|giai doan \d{4}\s*-\s*\d{4})|\b(?:cua|tren dia ban|tai|trong nganh|nganh|den nam)\b.*"
    r"|\b(?:ke hoach|chuong trinh|phuong an|de an|trien khai|thuc hien|cong tac|nhiem vu|nha nuoc|ve|viec|day manh"
    r"|to chuc)\b"
)


def _subject(plan: str) -> list[str]:
    """The words that say what a plan is about, without diacritics; a name in quotes or of a decision has none."""
    key = search_key(re.sub(r"[–—]", "-", plan))
    return re.findall(r"\w+", _BESIDE.sub(" ", key))


def _alike(one: list[str], other: list[str]) -> bool:
    """Whether the shorter name stands within the longer, abbreviations read by their first letters."""
    shorter, longer = sorted((_abbreviated(one, other), _abbreviated(other, one)), key=len)
    return any(longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1))


def _abbreviated(words: list[str], other: list[str]) -> list[str]:
    """The words, with each stretch that the other name writes with its first letters written so too."""
    written = list(words)
    for short in other:
        for at in range(len(written) - len(short) + 1):
            if len(short) > 2 and "".join(word[0] for word in written[at : at + len(short)]) == short:
                written[at : at + len(short)] = [short]
                break
    return written
