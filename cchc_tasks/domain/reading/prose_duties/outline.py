"""The body of a plan as passages: each with its mark, and the headings and lead-ins it stands under."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.header import TYPES
from cchc_tasks.domain.reading.unit_cells.words import words_for

OPENING, LEAD_IN, BULLET, PLAIN = 0, 7, 8, 10  # numbered headings stand between opening and lead-in


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph without its mark ("2.1.", "a)", "-"), and those above that it belongs to, the outermost first."""

    text: str
    level: int
    above: tuple["Passage", ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether it only names what follows."""
        if self.level == OPENING or _SENTENCE_WITHIN.search(self.text):
            return False
        if self.level < LEAD_IN:
            return len(self.text) <= _LONGEST_HEADING
        return self.text.endswith(":") and len(self.text) <= _LONGEST_LEAD_IN

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings above, as printed, without their marks."""
        return tuple(one.text.strip(" .:") for one in self.above if one.is_heading)


def passages(document: SourceDocument) -> Iterator[Passage]:
    """The paragraphs of the plan's body in order, those outside tables, up to "Nơi nhận" or the first appendix.

    Paragraphs torn by the end of a page are whole again. A plan printed behind the decision that issues it counts.
    """
    path: list[Passage] = []
    for text, level in _whole(_body(list(_lines(document)))):
        # A plain paragraph ends the list above it, and what only led in to that list.
        within = level if level < PLAIN else LEAD_IN
        path = [one for one in path if one.level < within]
        passage = Passage(text, level, tuple(path))
        yield passage
        if level < PLAIN:
            path.append(passage)


_LONGEST_HEADING, _LONGEST_LEAD_IN = 200, 60
_SENTENCE_WITHIN = re.compile(r"[.;]\s+\S")

_Marked = tuple[str, int]
_CLOSING = re.compile(r"\W*(?:nơi nhận|nơi gửi)\W*", re.IGNORECASE)
_APPENDIX = re.compile(r"\W*(?:PHỤ LỤC|Phụ lục|BIỂU MẪU|MẪU SỐ)(?!\w)(?:\W*[\dIVXA-Z]{0,4}\W*$|(?!.*[;:.]$).{0,120}$)")
_OPENED = re.compile(
    r"(?:như sau|sau đây|nội dung sau|nhiệm vụ sau|cụ thể sau|chủ yếu sau)\W*$"
    r"|(?<!\w)(?:yêu cầu|đề nghị)(?:\s[^.;:]{0,200})?:\W*$",
    re.IGNORECASE,
)
_FIRST_HEADING = re.compile(r"(?:I|1|A|Điều 1|Phần I)\s*[.):/-]\s*\S")


def _lines(document: SourceDocument) -> Iterator[str]:
    """The lines outside tables, composed, their inner spaces single."""
    for paragraph in document.paragraphs:
        for line in unicodedata.normalize("NFC", paragraph.text).splitlines():
            text = " ".join(line.replace("**", "").split())
            if text:
                yield text


def _body(lines: list[str]) -> Iterator[_Marked]:
    """The lines with their levels, from the one that opens the body on, without the list of recipients and annexes."""
    opened = next((at for at, line in enumerate(lines) if _opens(line)), None)
    numbered = next((at for at, line in enumerate(lines) if _FIRST_HEADING.match(line.lstrip("#*_ "))), len(lines))
    titled = next((at + 1 for at, line in enumerate(lines) if line.strip("#*_ ") in TYPES), 0)
    start = opened if opened is not None and opened <= numbered else titled
    closed = False
    for place, line in enumerate(lines[start:], start):
        if _CLOSING.fullmatch(line) or _APPENDIX.match(line):
            closed = True
        elif line.strip("#*_ ") in TYPES:
            closed = False
        elif not closed:
            yield (line.strip("#*_ "), OPENING) if place == opened == start else _marked(line)


def _opens(line: str) -> bool:
    return _OPENED.search(line) is not None


# --- marks ---

_ROMAN = re.compile(r"(?=[IVX])(?!V/v)(X{0,2}(?:IX|IV|V?I{0,3}))\s*[.)/:-]\s*(?=\S)")
_CHAPTER = re.compile(r"(?:Phần|Chương|Mục|Điều)\s+(?:[IVX]+|\d+|thứ\s+\w+)\s*[.:)-]?\s*(?=\S)", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-ZĐ]\s*[.)]\s*(?=\S)")
_NUMBER = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,4})(?:\s*[.)]\s*|\s*/\s+|\s*-\s+)(?=[^\W\d])|(\d{1,2}(?:\.\d{1,2}){1,4})\s+(?=[^\W\d])"
    r"|(\d{1,2})[.)]\s+(?=\d)"
)
_LETTER = re.compile(r"\(?[a-zđ]\d?\s*[.)]\s*(?=\S)")
_BULLET = re.compile(r"(?:[-–—−•●▪◦*·o✓]\s+|[-–—−•●▪◦*·✓](?=[^\W\d]))*(?:\+\s*)?(?=\S)")
_MARKDOWN = re.compile(r"#+\s*")


