"""The sheet that every message is written on: its look, its head, and the lines that several messages share."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from cchc_tasks.domain.office_digest import OfficeSection

_DATE = re.compile(r"(?:thứ \w+|Chủ nhật|ngày) (?=\d)")

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
h3 { font-size: 14px; line-height: 20px; font-weight: 600; color: #5E5A52; margin: 16px 0 0; }
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
  .head, .more, .foot, h3 { color: #ABA598; } .head b { color: #ECE8DF; }
  .late { color: #F2938A; } .soon { color: #E3B35A; } .new { color: #8DB6E8; }
  .back { background: #2B2415; border-color: #E3B35A; }
  .open { background: #ECE8DF; color: #181714; }
}
"""


def sheet(subject: str, head: Iterable[str], body: Iterable[str]) -> str:
    """A whole message in HTML; `head` holds the lines above the rule, the first of them bold."""
    first, *others = (escape(line) for line in head)
    lines = "<br>".join((f"<b>{first}</b>", *others))
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(subject)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><style>{STYLE}</style></head><body><main>'
        f'<p class="head">{lines}</p>{"".join(body)}</main></body></html>'
    )


def shown(words: str) -> str:
    """Words as HTML, dates kept on one line: "thứ Hai 29/6/2026", "ngày 05/3/2026"."""
    return _DATE.sub(lambda found: found[0].replace(" ", "&nbsp;"), escape(words))


def linked(address: str, words: str) -> str:
    """Words that lead somewhere."""
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def section_in_text(section: OfficeSection, site: str) -> Iterator[str]:
    """A section of the office's matters as lines of text."""
    yield ""
    yield f"{section.heading.upper()}: {section.total}"
    for line in section.lines:
        yield ""
        yield f"● {line.title}"
        yield f"  {line.facts}"
        yield f"  {site}{line.path}"
    if section.left_out:
        yield ""
        yield f"… và {section.left_out} mục khác: {site}{section.path}"


def section_in_html(section: OfficeSection, site: str) -> Iterator[str]:
    """The same in HTML."""
    yield f"<h2>{escape(section.heading)}: {section.total}</h2>"
    for line in section.lines:
        yield f'<div class="item"><div class="title">{linked(site + line.path, line.title)}</div>'
        yield f'<div class="more">{shown(line.facts)}</div></div>'
    if section.left_out:
        yield f'<p class="more">… và {linked(site + section.path, f"{section.left_out} mục khác")}</p>'
