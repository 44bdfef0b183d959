"""The dates of a sentence about reports: which day belongs to which period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cchc_tasks.domain.occurrences import DeadlineRule, DueDate, due_dates
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.regime_lines.labels import ENDS_IN, Label, labels
from cchc_tasks.domain.vocabulary import Frequency


@dataclass(frozen=True, slots=True)
class Dated:
    """A report's period (None where the words name none), the rule of its date, and the words of both."""

    label: Label | None
    rule: DeadlineRule
    words: str


def dated_reports(sentence: str, years: Years | None) -> tuple[list[Dated], tuple[Question, ...]]:
    """The reports of a sentence with a printed day, be it behind its period or before it; asks for impossible days."""
    groups = list(_groups(sentence))
    gaps = [_without_purpose(gap) for gap in _gaps(sentence, groups)]
    backward = bool(groups) and _is_dated(gaps[0], years) and not _is_dated(gaps[-1], years)
    found: list[Dated] = []
    questions: list[Question] = []
    for place, group in enumerate(groups):
        times = gaps[place] if backward else gaps[place + 1]
        for label in group:
            period = sentence[label.start : label.end]
            time = _trimmed(_FROM_TIME.sub("", times, count=1))
            rules, asked = _rules(_within_period(times, label), years)
            if len(group) > 1 and label.period in _RHYTHMS and label.period not in ENDS_IN:
                rules = [rule for rule in rules if printed_day(rule)[0] is None]  # of the year's report beside it
            found += (Dated(label, rule, f"{period}: {time}") for rule in rules)
            questions += asked
    return found, tuple(questions)


def returning_reports(sentence: str, years: Years | None) -> list[Dated]:
    """The reports of a sentence that names their rhythm and no day: "định kỳ hằng tháng báo cáo …"."""
    regular = [one for one in labels(sentence) if one.returns or _REGULAR.search(sentence[: one.start])]
    found = []
    for label in regular:
        rule = read_deadline(_RHYTHMS[label.period], years).parts[0].rule if label.period in _RHYTHMS else None
        if rule:
            found.append(Dated(label, rule, sentence[label.start : label.end]))
    return found


def unnamed_reports(sentence: str, years: Years | None) -> tuple[list[Dated], tuple[Question, ...]]:
    """The printed days of a sentence that names no period, and what its times ask."""
    reading = read_deadline(sentence, years)
    rules = [part for part in reading.parts if _has_day(part.rule)]
    found = [Dated(_of_rhythm(part.rule), part.rule, part.words or sentence) for part in rules]
    return found, reading.questions if rules else ()


def occurrences(one: Dated, years: Years | None, *, before_is_strict: bool) -> tuple[DueDate, ...]:
    """The dates within the plan's years, each with the period that its report closes."""
    dates = due_dates(one.rule, years, before_is_strict=before_is_strict)
    return tuple(replace(due, period=_period(one.label, due)) for due in dates)


def printed_day(rule: DeadlineRule) -> tuple[int | None, int | None]:
    """Month and day as printed, None where the words name none: of "ngày 15 của tháng cuối quý" only the day."""
    if rule.recurrence and rule.recurrence.printed:
        yearly = rule.recurrence.frequency is Frequency.YEARLY
        return rule.recurrence.month if yearly else None, rule.recurrence.day
    days = {fixed.on for fixed in rule.fixed if fixed.printed}
    return (min(days).month, min(days).day) if len(days) == 1 else (None, None)


