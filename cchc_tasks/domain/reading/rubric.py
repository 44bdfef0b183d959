"""The rubric of a PAR index read: its criteria with who answers for them and how each is scored."""

from collections.abc import Iterator
from dataclasses import replace

from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import Question, UnitMention
from cchc_tasks.domain.reading.rubric_rows.asking import about_codes, about_criterion, about_sums, name_of
from cchc_tasks.domain.reading.rubric_rows.criteria import Criterion
from cchc_tasks.domain.reading.rubric_rows.drafts import drafts_of, weighed
from cchc_tasks.domain.reading.rubric_rows.table import RubricTable, is_total, rubric_tables
from cchc_tasks.domain.reading.rubric_rows.trees import Codes
from cchc_tasks.domain.reading.units import read_units


def read_rubric(document: SourceDocument) -> tuple[tuple[Criterion, ...], tuple[Question, ...]]:
    """The criteria of all tables that score, in their order, and what is to be asked; nothing where no table does.

    A question's `about` is the code of its criterion, or its title where it has none, or "rubric" for a whole table.
    """
    tables = [read for table in rubric_tables(document) if (read := _Table(table)).scores]
    criteria = tuple(criterion for table in tables for criterion in table.criteria)
    return criteria, tuple(question for table in tables for question in table.questions())


class _Table:
    """One rubric while it is read."""

    def __init__(self, table: RubricTable) -> None:
        self._has_units, self._has_points = table.has_units, table.has_points
        rows = [row for row in table.rows if not is_total(row)]
        self._total = next((row.maximum for row in table.rows if is_total(row)), None)
        self._drafts = drafts_of(rows)
        self._weighed = [weighed(draft) for draft in self._drafts]
        self._above: list[int | None] = []
        self.criteria: list[Criterion] = []
        self._place()

    @property
    def scores(self) -> bool:
        """Whether the table gives points at all; one of indicators or tasks does not."""
        rules = sum(len(read.scored.rules) for read in self._weighed)
        pointed = rules > 0 or any(one.max_points is not None for one in self.criteria)
        return rules > 1 or (self._has_points and pointed)

    def questions(self) -> Iterator[Question]:
        for criterion, read, draft in zip(self.criteria, self._weighed, self._drafts, strict=True):
            yield from (replace(one, about=name_of(criterion)) for one in read_units(draft.row.unit).questions)
            yield from about_criterion(
                criterion, has_units=self._has_units, unsure=read.scored.unsure, unread=read.unread
            )
        yield from about_codes(self.criteria, self._above)
        yield from about_sums(self.criteria, self._above, self._total)

    def _place(self) -> None:
        codes = Codes()
        for place, (draft, read) in enumerate(zip(self._drafts, self._weighed, strict=True)):
            after_heading = place > 0 and not self._weighed[place - 1].scored.rules and self._drafts[place - 1].row.code
            level, above = codes.level_of(draft.row.code, place, below_last=bool(after_heading))
            self._above.append(above)
            units, source = self._units(place)
            self.criteria.append(
                Criterion(
                    code=draft.row.code,
                    level=level,
                    title=draft.title,
                    units=units,
                    units_from=source,
                    is_heading=False,
                    printed_max=draft.maximum,
                    max_points=draft.maximum if draft.maximum is not None else read.scored.most,
                    scheme=read.scored.scheme,
                    rules=read.scored.rules,
                    legend=read.legend,
                    cells=draft.row.cells,
                )
            )
        for place, one in enumerate(self.criteria[:-1]):
            if one.scheme is None and self.criteria[place + 1].level > one.level:
                self.criteria[place] = replace(one, is_heading=True)

    def _units(self, place: int) -> tuple[tuple[UnitMention, ...], str | None]:
        """The units of a criterion, else those of the nearest one above it that names any, with its code."""
        own = read_units(self._drafts[place].row.unit).units
        above = self._above[place]
        if own or above is None:
            return own, None
        parent = self.criteria[above]
        return parent.units, (parent.units_from or parent.code) if parent.units else None
