"""Chờ xác nhận: look at what was handed in, accept it or send it back, and on to the next."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.dates_in_words import read_day, short_date
from cchc_tasks.domain.errors import (
    CchcError,
    DateInvalid,
    NothingToVerify,
    ReasonMissing,
    RevisionChanged,
    SupplementTooEarly,
    WordsTooLong,
)
from cchc_tasks.domain.vocabulary import Outcome
from cchc_tasks.models.evidence import RevisionItem
from cchc_tasks.services.verification_queue import VerificationPage, verification_queue
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number
from cchc_tasks.web.session import App, SignedIn, Who

# Offered reasons; the last but one asks for the work to be done anew, the last for own words alone.
REASONS = (
    "Thiếu biểu số liệu",
    "Thiếu tài liệu kiểm chứng",
    "Chưa ký số hoặc chưa đóng dấu",
    "Sai nội dung, phải làm lại",
    "Lý do khác",
)
REDO, OWN_WORDS = REASONS[3], REASONS[4]
ALREADY_DECIDED = "Báo cáo này vừa được người khác quyết định; quyết định vừa gửi không được ghi."
SHOWN_ENDINGS = frozenset({"pdf", "png", "jpg", "jpeg", "txt", "csv"})
FIELD_OF: dict[type[CchcError], str] = {
    ReasonMissing: "loi",
    WordsTooLong: "loi",
    DateInvalid: "han",
    SupplementTooEarly: "han",
}

router = APIRouter()


@router.get("/cho-xac-nhan")
def show_queue(request: Request, app: App, who: Who) -> HTMLResponse:
    """The queue, with the piece that has waited longest."""
    return _page(request, _seen(app, who, None, _done(request)))


@router.get("/cho-xac-nhan/{evidence_id}")
def show_one(request: Request, app: App, who: Who, evidence_id: Number) -> HTMLResponse:
    """One piece; where it was decided meanwhile, the page says by whom."""
    return _page(request, _seen(app, who, evidence_id, _done(request)))


@router.post("/cho-xac-nhan/{evidence_id}")
def decide(
    request: Request, app: App, who: Who, evidence_id: Number, form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Accept or return what was shown, and lead to the next piece; a mistake comes back with what was typed."""
    before = _seen(app, who, evidence_id)
    try:
        verify_evidence(
            app.database,
            evidence_id,
            _decision(form),
            actor=who.actor,
            today=app.today(),
            now=app.clock.now(),
            supplement_working_days=app.settings.supplement_working_days,
        )
    except (ReasonMissing, WordsTooLong, DateInvalid, SupplementTooEarly) as error:
        return _page(request, before, form, {FIELD_OF[type(error)]: str(error)}, status_of(error))
    except (NothingToVerify, RevisionChanged) as error:
        # another verifier or the unit was faster: show how it stands now, and what was typed
        told = ALREADY_DECIDED if isinstance(error, NothingToVerify) else str(error)
        return _page(request, _seen(app, who, evidence_id), form, {"": told}, status_of(error))
    there = before.beside(1) or before.beside(-1)
    target = f"/cho-xac-nhan/{there}" if there else "/cho-xac-nhan"
    return RedirectResponse(f"{target}?da={evidence_id}", status_code=303)


def _decision(form: Posted) -> Decision:
    number = form.text("lan-nop")
    revision = int(number) if number.isdecimal() and len(number) < 6 else 0
    if form.text("viec") == "xac-nhan":
        return Decision(Outcome.ACCEPTED, revision=revision)
    chosen, own = form.text("ly-do"), form.text("loi")
    offered = chosen if chosen in REASONS and chosen != OWN_WORDS else ""
    reason = ": ".join(words for words in (offered, own) if words)
    outcome = Outcome.RETURNED_TO_REDO if chosen == REDO else Outcome.RETURNED_TO_COMPLETE
    until = read_day(form.text("han")) if form.text("han") else None
    return Decision(outcome, reason, until, revision)


def _seen(app: App, who: SignedIn, evidence_id: int | None, decided: int | None = None) -> VerificationPage:
    return verification_queue(
        app.database,
        evidence_id,
        decided=decided,
        on=app.today(),
        supplement_working_days=app.settings.supplement_working_days,
        actor=who.actor,
    )


def _page(
    request: Request,
    seen: VerificationPage,
    form: Posted | None = None,
    wrongs: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    files = seen.looked.files if seen.looked else ()
    context: dict[str, Any] = {
        "seen": seen,
        "reasons": REASONS,
        "file": _chosen(files, request.query_params.get("tep", "")),
        "shown_endings": SHOWN_ENDINGS,
        "wrongs": wrongs or {},
        "reason": form.text("ly-do") if form else "",
        "words": form.text("loi") if form else "",
        "until": form.text("han") if form else short_date(seen.until),
    }
    return page(request, "cho-xac-nhan.html", status, **context)


def _done(request: Request) -> int | None:
    number = request.query_params.get("da", "")
    return int(number) if number.isdecimal() and len(number) < 10 else None


def _chosen(files: Sequence[RevisionItem], asked: str) -> RevisionItem | None:
    """The file that was asked for, else the first that can be shown, else the first."""
    by_id = {str(one.id): one for one in files}
    shown = [one for one in files if one.text.rpartition(".")[2].lower() in SHOWN_ENDINGS]
    return by_id.get(asked) or next(iter([*shown, *files]), None)
