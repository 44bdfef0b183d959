"""Writes the morning's message as plain text and as HTML with the same facts; nothing is loaded from anywhere."""

import re
from collections.abc import Iterator
from html import escape

from cchc_tasks.domain.dates_in_words import full_date
from cchc_tasks.domain.digest import Digest, DigestItem, Urgency
from cchc_tasks.ports import AlertLetter, Written

MARKS = {Urgency.OVERDUE: "■", Urgency.TODAY: "◆", Urgency.SOON: "◆", Urgency.NEW: "●"}
COLOURS = {Urgency.OVERDUE: "late", Urgency.TODAY: "soon", Urgency.SOON: "soon", Urgency.NEW: "new"}
DATE = re.compile(r"(?:thứ \w+|Chủ nhật|ngày) (?=\d)")
ALERT_WORDS = "Chạy lệnh “cchc doctor” trên máy chủ để biết bộ phận nào hỏng và cần làm gì."
LAST_WORDS = "Việc đã nộp không còn trong thư sáng mai."

STYLE = """
body { margin: 0; background: #FBFAF7; color: #1C1B19;
  font: 16px/24px system-ui, "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 600px; margin: 0 auto; padding: 24px 16px 32px; }
a { color: #1F4E79; }
h1 { font-size: 20px; line-height: 29px; font-weight: 600; margin: 0 0 24px; }
h2 { font-size: 15px; line-height: 24px; font-weight: 600; margin: 32px 0 0; border-bottom: 1px solid #8C8678; }
.head { font-size: 13px; line-height: 18px; color: #5E5A52; border-bottom: 1px solid #E4E0D6; padding-bottom: 12px;
  margin-bottom: 20px; }
.head b { color: #1C1B19; }
.item { padding: 12px 0; border-bottom: 1px solid #E4E0D6; }
.when { font-weight: 600; }
.late { color: #A4161A; } .soon { color: #8A5300; } .new { color: #2A62A5; }
.title { font-weight: 600; margin: 2px 0; }
.more, .foot { font-size: 14px; line-height: 20px; color: #5E5A52; }
.back { border-left: 3px solid #8A5300; background: #FBF3E2; padding: 8px 12px; margin-top: 8px; font-size: 14px; }
.open { display: inline-block; margin: 24px 0 8px; padding: 12px 20px; border-radius: 6px; background: #1C1B19;
  color: #FFFFFF; text-decoration: none; font-weight: 600; }
@media (prefers-color-scheme: dark) {
  body { background: #181714; color: #ECE8DF; }
  a { color: #9CC2EC; }
  h2 { border-color: #7C776B; } .head, .item { border-color: #35322B; }
  .head, .more, .foot { color: #ABA598; } .head b { color: #ECE8DF; }
  .late { color: #F2938A; } .soon { color: #E3B35A; } .new { color: #8DB6E8; }
  .back { background: #2B2415; border-color: #E3B35A; }
  .open { background: #ECE8DF; color: #181714; }
}
"""


class DigestWriter:
    """Fulfils ports.DigestWriter."""

    def write(self, digest: Digest) -> Written:
        """The subject, the text part and the HTML part of a digest."""
        return Written(digest.subject(), "\n".join(_text(digest)), "".join(_html(digest)))

    def write_alert(self, alert: AlertLetter) -> Written:
        """The same for what an administrator has to see to."""
        subject = f"Hệ thống cần xem: {len(alert.sentences)} việc, {full_date(alert.on)}"
        greeting = f"Kính gửi {alert.person}, ngày {full_date(alert.on)} hệ thống ghi nhận:"
        text = [alert.authority, "", greeting, *(f"\n△ {one}" for one in alert.sentences), "", alert.link, ALERT_WORDS]
        items = "".join(f'<div class="item">△ {escape(one)}</div>' for one in alert.sentences)
        html = (
            f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(subject)}</title>'
            f'<meta name="color-scheme" content="light dark"><style>{STYLE}</style></head><body><main>'
            f'<p class="head"><b>{escape(alert.authority)}</b></p><p>{_unbroken(escape(greeting))}</p>{items}'
            f'<a class="open" href="{escape(alert.link)}">Mở Tổng quan</a><p class="foot">{ALERT_WORDS}</p>'
            "</main></body></html>"
        )
        return Written(subject, "\n".join(text), html)


