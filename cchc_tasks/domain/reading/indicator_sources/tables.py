"""The indicators of a document's tables: phases and areas from the rows above, leads where they are merged."""

import re
from collections.abc import Iterator
from dataclasses import replace

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import Question, UnitMention
from cchc_tasks.domain.reading.indicator_sources.bullets import bullets, plain_text
from cchc_tasks.domain.reading.indicator_sources.indicator import Indicator
from cchc_tasks.domain.reading.indicator_sources.layouts import Layout, Values
from cchc_tasks.domain.reading.indicator_sources.phases import Phase, phase_of
from cchc_tasks.domain.reading.indicator_sources.rows import TableRow, table_rows
from cchc_tasks.domain.reading.indicator_sources.values import Measured, is_amount, measured
from cchc_tasks.domain.reading.targets import read_targets, target_questions
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.reading.unit_cells.words import AS_ABOVE, words_for
from cchc_tasks.domain.reading.units import read_units


def indicators_of_tables(document: SourceDocument, years: Years | None) -> tuple[list[Indicator], list[Question]]:
    """The indicators of every table of them, row by row, and what is to be asked of their cells."""
    indicators: list[Indicator] = []
    questions: list[Question] = []
    for rows in table_rows(document):
        table = _Table(years)
        for row in rows:
            indicators += table.add(row)
        questions += table.questions
    return indicators, questions


class _Table:
    """What the rows so far say about the next: phase, areas, and those who answer."""

    def __init__(self, years: Years | None) -> None:
        self.questions: list[Question] = []
        self._years = years
        self._phase: Phase | None = None
        self._phase_number = ""
        self._headings: list[tuple[str, str]] = []
        self._lead_of_heading = ""
        self._number = self._area = ""
        self._units = {"lead": "", "cooperating": ""}

    def add(self, row: TableRow) -> Iterator[Indicator]:
        """The indicators of a row; none where it only names a phase or an area."""
        number = row.at(row.layout.number).strip(" .)")
        label = _label(row)
        if label and _is_heading(row, number, label):
            self._begin(row, number, label)
            return
        layout = row.layout
        new = bool(number or row.at(layout.area) or row.at(layout.name))
        self._number = self._full(number) if new else self._number
        self._area = " ".join(row.at(layout.area).split()) or ("" if new else self._area)
        leads = self._in_role("lead", row.at(layout.lead), layout, new=new)
        helping = self._in_role("cooperating", row.at(layout.cooperating), layout, new=new)
        for values in layout.values:
            for one, heading in self._measured(row, values):
                phase = values.phase or self._phase
                yield Indicator(
                    phase=phase.label if phase else None,
                    first_on=phase.first_on if phase else None,
                    last_on=phase.last_on if phase else None,
                    area=heading,
                    number=self._number,
                    text=one.text,
                    target=one.target,
                    leads=leads,
                    cooperating=helping,
                )

    def _begin(self, row: TableRow, number: str, label: str) -> None:
        if not number and (found := _NUMERAL.match(label)):
            number, label = found[1], label[found.end() :]
        if phase := phase_of(label):
            self._phase, self._phase_number, self._headings = phase, number, []
        else:
            kept = [one for one in self._headings if _rank(one[0]) < _rank(number)]
            self._headings = [*kept, (number, label)]
        self._lead_of_heading = row.at(row.layout.lead)
        self._units = {"lead": self._lead_of_heading, "cooperating": row.at(row.layout.cooperating)}

    def _full(self, number: str) -> str:
        """A row's number behind those of its phase and areas: "A.1"; of "1.1" under "1" only "1.1"."""
        above = [self._phase_number, *(one for one, _ in self._headings)]
        return ".".join(one for one in (*above, number) if one and (one == number or not number.startswith(f"{one}.")))

    def _measured(self, row: TableRow, values: Values) -> Iterator[tuple[Measured, str | None]]:
        """What a row sets in a column: a figure for what the row names, or targets in words; each with its area."""
        cell, layout = row.at(values.place), row.layout
        heading = self._headings[-1][1] if self._headings else None
        name = plain_text(row.at(layout.name))
        if not cell or not cell.strip(" -–—…./"):
            if name and values is layout.values[0] and not any(row.at(one.place) for one in layout.values):
                yield Measured(" ".join(name.split()), None), self._area or heading
        elif layout.name is not None or (self._area and is_amount(cell)):
            subject = name or self._area
            one, asks = measured(subject, plain_text(cell), row.at(layout.unit) or values.unit or "")
            self.questions += asks
            yield one, (self._area or heading) if name else heading
        else:
            for text in bullets(cell):
                self.questions += target_questions(text, "indicators")
                for target in read_targets(text) or (None,):
                    yield Measured(text, target), self._area or heading

    def _in_role(self, role: str, cell: str, layout: Layout, *, new: bool) -> tuple[UnitMention, ...]:
        """Those a cell names; where it is blank the ones of its area, or of the row that it goes on with."""
        cell = self._units[role] if _is_as_above(cell) else cell
        if not cell:
            cell = self._units[role] if not new else self._lead_of_heading if role == "lead" else ""
        if role == "lead" and not cell and layout.lead is not None:
            self.questions.append(_lead_missing(self._number or self._area, self._units["lead"]))
        elif cell:
            self._units[role] = cell
        reading = read_units("\n".join(_listed(cell)), self._years)
        self.questions += (replace(one, about="indicators") for one in reading.questions)
        return tuple(unit for unit in reading.units if unit.role in (None, role))


