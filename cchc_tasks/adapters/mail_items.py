"""The items of a message in their sections, under the documents that assigned them, as text and as HTML."""

from collections.abc import Iterator
from html import escape

from cchc_tasks.adapters.mail_sheet import linked, shown
from cchc_tasks.domain.dates_in_words import full_date
from cchc_tasks.domain.digest import Digest, DigestItem, Urgency, listed, office_name

MARKS = {Urgency.REPORTED: "■", Urgency.OVERDUE: "■", Urgency.TODAY: "◆", Urgency.SOON: "◆", Urgency.NEW: "●"}
COLOURS = {
    Urgency.REPORTED: "late",
    Urgency.OVERDUE: "late",
    Urgency.TODAY: "soon",
    Urgency.SOON: "soon",
    Urgency.NEW: "new",
}


def items_in_text(digest: Digest) -> Iterator[str]:
    """Every section that holds something, as lines of text."""
    for urgency in Urgency:
        count = len(digest.section(urgency))
        if count:
            yield ""
            yield f"{digest.heading(urgency).upper()}: {count} VIỆC"
        for plan, items in digest.by_plan(urgency):
            yield ""
            yield plan
            for item in items:
                yield ""
                yield from _text_item(item, urgency, digest)


def items_in_html(digest: Digest) -> Iterator[str]:
    """The same in HTML."""
    for urgency in Urgency:
        count = len(digest.section(urgency))
        if count:
            yield f"<h2>{escape(digest.heading(urgency))}: {count} việc</h2>"
        for plan, items in digest.by_plan(urgency):
            yield f"<h3>{escape(plan)}</h3>"
            for item in items:
                yield from _html_item(item, urgency, digest)


def say(digest: Digest, name: str, *counts: str) -> str:
    """A sentence of the message to its reader."""
    return digest.words.say(
        name,
        nguoi_nhan=digest.person,
        don_vi=digest.unit,
        ngay=full_date(digest.on),
        so_viec=listed(counts) if counts else "",
        co_quan=digest.authority,
        thuong_truc=office_name(digest.secretariat),
    )


def head(digest: Digest) -> tuple[str, str]:
    """Who writes: the lines above the rule."""
    return digest.authority, f"{digest.secretariat} – Thường trực CCHC"


def _text_item(item: DigestItem, urgency: Urgency, digest: Digest) -> Iterator[str]:
    yield f"{MARKS[urgency]} {item.when(digest.on)}"
    yield f"  {item.title}"
    yield from (f"  {words}" for words in item.remarks())
    yield from (f"  {name}: {value}" for name, value in _facts(item))
    yield f"  {item.link}"


def _html_item(item: DigestItem, urgency: Urgency, digest: Digest) -> Iterator[str]:
    yield f'<div class="item"><div class="when {COLOURS[urgency]}">{MARKS[urgency]} {shown(item.when(digest.on))}</div>'
    yield f'<div class="title">{linked(item.link, item.title)}</div>'
    for words in item.remarks():
        yield f'<div class="back">{shown(words)}</div>'
    for name, value in _facts(item):
        yield f'<div class="more">{name}: {shown(value)}</div>'
    yield "</div>"


def _facts(item: DigestItem) -> Iterator[tuple[str, str]]:
    if item.reported:
        yield "Đơn vị", item.reported.unit
        yield "Trưởng đơn vị", item.reported.head or "chưa ghi trong danh bạ"
    elif item.leads:
        yield "Cùng chủ trì" if item.joint else "Chủ trì", ", ".join(item.leads)
    if item.wanted:
        yield "Cần có", "; ".join(item.wanted)
    if item.assigned:
        yield "Phân công", "; ".join(item.assigned)
    if item.in_place_of:
        yield "Nhận thay", item.in_place_of
    yield "Nhiệm vụ", f"{item.code}. {item.serves}" if item.serves else item.code
