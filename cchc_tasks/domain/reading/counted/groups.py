"""The counts of a sentence in groups: a whole with the parts it is said to have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cchc_tasks.domain.reading.counted.clauses import Clause, Joint, clauses
from cchc_tasks.domain.reading.counted.counts import Count, begins_with_share, read_count, read_share


@dataclass(slots=True)
class Group:
    """A count and its parts; `complete` says that they claim to be all of it, `doubtful` that one may be unread."""

    whole: Count
    parts: list[Count] = field(default_factory=list)
    complete: bool = False
    doubtful: bool = False

    @property
    def claims_to_be_all(self) -> bool:
        """Whether the parts must add up: said so, or work done, under way and overdue are all named."""
        if self.doubtful or len(self.parts) < 2:
            return False
        labels = [part.label for part in self.parts]
        return self.complete or all(any(kind.search(label) for label in labels) for kind in _KINDS)

    def add_share(self, clause: str) -> None:
        """Give the share to the last count, where it has none yet."""
        if self.parts and self.parts[-1].share is None:
            self.parts[-1] = replace(self.parts[-1], share=read_share(clause))
        elif not self.parts and self.whole.share is None:
            self.whole = replace(self.whole, share=read_share(clause))


def groups(sentence: str) -> Iterator[Group]:
    """The groups of a sentence in order. A part without its own noun or with that of the whole belongs to it."""
    group: Group | None = None
    pending, total = Joint.NEXT, False
    for clause in clauses(sentence):
        if begins_with_share(clause.text) and not clause.after_semicolon:
            if group:
                group.add_share(clause.text)
            continue
        total = total and not clause.after_semicolon
        joint = pending if clause.joint is Joint.NEXT else clause.joint
        count = read_count(clause.text)
        if count is None:
            pending, total = joint, total or _TOTAL.search(clause.text) is not None
            _doubt(group, clause)
            continue
        count = replace(count, total=count.total or total)
        pending, total = Joint.NEXT, False
        if group and _belongs(count, group, joint, clause):
            group.complete = group.complete or joint is Joint.PARTITION
            group.doubtful = group.doubtful or _UNSURE.search(clause.text) is not None
            group.parts.append(count)
            continue
        if group:
            yield group
        counts = count.noun or count.fraction
        group = Group(count, doubtful=_ABOUT.search(clause.text) is not None) if counts else None
    if group:
        yield group


_TOTAL = re.compile(r"\btổng số\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:gần|khoảng|hơn|trên|dưới|ít nhất|tối thiểu)\s+\d", re.IGNORECASE)
_UNSURE = re.compile(rf"{_ABOUT.pattern}|\bmột số\b|v\.v|…", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:còn lại|một số|khác|v\.v)|…|\.\.", re.IGNORECASE)
_KINDS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (r"hoàn thành|\bđã\b|đúng hạn|trước hạn", r"\bđang\b|\bchưa\b", r"quá hạn|trễ hạn|\bchậm\b")
)


def _doubt(group: Group | None, clause: Clause) -> None:
    """A clause with an unread figure, or with "còn lại", may hold a part."""
    if group and (any(map(str.isdecimal, clause.text)) or _OTHERS.search(clause.text)):
        group.doubtful = True


def _belongs(count: Count, group: Group, joint: Joint, clause: Clause) -> bool:
    whole = group.whole
    if count.fraction or whole.fraction or count.total:
        return False
    alike = count.noun is None or count.noun == whole.noun or count.noun in whole.label.lower()
    if joint is not Joint.NEXT and group.parts:
        group.doubtful = True  # parts of a part
        return False
    if joint is not Joint.NEXT or group.parts:
        return alike
    return whole.total and count.labelled and count.noun is not None and alike and clause.after_semicolon
