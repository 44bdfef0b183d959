"""Every place where a text cites a document: type, number with symbol, day, issuer and subject."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cchc_tasks.domain.reading.cited.types import ABBREVIATED, NAMES, SYMBOL_TYPE, type_of
from cchc_tasks.domain.reading.cited.wording import Place, find_issuer, find_subject
from cchc_tasks.domain.reading.text import Normalised, normalise


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation, its number in one spelling ("04/KH-SGDĐT"); `impossible` is a day that no calendar has."""

    type: str | None
    number: str
    dated: date | None
    issuer: str | None
    subject: str | None
    words: str
    impossible: str | None = None


def read_mentions(text: str) -> Iterator[Mention]:
    """The citations of one piece of text, in order; a number without symbol ("Nghị quyết số 29") is none."""
    form = normalise(text)
    spans = list(_spans(form.text))
    issuers = _issuers(spans, form.text)
    for index, span in enumerate(spans):
        nested = spans[index + 1] if index + 1 < len(spans) else None
        subject = find_subject(form.text, span.end, (nested.start, nested.number_end) if nested else None)
        yield replace(
            span.mention,
            issuer=_printed(form, issuers[index]),
            subject=_printed(form, subject),
            words=_printed(form, (span.start, span.end)) or "",
        )


@dataclass(frozen=True, slots=True)
class _Span:
    """A mention and where it stands: its first word, the end of its number, the end of day and issuer."""

    mention: Mention
    start: int
    number_end: int
    end: int
    issuer: Place | None


def _printed(form: Normalised, place: Place | None) -> str | None:
    return " ".join(form.printed(*place).split()) if place else None


_NAME = "|".join(name.replace(" ", r"\s+") for name in NAMES)
_WORD = re.compile(rf"(?<!\w)(?:(?i:{_NAME})|(?:{ABBREVIATED})(?=\s))(?!\w)")
_BESIDE = r"hành động|phối hợp|liên ngành|liên tịch|chuyên đề|kết quả|(?:thượng |hỏa )?(?:khẩn|tốc)"
_ADJACENT = re.compile(rf"(?:\s+(?:{_BESIDE}))?\s*[(:]?\s*(?:số\s*:?\s*)?", re.IGNORECASE)
_FAR = re.compile(r"\s+[^\d,;.:()/]{1,90}\s\(?số\s*:?\s*", re.IGNORECASE)
_ONLY_NUMBER = re.compile(r"(?<!\w)số\s*:?\s*$", re.IGNORECASE)
_FORM = re.compile(r"(?:mẫu|biểu|phụ lục|phiếu|mã)\s*(?:số)?\s*:?\s*$", re.IGNORECASE)
_FARTHEST = 130

_CAPITAL = "[A-ZĐƯ]"
_PART = r"(?:(?!ngày|của)[\w&])*(?:\.[A-ZĐ0-9]{1,6}(?!\w))*"
_PARTY = rf"-\s*(?P<party>(?i:{SYMBOL_TYPE})\s*/\s*{_CAPITAL}{_PART})"
_STATE = (
    rf"(?:/\s*(?P<year_of>(?:19|20)\d\d)\s*)?/\s*"
    rf"(?P<state>(?:(?:{SYMBOL_TYPE})\s*-\s*(?=[A-ZĐƯ]{{2}}))?{_CAPITAL}{_PART}(?:[-/](?=[A-ZĐƯ\d]){_PART})*)"
)
_EARLIER = r"(?P<earlier>(?:\d{1,5}[a-zA-Z]?\s*(?:,|;|và|&)\s*(?:số\s*)?){0,20})"
_NUMBER = re.compile(rf"(?<![\d/.:,-]){_EARLIER}(?<!\d)(?P<serial>\d{{1,5}}[a-zA-Z]?)\s*(?:{_PARTY}|{_STATE})")
_SERIAL = re.compile(r"\d{1,5}[a-zA-Z]?")
_TYPED = re.compile(rf"(?:{SYMBOL_TYPE})[-/]", re.IGNORECASE)
_TWO_CAPITALS = re.compile(r"[A-ZĐƯ].*[A-ZĐƯ]")
_LISTED = re.compile(r"\s*(?:[,;&]|và|hoặc)\s*(?:số\s*:?\s*)?", re.IGNORECASE)

