"""Lines made whole: the pieces of a row that a page tore apart, and cells that only say "như trên"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cchc_tasks.domain.reading.column_names import Column
from cchc_tasks.domain.reading.lines import Line
from cchc_tasks.domain.reading.text import search_key


def joined_over_pages(lines: Sequence[Line]) -> list[Line]:
    """The lines with the pieces of torn ones put together, cell by cell."""
    numbered = any(line.number for line in lines)
    whole: list[Line] = []
    for line in lines:
        if whole and not whole[-1].spanning and _goes_on_from_before(line, numbered=numbered):
            _join_merged(whole, line)
            whole[-1] = _joined(whole[-1], line)
        else:
            whole.append(line)
    return whole


def with_cells_as_above(lines: Sequence[Line]) -> list[Line]:
    """The lines with "nt", "như trên" and ditto marks replaced by the words of the last line that assigns something."""
    whole: list[Line] = []
    above: Line | None = None
    for line in lines:
        filled = _filled(line, above) if above else line
        whole.append(filled)
        if not filled.assigns_nothing:
            above = filled
    return whole


_AS_ABOVE = re.compile(r"n\s*[./]?\s*t|nhu( muc| dong| hang| noi dung| nhiem vu| cot)? tren|[\"'“”〃″]{1,2}|/{2}|,,")


def _filled(line: Line, above: Line) -> Line:
    texts = {
        column: above.text(column) if column is not Column.NUMBER and _is_as_above(text) else text
        for column, text in line.texts.items()
    }
    return replace(line, texts=texts, title=above.title if _is_as_above(line.title) else line.title)


def _is_as_above(text: str) -> bool:
    return len(text) <= _LONGEST and _AS_ABOVE.fullmatch(search_key(text).strip(" -–()[].…")) is not None


_LONGEST = 30


def _goes_on_from_before(line: Line, *, numbered: bool) -> bool:
    """Whether a line is the rest of one that a page break tore apart.

    It stands behind the break and has no number. Among numbered lines that is enough, unless it begins anew in every
    cell; elsewhere its title must go on in small letters. Without a title it may also be a further row of its task:
    then it says by itself when and by whom.
    """
    if not line.after_break or line.number or line.spanning or line.mark.isalpha():
        return False
    time, lead = line.text(Column.TIME), line.text(Column.LEAD)
    if not line.title or line.title_is_merged:
        return not (time and lead)
    first = line.title.removeprefix(line.mark).lstrip()[:1]
    begins_anew = first.isupper() and lead[:1].isupper() and bool(time) and not time.isdecimal()
    return not begins_anew if numbered else first.islower() and not line.mark


def _join_merged(lines: list[Line], rest: Line) -> None:
    """Add the rest of a title that began in earlier lines, and goes on in the last, to each of those."""
    if rest.title_is_merged or not rest.title:
        return
    at = len(lines) - 1
    while at > 0 and lines[at].title_is_merged:
        at -= 1
        lines[at] = replace(lines[at], title=f"{lines[at].title} {rest.title}")


def _joined(first: Line, rest: Line) -> Line:
    columns = dict.fromkeys((*first.texts, *rest.texts))
    texts = {column: " ".join(filter(None, (first.text(column), rest.own_text(column)))) for column in columns}
    title = first.title if rest.title_is_merged else " ".join(filter(None, (first.title, rest.title)))
    merged = first.merged - {column for column in columns if rest.own_text(column) and column is not Column.TITLE}
    label = rest.own_text(Column.GROUP)
    whole = replace(first, texts=texts, title=title, merged=merged, questions=(*first.questions, *rest.questions))
    if not label or first.own_text(Column.GROUP):
        return whole
    # A label behind the break names a new group, or goes on with the label above it: the table decides.
    return replace(whole, texts={**texts, Column.GROUP: label}, after_break=True)
