"""Writes a leader's week as plain text and as HTML with the same facts."""

from collections.abc import Iterator
from html import escape

from cchc_tasks.adapters.mail_items import head, items_in_html, items_in_text, say
from cchc_tasks.adapters.mail_sheet import section_in_html, section_in_text, sheet, shown
from cchc_tasks.domain.weekly_summary import WeeklySummary


def weekly_text(summary: WeeklySummary) -> str:
    """The text part."""
    return "\n".join((*head(summary.digest), *_text(summary)))


def weekly_html(summary: WeeklySummary) -> str:
    """The HTML part."""
    return sheet(summary.subject(), head(summary.digest), _html(summary))


def _text(summary: WeeklySummary) -> Iterator[str]:
    digest, facts = summary.digest, summary.facts
    yield ""
    yield say(digest, "weekly-greeting")
    yield say(digest, "weekly-opening", *facts.counts())
    yield facts.progress()
    yield from items_in_text(digest)
    for section in facts.sections():
        yield from section_in_text(section, digest.site)
    yield ""
    yield f"Mở Tổng quan: {digest.site}/tong-quan"
    yield say(digest, "weekly-closing")
    yield say(digest, "weekly-signature")


def _html(summary: WeeklySummary) -> Iterator[str]:
    digest, facts = summary.digest, summary.facts
    yield f"<p>{shown(say(digest, 'weekly-greeting'))}</p>"
    yield f"<h1>{shown(say(digest, 'weekly-opening', *facts.counts()))}</h1>"
    yield f"<p>{escape(facts.progress())}</p>"
    yield from items_in_html(digest)
    for section in facts.sections():
        yield from section_in_html(section, digest.site)
    yield f'<a class="open" href="{escape(digest.site)}/tong-quan">Mở Tổng quan</a>'
    yield f'<p class="foot">{shown(say(digest, "weekly-closing"))}</p>'
    yield f'<p class="foot">{shown(say(digest, "weekly-signature"))}</p>'
