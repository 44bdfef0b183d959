"""From rows to criteria: which lines belong to which title, read and weighed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from cchc_tasks.domain.reading.rubric_rows.criteria import Rule
from cchc_tasks.domain.reading.rubric_rows.rules import (
    judged_by,
    maximum_in,
    points_in,
    proportional_words,
    read_rule,
    title_and_maximum,
)
from cchc_tasks.domain.reading.rubric_rows.schemes import Scored, scored
from cchc_tasks.domain.reading.rubric_rows.table import RubricRow
from cchc_tasks.domain.reading.rubric_rows.titles import is_legend, scores, title_before_rule
from cchc_tasks.domain.reading.text import search_key


@dataclass(slots=True)
class Draft:
    """A criterion while its rows are being collected."""

    row: RubricRow
    title: str
    maximum: Fraction | None
    lines: list[str] = field(default_factory=list)
    points: dict[str, Fraction] = field(default_factory=dict)  # of lines that have theirs in a column


@dataclass(frozen=True, slots=True)
class Weighed:
    """The lines of a criterion read: its scheme, what only explains, and what could not be read."""

    scored: Scored
    legend: tuple[str, ...]
    unread: tuple[str, ...]


def drafts_of(rows: Sequence[RubricRow]) -> list[Draft]:
    """The criteria of a table, each with its lines."""
    drafts: list[Draft] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if row.code is not None:
            drafts.append(_begun(row))
        elif not drafts:
            drafts.append(Draft(row, " ".join(row.lines), row.maximum))
        elif _goes_on(row):
            _carry_on(drafts[-1], row)
        elif (parts := _with_own_title(row, following, drafts[-1])) is not None:
            drafts.append(Draft(row, parts[0], row.maximum, list(parts[1])))
        else:
            drafts[-1].lines += row.lines
            if row.maximum is not None and len(row.lines) == 1 and not scores(row.lines[0]):
                drafts[-1].points[row.lines[0]] = row.maximum
    return drafts


def weighed(draft: Draft) -> Weighed:
    """Read the lines of a criterion."""
    rules: list[Rule] = []
    legend: list[str] = []
    others: list[str] = []
    unread: list[str] = []
    for line in draft.lines:
        rule = _rule(line, draft)
        if unread and _is_detail(unread[0]):
            unread.append(line)
        elif rule is not None and _is_detail(line):
            unread.append(line)  # points within points of the line above
        elif rule is not None:
            rules.append(rule)
        elif proportional_words(line) or judged_by(line):
            others.append(line)
            rules.append(Rule(line))
        elif legend or is_legend(line):
            legend.append(line)
        else:
            unread.append(line)
    if not rules:
        others += _surveyed(draft)
    return Weighed(scored(rules, (*others, *legend), draft.maximum), tuple(legend), tuple(unread))


def _is_detail(line: str) -> bool:
    """Whether a line says how points of the line above are made up: "Trong đó: …: 0,5; …: 0,3"."""
    return line.lower().startswith("trong đó") and scores(line)


def _begun(row: RubricRow) -> Draft:
    """A coded row: its title, the maximum printed with it, and the rules in the same cell."""
    first, lines = (row.lines[0] if row.lines else ""), list(row.lines[1:])
    if lines and not row.broken and read_rule(first) is not None:
        apart = title_before_rule(first, lines[0])
        if apart is not None:
            first, lines = apart[0], [apart[1], *lines]
    while lines and lines[0][0].islower() and not scores(lines[0]):
        first = f"{first} {lines.pop(0)}"
    title, maximum = title_and_maximum(first.removeprefix(f"{row.code}.").strip())
    stated = next((found for line in lines if (found := maximum_in(line)) is not None), None)
    return Draft(
        row,
        title,
        next((one for one in (row.maximum, stated, maximum) if one is not None), None),
        [line for line in lines if maximum_in(line) is None],
    )


def _goes_on(row: RubricRow) -> bool:
    """Whether a row is the rest of a line that a page break tore apart."""
    return row.after_break and bool(row.lines) and row.lines[0][0].islower() and not row.marked


def _carry_on(draft: Draft, row: RubricRow) -> None:
    first, *more = row.lines
    if draft.lines:
        draft.lines[-1] = f"{draft.lines[-1]} {first}"
    else:
        draft.title = f"{draft.title} {first}"
    draft.lines += more


def _with_own_title(row: RubricRow, following: RubricRow | None, before: Draft) -> tuple[str, Sequence[str]] | None:
    """The title and the rules of a row without a code that is a criterion of its own; None where it only scores.

    Behind a criterion that has no rules yet it is taken for these.
    """
    if not row.lines or row.marked or is_legend(row.lines[0]) or not (before.lines or before.title.isupper()):
        return None
    first, rest = row.lines[0], row.lines[1:]
    if not scores(first):
        scored_below = following is not None and following.code is None and any(map(scores, following.lines))
        own = any(map(scores, rest)) or (row.maximum is not None and (bool(row.unit) or scored_below))
        return (first, rest) if own else None
    if row.broken or not rest or read_rule(first) is None:
        return None
    apart = title_before_rule(first, rest[0])
    return (apart[0], (apart[1], *rest)) if apart is not None else None


def _rule(line: str, draft: Draft) -> Rule | None:
    if line in draft.points:
        return Rule(line, line.rstrip(" :"), draft.points[line])
    return read_rule(line)


def _surveyed(draft: Draft) -> Iterator[str]:
    """The title of a survey's column where it holds the criterion's points."""
    for title, text in draft.row.cells.items():
        key = search_key(title)
        if points_in(text) is not None and any(word in key for word in ("xhh", "xa hoi hoc", "dieu tra")):
            yield f"{title} (điều tra xã hội học)" if judged_by(title) is None else title
            draft.maximum = draft.maximum or points_in(text)
