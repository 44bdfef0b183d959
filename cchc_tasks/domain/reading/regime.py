"""The reporting regime of a plan: which reports return, by which day, who sends them, to whom and through whom."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cchc_tasks.domain.occurrences import DueDate
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.header import read_header
from cchc_tasks.domain.reading.prose_duties.clauses import cut
from cchc_tasks.domain.reading.prose_duties.outline import OPENING, Passage, passages
from cchc_tasks.domain.reading.regime_lines import actors
from cchc_tasks.domain.reading.regime_lines.dates import (
    Dated,
    dated_reports,
    occurrences,
    printed_day,
    returning_reports,
    unnamed_reports,
)
from cchc_tasks.domain.reading.regime_lines.tables import report_tables
from cchc_tasks.domain.vocabulary import Bound


@dataclass(frozen=True, slots=True)
class RegimeLine:
    """A report that returns. `period` is "Q1" to "Q4", "H1", "H2", "9M", "Y", or "W", "M", "Q" for every such period.

    Month and day are as printed, None where the words name none; label and period are None where the words do not say
    what is reported, the period also for a school year and its terms. `level` is "unit" where units report to the one
    that issues the plan, "upward" where this one reports to its superior.
    """

    label: str | None
    period: str | None
    month: int | None
    day: int | None
    bound: Bound | None
    reporters: tuple[str, ...]
    receiver: str | None
    through: str | None
    level: str
    occurrences: tuple[DueDate, ...]
    words: str


def read_regime(
    document: SourceDocument,
    years: Years | None,
    issued_on: date | None = None,
    *,
    before_is_strict: bool = False,
) -> tuple[tuple[RegimeLine, ...], tuple[Question, ...]]:
    """The reports that a plan asks for regularly, and a question for each day whose report is not named.

    A day without a year returns in each year of the plan; a date before `issued_on` is not owed and left out. What
    counts is a section about reports, a sentence that names regular reports and their days or rhythm, and a table of
    reports with their days.
    """
    header, _ = read_header(document)
    reading = _Reading(years, issued_on, before_is_strict, actors.is_of_school(document, header.number))
    sections: dict[Passage, list[Passage]] = {}
    for passage in passages(document):
        section = _section(passage)
        if section:
            sections.setdefault(section, []).append(passage)
        elif header.type != "BC" and passage.level != OPENING:
            reading.add_passage(passage)
    for heading, within in sections.items():
        reading.add_section(heading, within)
    for row in report_tables(document):
        reading.add_row(row.kind, row.time, row.reporters, row.receiver)
    return tuple(dict.fromkeys(reading.lines)), tuple(dict.fromkeys(reading.questions))


@dataclass(frozen=True, slots=True)
class _Known:
    """Who reports, to whom and through whom, as far as the words say."""

    reporters: tuple[str, ...] = ()
    receiver: str | None = None
    through: str | None = None

    def completed(self, other: "_Known") -> "_Known":
        """With what another knows where this one knows nothing."""
        return _Known(self.reporters or other.reporters, self.receiver or other.receiver, self.through or other.through)


class _Reading:
    """The lines and questions so far."""

    def __init__(self, years: Years | None, issued_on: date | None, before_is_strict: bool, of_school: bool) -> None:
        self.lines: list[RegimeLine] = []
        self.questions: list[Question] = []
        self._years = years
        self._issued_on = issued_on
        self._before_is_strict = before_is_strict
        self._of_school = of_school

    def add_passage(self, passage: Passage) -> None:
        """A passage that stands anywhere: only reports that it calls regular count."""
        for sentence in _sentences(passage.text):
            if not _REPORT.search(sentence) or _CITED.match(sentence):
                continue
            found = self._dated(sentence) if _NAMED.search(sentence) or _MAY_BE_NAMED.search(sentence) else []
            found = found if len(found) > 1 or _NAMED.search(sentence) else []
            if not found and _REGULAR.search(sentence):
                found = returning_reports(sentence, self._years)
            self._add(found, _known(sentence, passage))

    def add_section(self, heading: Passage, within: Sequence[Passage]) -> None:
        """A section about reports: who reports may stand in a line of its own, before the days or behind them."""
        told: list[tuple[Dated, _Known]] = []
        shared = _Known()
        for passage in within:
            lone = _lone_actors(passage) if len(passage.text) <= _LONGEST_SENTENCE else _Known()
            shared = shared.completed(lone)
            if lone != _Known():
                continue
            for sentence in _sentences(_without_run_in(passage.text)):
                known = _known(sentence, passage)
                found = self._of_section(sentence)
                told += [(one, known) for one in found]
                shared = shared if found else shared.completed(replace(known, reporters=()))
        for one, known in told:
            self._add([one], known.completed(shared))

    def add_row(self, kind: str, time: str, reporters: tuple[str, ...], receiver: str | None) -> None:
        """A row of a table of reports."""
        self._add(self._dated(f"{kind}: {time}"), _Known(reporters, receiver))

    def _dated(self, sentence: str) -> list[Dated]:
        found, asked = dated_reports(sentence, self._years)
        self.questions += asked
        return found

    def _of_section(self, sentence: str) -> list[Dated]:
        found = self._dated(sentence)
        if found or not _REPORT.search(sentence):
            return found
        found, asked = unnamed_reports(sentence, self._years)
        self.questions += (replace(one, about="regime") for one in asked)
        self.questions += (_period_missing(one) for one in found if one.label is None)
        return found or returning_reports(sentence, self._years)

    def _add(self, found: Sequence[Dated], known: _Known) -> None:
        level = actors.level(known.reporters, known.receiver, known.through, of_school=self._of_school)
        for one in found:
            dates = occurrences(one, self._years, before_is_strict=self._before_is_strict)
            month, day = printed_day(one.rule)
            owed = (due for due in dates if self._issued_on is None or due.due_on >= self._issued_on)
            line = RegimeLine(
                label=one.label.name if one.label else None,
                period=(one.label.period or None) if one.label else None,
                month=month,
                day=day,
                bound=one.rule.bound,
                reporters=known.reporters,
                receiver=known.receiver,
                through=known.through,
                level=level,
                occurrences=tuple(owed),
                words=one.words,
            )
            self.lines.append(line)


_AND = r",?\s*(?:và\s+)?"
_SECTION = re.compile(
    rf"(?:về\s+|thực hiện\s+)?(?:chế độ (?:thông tin{_AND})?báo cáo|thông tin{_AND}báo cáo"
    r"|(?:công tác\s+)?báo cáo định kỳ"
    r"|(?:thời gian|thời hạn|thời điểm|mốc thời gian|quy định)(?:\s+(?:gửi|nộp|thực hiện|chế độ))*\s+báo cáo"
    r"|công tác báo cáo|(?:chế độ )?báo cáo(?:,?\s*(?:sơ kết|tổng kết|đánh giá|kết quả thực hiện))*\W*$)",
    re.IGNORECASE,
)
_REPORT = re.compile(r"(?<!\w)(?:báo cáo|bc)(?!\w)", re.IGNORECASE)
_NAMED = re.compile(
    r"báo cáo\s+(?:định kỳ|kết quả|sơ kết|tổng kết)?\s*(?:quý|tháng|năm|6|06|sáu|9|09|cả năm|hằng|hàng|tuần)(?!\w)"
    r"|định kỳ|(?:quý|tháng|hằng năm)\s.*báo cáo",
    re.IGNORECASE,
)
# A period further off may be that of another thing: then one sentence has to name several reports.
_MAY_BE_NAMED = re.compile(r"báo cáo\s+(?:\S+\s+){1,6}?(?:quý|6 tháng|9 tháng|năm)(?!\w)", re.IGNORECASE)
_REGULAR = re.compile(
    r"định kỳ\s+(?:[\w,]+\s+){0,4}báo cáo|báo cáo\s+(?:\w+\s+){0,4}định kỳ|chế độ báo cáo", re.IGNORECASE
)
_CITED = re.compile(
    r"(?=.*\s(?:đã|chưa|chậm)\s+(?:gửi|nộp|báo cáo|thực hiện)(?!\w))(?!.*(?:khẩn trương|yêu cầu|đề nghị))"
    r"|\W*(?:căn cứ|thực hiện (?:quyết định|kế hoạch|công văn|thông tư|nghị định))(?!\w)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-ZĐÂÊÔƠƯĂÁÀ])|\n")
_REPORTERS = re.compile(
    r"(?:đơn vị|đối tượng|cơ quan|người|bộ phận)(?:\s+(?:thực hiện|lập|gửi|chịu trách nhiệm))*\s+(?:chế độ\s+)?"
    r"báo cáo\s*:\s*",
    re.IGNORECASE,
)
_RECEIVER = re.compile(
    r"(?:nơi|đơn vị|cơ quan|địa chỉ|đầu mối)\s+(?:tiếp\s+)?nhận(?:\s+báo cáo)?\s*:\s*", re.IGNORECASE
)
_WHO = re.compile(r"(?:thực hiện|trách nhiệm|đơn vị|đối tượng|người|cơ quan)\s.*báo cáo", re.IGNORECASE)
_LONGEST_RUN_IN = 60
_LONGEST_SENTENCE = 2_000


def _section(passage: Passage) -> Passage | None:
    """The outermost heading about reports that a passage stands under; itself where it runs on from one."""
    for one in passage.above:
        if one.is_heading and _SECTION.match(one.text):
            return one
    head, colon, rest = passage.text.partition(":")
    return passage if colon and rest and len(head) <= _LONGEST_RUN_IN and _SECTION.fullmatch(head.strip()) else None


def _without_run_in(text: str) -> str:
    head, colon, rest = text.partition(":")
    return rest.strip() if colon and rest and _SECTION.fullmatch(head.strip()) else text


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text without what they say of the days that the data is of, cut where they never end."""
    for one in _SENTENCE.split(text):
        said = "".join(piece for piece in _PIECE.split(one) if not _WINDOW.search(piece)).strip()
        yield from filter(None, cut(said, _LONGEST_SENTENCE))


