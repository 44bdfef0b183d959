"""The counts a report gives of work done, with their arithmetic checked."""

from dataclasses import dataclass
from fractions import Fraction

from cchc_tasks.domain.reading.counted.arithmetic import faults, is_checked
from cchc_tasks.domain.reading.counted.clauses import sentences
from cchc_tasks.domain.reading.counted.counts import Count
from cchc_tasks.domain.reading.counted.groups import Group, groups
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.header import read_header
from cchc_tasks.domain.reading.running_text import pieces


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A count of a report: how many (`value`) of what (`unit`, and in full `label`).

    `parts` are those it is said to have, whether or not they are all. `share` is the percentage printed beside it.
    `outcome` is "fits" where arithmetic was done and holds, "differs" where it does not, "unclear" for "44/12"; None
    where there is nothing to check.
    """

    label: str
    value: Fraction
    unit: str
    sentence: str
    parts: tuple["ReportedFigure", ...] = ()
    share: Fraction | None = None
    outcome: str | None = None


def read_figures(document: SourceDocument) -> tuple[tuple[ReportedFigure, ...], tuple[Question, ...]]:
    """The counts of a report (type BC), in order; of any other document none, whose figures are targets.

    A total is checked against its parts where they claim to be all of it, a share against the two counts it belongs
    to, to the decimals printed. Only what nobody could read otherwise is asked about.
    """
    header, _ = read_header(document)
    if header.type != "BC":
        return (), ()
    figures: list[ReportedFigure] = []
    questions: list[Question] = []
    for sentence in (one for text in pieces(document) for one in sentences(text)):
        for group in groups(sentence):
            asked = [Question(one.code, "figures", one.text, words=one.words) for one in faults(group)]
            questions += asked
            figures.append(_figure(group, sentence, tuple(question.code for question in asked)))
    return tuple(figures), tuple(questions)


def _figure(group: Group, sentence: str, codes: tuple[str, ...]) -> ReportedFigure:
    whole = group.whole
    outcome = "fits" if is_checked(group) else None
    if codes:
        outcome = "unclear" if "figure-unclear" in codes else "differs"
    unit = whole.noun or ""
    parts = tuple(_part(part, unit, sentence) for part in group.parts)
    value, share = whole.value, whole.share.value if whole.share else None
    if whole.out_of is not None:
        value, share, parts = whole.out_of, None, (_part(whole, unit, sentence),)
    return ReportedFigure(whole.label, value, unit, sentence, parts, share, outcome)


def _part(count: Count, unit: str, sentence: str) -> ReportedFigure:
    share = count.share.value if count.share else None
    return ReportedFigure(count.label, count.value, count.noun or unit, sentence, share=share)
