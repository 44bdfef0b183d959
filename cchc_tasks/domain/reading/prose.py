"""A plan's prose read for duties: sentences outside its tables that ask for something by a day or in a rhythm."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import DocumentHeader, Question
from cchc_tasks.domain.reading.header import read_header
from cchc_tasks.domain.reading.prose_duties.actors import (
    begins_unit,
    cooperating_in,
    leading_in_brackets,
    read_ordered,
    read_subject,
    units_of_heading,
)
from cchc_tasks.domain.reading.prose_duties.clauses import clauses, cut, sentences
from cchc_tasks.domain.reading.prose_duties.contradictions import contradictions
from cchc_tasks.domain.reading.prose_duties.deeds import DEED
from cchc_tasks.domain.reading.prose_duties.fields import gives_days, read_field
from cchc_tasks.domain.reading.prose_duties.handing_in import address_in, forms_in, receiver_in, through_in
from cchc_tasks.domain.reading.prose_duties.outline import LEAD_IN, OPENING, Passage, passages
from cchc_tasks.domain.reading.prose_duties.quotas import Quota, read_quota
from cchc_tasks.domain.reading.prose_duties.sections import asks_for_nothing, is_of_regime
from cchc_tasks.domain.reading.prose_duties.times import Timed, may_name_a_time, read_times
from cchc_tasks.domain.reading.prose_duties.wording import pieces, product_of, time_cell, title_of


@dataclass(frozen=True, slots=True)
class ProseDuty:
    """A duty as a sentence asks for it; `cells` hold printed words under the keys of an appendix's row.

    An empty "lead" says that neither the sentence nor its headings name who acts.
    """

    title: str
    cells: Mapping[str, str]
    headings: tuple[str, ...]
    sentence: str
    receiver: str | None = None
    through: str | None = None
    forms: tuple[str, ...] = ()
    address: str | None = None
    quota: Quota | None = None

    @property
    def group(self) -> str | None:
        """The headings it stands under as one label, the outermost first."""
        return " / ".join(self.headings) or None


def read_prose(document: SourceDocument, years: Years | None) -> tuple[tuple[ProseDuty, ...], tuple[Question, ...]]:
    """The duties in the text outside the tables of the issuing plan, and where the document contradicts itself.

    `years` are the plan's. Citations, subject years, aims, target figures, the lines of the reporting regime and what
    a report tells of the past are no duties; a report has some only where it says what comes next.
    """
    header, _ = read_header(document)
    body = list(passages(document))
    return tuple(_duties(body, header, years or header.years)), contradictions(header, body)


def _duties(body: Sequence[Passage], header: DocumentHeader, years: Years | None) -> Iterator[ProseDuty]:
    is_report = header.type == _REPORT
    task: Passage | None = None
    fields: dict[str, str] = {}
    for passage in body:
        given = read_field(passage.text)
        if given and task and _stands_below(passage, task):
            fields.setdefault(*given)
            continue
        yield from _of_fields(task, fields, years)
        task, fields = None, {}
        if passage.level != OPENING and not asks_for_nothing(passage, is_report=is_report):
            task = passage
            yield from _Reader(passage, header, years).duties()
    yield from _of_fields(task, fields, years)


def _stands_below(field: Passage, task: Passage) -> bool:
    """Whether a line gives a cell of the task above it; "2. Thời gian: …" beside "1. …" is said of the whole plan."""
    return task in field.above or (task.level == field.level and task.level >= LEAD_IN)


_REPORT = "BC"


def _of_fields(task: Passage | None, fields: Mapping[str, str], years: Years | None) -> Iterator[ProseDuty]:
    """The duty whose cells stand below it, line by line, where one of them says when."""
    if task is None or is_of_regime(task, task.text) or not gives_days(fields.get("time", ""), years):
        return
    sentence = next(sentences(task.text), task.text)
    subject = read_subject(sentence)
    cells = {key: fields.get(key, "") for key in _CELLS}
    cells["lead"] = cells["lead"] or subject.lead or _lead_above(task)
    yield ProseDuty(_capitalised(sentence[subject.deed :].strip(_MARKS)), cells, task.headings, task.text)


_CELLS = ("product", "time", "lead", "cooperating")
_MARKS = " .,;:-–/("


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lead_above(passage: Passage) -> str:
    """The units that the nearest heading or lead-in above asks, as printed; "" where none does."""
    for above in reversed(passage.above):
        if above.level == OPENING:
            return read_ordered(above.text)
        lead = units_of_heading(above.text) or read_subject(above.text).lead
        if lead:
            return lead
    return ""


def _cooperating_above(passage: Passage) -> str:
    return next(
        (
            units
            for above in reversed(passage.above)
            if above.text.endswith(":") and (units := cooperating_in(above.text))
        ),
        "",
    )


@dataclass(slots=True)
class _Reader:
    """Reads one passage; who acted in a sentence acts in the next unless that says otherwise."""

    passage: Passage
    header: DocumentHeader
    years: Years | None
    acting: str = ""
    before: str = ""  # the clause that fields behind it are said of
    owes: bool = False  # whether it has a time
    beside: dict[str, str] = field(default_factory=dict)  # those fields so far

    def duties(self) -> list[ProseDuty]:
        found: list[ProseDuty] = []
        if not may_name_a_time(self.passage.text):
            return found
        for sentence in sentences(self.passage.text):
            for clause in (piece for one in clauses(sentence) for piece in cut(one, _LONGEST_CLAUSE)):
                if self.before and (given := self._field(clause)):
                    found = self._with_field(found, given, sentence)
                    continue
                owed = list(self._of_clause(clause, sentence))
                if found and not owed:
                    found[-1] = _handed_in(found[-1], clause)
                found += owed
                self.before, self.owes, self.beside = clause, bool(owed), {}
        return found

    def _field(self, clause: str) -> tuple[str, str] | None:
        """A cell that a clause gives the task before it: "Thời gian: tháng 3/2024", "Phụ trách: Tổ Văn phòng"."""
        given = read_field(clause)
        if given is None:
            return None
        key, words = given
        if key == "time":
            return given if gives_days(words, self.years) else None
        if key == "lead" and (self.acting or (_PERSON.match(clause) and _lead_above(self.passage))):
            return None
        named = key in ("lead", "cooperating") and begins_unit(words) and not may_name_a_time(words)
        return given if named else None

    def _with_field(self, found: list[ProseDuty], given: tuple[str, str], sentence: str) -> list[ProseDuty]:
        key, words = given
        if key == "time":
            found, self.owes = [*found, self._duty(self.before, sentence, 0, words)], True
        else:
            self.beside[key] = words
        if not self.owes:
            return found
        return [*found[:-1], replace(found[-1], cells={**found[-1].cells, **self.beside})]

    def _of_clause(self, clause: str, sentence: str) -> Iterator[ProseDuty]:
        times = read_times(clause, self.years, self.header.issued_on)
        start = _behind_time(clause, times)
        subject = read_subject(clause, start)
        self.acting = subject.lead or leading_in_brackets(clause) or self.acting
        if not times or is_of_regime(self.passage, clause) or not _asks(clause, subject.deed):
            return
        for place, piece, own in pieces(clause, times):
            duty = self._duty(piece, sentence, subject.deed if place == 0 else 0, time_cell(piece, own))
            if duty.title:
                yield duty

    def _duty(self, clause: str, sentence: str, deed: int, time: str) -> ProseDuty:
        title = title_of(clause[deed:], time)
        cells = {
            "product": product_of(title),
            "time": time,
            "lead": self.acting or _lead_above(self.passage),
            "cooperating": cooperating_in(clause) or _cooperating_above(self.passage),
        }
        return ProseDuty(
            title,
            cells,
            self.passage.headings,
            sentence,
            receiver_in(clause),
            through_in(clause),
            forms_in(clause),
            address_in(clause),
            read_quota(time) or read_quota(clause),
        )


_LONGEST_CLAUSE = 4000
_PERSON = re.compile(r"\W*(?:người|cá nhân)\s", re.IGNORECASE)  # whom to ask, where a unit acts


def _handed_in(duty: ProseDuty, clause: str) -> ProseDuty:
    """The duty with what a clause behind it says of how its result is handed in: "gửi kèm bản mềm vào địa chỉ …"."""
    if not _HANDED.search(clause):
        return duty
    return replace(
        duty,
        receiver=duty.receiver or receiver_in(clause),
        through=duty.through or through_in(clause),
        forms=tuple(dict.fromkeys((*duty.forms, *forms_in(clause)))),
        address=duty.address or address_in(clause),
    )


_HANDED = re.compile(r"(?<!\w)(?:gửi|nộp|kèm|bản mềm|file|qua)(?!\w)", re.IGNORECASE)
_TOLD = re.compile(r"(?:đã|đang|được|bị|vừa|không)(?!\w)", re.IGNORECASE)
_CITED = re.compile(
    r"(?:nghị định|nghị quyết|quyết định|thông tư|luật|chỉ thị|kế hoạch|công văn|văn bản|kết luận)\s+(?:số\s+)?\d",
    re.IGNORECASE,
)
_DEED = re.compile(DEED.pattern, re.IGNORECASE)
_AIM = re.compile(
    r"\W*(?:phấn đấu|tỷ lệ|tỉ lệ|mức độ|chỉ số|đạt|có (?:trên|ít nhất|tối thiểu)?\s*\d+\s*%|\d+\s*%|trên \d+|giảm"
    r"|tăng (?!cường))",
    re.IGNORECASE,
)


def _asks(clause: str, deed: int) -> bool:
    """Whether a clause asks for a deed, and does not tell of one, name an aim or cite what another document asks."""
    rest = clause[deed:].lstrip(" ,-")
    return (
        not _TOLD.match(rest) and not _AIM.match(rest) and not _CITED.match(rest) and _DEED.search(clause) is not None
    )


def _behind_time(clause: str, times: Sequence[Timed]) -> int:
    """Where a clause goes on behind a time that stands at its head: "Trước ngày 15/3, các trường gửi …"."""
    if not times:
        return 0
    ahead = _AHEAD.match(clause)
    begin = ahead.end() if ahead else 0
    if not clause[begin : times[0].start].strip(_MARKS):
        begin = times[0].end
    rest = clause[begin:]
    return len(clause) - len(rest.lstrip(" ,:-–)")) if begin else 0


_AHEAD = re.compile(
    r"(?:định kỳ\s*,?\s+)?(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)\s*,\s*|định kỳ,?\s+(?=trước|vào|ngày)"
    r"|(?:trong\s+)?(?:tháng|quý|tuần)\s[^:,;.]{1,20}:\s*",
    re.IGNORECASE,
)