_PIECE = re.compile(r"(?=[();]|,\s)")
_WINDOW = re.compile(r"chốt số liệu|lấy số liệu|(?<!\w)tính (?:từ|đến)(?!\w)", re.IGNORECASE)


def _known(sentence: str, passage: Passage) -> _Known:
    """What a sentence says itself; who reports also from the beginning of its passage or from a heading."""
    reporters = (
        actors.subject(sentence) or actors.subject(passage.text[:_LONGEST_SENTENCE]) or actors.addressee(passage)
    )
    return _Known(reporters, actors.receiver(sentence), actors.through(sentence))


def _lone_actors(passage: Passage) -> _Known:
    """Who reports or receives, where a line of a section says nothing else."""
    if found := _REPORTERS.match(passage.text):
        return _Known(reporters=actors.named(passage.text[found.end() :]))
    if found := _RECEIVER.match(passage.text):
        return _Known(receiver=next(iter(actors.named(passage.text[found.end() :])), None))
    under = passage.headings[-1] if passage.headings else ""
    if _WHO.match(under) and not any(map(str.isdecimal, passage.text)):
        return _Known(reporters=actors.named(passage.text))
    return _Known()


def _period_missing(one: Dated) -> Question:
    return Question(
        code="regime-period-missing",
        about="regime",
        text=f"Chưa rõ “{one.words}” là thời hạn gửi báo cáo của kỳ nào (tháng, quý, 6 tháng, 9 tháng hay năm).",
        words=one.words,
    )