def _opening(digest: Digest) -> str:
    counts = digest.counts()
    listed = f"{', '.join(counts[:-1])} và {counts[-1]}" if len(counts) > 1 else counts[0]
    return f"Sáng {full_date(digest.on)}, đơn vị có {listed}."


def _facts(item: DigestItem) -> Iterator[tuple[str, str]]:
    if item.wanted:
        yield "Cần có", "; ".join(item.wanted)
    if item.with_units:
        yield "Cùng chủ trì", ", ".join(item.with_units)
    yield "Giao", f"{item.plan}, nhiệm vụ {item.code}"


def _text(digest: Digest) -> Iterator[str]:
    yield digest.authority
    yield f"{digest.secretariat} – Thường trực CCHC"
    yield ""
    yield f"Kính gửi {digest.person}, {digest.unit},"
    yield _opening(digest)
    for urgency in Urgency:
        items = digest.section(urgency)
        if items:
            yield ""
            yield f"{urgency.value.upper()}: {len(items)} VIỆC"
        for item in items:
            yield ""
            yield f"{MARKS[urgency]} {item.when(digest.on)}"
            yield f"  {item.title}"
            if item.note:
                yield f"  {item.note}"
            yield from (f"  {name}: {value}" for name, value in _facts(item))
            yield f"  {item.link}"
    yield ""
    yield f"Mở việc của đơn vị: {digest.all_link}"
    yield LAST_WORDS
    yield f"Thư gửi riêng {digest.person}. Có vướng mắc, xin trả lời thư này."


def _unbroken(html: str) -> str:
    """Keep a date on one line: "thứ Hai 29/6/2026", "ngày 05/3/2026"."""
    return DATE.sub(lambda found: found[0].replace(" ", "&nbsp;"), html)


def _html(digest: Digest) -> Iterator[str]:
    yield f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(digest.subject())}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta name="color-scheme" content="light dark"><style>{STYLE}</style></head><body><main>'
    yield f'<p class="head"><b>{escape(digest.authority)}</b><br>{escape(digest.secretariat)} – Thường trực CCHC</p>'
    yield f"<p>Kính gửi {escape(digest.person)}, {escape(digest.unit)},</p>"
    yield f"<h1>{_unbroken(escape(_opening(digest)))}</h1>"
    for urgency in Urgency:
        items = digest.section(urgency)
        if items:
            yield f"<h2>{urgency.value}: {len(items)} việc</h2>"
        for item in items:
            yield from _html_item(item, urgency, digest)
    yield f'<a class="open" href="{escape(digest.all_link)}">Mở việc của đơn vị</a>'
    yield f'<p class="foot">{LAST_WORDS}</p>'
    yield f'<p class="foot">Thư gửi riêng {escape(digest.person)}. Có vướng mắc, xin trả lời thư này.</p>'
    yield "</main></body></html>"


def _html_item(item: DigestItem, urgency: Urgency, digest: Digest) -> Iterator[str]:
    when = _unbroken(escape(item.when(digest.on)))
    yield f'<div class="item"><div class="when {COLOURS[urgency]}">{MARKS[urgency]} {when}</div>'
    yield f'<div class="title"><a href="{escape(item.link)}">{escape(item.title)}</a></div>'
    if item.note:
        yield f'<div class="back">{_unbroken(escape(item.note))}</div>'
    for name, value in _facts(item):
        yield f'<div class="more">{name}: {escape(value)}</div>'
    yield "</div>"
