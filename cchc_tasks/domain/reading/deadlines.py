"""A time phrase read: its parts with their rules, and a question for every piece that gives no sure date."""

import re
from dataclasses import replace

from cchc_tasks.domain.occurrences import DeadlineRule
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import DeadlineReading, Part, Question, Reason
from cchc_tasks.domain.reading.text import Normalised, normalise
from cchc_tasks.domain.reading.time_phrases.cascade import Applied
from cchc_tasks.domain.reading.time_phrases.clauses import Segment, segments
from cchc_tasks.domain.reading.time_phrases.grammar import parse
from cchc_tasks.domain.reading.time_phrases.meanings import Place, Unclear
from cchc_tasks.domain.vocabulary import DeadlineKind


def read_deadline(phrase: str, years: Years | None) -> DeadlineReading:
    """Read what a plan's time cell or sentence says (docs/deadlines.md has the shapes and their reading).

    `years` are the plan's; a day or period without a year is in the plan's year, or recurs yearly where the plan has
    several. A part that cannot be dated has the kind NONE and a question whose `words` the answer stands in for:
    with them replaced by the proposal, or by the office's own words, the phrase reads in full.
    """
    form = normalise(phrase)
    parts: list[Part] = []
    questions: list[Question] = []
    for segment in segments(parse(form), form.text):
        label, condition = _label(form, segment), _printed(form, segment.condition)
        rules: list[DeadlineRule] = []
        if segment.event:
            rules.append(DeadlineRule(DeadlineKind.ON_EVENT, event=_printed(form, segment.event)))
        for meaning, hour in segment.meanings:
            try:
                rules += [replace(rule, at=hour) if hour else rule for rule in meaning.rules(years)]
            except Unclear as unclear:
                rules.append(DeadlineRule(DeadlineKind.NONE))
                questions.append(_question(form, unclear))
        words = _printed(form, segment.times or segment.event)
        parts += [Part(label, rule, condition, words) for rule in _merged(rules)]
    if not parts:
        questions.append(Question("deadline-blank", "time", _TEXTS["deadline-blank"]))
    unread = tuple(question.words for question in questions if question.words)
    return DeadlineReading(phrase, tuple(parts), unread, tuple(questions))


def explain_deadline(phrase: str) -> tuple[Reason, ...]:
    """Which words of a phrase gave which rule: every piece the grammar recognised, the smaller before the larger."""
    form = normalise(phrase)
    applied: list[Applied] = []
    parse(form, applied)
    mended = [Reason(phrase.strip(), f"có lỗi gõ, được hiểu là “{form.text.strip()}”")] if form.repaired else []
    ordered = sorted(applied, key=lambda one: (one.start, one.end))
    pieces: dict[str, str] = {}
    for one in ordered:
        pieces.setdefault(form.printed(one.start, one.end).strip(" ,;"), one.rule.why)
    for part in read_deadline(phrase, None).parts:
        pieces.setdefault(part.rule.event or "", "việc chờ sự kiện, chưa có ngày")
        pieces.setdefault(part.condition or "", "điều kiện kèm theo")
    return (*mended, *(Reason(words, why) for words, why in pieces.items() if words))


_TEXTS = {
    "deadline-blank": "Thời gian thực hiện để trống.",
    "deadline-missing": "“{words}” chưa có thời hạn",
    "deadline-unread": "Không rõ “{words}” là ngày nào",
    "deadline-topic": "Chưa rõ “{words}” là thời hạn hay chỉ là nội dung",
    "deadline-lunar": "“{words}” có thể tính theo âm lịch, chưa rõ ngày dương lịch",
    "deadline-school": "Chưa rõ “{words}” kết thúc vào ngày nào",
    "date-impossible": "“{words}” không có trên lịch",
    "date-outside-plan": "“{words}” nằm ngoài các năm của kế hoạch",
    "range-reversed": "“{words}” kết thúc trước khi bắt đầu",
    "weekday-mismatch": "Thứ và ngày trong “{words}” không khớp nhau",
    "deadline-term": "“{words}” có thể gặp ngày nghỉ lễ, chưa rõ kết thúc vào ngày nào",
    "deadline-fortnight": "“{words}” chưa rõ bắt đầu từ tuần nào (ghi thêm “từ ngày …”)",
    "year-missing": "“{words}” chưa ghi năm",
}


def _question(form: Normalised, unclear: Unclear) -> Question:
    words = _printed(form, unclear.place)
    text = _TEXTS[unclear.code].format(words=words)
    text += f", đề xuất {unclear.proposal}." if unclear.proposal else "."
    return Question(unclear.code, "time", text, unclear.proposal, words)


def _printed(form: Normalised, place: Place | None) -> str | None:
    return form.printed(*place) if place else None


def _merged(rules: list[DeadlineRule]) -> list[DeadlineRule]:
    """Fixed dates of one kind and bound are one rule: "Quý II, IV" has one part with two dates."""
    merged: list[DeadlineRule] = []
    for rule in rules:
        for place, other in enumerate(merged):
            if rule.fixed and other.fixed and replace(rule, fixed=()) == replace(other, fixed=()):
                merged[place] = replace(other, fixed=other.fixed + rule.fixed)
                break
        else:
            if rule.kind is not DeadlineKind.NONE or rule not in merged:
                merged.append(rule)
    return merged


# Words that say what is done with the thing named, not which thing it is.
_DEED = (
    r"(?:được |phải )?"
    r"(?:ban hành|hoàn thành|gửi|nộp|(?<!tờ )trình|xong|thực hiện|dự kiến|định kỳ|có ít nhất|có|sáng|chiều)"
)
_LEADING = re.compile(
    rf"^(?:(?:{_DEED}|là|và|hoặc|ngay|đối với|trong|vào|ít nhất|tối thiểu)(?=\W|$)|\W)+(?<!\()", re.IGNORECASE
)
_TRAILING = re.compile(rf"(?:(?<!\w){_DEED}|(?<!\w)(?:là|và|vào)|[^\w)%])+$", re.IGNORECASE)


def _label(form: Normalised, segment: Segment) -> str | None:
    """The words beside a time without their deeds and marks; of "báo cáo: quý I" the words nearer to the time."""
    printed = _printed(form, segment.label)
    if printed is None:
        return None
    for words in reversed(printed.split(":")):
        label = _TRAILING.sub("", _LEADING.sub("", words)).strip()
        if label:
            bracketed = label[0] == "(" and label.find(")") in (-1, len(label) - 1)
            return label.strip("() ") if bracketed or label.count("(") != label.count(")") else label
    return None
