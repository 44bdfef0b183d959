"""From recognised pieces to the parts of a phrase: which words label which time, and what stayed unread."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cchc_tasks.domain.reading.time_phrases.joins import MARKS, SEPARATORS, TIMES, WORDS, joined
from cchc_tasks.domain.reading.time_phrases.meanings import Asked, Meaning, Ongoing, Place
from cchc_tasks.domain.reading.time_phrases.tokens import KINDS, Token, kinds


@dataclass(slots=True)
class Segment:
    """Times that share a label; all places are of the normalised phrase."""

    meanings: list[tuple[Meaning, str | None]] = field(default_factory=list)  # with the hour, where one is printed
    label: Place | None = None
    condition: Place | None = None
    event: Place | None = None
    times: Place | None = None


def segments(tokens: list[Token], text: str) -> Iterator[Segment]:
    """The parts of a phrase, in order; a clause that only cites a document is none beside others."""
    clauses = list(_clauses(tokens, text))
    for clause in clauses:
        if len(clauses) > 1 and _only_cites(clause):
            continue
        asked = _leftovers_asked(_doubted(clause))
        pieces = joined(asked)
        if _has_exception(asked):
            whole = pieces[0].start, pieces[-1].end
            yield Segment([(Asked("deadline-unread", whole), None)])
        elif any(token.kind in TIMES for token in pieces):
            yield from _timed(_orphans_asked(pieces))
        elif any(token.kind not in MARKS for token in pieces):
            yield _untimed(pieces)


_TIME_LIKE = kinds("DAY WEEK MONTH QUARTER YEAR YEARNUM WEEKDAY CLOCK SPAN YEARSPAN DATE PERIOD SLASH")
_OPENERS = kinds("WHEN AFTERWHEN BEFOREWHEN ACCORDING SUDDEN")
_CONDITIONS = kinds("WHEN AFTERWHEN BEFOREWHEN SUDDEN")
_BESIDES = kinds("AND OR")
_CITED = kinds("CITED INSTEAD")
_CITING = kinds("SYMBOL LAW NUMBERED OF") | _CITED | MARKS
_LEFTOVER = re.compile(f"[^{''.join(WORDS | TIMES | MARKS)}]|{KINDS['DASH']}")
_CUTS = kinds("SEMI BREAK DOT")
_BARE = kinds("BARE LENGTH")
_TOPICS = kinds("TOPIC BARE LENGTH")
_OF_CYCLES = kinds("DAYNUM DAYNAME CYCLEDAY")
_BY_RULE = kinds("ACCORDING INSTEAD")
_CONDITION_ENDS = TIMES | MARKS - kinds("AND QUOTE DASH")
_OUTER_MARKS = MARKS - kinds("OPEN CLOSE")
_ENDS_OF_CLAUSES = kinds("SEMI BREAK")
_DUBIOUS, _GARBLED, _TOPIC = KINDS["DUBIOUS"], KINDS["GARBLED"], KINDS["TOPIC"]
_ASK, _BREAK, _CLOSE, _COLON, _DASH, _DOT, _EXCEPT, _OPEN, _PROMPT, _SUDDEN = (
    KINDS[name] for name in ("ASK", "BREAK", "CLOSE", "COLON", "DASH", "DOT", "EXCEPT", "OPEN", "PROMPT", "SUDDEN")
)


def _clauses(tokens: list[Token], text: str) -> Iterator[list[Token]]:
    """Cut at semicolons and line ends outside brackets, and at full stops before a new sentence."""
    if not any(token.kind in _CUTS for token in tokens):
        yield tokens
        return
    clause: list[Token] = []
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.kind == _OPEN) - (token.kind == _CLOSE)
        ends = token.kind in _ENDS_OF_CLAUSES
        if token.kind == _DOT and place + 1 < len(tokens):
            following = tokens[place + 1]
            spaced = following.start > token.end
            ends = following.kind == _DASH or (spaced and text[following.start].isupper())
        if ends and place + 1 < len(tokens) and tokens[place + 1].kind == _EXCEPT:
            ends = False
        if ends and depth <= 0:
            yield clause
            clause = []
        else:
            clause.append(token)
    yield clause


def _only_cites(clause: list[Token]) -> bool:
    """Whether a clause names a document or what was given up, and nothing that somebody would have to do."""
    return any(token.kind in _CITED for token in clause) and all(token.kind in _CITING for token in clause)


def _doubted(clause: list[Token]) -> list[Token]:
    """Mark a word beside a time, and beside no other word, that may be a mistyped word of time: "tước tháng 6"."""
    if not any(token.kind == _DUBIOUS for token in clause):
        return clause
    marked: list[Token] = []
    for before, token, after in zip([None, *clause], clause, [*clause[1:], None], strict=False):
        beside = [one for one in (before, after) if one is not None]
        doubted = (
            token.kind == _DUBIOUS
            and any(one.kind in TIMES for one in beside)
            and not any(one.kind in WORDS for one in beside)
        )
        marked.append(token._replace(kind=_GARBLED) if doubted else token)
    return marked


def _leftovers_asked(clause: list[Token]) -> list[Token]:
    """Turn every stretch of time words that the grammar left over into a question, with the times beside it.

    What stands unread beside a date may change it, so the date is not believed either.
    """
    if not _LEFTOVER.search("".join([token.kind for token in clause])):
        return clause
    asked: list[Token] = []
    stretch: list[Token] = []
    for token in [*clause, None]:
        if token is not None and token.kind not in WORDS:
            stretch.append(token)
            continue
        asked += _asked(stretch)
        stretch = []
        if token is not None:
            asked.append(token)
    return asked


def _asked(stretch: list[Token]) -> list[Token]:
    left = [token for token in stretch if token.kind not in TIMES and token.kind not in MARKS]
    dashed = any(
        one.kind == _DASH and before.kind in TIMES and after.kind in TIMES
        for before, one, after in zip(stretch, stretch[1:], stretch[2:], strict=False)
    )
    timed = any(token.kind in TIMES for token in stretch)
    if not dashed and not (left and timed) and not any(token.kind in _TIME_LIKE for token in left):
        return stretch
    core = [token for token in stretch if token.kind not in MARKS]
    place = core[0].start, core[-1].end
    known = [token for token in core if token.kind == _ASK]
    meaning = known[0].value if len(known) == len(core) else Asked("deadline-unread", place)
    first, last = stretch.index(core[0]), stretch.index(core[-1])
    return [*stretch[:first], Token(_ASK, meaning, *place), *stretch[last + 1 :]]


def _orphans_asked(pieces: list[Token]) -> list[Token]:
    """Ask about an item of a list that ends in a bare unit beside items that are dated.

    In "báo cáo quý I, báo cáo năm" the year's report has no date of its own, and must not become another's label.
    """
    asked: list[Token] = []
    item: list[Token] = []
    for token in [*pieces, None]:
        if token is not None and token.kind not in SEPARATORS:
            item.append(token)
            continue
        words = [one for one in item if one.kind not in MARKS]
        if words and words[-1].kind in _BARE and not any(one.kind in TIMES for one in item):
            item[item.index(words[-1])] = Token(_ASK, words[-1].value, *words[-1].place)
        asked += item if token is None else [*item, token]
        item = []
    return _rhythm_asked(asked)


def _rhythm_asked(pieces: list[Token]) -> list[Token]:
    """Ask about a bare unit beside work that goes on all the time: "Thường xuyên (lồng ghép trong báo cáo quý)"."""
    dated = [token for token in pieces if token.kind in TIMES]
    if not all(token.kind == KINDS["DATED"] and isinstance(token.value[0], Ongoing) for token in dated):
        return pieces
    return [Token(_ASK, token.value, *token.place) if token.kind == KINDS["BARE"] else token for token in pieces]


def _has_exception(pieces: list[Token]) -> bool:
    """Whether a date of its own is given to a part, or taken from one: "Trừ tháng 7, hàng tháng trước ngày 25"."""
    start = next((place for place, token in enumerate(pieces) if token.kind == _EXCEPT), len(pieces))
    times = [place for place, token in enumerate(pieces) if token.kind in TIMES or _is_topic(token)]
    if len(times) < 2 or start > times[-1]:
        return False
    first = pieces[times[0]]
    return not (first.kind == KINDS["DATED"] and isinstance(first.value[0], Ongoing))


def _is_topic(token: Token) -> bool:
    return token.kind == _TOPIC and token.value is not None


# --- labels ---


def _timed(pieces: list[Token]) -> Iterator[Segment]:
    """Group the times of a clause with their labels.

    Times with nothing but commas between them share one label. Words stand before their time ("Kế hoạch quý I,
    báo cáo quý IV") unless the clause begins with a time ("Tháng 3 lập kế hoạch, tháng 12 báo cáo").
    """
    condition, event, pieces = _without_condition(pieces)
    groups, gaps = _groups(pieces)
    begins_with_time = not _has_words(gaps[0])
    labels: list[list[Token]] = [gaps[0]]
    for gap in gaps[1:-1]:
        tail, head = _split(gap, to_the_left=begins_with_time)
        labels[-1] = labels[-1] if _has_words(labels[-1]) else tail
        labels.append(head)
    if not _has_words(labels[-1]):
        labels[-1] = gaps[-1]
    for group, label in zip(groups, labels, strict=True):
        times = group[0].start, group[-1].end
        yield Segment([_meaning(token) for token in group], _place(_named(label)), condition, times=times)
    if event:
        yield Segment(event=event)


def _without_condition(pieces: list[Token]) -> tuple[Place | None, Place | None, list[Token]]:
    """Take out the words of a condition ("khi có yêu cầu") or of an event beside the times ("và đột xuất").

    Both reach to the next mark or time. Words joined by "và" or "hoặc" come on top of the times, the others hold
    for them.
    """
    start = next((place for place, token in enumerate(pieces) if token.kind in _CONDITIONS), None)
    if start is None:
        return None, None, pieces
    end = next((place for place in range(start, len(pieces)) if pieces[place].kind in _CONDITION_ENDS), len(pieces))
    place = pieces[start].start, pieces[end - 1].end
    rest = [*pieces[:start], *pieces[end:]]
    besides = pieces[start].kind == _SUDDEN or (start and pieces[start - 1].kind in _BESIDES)
    return (None, place, rest) if besides else (place, None, rest)


def _groups(pieces: Iterable[Token]) -> tuple[list[list[Token]], list[list[Token]]]:
    """Times without words between them, and the words before, between and after these groups."""
    groups: list[list[Token]] = []
    gaps: list[list[Token]] = [[]]
    for token in pieces:
        if token.kind not in TIMES:
            gaps[-1].append(token)
        elif groups and not _has_words(gaps[-1]):
            groups[-1].append(token)
            gaps[-1] = []
        else:
            groups.append([token])
            gaps.append([])
    return groups, gaps


def _split(gap: list[Token], *, to_the_left: bool) -> tuple[list[Token], list[Token]]:
    """Words between two times: those after the last comma belong to the second, if there are any."""
    commas = [place for place, token in enumerate(gap) if token.kind in SEPARATORS]
    for comma in reversed(commas):
        if _has_words(gap[comma:]):
            return gap[:comma], gap[comma:]
        if to_the_left:
            return gap[:comma], []
    return (gap, []) if to_the_left else ([], gap)


def _meaning(token: Token) -> tuple[Meaning, str | None]:
    if token.kind == _ASK:
        return token.value, None
    if token.kind in _OF_CYCLES:
        return Asked("deadline-unread", token.place), None
    meaning, hour = token.value
    return meaning, hour


def _untimed(pieces: list[Token]) -> Segment:
    """A clause without a time: an event, "kịp thời", a year that may be its time, or just words."""
    for place, token in enumerate(pieces):
        if token.kind in _OPENERS:
            return Segment(label=_place(pieces[:place]), event=_place(pieces[place:]))
        if token.kind == _PROMPT:
            return Segment([(Ongoing(), None)], label=_place(pieces[:place]))
    topics = [token for token in pieces if token.kind in _TOPICS and token.value]
    whole = _place(pieces) or (pieces[0].start, pieces[-1].end)
    meaning = topics[-1].value if topics else Asked("deadline-missing", whole)
    return Segment([(meaning, None)], label=whole)


def _named(label: list[Token]) -> list[Token]:
    """Without a leading "theo …" or "thay cho …", which say by what rule or in place of what, and not what for."""
    first = next((token for token in label if token.kind not in MARKS), None)
    by_rule = first is not None and first.kind in _BY_RULE
    return [] if by_rule and not any(token.kind == _COLON for token in label) else label


def _has_words(tokens: Iterable[Token]) -> bool:
    return any(token.kind in WORDS for token in tokens)


def _place(tokens: Sequence[Token]) -> Place | None:
    """From the first to the last token that is no mark."""
    core = [token for token in tokens if token.kind not in _OUTER_MARKS]
    while core and core[-1].kind == _OPEN:
        core.pop()
    return (core[0].start, core[-1].end) if _has_words(core) else None