_REGULAR = re.compile(
    r"định kỳ(?:\s*[:(])?\s*$|định kỳ(?:[\s,/:(]|và|hằng|hàng|6|9|tháng|quý|năm|tuần)*$", re.IGNORECASE
)
_FREQUENCIES = {Frequency.WEEKLY: ("tuần", "W"), Frequency.MONTHLY: ("tháng", "M"), Frequency.QUARTERLY: ("quý", "Q")}
_RHYTHMS = {"W": "hằng tuần", "M": "hằng tháng", "Q": "hằng quý", "H1": "6 tháng một lần", "Y": "hằng năm"}
_IMPOSSIBLE = ("date-impossible", "date-outside-plan", "weekday-mismatch")
_LOOSE_END = re.compile(r"(?:[\s,;.:(+-]|(?<!\w)(?:và|báo cáo|đối với))+$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(([^()]*\d[^()]*)\)")
_FROM_TIME = re.compile(r"^.*?(?=(?:trước|chậm nhất|muộn nhất|đến hết|vào|ngày)\s)", re.IGNORECASE)
_JOINING = re.compile(r"(?:[\s,/]|và|hoặc|báo cáo)*", re.IGNORECASE)
_LAST_MONTH = re.compile(
    r"(?:ngày\s+)?(\d{1,2})\s+(?:của\s+)?tháng\s+cuối\s+(?:cùng\s+)?(?:của\s+|mỗi\s+)*(?:kỳ|quý)(?:\s+báo cáo)?",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"(?<=\w)[\s,]+(?:để|nhằm)\s", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?<=\d)\)?\s+\(?(?:về|gửi|qua|cho)\s|(?<=năm)\s+về\s|(?<=\d)\)?;\s", re.IGNORECASE)


def _groups(sentence: str) -> Iterator[list[Label]]:
    """Periods with nothing but commas between them share a day: "báo cáo quý, 6 tháng, năm trước ngày …"."""
    group: list[Label] = []
    for label in labels(sentence):
        if group and label.start >= group[-1].end and not _JOINING.fullmatch(sentence[group[-1].end : label.start]):
            yield group
            group = []
        group.append(label)
    if group:
        yield group


def _gaps(sentence: str, groups: Sequence[Sequence[Label]]) -> list[str]:
    """What stands before, between and behind the groups."""
    starts = [0, *(group[-1].end for group in groups)]
    ends = [*(group[0].start for group in groups), len(sentence)]
    return [sentence[start:end] for start, end in zip(starts, ends, strict=True)]


def _without_purpose(gap: str) -> str:
    """A piece without what the report is for and where it goes, which may name days of others; a bracket alone."""
    if bracket := _BRACKET.match(gap):
        return bracket[1]
    return _ELSEWHERE.split(_PURPOSE.split(gap)[0])[0]


def _trimmed(words: str) -> str:
    return _LOOSE_END.sub("", " ".join(words.split())).strip(" ,;.:-()")


def _is_dated(gap: str, years: Years | None) -> bool:
    return bool(_rules(gap, years)[0])


def _rules(times: str, years: Years | None) -> tuple[list[DeadlineRule], list[Question]]:
    """The rules of the printed days of a piece, and what has to be asked of days that cannot be."""
    if not any(map(str.isdecimal, times)):
        return [], []
    reading = read_deadline(times, years)
    rules = [part.rule for part in reading.parts if _has_day(part.rule)]
    return rules, [replace(one, about="regime") for one in reading.questions if one.code in _IMPOSSIBLE]


def _of_rhythm(rule: DeadlineRule) -> Label | None:
    """The period that a rhythm finer than a year names itself: "ngày 20 hằng tháng"."""
    name, period = _FREQUENCIES.get(rule.frequency, ("", "")) if rule.frequency else ("", "")
    return Label(0, 0, name, period, returns=True) if period else None


def _has_day(rule: DeadlineRule) -> bool:
    recurs = rule.recurrence is not None and rule.recurrence.printed
    return recurs or (bool(rule.fixed) and all(fixed.printed for fixed in rule.fixed))


def _within_period(times: str, label: Label) -> str:
    """ "ngày 10 của tháng cuối kỳ" said of a period that is known: "ngày 10/6" of 6 tháng."""
    if label.period in ENDS_IN:
        return _LAST_MONTH.sub(rf"ngày \1/{ENDS_IN[label.period]}", times)
    return _LAST_MONTH.sub(
        {"M": r"ngày \1 hằng tháng", "Q": r"ngày \1 của tháng cuối quý"}.get(label.period, r"\g<0>"), times
    )


def _period(label: Label | None, due: DueDate) -> str | None:
    """The period's code: of a yearly report by 10/01 the year before."""
    if label is None:
        return None
    if label.period not in ENDS_IN:
        return due.period
    stated = due.stated_on or due.due_on
    year = stated.year - (stated.month < ENDS_IN[label.period] - _LONG_BEFORE)
    return f"{year}" if label.period == "Y" else f"{year}-{label.period}"


_LONG_BEFORE = 5  # months: a report is asked for near the end of its period or behind it
