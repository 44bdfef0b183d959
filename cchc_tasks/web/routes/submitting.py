"""Nộp báo cáo: the form, what is wrong with it beside each field, and nothing lost by a mistake."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.access import Action
from cchc_tasks.domain.dates_in_words import read_day, short_date
from cchc_tasks.domain.errors import (
    CchcError,
    DateInFuture,
    DateInvalid,
    DocumentSecret,
    EvidenceEmpty,
    InputError,
    LinkInvalid,
    NoRight,
    NotResponsible,
    ReadingUnavailable,
    ReferenceUnreadable,
    StageForbids,
    Unavailable,
    UnitUnknown,
)
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS
from cchc_tasks.services.keep_form import keep_form
from cchc_tasks.services.show_obligation import ObligationPage
from cchc_tasks.services.submit_evidence import Handed, reference_in, refuse_secret, submit_evidence
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import KEPT, Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number, seen_obligation
from cchc_tasks.web.session import App, SignedIn, Who
from cchc_tasks.web.uploads import TAKEN, Upload, check_type

FILES = "tep"
FIELD_OF: dict[type[CchcError], str] = {
    ReferenceUnreadable: "van-ban",
    LinkInvalid: "lien-ket",
    DateInvalid: "ngay-nhan",
    DateInFuture: "ngay-nhan",
    UnitUnknown: "don-vi",
    NotResponsible: "don-vi",
}
UNTICKED = "Đánh dấu xác nhận tài liệu không thuộc danh mục bí mật nhà nước."

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the fields, as it was typed."""

    references: str = ""
    links: str = ""
    note: str = ""
    received_on: str = ""
    unit: str = ""
    not_secret: bool = False


@router.get("/nhiem-vu/{obligation_id}/nop")
def show_form(request: Request, app: App, who: Who, obligation_id: Number) -> HTMLResponse:
    """The empty form; raises StageForbids where nothing is awaited, NoRight for those who may not hand in."""
    seen = _hand_in_page(app, who, obligation_id)
    if not seen.awaited:
        raise StageForbids(deed="nộp", stage=STAGE_IN_WORDS[seen.obligation.stage])
    return _form(request, app, seen, Filled(received_on=short_date(app.today())))


@router.post("/nhiem-vu/{obligation_id}/nop")
def hand_in(
    request: Request, app: App, who: Who, obligation_id: Number, form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Hand in, or show the form again with everything that was typed and every file that is good."""
    seen = _hand_in_page(app, who, obligation_id)
    filled, wrongs = _filled(form), Wrongs()
    files = _good_files(form, wrongs)
    handed = _handed(seen, filled, files, wrongs)
    if not wrongs.sentences:
        _submit(app, who, obligation_id, handed, wrongs)
    if not wrongs.sentences:
        return RedirectResponse(f"/nhiem-vu/{obligation_id}?da-nop", status_code=303)
    kept = _kept(app, who, obligation_id, _open_files(app, files, wrongs))
    return _form(request, app, seen, filled, wrongs=wrongs, kept=kept)


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


def _hand_in_page(app: App, who: SignedIn, obligation_id: int) -> ObligationPage:
    seen = seen_obligation(app, who, obligation_id)
    if not seen.may.hand_in:
        raise NoRight(user=who.actor.user, action=Action.SUBMIT.value)
    return seen


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
    held = min(len(uploads), int(form.text("so-tep-giu"))) if form.text("so-tep-giu").isdecimal() else 0
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
        for line in filter(str.strip, references):
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


def _submit(app: App, who: SignedIn, obligation_id: int, handed: Handed, wrongs: Wrongs) -> None:
    try:
        submit_evidence(
            app.database,
            app.vault,
            app.reader,
            [obligation_id],
            handed,
            actor=who.actor,
            today=app.today(),
            now=app.clock.now(),
        )
    except ReadingUnavailable as error:  # the words that were typed are worth keeping; the files are not kept unseen
        wrongs.note(error)
    except (NoRight, Unavailable):
        raise
    except CchcError as error:
        wrongs.note(error)


def _open_files(app: App, files: Sequence[Upload], wrongs: Wrongs) -> list[Upload]:
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


def _kept(app: App, who: SignedIn, obligation_id: int, files: Sequence[Upload]) -> Kept:
    if not files:
        return Kept()
    form_id = keep_form(
        app.database,
        app.vault,
        who.person_id,
        path=f"/nhiem-vu/{obligation_id}/nop",
        fields=(),
        files=[(FILES, one.path) for one in files],
        actor=who.actor,
        now=app.clock.now(),
    )
    return Kept(form_id, files)


def _form(
    request: Request,
    app: App,
    seen: ObligationPage,
    filled: Filled,
    *,
    wrongs: Wrongs | None = None,
    kept: Kept | None = None,
) -> HTMLResponse:
    wrongs = wrongs or Wrongs(status=200)
    return page(
        request,
        "nop-bao-cao.html",
        wrongs.status,
        seen=seen,
        filled=filled,
        wrongs=wrongs.sentences,
        kept=kept or Kept(),
        kept_field=KEPT,
        taken=TAKEN,
        limit_mb=app.settings.evidence_limit_mb,
    )
