"""A message in few lines of plain text, for channels that carry no letter: the same facts, most urgent first.

Nothing is ever longer than the channel takes: what has no room is counted ("và 4 việc khác"), titles are cut at a word,
and the link at the end is whole or not there at all.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from cchc_tasks.domain.dates_in_words import distance, short_date
from cchc_tasks.domain.digest import Digest, DigestItem, Urgency
from cchc_tasks.domain.office_digest import OfficeLine
from cchc_tasks.domain.short_words import short
from cchc_tasks.domain.vocabulary import Bound
from cchc_tasks.domain.weekly_summary import WeeklySummary

TITLE = 120  # letters of a title; more is for the page behind the link
LEAST_TITLE = 24  # a title with less room says nothing: it is counted instead


@dataclass(frozen=True, slots=True)
class Line:
    """One matter: what stands before its title, and after it."""

    before: str
    title: str
    after: str = ""

    def within(self, room: int) -> str | None:
        """The line in at most so many letters; None where too little of its title would be left."""
        before, after = _tidy(self.before), _tidy(self.after)
        for_title = room - len(before) - len(after)
        if for_title < min(LEAST_TITLE, len(_tidy(self.title))):
            return None
        return f"{before}{short(self.title, min(for_title, TITLE))}{after}"


def brief_digest(digest: Digest, limit: int) -> str:
    """A person's morning; with one item alone the link is the item's own, else that of the whole list."""
    items = [(urgency, item) for urgency in Urgency for item in digest.section(urgency)]
    office = [Line("- ", line.title, f": {line.facts}") for line in _office(digest)]
    lines = [*(_item_line(digest, urgency, item) for urgency, item in items), *office, *_day_before(digest)]
    beyond = sum(section.left_out for section in digest.office.sections()) if digest.office else 0
    alone = items[0][1] if len(items) == 1 and not office else None
    links = (alone.link, alone.stored_link or alone.link, digest.all_link) if alone else (digest.all_link,)
    return brief(digest.subject(), lines, links, limit, beyond=beyond)


def brief_weekly(summary: WeeklySummary, limit: int) -> str:
    """A leader's week."""
    sections = summary.facts.sections()
    lines = [Line("- ", line.title, f": {line.facts}") for section in sections for line in section.lines]
    beyond = sum(section.left_out for section in sections)
    own = [_item_line(summary.digest, urgency, item) for urgency in Urgency for item in summary.digest.section(urgency)]
    head = f"{summary.subject()}. {summary.facts.progress()}"
    return brief(head, [*own, *lines], (summary.digest.all_link,), limit, beyond=beyond)


def brief_alert(sentences: Sequence[str], link: str, limit: int) -> str:
    """What an administrator is told: each sentence is a matter of its own."""
    head = f"Bộ nhắc việc cần xem {len(sentences)} việc" if len(sentences) != 1 else "Bộ nhắc việc cần xem 1 việc"
    return brief(head, [Line("- ", sentence) for sentence in sentences], (link,), limit, title=300)


def brief(
    head: str, lines: Sequence[Line], links: Sequence[str], limit: int, *, beyond: int = 0, title: int = TITLE
) -> str:
    """Head, as many lines as there is room for, how many more there are, the first link that fits."""
    link = next((one for one in map(_tidy, links) if one and len(one) <= limit * 2 // 3), "")
    room = limit - (len(link) + 1 if link else 0)
    said = [short(head, max(1, min(room, limit // 3 if lines else room)))]
    left = room - len(said[0])
    for number, line in enumerate(lines):
        rest = len(lines) - number - 1 + beyond
        spare = len(_more(rest)) + 1 if rest else 0
        text = line.within(left - 1 - spare)
        if text is None:
            beyond += len(lines) - number
            break
        said.append(text)
        left -= len(text) + 1
    if beyond and len(_more(beyond)) < left:
        said.append(_more(beyond))
    return "\n".join([*said, link] if link else said)


def _item_line(digest: Digest, urgency: Urgency, item: DigestItem) -> Line:
    said = _APART.get(urgency, "")
    if urgency is Urgency.REPORTED and item.reported is not None:
        said = f"{digest.heading(urgency)}, {item.reported.unit}, "
    place = f"thay {item.in_place_of}, " if item.in_place_of else ""
    return Line(f"- {said}{place}{_when(digest, item)}: ", item.title)


def _when(digest: Digest, item: DigestItem) -> str:
    day = item.spoken_on(digest.on)
    if day is None:
        return "không có thời hạn"
    named = item.named if day == item.due_on else "hạn nội bộ"
    before = "trước " if day == item.due_on and item.bound is Bound.BEFORE else ""
    far = "hôm nay là ngày làm việc cuối" if item.aim_on == digest.on != day else distance(day, digest.on)
    return f"{far}, {named} {before}{short_date(day)}"


def _office(digest: Digest) -> list[OfficeLine]:
    return [line for section in digest.office.sections() for line in section.lines] if digest.office else []


def _day_before(digest: Digest) -> list[Line]:
    before = digest.office.day_before if digest.office else None
    return [Line("- ", before.in_words(digest.on))] if before else []


def _more(count: int) -> str:
    return f"và {count} việc khác"


def _tidy(text: str) -> str:
    """As `short` leaves it: one line, composed, nothing that begins a mention; a space at the end stays."""
    end = " " if text.endswith(" ") else ""
    return " ".join(unicodedata.normalize("NFC", text).replace("[@", "").split()) + end


_APART = {Urgency.NEW: "mới giao, "}
