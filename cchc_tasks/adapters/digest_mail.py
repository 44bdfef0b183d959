"""Writes the morning's message as plain text and as HTML with the same facts; nothing is loaded from anywhere."""

from collections.abc import Iterator
from html import escape

from cchc_tasks.adapters.mail_items import head, items_in_html, items_in_text, say
from cchc_tasks.adapters.mail_sheet import linked, section_in_html, section_in_text, sheet, shown
from cchc_tasks.adapters.weekly_mail import weekly_html, weekly_text
from cchc_tasks.domain.dates_in_words import full_date
from cchc_tasks.domain.digest import Digest, Urgency, listed
from cchc_tasks.domain.office_digest import OfficeMatters
from cchc_tasks.domain.weekly_summary import WeeklySummary
from cchc_tasks.ports import AlertLetter, Written

ALERT_WORDS = "Chạy lệnh “cchc doctor” trên máy chủ để biết bộ phận nào hỏng và cần làm gì."


class DigestWriter:
    """Fulfils ports.DigestWriter."""

    def write(self, digest: Digest) -> Written:
        """The subject, the text part and the HTML part of a digest."""
        subject = digest.subject()
        html = sheet(subject, head(digest), _html(digest))
        return Written(subject, "\n".join((*head(digest), *_text(digest))), html)

    def write_weekly(self, summary: WeeklySummary) -> Written:
        """The same for a leader's week."""
        return Written(summary.subject(), weekly_text(summary), weekly_html(summary))

    def write_alert(self, alert: AlertLetter) -> Written:
        """The same for what an administrator has to see to."""
        subject = f"Hệ thống cần xem: {len(alert.sentences)} việc, {full_date(alert.on)}"
        greeting = f"Kính gửi {alert.person}, ngày {full_date(alert.on)} hệ thống ghi nhận:"
        text = [alert.authority, "", greeting, *(f"\n△ {one}" for one in alert.sentences), "", alert.link, ALERT_WORDS]
        body = (
            f"<p>{shown(greeting)}</p>",
            *(f'<div class="item">△ {escape(one)}</div>' for one in alert.sentences),
            f'<a class="open" href="{escape(alert.link)}">Mở Tổng quan</a><p class="foot">{ALERT_WORDS}</p>',
        )
        return Written(subject, "\n".join(text), sheet(subject, (alert.authority,), body))


def _openings(digest: Digest) -> Iterator[str]:
    """What the message holds: reported to the leaders, or of the reader's unit; then what the office looks after."""
    counts = digest.counts()
    office = digest.office.counts() if digest.office and digest.office.has_news else ()
    if digest.section(Urgency.REPORTED):
        yield say(digest, "leaders-opening", *counts)
    elif digest.of_own_unit:
        yield say(digest, "digest-opening", *counts)
    else:
        office = (*counts, *office)
    if office:
        yield say(digest, "office-opening", *office)
    elif digest.office:
        yield say(digest, "office-quiet")
        if still := digest.office.counts():
            yield f"Vẫn chờ từ trước: {listed(still)}."


def _door(digest: Digest) -> tuple[str, str]:
    """Where the message leads: to the unit's work, or for who has none in it to the whole Sở's."""
    if digest.of_own_unit:
        return "Mở việc của đơn vị", digest.all_link
    return "Mở Tổng quan", f"{digest.site}/tong-quan"


def _text(digest: Digest) -> Iterator[str]:
    yield ""
    yield say(digest, "digest-greeting")
    yield from _openings(digest)
    yield from items_in_text(digest)
    if digest.office:
        yield from _office_text(digest.office, digest.site)
    yield ""
    yield ": ".join(_door(digest))
    if digest.items:
        yield say(digest, "digest-closing")
    yield say(digest, "digest-signature")


def _office_text(office: OfficeMatters, site: str) -> Iterator[str]:
    for section in office.sections():
        yield from section_in_text(section, site)
    if late := office.late():
        yield ""
        yield late
    if before := office.day_before:
        yield ""
        yield before.in_words(office.on)
        yield f"  {site}{before.path}"


def _html(digest: Digest) -> Iterator[str]:
    yield f"<p>{shown(say(digest, 'digest-greeting'))}</p>"
    yield f"<h1>{shown(' '.join(_openings(digest)))}</h1>"
    yield from items_in_html(digest)
    if digest.office:
        yield from _office_html(digest.office, digest.site)
    words, address = _door(digest)
    yield f'<a class="open" href="{escape(address)}">{words}</a>'
    if digest.items:
        yield f'<p class="foot">{shown(say(digest, "digest-closing"))}</p>'
    yield f'<p class="foot">{shown(say(digest, "digest-signature"))}</p>'


def _office_html(office: OfficeMatters, site: str) -> Iterator[str]:
    for section in office.sections():
        yield from section_in_html(section, site)
    if late := office.late():
        yield f'<p class="more">{escape(late)}</p>'
    if before := office.day_before:
        yield f'<p class="more">{shown(before.in_words(office.on))} {linked(site + before.path, "Xem lượt gửi")}</p>'
