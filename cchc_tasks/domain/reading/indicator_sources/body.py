"""The targets of a document's body: what stands under a heading about targets, and figures with years of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import Question, Target
from cchc_tasks.domain.reading.indicator_sources.indicator import Indicator
from cchc_tasks.domain.reading.indicator_sources.phases import Phase, is_whole_plan, phase_of, phase_within
from cchc_tasks.domain.reading.prose_duties.clauses import cut, sentences
from cchc_tasks.domain.reading.prose_duties.outline import OPENING, Passage, passages
from cchc_tasks.domain.reading.targets import read_targets, target_questions


def indicators_of_body(
    document: SourceDocument, years: Years | None, *, is_report: bool
) -> tuple[list[Indicator], list[Question]]:
    """The targets outside tables, in order; in a report only those under a heading about targets.

    Under "Mục tiêu" alone, or "Chỉ tiêu, nhiệm vụ", what has no figure is an aim or a task, no target.
    """
    indicators: list[Indicator] = []
    questions: list[Question] = []
    found = [piece for one in passages(document) for piece in _pieces(one)]
    for passage, following in zip_longest(found, found[1:]):
        targets = read_targets(passage.text)
        leads_on = following is not None and passage in following.above
        if passage.level == OPENING or (leads_on and not targets):
            continue
        about = _about(passage.above)
        if about in ("targets", "aims"):
            questions += target_questions(passage.text, "indicators")
            kept: Sequence[Target | None] = targets or ((None,) if about == "targets" else ())
            indicators += (_indicator(passage, one, years) for one in kept if _is_sentence(passage, one))
        elif about in ("tasks", None) and not is_report:
            indicators += (_indicator(passage, one, years) for one in targets if _own_phase(one))
    return indicators, questions


def _pieces(passage: Passage) -> Iterator[Passage]:
    """The passage, or of one longer than a page the sentences that hold a figure."""
    if len(passage.text) <= _LONGEST:
        yield passage
    else:
        for sentence in sentences(passage.text):
            yield from (replace(passage, text=piece) for piece in cut(sentence, _LONGEST) if read_targets(piece))


_LONGEST = 4_000  # letters
_BEGINNING = r"(?:(?:các|một số|những|hệ thống|về)\s+)*"
_TARGETS = re.compile(rf"{_BEGINNING}(?:mục tiêu,?\s*(?:và\s+)?)?(?:chỉ tiêu|mục tiêu cụ thể)(?!\w)", re.IGNORECASE)
_AIMS = re.compile(
    rf"{_BEGINNING}(?:(?:mục đích|yêu cầu|quan điểm|phương hướng|nhiệm vụ)[\s,và-]*)*{_BEGINNING}"
    r"(?:chỉ tiêu|mục tiêu)(?!\w)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"{_BEGINNING}(?:mục tiêu (?:chung|tổng quát)|mục đích|yêu cầu|quan điểm|căn cứ|kết quả"
    r"|đánh giá|tình hình|hạn chế|tồn tại)(?!\w)",
    re.IGNORECASE,
)
_TASKS = re.compile(
    rf"{_BEGINNING}(?:nhiệm vụ|giải pháp|tổ chức thực hiện|kinh phí|phương hướng|chế độ báo cáo)(?!\w)", re.IGNORECASE
)
_TOGETHER = re.compile(r"nhiệm vụ|giải pháp|yêu cầu|mục đích", re.IGNORECASE)


def _about(above: Sequence[Passage]) -> str | None:
    """What the nearest telling heading is about: "targets", "aims" (figures alone count), "tasks" or "other"."""
    for one in reversed(above):
        heading = one.text.strip(" .:")
        if not one.is_heading and not one.text.endswith(":"):
            continue
        if re.match(rf"{_BEGINNING}mục tiêu (?:chung|tổng quát)", heading, re.IGNORECASE):
            return "other"
        if _TARGETS.match(heading):
            return "aims" if _TOGETHER.search(heading) else "targets"
        if _AIMS.match(heading):
            return "aims"
        if _TASKS.match(heading):
            return "tasks"
        if _OTHER.match(heading):
            return "other"
    return None


def _is_sentence(passage: Passage, target: Target | None) -> bool:
    """Whether a passage says something to be reached, rather than leading in to what follows."""
    return target is not None or not (passage.text.endswith(":") or _AIMS.match(passage.text))


def _indicator(passage: Passage, target: Target | None, years: Years | None) -> Indicator:
    phase = _own_phase(target) or _phase_ahead(passage) or _phase_above(passage.above, years)
    return Indicator(
        phase=phase.label if phase else None,
        first_on=phase.first_on if phase else None,
        last_on=phase.last_on if phase else None,
        area=_area(passage.above),
        number="",
        text=passage.text,
        target=target,
        in_body=True,
    )


def _own_phase(target: Target | None) -> Phase | None:
    """The years a figure names itself: "đạt trên 50% vào năm 2022" counts for "năm 2022"."""
    words = target.phase if target else None
    if words is None:
        return None
    return phase_of(re.sub(r"^(?:trong|vào|hết|cuối)\s+", "", words, flags=re.IGNORECASE))


def _phase_ahead(passage: Passage) -> Phase | None:
    """The years that a passage begins with: "Năm 2026: … từ 88 điểm trở lên; 85% đơn vị …" counts for both."""
    head, colon, _ = passage.text.partition(":")
    return phase_of(_HOPED.sub("", head)) if colon else None


def _phase_above(above: Sequence[Passage], years: Years | None) -> Phase | None:
    for one in _under_targets(above):
        heading = one.text.strip(" .:")
        if phase := phase_of(_HOPED.sub("", heading)):
            return phase
        if phase := phase_within(heading):
            return None if is_whole_plan(phase, years) else phase
    return None


def _area(above: Sequence[Passage]) -> str | None:
    """The nearest heading between a target and the one about targets; a phase is none."""
    for one in _under_targets(above):
        heading = one.text.strip(" .:")
        if not _AIMS.match(heading) and not phase_of(_HOPED.sub("", heading)):
            return heading
    return None


def _under_targets(above: Sequence[Passage]) -> Iterator[Passage]:
    """The headings above, the nearest first, up to the one about targets; none where there is no such heading."""
    names = [one for one in above if one.is_heading or one.text.endswith(":")]
    places = [place for place, one in enumerate(names) if _AIMS.match(one.text)]
    if places:
        yield from reversed(names[places[-1] :])


_HOPED = re.compile(r"^(?:phấn đấu|mục tiêu|chỉ tiêu)\s+", re.IGNORECASE)
