"""The form of handing in: what was typed, what is wrong with it beside each field, and nothing lost by a mistake.

It serves the signed-in person and the holder of a link alike; who that is, and where, stands in `Sender`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.dates_in_words import read_day, short_date
from cchc_tasks.domain.errors import (
    CchcError,
    DateInFuture,
    DateInvalid,
    DocumentSecret,
    EvidenceEmpty,
    InputError,
    KeptFormsFull,
    LinesTooMany,
    LinkInvalid,
    NoRight,
    NotResponsible,
    ReadingUnavailable,
    ReferenceUnreadable,
    Unavailable,
    UnitUnknown,
    WordsTooLong,
)
from cchc_tasks.domain.lengths import held_few
from cchc_tasks.services.keep_form import keep_form
from cchc_tasks.services.show_obligation import ObligationPage
from cchc_tasks.services.submit_evidence import MOST_LINES, Handed, reference_in, refuse_secret, submit_evidence
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import KEPT, Posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.uploads import TAKEN, Upload, check_type

FILES = "tep"
FIELD_OF: dict[type[CchcError], str] = {
    ReferenceUnreadable: "van-ban",
    LinesTooMany: "van-ban",
    LinkInvalid: "lien-ket",
    WordsTooLong: "ghi-chu",
    DateInvalid: "ngay-nhan",
    DateInFuture: "ngay-nhan",
    UnitUnknown: "don-vi",
    NotResponsible: "don-vi",
}
UNTICKED = "Đánh dấu xác nhận tài liệu không thuộc danh mục bí mật nhà nước."


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands in, on which page of the obligation (the form is below it at /nop), in which template."""

    actor: Actor
    person_id: int
    page: str
    template: str = "nop-bao-cao.html"
    by_link: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the fields, as it was typed."""

    references: str = ""
    links: str = ""
    note: str = ""
    received_on: str = ""
    unit: str = ""
    not_secret: bool = False


@dataclass(slots=True)
class Wrongs:
    """What is wrong, a sentence a field, and the status that the answer gets."""

    sentences: dict[str, str] = field(default_factory=dict)
    status: int = 422

    def note(self, error: CchcError) -> None:
        """Put an error beside its field, behind what stands there already."""
        name = FIELD_OF.get(type(error), FILES)
        there = self.sentences.get(name, "")
        if str(error) not in there:
            self.sentences[name] = f"{there} {error}".strip()
        self.status = status_of(error)


@dataclass(frozen=True, slots=True)
class Kept:
    """Files that wait for the form to be right, under an id that only this person can use."""

    id: str = ""
    files: Sequence[Upload] = ()


def empty_form(request: Request, app: Application, sender: Sender, seen: ObligationPage) -> HTMLResponse:
    """The form as it is met first, for today."""
    today = Filled(received_on=short_date(app.today()))
    return _form(request, app, sender, seen, filled=today, wrongs=Wrongs(status=200), kept=Kept())


def take_form(request: Request, app: Application, sender: Sender, seen: ObligationPage, form: Posted) -> Response:
    """Hand in, or show the form again with everything that was typed and every file that is good."""
    filled, wrongs = _filled(form), Wrongs()
    files = _good_files(form, wrongs)
    handed = _handed(seen, filled, files, wrongs)
    if not wrongs.sentences:
        _submit(app, sender, seen, handed, wrongs)
    if not wrongs.sentences:
        return RedirectResponse(f"{sender.page}?da-nop", status_code=303)
    kept = _kept(app, sender, seen, _open_files(app, files, wrongs), wrongs)
    return _form(request, app, sender, seen, filled=filled, wrongs=wrongs, kept=kept)


def _filled(form: Posted) -> Filled:
    return Filled(
        references=form.text("van-ban"),
        links=form.text("lien-ket"),
        note=form.text("ghi-chu"),
        received_on=form.text("ngay-nhan"),
        unit=form.text("don-vi"),
        not_secret=bool(form.text("khong-mat")),
    )


def _good_files(form: Posted, wrongs: Wrongs) -> list[Upload]:
    """The files that may be kept: those of an earlier try without the ones that were taken out, and the new ones."""
    uploads = [upload for name, upload in form.uploads if name == FILES]
    number = form.text("so-tep-giu")
    held = min(len(uploads), int(number)) if number.isdecimal() and len(number) < 4 else 0
    fresh, earlier = uploads[: len(uploads) - held], uploads[len(uploads) - held :]
    good = [one for number, one in enumerate(earlier) if str(number) not in form.all("bo")]
    for one in fresh:
        try:
            check_type(one.path)
        except InputError as error:
            wrongs.note(error)
        else:
            good.append(one)
    return good


def _handed(seen: ObligationPage, filled: Filled, files: Sequence[Upload], wrongs: Wrongs) -> Handed:
    references, links = filled.references.splitlines(), filled.links.split()
    received_on = None
    try:
        for line in held_few("Số, ký hiệu văn bản", [line for line in references if line.strip()], MOST_LINES):
            reference_in(line)
        received_on = read_day(filled.received_on) if filled.received_on else None
    except InputError as error:
        wrongs.note(error)
    if not (files or references or links or wrongs.sentences):
        wrongs.note(EvidenceEmpty())
    if not filled.not_secret:
        wrongs.sentences["khong-mat"] = UNTICKED
    return Handed(
        files=[one.path for one in files],
        references=[line for line in references if line.strip()],
        links=links,
        note=filled.note or None,
        received_on=received_on,
        on_behalf_of=None if seen.may.submit else filled.unit or seen.leads[0].code,
    )


def _submit(app: Application, sender: Sender, seen: ObligationPage, handed: Handed, wrongs: Wrongs) -> None:
    try:
        submit_evidence(
            app.database,
            app.vault,
            app.reader,
            [seen.obligation.id or 0],
            handed,
            actor=sender.actor,
            today=app.today(),
            now=app.clock.now(),
            by_link=sender.by_link,
        )
    except ReadingUnavailable as error:  # the words that were typed are worth keeping; the files are not kept unseen
        wrongs.note(error)
    except (NoRight, Unavailable):
        raise
    except CchcError as error:
        wrongs.note(error)


def _open_files(app: Application, files: Sequence[Upload], wrongs: Wrongs) -> list[Upload]:
    """The files that bear no mark of secrecy: no other is kept, not even for a while, and none unseen."""
    good: list[Upload] = []
    for one in files:
        try:
            refuse_secret(one.path, app.reader)
        except DocumentSecret as error:
            wrongs.note(error)
        except ReadingUnavailable as error:
            wrongs.note(error)
            break
        else:
            good.append(one)
    return good


def _kept(app: Application, sender: Sender, seen: ObligationPage, files: Sequence[Upload], wrongs: Wrongs) -> Kept:
    if not files:
        return Kept()
    try:
        form_id = keep_form(
            app.database,
            app.vault,
            sender.person_id,
            path=f"/nhiem-vu/{seen.obligation.id}/nop",  # never a link: it is a key
            fields=(),
            files=[(FILES, one.path) for one in files],
            actor=sender.actor,
            now=app.clock.now(),
        )
    except KeptFormsFull as error:
        wrongs.note(error)
        return Kept()
    return Kept(form_id, files)


def _form(
    request: Request,
    app: Application,
    sender: Sender,
    seen: ObligationPage,
    *,
    filled: Filled,
    wrongs: Wrongs,
    kept: Kept,
) -> HTMLResponse:
    return page(
        request,
        sender.template,
        wrongs.status,
        seen=seen,
        at=sender.page,
        filled=filled,
        wrongs=wrongs.sentences,
        kept=kept,
        kept_field=KEPT,
        taken=TAKEN,
        limit_mb=app.settings.evidence_limit_mb,
    )
