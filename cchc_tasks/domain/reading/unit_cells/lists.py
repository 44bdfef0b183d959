"""Which phrases of a cell are one name: names that hold commas and "và", groups of several kinds, shared heads."""

import re
from collections.abc import Sequence

from cchc_tasks.domain.reading.unit_cells.cutting import Cut
from cchc_tasks.domain.reading.unit_cells.phrases import Phrase
from cchc_tasks.domain.reading.unit_cells.words import (
    FIELD_BODIES,
    FIELD_KEYS,
    OFFICE_WORK,
    PLACES,
    field_key,
    is_abbreviation,
)


def names(cut: Cut, phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases with those of one name joined.

    A phrase that begins with a body, a person or a plural of its own is another name, unless it carries an open group
    on ("Các khoa, phòng"). What follows without a head of its own is weighed together: fields of government,
    abbreviations and lists under a plural are several names, anything else is the second half of one.
    """
    joined: list[Phrase] = []
    for run in _runs(cut, phrases):
        joined += _Run(cut, run).names()
    return joined


def _runs(cut: Cut, phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """The phrases parted where a name surely begins."""
    runs: list[list[Phrase]] = []
    for phrase in phrases:
        if runs and not _parts(cut, runs[-1], phrase):
            runs[-1].append(phrase)
        else:
            runs.append([phrase])
    return runs


def _parts(cut: Cut, run: Sequence[Phrase], phrase: Phrase) -> bool:
    if phrase.mark in ("hard", "dash", "colon") or phrase.role != run[-1].role or run[-1].deed:
        return True
    text = cut.printed(phrase.start, phrase.end)
    begins = cut.words.begins_unit(text)
    first, before = cut.printed(run[0].start, run[0].end), cut.printed(run[-1].start, run[-1].end)
    if begins is None and cut.words.plural.match(first) and cut.words.pattern(r".*\sliên quan").fullmatch(before):
        return cut.words.kind.fullmatch(text) is not None
    if begins is None:
        return _MISTYPED_HEAD.match(text) is not None and field_key(text.partition(" ")[2]) in FIELD_KEYS
    if begins["plural"]:
        return not _is_further_place(cut, first, text)
    if text[0].islower() and cut.words.plural.match(first) and cut.words.pattern(FIELD_BODIES).fullmatch(text):
        return False
    one_name = phrase.mark == "and" and (_is_pair(cut, before, text) or _is_field_of_people(cut, before, text))
    return not (one_name or _carries_on(cut, first, before, text) or _is_class_list(cut, before, text))


def _is_further_place(cut: Cut, first: str, text: str) -> bool:
    """ "UBND các huyện và các xã": places whose bodies share one head."""
    shared = cut.words.pattern(r"(?:ubnd|hđnd|công an)\s+(?:các|những)\s").match(first)
    return bool(shared) and cut.words.pattern(_GOVERNED).fullmatch(text) is not None


def _is_pair(cut: Cut, before: str, text: str) -> bool:
    """ "Văn phòng HĐND và UBND": one body for two councils."""
    return cut.words.pattern(_TWO_IN_ONE).fullmatch(f"{before} + {text}") is not None


def _is_field_of_people(cut: Cut, before: str, text: str) -> bool:
    """ "Cục Nhà giáo và Cán bộ quản lý giáo dục": people are what this body looks after."""
    people = cut.words.people
    field = text[0].isupper() and people.match(text) is not None
    return field and not people.match(before) and not is_abbreviation(before.rsplit(" ", maxsplit=1)[-1])


def _carries_on(cut: Cut, first: str, before: str, text: str) -> bool:
    """Whether a kind joins a group that is still open: not "các trường THPT, các trung tâm GDTX"."""
    words = cut.words
    kind = words.kind.match(text)
    if not kind or not words.open_group.fullmatch(before):
        return False
    rest = text[kind.end() :].strip()
    if words.place.match(text) and words.plural.match(first):
        return True
    return not rest[:1].isupper() or words.pattern(_QUALIFIERS).match(rest) is not None


def _is_class_list(cut: Cut, before: str, text: str) -> bool:
    """ "Cán bộ, giáo viên, nhân viên nhà trường": classes of people, none of them named."""
    words = cut.words
    ends = words.pattern(rf"(?:.*\s)?{words.people.pattern}").fullmatch(before) or words.short_people.fullmatch(before)
    kind = words.people.match(text)
    return bool(ends and kind) and not any(letter.isupper() for letter in text[1:])


_COMPLETE = rf"{PLACES}|sở|bộ"  # as the last word of a name
_GOVERNED = "(?:các|những)\\s+(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)"
_LONGEST_NAME = 6  # phrases
_MISTYPED_HEAD = re.compile(r"[A-ZĐ]\w+\s+[A-ZĐ]")
_TWO_IN_ONE = (
    r"(?:.*\W)?(?:văn phòng|vp)\s.*(?:hđnd|hội đồng nhân dân|quốc hội|đbqh|ủy|uỷ|ubnd)"
    r" \+ (?:ubnd|hđnd|hội đồng|ủy ban).*"
    r"|báo \+ đài\s.*"
)
_QUALIFIERS = r"(?:sở|bộ|ubnd|hđnd|tỉnh|thành phố|huyện|chính phủ|nhà trường|trường|ngành|cục|đảng)(?!\w)"


class _Run:
    """Phrases of which only the first has a head."""

    def __init__(self, cut: Cut, phrases: Sequence[Phrase]) -> None:
        self._cut = cut
        self._phrases = phrases
        self._texts = [cut.printed(phrase.start, phrase.end) for phrase in phrases]
        head = cut.words.body.match(self._texts[0])
        many = cut.words.pattern(r"(?:(?:ubnd|hđnd|công an)\s+)?(?:các|những)(?!\w)|(?:\S+\s+){0,2}\d+\s?%\s").match(
            self._texts[0]
        )
        self._plural = phrases[0].listed or bool(many)
        self._head = head[0] if head else ""
        self._holds_commas = bool(cut.words.named_with_commas.match(self._texts[0]))
        self._first = self._without_head()

    def names(self) -> list[Phrase]:
        """The run's phrases, joined where they are one name."""
        if len(self._phrases) == 1:
            return list(self._phrases)
        groups: list[list[Phrase]] = [[self._phrases[0]]]
        fields = self._fields()
        place = 1
        while place < len(self._phrases):
            if fields is not None:
                separate, after = place in fields, place + 1
            else:
                headless = groups[-1][0] is not self._phrases[0]
                separate, after = self._separates(place, headless=headless), self._closes(place)
            if separate:
                groups.append([])
            groups[-1] += self._phrases[place:after]
            place = after
        joined = [_joined(group) for group in groups]
        if len(joined) > 1 and self._plural and not self._phrases[0].listed:
            self._drop_plural(joined[0])
        return joined

    def _drop_plural(self, first: Phrase) -> None:
        """ "Các phòng TCCB, KHTC" names single rooms: the plural belongs to the list, not to the first of them."""
        plural = self._cut.words.pattern(r"\W*(?:các|những)\s+(?!đơn vị|cơ quan)").match(
            self._cut.text, first.start, first.end
        )
        first.start = plural.end() if plural else first.start

    def _fields(self) -> set[int] | None:
        """Where fields of government begin, when the whole run is made of such ("Sở Nội vụ, Tài chính, Tư pháp").

        Behind "Sở" and "Bộ" a first field is enough, since no field goes on behind another.
        """
        starts: set[int] = set()
        place = 0
        while place < len(self._phrases):
            end = self._longest_field(place)
            if end is None:
                government = field_key(self._head) in ("so", "bo") and place > 0
                if not government:
                    return None
                end = self._closes(place)
            starts.add(place)
            place = end
        return starts

    def _longest_field(self, place: int) -> int | None:
        """Where the longest field that begins here ends, None where none does."""
        for end in range(min(len(self._phrases), place + _LONGEST_NAME), place, -1):
            text = " ".join([self._first if place == 0 else self._texts[place], *self._texts[place + 1 : end]])
            if field_key(text) in FIELD_KEYS:
                return end
        return None

    def _without_head(self) -> str:
        text = self._texts[0]
        head = self._cut.words.pattern(r"(?:(?:các|những)\s+)?(?:sở|bộ|phòng|vụ|p\.)\s*").match(text)
        return text[head.end() :] if head else text

    def _separates(self, place: int, *, headless: bool) -> bool:
        """Whether the mark before a phrase stands between two names; `headless` says that the one before has no head.

        A phrase with a head is here only because it carries the group on.
        """
        mark, text, before = self._phrases[place].mark, self._texts[place], self._texts[place - 1]
        if self._goes_on(before, text):
            return False
        if not text[0].isupper() and not text[0].isdigit():
            return self._is_further_named_place(text) or (self._phrases[place].listed and mark == "comma")
        if mark == "line":
            return is_abbreviation(text) and is_abbreviation(before.split(" ")[-1])
        if self._plural or self._cut.words.named_person.match(self._texts[0]):
            return True
        if mark == "and":
            return self._separates_abbreviations(before, text)
        closed = self._cut.words.pattern(rf".*\s(?:{PLACES}|việt nam)").fullmatch(before) is not None
        complete = headless or closed or (self._closes(place) == place + 1 and not self._holds_commas)
        return complete or is_abbreviation(text)

    def _separates_abbreviations(self, before: str, text: str) -> bool:
        """ "Phòng TCCB và KHTC" are two rooms, "Sở NN và PTNT" and "Bộ phận TNHS và TKQ" one body each.

        A place ends the name before it ("Bệnh viện tỉnh và TTKSBT").
        """
        last = before.rsplit(" ", maxsplit=1)[-1]
        if self._cut.words.pattern(_COMPLETE).fullmatch(last) and is_abbreviation(text):
            return True
        if not (is_abbreviation(last) and is_abbreviation(text)):
            return False
        return not self._cut.words.pattern("bộ phận|trung tâm|tt").match(before) and min(len(last), len(text)) > 2

    def _is_further_named_place(self, text: str) -> bool:
        """ "UBND các phường Bắc Hà, Nam Sơn và xã Đông Lĩnh": places by name, as the first of the list."""
        named = self._cut.words.pattern(rf"(?:.*\s)?(?:{PLACES})\s+(?P<name>\w)")
        first, this = named.match(self._texts[0]), named.match(text)
        by_name = self._phrases[0].listed or (self._plural and first and first["name"].isupper())
        return bool(by_name and this and self._cut.words.place.match(text) and this["name"].isupper())

    def _goes_on(self, before: str, text: str) -> bool:
        """Whether a phrase goes on with a sort, a class, a place, a number or work and names nothing of its own.

        "Các trường MN, TH", "CB, CC", "Giáo viên Toán, Tin", "các huyện, TP", "Chi bộ 1, 2".
        """
        words = self._cut.words
        same_sort = self._is_sort(text) and (self._plural or self._is_sort(before))
        if same_sort or text.isdigit() or words.begins_unit(text):
            return True
        work = words.pattern(rf"(?:\S+\s+)?(?:{OFFICE_WORK})")
        if not self._plural and work.fullmatch(before) and work.fullmatch(text):
            return True
        if words.short_people.fullmatch(text):
            return words.short_people.fullmatch(before) is not None or words.people.match(before) is not None
        if words.people.match(self._texts[0]):
            return not is_abbreviation(text)
        ends_with_place = words.pattern(rf"(?:.*\s)?(?:{PLACES})").fullmatch(before)
        return bool(ends_with_place and words.place.fullmatch(text))

    def _closes(self, place: int) -> int:
        """Where the name ends that holds this phrase: "Kinh tế, Hạ tầng và Đô thị" goes on to the last "và"."""
        if self._plural:
            return self._longest_field(place) or place + 1
        for end in range(place, min(len(self._phrases), place + _LONGEST_NAME)):
            mark = self._phrases[end].mark
            if is_abbreviation(self._texts[end]) or self._texts[end][0].isdigit() or mark not in ("comma", "and"):
                break
            if mark == "and":
                return end + 1
        return place + 1

    def _is_sort(self, text: str) -> bool:
        sort = self._cut.words.sort.match(text)
        return sort is not None and not text[sort.end() :].strip()[:1].isupper()


def _joined(group: Sequence[Phrase]) -> Phrase:
    """One phrase of several; what is said of the last is said of all."""
    first, last = group[0], group[-1]
    first.end, first.deed = last.end, last.deed
    return first
