"""The documents a document cites, each once, and what does not fit together in how it cites them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, combinations

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.reading.cited.mentions import Mention, read_mentions
from cchc_tasks.domain.reading.cited.sameness import Cited, gathered, may_be_one, number_key, year_named_by
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import DocumentHeader, Question
from cchc_tasks.domain.reading.header import read_header
from cchc_tasks.domain.reading.running_text import pieces


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document cited by number and symbol.

    `type` is the abbreviation ("KH", "NĐ", "Luật"), None where neither word nor symbol says it. `dated` is None where
    no whole day is printed, or two. `issuer` and `subject` are as first printed ("Chính phủ"; "công tác văn thư").
    `mentions` counts the places, `words` are those of the first.
    """

    type: str | None
    number: str
    dated: date | None
    issuer: str | None
    subject: str | None
    mentions: int
    words: str


def read_citations(document: SourceDocument) -> tuple[tuple[CitedDocument, ...], tuple[Question, ...]]:
    """Every document cited in paragraphs, cells and footnotes, in the order of first mention, with questions.

    Listed are documents with a number and a symbol (Decree 30/2020/NĐ-CP, article 8); names alone ("Luật Thủ đô") are
    not, nor are standards, forms and the document's own number. One number with two days, two numbers that look like
    one, a day on no calendar, of another year than the number names, or after the document's own, are asked about.
    """
    header, _ = read_header(document)
    mentions_in = cache(lambda text: tuple(read_mentions(text)))  # cells of a table say the same again and again
    mentions = [
        mention
        for text in pieces(document)
        if not _LETTERHEAD.fullmatch(text)
        for mention in mentions_in(text)
        if not _is_own(mention, header)
    ]
    documents = gathered(mentions)
    return tuple(map(_cited, documents)), tuple(_questions(documents, header))


_LETTERHEAD = re.compile(r"số\s*:?\s*[\w.…]*\s*/\s*\S+(?:\s?-\s?\S+)*", re.IGNORECASE)


def _is_own(mention: Mention, header: DocumentHeader) -> bool:
    """Whether it is the document's own number, as an annex repeats it; last year's may be alike."""
    if header.number is None or number_key(mention.number) != number_key(header.number):
        return False
    return mention.dated is None or header.issued_on is None or mention.dated == header.issued_on


def _cited(cited: Cited) -> CitedDocument:
    first = cited.mentions[0]
    return CitedDocument(
        type=next((one.type for one in cited.mentions if one.type), None),
        number=first.number,
        dated=cited.dates[0] if len(cited.dates) == 1 else None,
        issuer=next((one.issuer for one in cited.mentions if one.issuer), None),
        subject=next((one.subject for one in cited.mentions if one.subject), None),
        mentions=len(cited.mentions),
        words=first.words,
    )


def _questions(documents: Sequence[Cited], header: DocumentHeader) -> Iterator[Question]:
    for cited in documents:
        yield from _about_dates(cited, header)
    by_day: dict[date, list[Cited]] = {}
    for cited in documents:
        if len(cited.dates) == 1:
            by_day.setdefault(cited.dates[0], []).append(cited)
    for first, second in chain.from_iterable(combinations(same_day[:_MOST_A_DAY], 2) for same_day in by_day.values()):
        if may_be_one(first, second):
            numbers = (first.mentions[0].number, second.mentions[0].number)
            text = (
                f"Hai số, ký hiệu “{numbers[0]}” và “{numbers[1]}” cùng ngày {short_date(first.dates[0])}"
                " gần giống nhau, chưa rõ có phải là một văn bản."
            )
            yield Question("citation-number-differs", _ABOUT, text, words=numbers[1], choices=numbers)


_ABOUT = "citations"
_MOST_A_DAY = 500  # no office cites more documents of one day; a hostile text might


def _about_dates(cited: Cited, header: DocumentHeader) -> Iterator[Question]:
    number = cited.mentions[0].number
    printed = tuple(map(short_date, cited.dates))
    if len(printed) > 1:
        text = f"Văn bản số {number} được ghi với các ngày khác nhau: {_listed(printed)}. Chưa rõ ngày nào đúng."
        yield Question("citation-two-dates", _ABOUT, text, words=number, choices=printed)
    year = year_named_by(number)
    if len(printed) == 1 and year and year != cited.dates[0].year:
        text = f"Văn bản số {number} ghi năm {year} trong số, ký hiệu nhưng ghi ngày {printed[0]}."
        yield Question("citation-year-differs", _ABOUT, text, words=f"{number} ngày {printed[0]}")
    for impossible in dict.fromkeys(one.impossible for one in cited.mentions if one.impossible):
        text = f"Ngày {impossible} của văn bản số {number} không có trên lịch."
        yield Question("citation-date-impossible", _ABOUT, text, words=f"{number} ngày {impossible}")
    for day in cited.dates:
        if header.issued_on and day > header.issued_on:
            text = (
                f"Văn bản số {number} ghi ngày {short_date(day)}, sau ngày ban hành của văn bản này"
                f" ({short_date(header.issued_on)})."
            )
            yield Question("citation-date-later", _ABOUT, text, words=f"{number} ngày {short_date(day)}")


def _listed(dates: Sequence[str]) -> str:
    return f"{', '.join(dates[:-1])} và {dates[-1]}"