def _marked(line: str) -> _Marked:
    """A line without its mark, and its level."""
    titled = _MARKDOWN.match(line)
    text = line[titled.end() :] if titled else line
    text = text.strip("*_ ") if titled or (line[0] in "*_" and line[-1] in "*_") else text
    for level, pattern in ((1, _CAPITAL), (2, _ROMAN), (2, _CHAPTER), (3, _NUMBER), (6, _LETTER)):
        found = pattern.match(text)
        if found and not (level == 1 and _ROMAN.match(text)):
            depth = (found[1] or found[2] or "").count(".") if level == _NUMBERED else 0
            return text[found.end() :].strip("*_ "), min(level + depth, 5) if level == _NUMBERED else level
    bullet = _BULLET.match(text)
    if bullet and bullet[0]:
        return text[bullet.end() :].strip("*_ "), BULLET + ("+" in bullet[0])
    return text.strip("*_ "), _unmarked_level(text, titled=titled is not None)


_NUMBERED = 3
_LONGEST_UNMARKED = 150
_OF_SOMEBODY = re.compile(r"(?:đối với|trách nhiệm|nhiệm vụ) (?:của )?", re.IGNORECASE)


def _unmarked_level(text: str, *, titled: bool) -> int:
    """A heading without a number is in capitals, marked as a title, or names a unit and no more."""
    letters = [letter for letter in text if letter.isalpha()]
    short = len(text) <= _LONGEST_UNMARKED and text[-1:] not in ".;,/"
    if short and (titled or (len(letters) > 3 and text.isupper())):
        return 2
    somebody = _OF_SOMEBODY.match(text)
    named = text[somebody.end() :] if somebody else text
    if short and text[-1:] != ":" and somebody and words_for(named).begins_unit(named):
        return 6
    return LEAD_IN if text.endswith(":") else PLAIN


# --- paragraphs torn by the end of a page ---

_FULL_LINE, _LONGEST_PARAGRAPH = 60, 6000
_ENDS = tuple('.;:!?…)/”"')


def _whole(marked: Iterable[_Marked]) -> Iterator[_Marked]:
    """The paragraphs, each joined with the rest of it that stands behind the end of a line or page."""
    waiting: _Marked | None = None
    for text, level in marked:
        if waiting and level in (PLAIN, LEAD_IN) and _goes_on(*waiting, text):
            before, own = waiting
            waiting = (f"{before} {text}", LEAD_IN if own == PLAIN and text.endswith(":") else own)
            continue
        if waiting:
            yield waiting
        waiting = (text, level)
    if waiting:
        yield waiting


def _goes_on(before: str, level: int, text: str) -> bool:
    if len(before) > _LONGEST_PARAGRAPH:
        return False
    unfinished = level >= LEAD_IN and len(before) > _FULL_LINE and not before.endswith(_ENDS)
    return unfinished or (text[:1].islower() and not before.endswith((".", ":", ";")))