_NUMERAL = re.compile(r"([IVXLC]+|[A-ZĐ]|\d{1,2})\s*[.)/:-]\s*(?=\S)")
_SEPARATE = re.compile(r"(?:^|(?<=\s))[-–+•*]\s+(?=\S)")
_AS_ABOVE = frozenset(search_key(words) for words in AS_ABOVE.split("|"))


def _label(row: TableRow) -> str:
    """The words of a row that has neither a target nor a unit of measure; empty where it has any."""
    layout = row.layout
    texts = {place: " ".join(text.split()) for place, text in enumerate(row.texts) if text.strip()}
    for place in (layout.number, layout.lead, layout.cooperating):
        if place is not None and len(texts) > 1:
            texts.pop(place, None)
    words = list(dict.fromkeys(texts.values()))
    return words[0] if len(words) == 1 else ""


def _is_heading(row: TableRow, number: str, label: str) -> bool:
    if phase_of(_NUMERAL.sub("", label, count=1)):
        return True
    layout = row.layout
    if read_targets(label) or number[:1].islower():
        return False
    if any(row.at(one.place) for one in layout.values):
        return _rank(number) < _DECIMAL or (not number and label.isupper())
    return _rank(number) < _DECIMAL or not (row.at(layout.lead) or row.at(layout.unit))


_DECIMAL = 2


def _rank(number: str) -> int:
    """How deep a numeral stands: capitals, Roman numerals, then numbers by their points."""
    if re.fullmatch("[IVXLC]+", number):
        return 1
    if re.fullmatch("[A-ZĐ]", number):
        return 0
    return _DECIMAL + number.count(".")


def _listed(cell: str) -> Iterator[str]:
    """The units of a cell listed with signs on one line, each apart; "Kế hoạch - Tài chính" stays together."""
    waiting = ""
    for piece in _SEPARATE.split(plain_text(cell)):
        text = piece.strip().rstrip(".")
        if waiting and not words_for(text).begins_unit(text):
            waiting += f" - {text}"
            continue
        if waiting:
            yield waiting
        waiting = text
    if waiting:
        yield waiting


def _is_as_above(cell: str) -> bool:
    return search_key(cell).strip(" -.") in _AS_ABOVE


def _lead_missing(number: str, above: str) -> Question:
    proposal = " ".join(above.split()) or None
    text = f"Chỉ tiêu “{number}” chưa ghi đơn vị chủ trì"
    return Question(
        code="indicator-lead-missing",
        about="indicators",
        text=f"{text}, đề xuất “{proposal}” như dòng trên." if proposal else f"{text}.",
        proposal=proposal,
    )