_ISSUED = r"(?:(?:được |đã )?(?:ban hành|ký|cùng|đều)\s+){0,3}"
_NUMERIC = r"(?P<mark>[/.-])\s*(?P<month>\d{1,2})\s*(?P=mark)\s*(?P<year>\d{4}|\d{2})(?![\d/])"
_IN_WORDS = r"tháng\s*(?P<month_said>\d{1,2})\s*năm\s*(?P<year_said>\d{4})"
_DATE = re.compile(
    rf"\s*[,(]?\s*{_ISSUED}(?P<said>(?:vào\s+)?ngày\s*)?(?P<day>\d{{1,2}})\s*(?:{_NUMERIC}|{_IN_WORDS})", re.IGNORECASE
)
_EARLIEST, _LATEST = 1945, 2100


def _spans(text: str) -> Iterator[_Span]:
    last: _Span | None = None
    for found in _NUMBER.finditer(text):
        word = _word_before(text, found.start(), last)
        symbol = re.sub(r"\s", "", found["party"] or found["state"]).rstrip(".-/&")
        if word is None or not _is_document(word, symbol, dated=_DATE.match(text, found.end()) is not None):
            continue
        for span in _listed(text, found, word, symbol):
            yield span
            last = span


@dataclass(frozen=True, slots=True)
class _Word:
    """What stands before a number: a type's name, only "số" (`numbered`), or nothing; and where it begins.

    `apart` says that other words stand between name and number: "Luật Giáo dục số".
    """

    name: str
    start: int
    numbered: bool = False
    apart: bool = False


def _word_before(text: str, at: int, last: _Span | None) -> _Word | None:
    """The name before a number, or of the list it stands in ("Công văn số 66/UBND-VX, 67/UBND-VX"); None: a form."""
    window = max(0, at - _FARTHEST)
    before = text[window:at]
    if _FORM.search(before):
        return None
    name = next(reversed(list(_WORD.finditer(before))), None)
    gap = before[name.end() :] if name else ""
    if name and _ADJACENT.fullmatch(gap):
        return _Word(name[0], window + name.start())
    if name and name[0][0].isupper() and _FAR.fullmatch(gap):
        return _Word(name[0], window + name.start(), apart=True)
    if last and last.mention.type and _LISTED.fullmatch(text[last.end : at]):
        return _Word(last.mention.type, at)
    numbered = _ONLY_NUMBER.search(before)
    return _Word("", window + numbered.start(), numbered=True) if numbered else _Word("", at)


def _is_document(word: _Word, symbol: str, *, dated: bool) -> bool:
    """Whether a number is a document's, no address or fraction: where words say little the symbol must say more."""
    if not _TWO_CAPITALS.search(symbol):
        return False
    if word.name or _TYPED.match(symbol):
        return True
    return word.numbered and (dated or "-" in symbol)


def _listed(text: str, found: re.Match[str], word: _Word, symbol: str) -> Iterator[_Span]:
    """The documents of one number: of "12, 13/KH-SGDĐT" two, with one symbol and one day."""
    issued, end = _DATE.match(text, found.end()), found.end()
    end = issued.end() if issued else end
    issuer = find_issuer(text, end)
    end = issuer[1] if issuer else end
    if not issued and (issued := _DATE.match(text, end)) and issued["said"]:
        end = issued.end()
    dated, impossible = _day(issued)
    mark = "-" if found["party"] else "/"
    year = f"{found['year_of']}/" if found["year_of"] else ""
    for serial in (*_SERIAL.findall(found["earlier"]), found["serial"]):
        mention = Mention(
            type=(type_of("", symbol) if word.apart else None) or type_of(word.name, symbol),
            number=f"{serial}{mark}{year}{symbol}",
            dated=dated,
            issuer=None,
            subject=None,
            words="",
            impossible=impossible,
        )
        yield _Span(mention, word.start, found.end(), end, issuer)


def _day(found: re.Match[str] | None) -> tuple[date | None, str | None]:
    """The day printed, or its words where there is no such day."""
    if not found:
        return None, None
    printed = int(found["year"] or found["year_said"])
    year = printed if printed > 99 else printed + (2000 if printed < 50 else 1900)
    month, day = int(found["month"] or found["month_said"]), int(found["day"])
    try:
        dated = date(year, month, day)
    except ValueError:
        dated = None
    if dated is None or not _EARLIEST <= year <= _LATEST:
        return None, f"{day:02d}/{month:02d}/{printed}"
    return dated, None


def _issuers(spans: Sequence[_Span], text: str) -> list[Place | None]:
    """The issuer of each, or that of the next in its list: "Chỉ thị số … và Chỉ thị số … của Bộ Chính trị"."""
    issuers: list[Place | None] = [span.issuer for span in spans]
    for index in range(len(spans) - 2, -1, -1):
        between = text[spans[index].end : spans[index + 1].start]
        in_list = not between or (";" not in between and _LISTED.fullmatch(between) is not None)
        if issuers[index] is None and in_list:
            issuers[index] = issuers[index + 1]
    return issuers
