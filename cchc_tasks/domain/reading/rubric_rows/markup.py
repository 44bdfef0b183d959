"""The text of a rubric's cell as lines: marks of italics and of typeset formulas away, rules that run on parted."""

import re
from collections.abc import Iterator

from cchc_tasks.domain.reading.text import tidy

LONGEST_LINE = 2_000  # letters; a longer one is no rule, and is left whole
NUMBER = r"\d{1,6}(?:[.,]\d{1,6})?(?:/\d{1,3})?"

POINTS_MARK = r"(?<=[\w)%])\s*(?!(?<=\d):\d)[:=]"  # before points; "ISO 9001:2015" is a name


def lines_in(text: str) -> list[str]:
    """The lines of a cell, each without its dash or letter.

    Ends of paragraphs and of italics end a line, so do dashes where the cell begins with one, and the points of a
    rule before the next one.
    """
    found: list[str] = []
    for line in _unmarked(tidy(text)).split("\n"):
        if len(line) > LONGEST_LINE:
            found.append(line.strip())
            continue
        for piece in _at_dashes(" ".join(line.split())):
            found += (one for part in _at_points(piece) if (one := without_mark(part)))
    return found


def without_mark(line: str) -> str:
    """A line without the dash, sign or letter before it: "- …", "+ …", "a) …"."""
    mark = _MARK.match(line)
    return line[mark.end() :].strip() if mark else line.strip()


def has_mark(text: str) -> bool:
    """Whether a cell begins with a dash, a sign or a letter, as rules do."""
    return _MARK.match(_unmarked(tidy(text)).strip()) is not None


def plain_formula(text: str) -> str:
    """Typeset formulas between dollar signs as they would be typed: "(b/a)*1.0"."""
    return _TYPESET.sub(lambda found: _typed(found[1] or found[2] or found[3]), text)


_MARK = re.compile(r"\s*(?:[-–—+•*▪◦]\s+|[-–—•▪◦](?=[^\W\d_])|\(?[a-zđ][.)]\s+|\(\d{1,2}\)\s+)+")
_LINE_ENDS = re.compile(r"<br\s*/?>|</p>|</i>\s*(?=<i>)|</em>\s*(?=<em>)|</li>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_STARS = re.compile(r"^\s*(\*{1,3}|_{1,2})(?=\S)(.*?\S)\1\s*$")
_TYPESET = re.compile(r"\$([^$]+)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]")
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_DASH = re.compile(rf"\s[-–—+]\s+(?=[{_UPPER}])")
# "…: 0,1 Từ 50% …", "…: 1 điểm; chậm: 0,5 điểm", "…, nếu < 50% thì 0 điểm"
_POINTS_END = re.compile(
    rf"{POINTS_MARK}\s*[-+]?{NUMBER}(?:\s*(?:điểm|đ)\b)?(?:\s*[;,.]\s*|\s+)"
    rf"(?=[{_UPPER}]|\d[\d.,]{{0,8}}\s*%|[<>≥≤])"
    rf"|{POINTS_MARK}\s*[-+]?{NUMBER}\s*;\s*(?=[^\W\d_]|[<>≥≤])"
    rf"|(?:{NUMBER}|\bkhông(?: (?:được|tính|có))?) điểm\s*[;,.]\s*(?=[^\W\d_]|[<>≥≤]|\d{{1,6}}\s?%)"
    r"(?!\s*(?:(?:nhưng|và|tổng|trừ|cộng)\s+)*(?:tối đa|không (?:vượt )?quá|đến|tới|hết|cho)\b)"
    r"|[.,;]\s*(?=(?:nếu|Nếu|Trường hợp)\b[^:;]{0,80}(?:\d|điểm))"
)


def _unmarked(text: str) -> str:
    text = _TAG.sub("", _LINE_ENDS.sub("\n", text))
    return "\n".join(_STARS.sub(r"\2", line) for line in text.split("\n"))


def _at_dashes(line: str) -> list[str]:
    """A line that begins with a dash, at its further dashes; formulas keep theirs."""
    return _DASH.split(line) if re.match(r"[-–—+]\s", line) else [line]


def _at_points(line: str) -> Iterator[str]:
    """A line cut behind the points of each rule in it; what stands in brackets is not cut."""
    start = 0
    for found in _POINTS_END.finditer(line):
        before = line[: found.end()]
        if before.count("(") <= before.count(")"):
            yield line[start : found.end()].rstrip(" ;,")
            start = found.end()
    yield line[start:]


def _typed(formula: str) -> str:
    """A formula in TeX as one types it: the innermost fraction first."""
    plain = re.sub(r"\\(?:text|mathrm|mbox)\s*\{([^{}]*)\}", r"\1", formula.replace(r"\%", "%"))
    for mark, typed in _TEX.items():
        plain = plain.replace(mark, typed)
    for _ in range(8):
        plain, more = _FRACTION.subn(lambda found: f"{_bracketed(found[1])}/{_bracketed(found[2])}", plain)
        if not more:
            break
    return " ".join(re.sub(r"\\[a-zA-Z]+|[{}\\]", "", plain).split())


_TEX = {r"\left": "", r"\right": "", r"\times": "×", r"\cdot": "×", r"\div": ":", r"\,": " ", r"\ ": " "}
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")


def _bracketed(text: str) -> str:
    text = text.strip()
    return f"({text})" if re.search(r"[-+×*/:]", text) else text
