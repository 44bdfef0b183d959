"""What a document says of itself above its table: type, number, day, years and title."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.columns import find_header
from cchc_tasks.domain.reading.document import Paragraph, SourceDocument
from cchc_tasks.domain.reading.findings import DocumentHeader, Question

# Types of administrative documents and their abbreviations: Decree 30/2020/NĐ-CP, appendix III.
TYPES = {
    "KẾ HOẠCH": "KH",
    "BÁO CÁO": "BC",
    "QUYẾT ĐỊNH": "QĐ",
    "CHỈ THỊ": "CT",
    "THÔNG BÁO": "TB",
    "HƯỚNG DẪN": "HD",
    "CHƯƠNG TRÌNH": "CTr",
    "PHƯƠNG ÁN": "PA",
    "ĐỀ ÁN": "ĐA",
    "TỜ TRÌNH": "TTr",
    "CÔNG VĂN": "CV",
}


def read_header(document: SourceDocument) -> tuple[DocumentHeader, tuple[Question, ...]]:
    """Type, number with symbol, day, years and title, with a question for a blank number or day and for no years."""
    lines = list(_lines(document))
    kind, title = _type_and_title(lines)
    symbol, number = _number(lines)
    issued_on = next(filter(None, map(_letterhead_day, lines)), None) or _annexed_day(lines)
    header = DocumentHeader(
        type=kind or (symbol.partition("-")[0] if symbol else None),
        number=number,
        issued_on=issued_on,
        years=_years(title),
        title=title,
    )
    return header, tuple(_questions(header))


def read_identity(text: str) -> tuple[str, date]:
    """An office's answer "Số 148/KH-SGDĐT ngày 30/12/2022" as number with symbol and day; raises ValueError."""
    found = _IDENTITY.fullmatch(" ".join(unicodedata.normalize("NFC", text).split()).rstrip("."))
    if not found:
        raise ValueError(f"no number and day: {text!r}")
    return f"{found['number']}/{found['symbol']}", _date(found)


_SYMBOL = r"(?P<symbol>[A-ZĐ][0-9A-Za-zĐđƯư&.]*(?:-[0-9A-Za-zĐđƯư&.]+)+)"
_DAY = r"(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4})"
_NUMBER = re.compile(
    rf"Số\s*:?[\s.…_]*(?P<number>(?:\d+[a-z]?)?)[\s.…_]*/(?P<year>\d{{4}}/)?\s*{_SYMBOL}", re.IGNORECASE
)
_IDENTITY = re.compile(
    rf"(?:(?:kế hoạch )?số\s*:?\s*)?(?P<number>\d+[a-z]?)\s*/\s*{_SYMBOL}\s*,?\s*ngày\s+{_DAY}", re.IGNORECASE
)
_LETTERHEAD_DAY = re.compile(rf"[^,]{{1,40}},\s*ngày\s+{_DAY}", re.IGNORECASE)
_ANNEXED = re.compile(r"\(?\s*(?:ban hành )?kèm theo\b", re.IGNORECASE)
_ANNEXED_DAY = re.compile(rf"ngày\s+{_DAY}", re.IGNORECASE)
_SPAN = re.compile(r"\b((?:19|20)\d\d)\s*(?:-|–|—|đến(?: năm)?)\s*((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_TYPE = re.compile(rf"({'|'.join(TYPES)}|PHỤ LỤC)\b\W*(.*)")
_NUMBERED_HEADING = re.compile(r"(?:[IVX]+|\d+|[A-Z])\s*[.)]\s")
_LONGEST_TITLE_LINE = 250


def _lines(document: SourceDocument) -> Iterator[str]:
    """The lines above the table of duties, those in tables of the letterhead and above the columns' titles included."""
    for block in document.blocks:
        texts: Iterable[str] = (block.text,) if isinstance(block, Paragraph) else ()
        start = None
        if not isinstance(block, Paragraph):
            start = find_header(block)
            texts = (cell.text for row in block.rows[:start] for cell in row.cells)
        for text in texts:
            lines = re.split(r"[\n\t]", unicodedata.normalize("NFC", text))
            yield from filter(None, (" ".join(line.strip("#*_ ").split()) for line in lines))
        if start is not None:
            return


def _type_and_title(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The document's type and its title from the type's word on: "Kế hoạch thực hiện … năm 2023"."""
    for index, line in enumerate(lines):
        found = _TYPE.fullmatch(line.upper() if line.upper() in TYPES else line)
        if found:
            words = [found[2]] if found[2] else []
            subject = _subject([*words, *lines[index + 1 : index + 6]])
            return TYPES.get(found[1]), f"{found[1].capitalize()} {_uncapitalised(subject)}".strip()
    return None, None


def _subject(lines: Sequence[str]) -> str:
    """The title's first line and those that go on with it: in small letters, or in capitals like it."""
    if not lines or len(lines[0]) > _LONGEST_TITLE_LINE or _ANNEXED.match(lines[0]):
        return ""
    subject = lines[0]
    for line in lines[1:]:
        in_capitals = subject.isupper() and line.isupper() and not _NUMBERED_HEADING.match(line)
        if not line[0].islower() and not in_capitals:
            break
        subject += f" {line}"
    return subject


def _uncapitalised(text: str) -> str:
    return text if text[:2].isupper() or text.isupper() else text[:1].lower() + text[1:]


def _number(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The symbol and, where it is not left blank, the number with it; from the letterhead, else from "Kèm theo …"."""
    found = next(filter(None, map(_NUMBER.fullmatch, lines)), None)
    if not found or not found["number"]:
        annexed = next((_NUMBER.search(line) for line in lines if _ANNEXED.match(line)), None)
        found = annexed if annexed and annexed["number"] else found or annexed
    if not found:
        return None, None
    number = f"{found['number']}/{found['year'] or ''}{found['symbol']}" if found["number"] else None
    return found["symbol"], number


def _letterhead_day(line: str) -> date | None:
    """The day of "Sóc Trăng, ngày 30 tháng 12 năm 2022"; None where the day is blank or is none."""
    found = _LETTERHEAD_DAY.fullmatch(line)
    return _date_or_none(found) if found else None


def _annexed_day(lines: Sequence[str]) -> date | None:
    found = next((_ANNEXED_DAY.search(line) for line in lines if _ANNEXED.match(line)), None)
    return _date_or_none(found) if found else None


def _years(title: str | None) -> Years | None:
    """The span or the year a title names; None where it names none."""
    span = _SPAN.search(title or "")
    if span and int(span[1]) <= int(span[2]):
        return Years(int(span[1]), int(span[2]))
    one = _YEAR.search(title or "")
    return Years(int(one[1]), int(one[1])) if one else None


def _questions(header: DocumentHeader) -> Iterator[Question]:
    blank = [name for name, value in (("số", header.number), ("ngày ban hành", header.issued_on)) if value is None]
    if blank:
        yield Question(
            code="document-number-blank",
            about="document",
            text=f"Văn bản chưa ghi {' và '.join(blank)}. Ghi theo mẫu: Số 148/KH-SGDĐT ngày 30/12/2022.",
        )
    if header.years is None:
        yield Question(
            code="plan-years-missing",
            about="years",
            text="Tiêu đề văn bản không nêu năm của kế hoạch. Ghi một năm (2023) hoặc một giai đoạn (2021-2025).",
        )


def _date(found: re.Match[str]) -> date:
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


def _date_or_none(found: re.Match[str]) -> date | None:
    try:
        return _date(found)
    except ValueError:
        return None
