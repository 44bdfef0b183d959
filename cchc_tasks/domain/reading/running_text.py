"""A document's running text in whole pieces: what a page break or a wrapped line tore apart is put together again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc_tasks.domain.reading.cited.types import NAMES
from cchc_tasks.domain.reading.document import Paragraph, SourceDocument
from cchc_tasks.domain.reading.text import tidy


def pieces(document: SourceDocument) -> Iterator[str]:
    """The paragraphs, footnotes and cells on one line each, in reading order, without footnote marks and emphasis."""
    lanes: dict[tuple[int, int], list[_Piece]] = {}
    ordered: list[_Piece] = []
    for lane, text in _texts(document):
        if plain := _plain(text):
            piece = _Piece([plain])
            lanes.setdefault(lane, []).append(piece)
            ordered.append(piece)
    for column in lanes.values():
        _join(column)
    yield from (" ".join(piece.texts).removeprefix(_NOTE) for piece in ordered if not piece.taken)


@dataclass(slots=True)
class _Piece:
    """A text with what was found to follow it; `taken` where it follows another itself."""

    texts: list[str]
    taken: bool = False

    @property
    def tail(self) -> str:
        return " ".join(self.texts[-3:])[-_TAIL:]


_MARKS = re.compile(r"\^\{[^}]*\}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\*+|(?<!\w)_+|_+(?!\w)")
_FOOTNOTE = re.compile(r"\s*(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]|\^\{)")
_NAME = "|".join(name.replace(" ", r"\s+") for name in NAMES)

# How a citation torn in two ends, and how its rest begins.
_TEARS = (
    (rf"(?:\bsố\s*:?|\w\S*\s+(?:{_NAME}))", r"(?:số\s*:?\s*)?\d+[a-zA-Z]?\s*[/,-]"),
    (r"\d\s*/|[/-]\s*[A-ZĐ]{2,}[\w&]*\s*-", r"(?:\d{4}\s*/\s*)?[A-ZĐ]"),
    (r"\d\s*[/-]\s*[A-ZĐ][\w&./-]*,?", r",?\s*(?:ngày|của|về|V/v)\b"),
    (r"\bngày", r"\d{1,2}\s*(?:[/.-]|tháng)"),
    (r"\bngày\s+\d{1,2}(?:\s*/\s*\d{1,2})?", r"(?:/|tháng|năm)"),
    (r"\bngày\s+\d{1,2}\s*(?:/\s*\d{1,2}\s*)?(?:/|tháng)", r"\d{1,4}\b"),
    (r"\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm)?", r"(?:năm\s+)?\d{4}"),
)
_TORN = tuple((re.compile(rf"(?:{end})$", re.IGNORECASE), re.compile(start)) for end, start in _TEARS)
_CLOSED = re.compile(r"[.;:!?…][\"”’)\]]*$")
_EXPECTS_MORE = re.compile(r"(?:[,(]|\b(?:của|về|việc|và|theo|tại|số))$")
_GOES_ON = re.compile(r"(?![a-zđ]{1,2}[.)]\s)[a-zà-ỹđ]")
_NOTE = "¹ "
_TAIL = 150
_REACH = 12  # pieces between the two halves: footnotes and the next page's text


def _texts(document: SourceDocument) -> Iterator[tuple[tuple[int, int], str]]:
    """Each text with the lane it may go on in: the running text, or one column of one table."""
    for index, block in enumerate(document.blocks, start=1):
        if isinstance(block, Paragraph):
            yield (0, 0), block.text
            continue
        for row in block.rows:
            yield from (((index, place), cell.text) for place, cell in enumerate(row.cells))


def _plain(text: str) -> str:
    mark = _NOTE if _FOOTNOTE.match(text) else ""
    plain = " ".join(_MARKS.sub(" ", tidy(text)).split())
    return mark + plain if plain else ""


def _join(lane: Sequence[_Piece]) -> None:
    """Give each piece its rest; a piece that goes on from another is taken by it."""
    for index, piece in enumerate(lane):
        last = index
        while not piece.taken and (rest := _rest(piece.tail, lane, last + 1)):
            piece.texts += lane[rest].texts
            lane[rest].taken = True
            last = rest


def _rest(tail: str, lane: Sequence[_Piece], after: int) -> int | None:
    """Where a piece goes on; None where it is whole.

    A citation torn apart is looked for behind footnotes too, other text only in what comes next.
    """
    if _CLOSED.search(tail):
        return None
    following = [place for place in range(after, min(after + _REACH, len(lane))) if not lane[place].taken]
    for end, start in _TORN:
        if end.search(tail) and (found := _half(lane, following, end, start)) is not None:
            return found
    if not following or lane[following[0]].texts[0].startswith(_NOTE):
        return None
    goes_on = _GOES_ON.match(lane[following[0]].texts[0]) or _EXPECTS_MORE.search(tail)
    return following[0] if goes_on else None


def _half(lane: Sequence[_Piece], following: Sequence[int], end: re.Pattern[str], start: re.Pattern[str]) -> int | None:
    """Where the rest of a citation stands; not behind another that is torn the same way, whose rest it would be."""
    for place in following:
        if start.match(lane[place].texts[0]):
            return place
        if end.search(lane[place].tail):
            return None
    return None
