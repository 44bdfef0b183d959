"""The numbers that Word counts itself: "1.", "a)", "II", as they are printed before a paragraph that holds none.

ECMA-376, part 1, section 17.9: a paragraph, or its style, names an instance and a level of a list; instances of one
abstract list count on together unless they start anew.
"""

from dataclasses import dataclass

from lxml import etree

from cchc_tasks.adapters.documents.office_markup import attribute_of, child_of, name_of, number_of, value_of

MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str


class Numbering:
    """Counts the paragraphs of a document's lists, asked in reading order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        parts = [] if numbering is None else list(numbering)
        abstract = {attribute_of(part, "abstractNumId"): part for part in parts if name_of(part) == "abstractNum"}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}  # by instance: its abstract list, and the levels
        self._restarts: dict[str, dict[int, int]] = {}
        for part in parts:
            instance, of = attribute_of(part, "numId"), value_of(part, "abstractNumId")
            if name_of(part) == "num" and instance and of and of in abstract:
                self._lists[instance] = (of, _levels(abstract[of], part))
                self._restarts[instance] = _restarts(part)
        self._styles = _numbered_styles(styles)
        self._counts: dict[str, list[int | None]] = {}

    def before(self, paragraph: etree._Element) -> str:
        """The number printed before a paragraph, "-" for any bullet, "" where it is in no list."""
        properties = child_of(paragraph, "pPr")
        instance, level = self._place(properties)
        if instance not in self._lists or level >= MOST_LEVELS:
            return ""
        of, levels = self._lists[instance]
        counts = self._counts.setdefault(of, [None] * MOST_LEVELS)
        start = self._restarts[instance].pop(level, None)
        known = counts[level]
        first = levels[level].start if level in levels else 1
        counts[level] = start if start is not None else first if known is None else known + 1
        counts[level + 1 :] = [None] * (MOST_LEVELS - level - 1)
        return _printed(level, levels, counts)

    def _place(self, properties: etree._Element | None) -> tuple[str, int]:
        """The instance and level a paragraph names, or its style does."""
        own = child_of(properties, "numPr")
        style = self._styles.get(value_of(properties, "pStyle") or "", ("", 0))
        instance = value_of(own, "numId")
        level = value_of(own, "ilvl")
        return instance if instance is not None else style[0], number_of(level, style[1])


_MOST_ANCESTORS = 10
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LETTERS = 26
_MOST_COUNTED = 10_000


def _levels(abstract: etree._Element, instance: etree._Element) -> dict[int, _Level]:
    """The levels of a list, those of the instance's own before the abstract ones."""
    overrides = [child_of(part, "lvl") for part in instance if name_of(part) == "lvlOverride"]
    own = [part for part in overrides if part is not None]
    levels = [part for part in abstract if name_of(part) == "lvl"]
    return {number_of(attribute_of(level, "ilvl"), 0): _level(level) for level in (*levels, *own)}


def _level(element: etree._Element) -> _Level:
    return _Level(
        start=number_of(value_of(element, "start"), 1),
        format=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText") or "",
    )


def _restarts(instance: etree._Element) -> dict[int, int]:
    """By level, where an instance starts anew."""
    found = (
        (number_of(attribute_of(part, "ilvl"), 0), value_of(part, "startOverride"))
        for part in instance
        if name_of(part) == "lvlOverride"
    )
    return {level: number_of(start, 1) for level, start in found if start is not None}


def _numbered_styles(styles: etree._Element | None) -> dict[str, tuple[str, int]]:
    """The instance and level of each paragraph style that names a list, or is based on one that does."""
    listed = [style for style in (() if styles is None else styles) if name_of(style) == "style"]
    by_id = {attribute_of(style, "styleId") or "": style for style in listed}
    found: dict[str, tuple[str, int]] = {}
    for name, style in by_id.items():
        ancestor: etree._Element | None = style
        for _ in range(_MOST_ANCESTORS):
            own = child_of(ancestor, "pPr", "numPr")
            instance = value_of(own, "numId")
            if instance is not None:
                found[name] = (instance, number_of(value_of(own, "ilvl"), 0))
            if instance is not None or ancestor is None:
                break
            ancestor = by_id.get(value_of(ancestor, "basedOn") or "")
    return found


def _printed(level: int, levels: dict[int, _Level], counts: list[int | None]) -> str:
    shape = levels.get(level)
    if shape is None or shape.format == "none":
        return ""
    if shape.format == "bullet":
        return "-"
    text = shape.text
    for above in range(level + 1):
        written = levels.get(above, shape)
        count = counts[above]
        text = text.replace(f"%{above + 1}", _written(written.start if count is None else count, written.format))
    return text.strip()


def _written(count: int, form: str) -> str:
    """A number in letters, in Roman figures, with a nought before it or plain."""
    if not 0 < count < _MOST_COUNTED:
        return str(count)
    match form:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (count - 1) % _LETTERS) * ((count - 1) // _LETTERS + 1)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman":
            letters = _roman(count)
            return letters if form == "lowerRoman" else letters.upper()
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)


def _roman(count: int) -> str:
    letters = ""
    for value, figure in _ROMAN:
        letters += figure * (count // value)
        count %= value
    return letters
