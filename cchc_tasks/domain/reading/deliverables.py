"""A product cell read: what must exist at the end, how many of it, and which part of the time cell dates it."""

import re
from collections.abc import Iterator, Sequence

from cchc_tasks.domain.reading.conditions import read_condition
from cchc_tasks.domain.reading.findings import Deliverable, Part
from cchc_tasks.domain.reading.periodicity import read_quantity
from cchc_tasks.domain.reading.text import search_key, tidy


def read_deliverables(product_cell: str) -> tuple[Deliverable, ...]:
    """The checklist of a product cell, in its order and words, each with its quantity and its condition.

    Bullets, semicolons and lines that begin a document separate; semicolons in brackets or between citations do not.
    "Kế hoạch … và báo cáo …" are two, "Dự toán và quyết toán ngân sách" share their object.
    """
    items = [item for bullet in _bullets(tidy(product_cell)) for item in _items(bullet)]
    return tuple(_deliverable(title) for item in items for title in _halves(item))


def match_deliverables(
    parts: Sequence[Part], deliverables: Sequence[Deliverable]
) -> tuple[tuple[tuple[Deliverable, ...], ...], tuple[Deliverable, ...]]:
    """For each part the deliverables that its label names, and those that no label names.

    Parts without labels ("hàng quý, 6 tháng, năm") are rhythms of the same work: each takes all, as a single part
    does. A deliverable that suits several labels equally well goes to each of them.
    """
    if len(parts) == 1 or not any(part.label for part in parts):
        return tuple(tuple(deliverables) for _ in parts), ()
    matched: list[list[Deliverable]] = [[] for _ in parts]
    unmatched: list[Deliverable] = []
    for deliverable in deliverables:
        fits = [_fit(part.label, deliverable.title) for part in parts]
        best = max(fits, default=0)
        if not best:
            unmatched.append(deliverable)
        for fit, own in zip(fits, matched, strict=True):
            if best and fit == best:
                own.append(deliverable)
    return tuple(tuple(own) for own in matched), tuple(unmatched)


# --- cutting the cell ---

_DOCUMENTS = (
    "kế hoạch|báo cáo|bc|kh|quyết định|qđ|thông báo|công văn|tờ trình|biên bản|danh sách|danh mục|phương án|đề án"
    "|chương trình|hồ sơ|quy chế|quy trình|bảng|biểu|thống kê|hợp đồng|kết luận|văn bản|giấy mời|nghị quyết|hướng dẫn"
)
_BULLET = re.compile(
    rf"^\s*[-–+*•]\s*|(?:(?<=[.;:])\s*|\s+)[-–+*•]\s+(?=[A-ZÀ-ỸĐ])|\n\s*[-–+*•]\s*|\n(?=\s*(?i:{_DOCUMENTS})(?!\w))"
)
_CITED = re.compile(r"\s*(?:phụ lục|thông tư|nghị định|nghị quyết|luật|biểu số|mẫu số|điều|khoản)(?!\w)", re.IGNORECASE)
_REPORT_BESIDE = re.compile(
    rf"^((?:{_DOCUMENTS})(?!\w).*?)\s+và\s+((?:báo cáo|bc)(?!\w).*)$", re.IGNORECASE | re.DOTALL
)
_SHARED_OBJECT = re.compile(r"^(dự toán)\s+và\s+(quyết toán)\s+(.+)$", re.IGNORECASE | re.DOTALL)


def _bullets(cell: str) -> Iterator[str]:
    yield from (piece for piece in _BULLET.split(cell) if piece.strip(" .;\n"))


def _items(bullet: str) -> list[str]:
    """Cut at semicolons, but not in brackets and not before another citation of the same document."""
    items: list[str] = []
    depth = 0
    start = 0
    for place, letter in enumerate(bullet):
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth <= 0:
            items.append(bullet[start:place])
            start = place + 1
    items.append(bullet[start:])
    joined: list[str] = []
    for item in items:
        if joined and _CITED.match(item):
            joined[-1] += ";" + item
        elif item.strip(" .\n"):
            joined.append(item)
    return joined


def _halves(item: str) -> tuple[str, ...]:
    shared = _SHARED_OBJECT.match(item.strip())
    if shared:
        return f"{shared[1]} {shared[3]}", f"{shared[2]} {shared[3]}"
    beside = _REPORT_BESIDE.match(item.strip())
    if beside and beside[1].count("(") == beside[1].count(")"):
        return beside[1], beside[2]
    return (item,)


# --- one deliverable ---

_SHORT = {"bc": "bao cao", "kh": "ke hoach", "qd": "quyet dinh", "tb": "thong bao", "cv": "cong van"}


def _deliverable(title: str) -> Deliverable:
    printed = " ".join(title.split()).strip(" ;").rstrip(".").rstrip()
    number, unit, _ = read_quantity(printed) or (None, None, None)
    return Deliverable(printed, number, unit, read_condition(printed))


def _fit(label: str | None, title: str) -> int:
    """How many words of a label the title shares, 0 unless the document they begin with is the same."""
    wanted, found = _words(label or ""), _words(title)
    if not wanted or wanted[:2] != found[: len(wanted[:2])]:
        return 0
    return len(set(wanted) & set(found))


def _words(text: str) -> list[str]:
    words = re.findall(r"\w+", search_key(text))
    return [part for word in words for part in _SHORT.get(word, word).split()]
