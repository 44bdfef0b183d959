"""What a page says when something is refused: one table from the tree of errors to HTTP, one page for all of them."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from cchc_tasks.domain.errors import (
    AnswerLinkLocked,
    AnswerLinkNeedsAccount,
    AnswerLinkNotTheirs,
    AnswerLinkRefused,
    AnswerLinkWrong,
    CchcError,
    FileTooLarge,
    FormForeign,
    FormTokenWrong,
    FormTooLarge,
    InputError,
    NoRight,
    NotFound,
    Refused,
    Unavailable,
)
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import SignInNeeded, sign_in_address, signed_in

STATUS: dict[type[CchcError], int] = {
    NoRight: 403,
    AnswerLinkWrong: 403,
    AnswerLinkNotTheirs: 403,
    AnswerLinkNeedsAccount: 403,
    AnswerLinkLocked: 429,
    AnswerLinkRefused: 410,
    FormForeign: 403,
    FormTokenWrong: 403,
    FileTooLarge: 413,
    FormTooLarge: 413,
    NotFound: 404,
    InputError: 422,
    Refused: 409,
    Unavailable: 503,
}
OF_THE_FRAMEWORK = {
    404: ("page-unknown", "Không có trang này. Kiểm tra lại địa chỉ hoặc bắt đầu từ trang đầu."),
    405: ("page-unknown", "Địa chỉ này không nhận thao tác vừa gửi. Quay lại trang trước và thử lại."),
}


def status_of(error: CchcError) -> int:
    """The HTTP status of an error of ours, by the nearest branch of the tree."""
    return next(STATUS[branch] for branch in type(error).__mro__ if branch in STATUS)


def install(app: FastAPI) -> None:
    """Let every refusal end on a page in plain Vietnamese."""
    app.add_exception_handler(CchcError, _refused)
    app.add_exception_handler(AnswerLinkRefused, _link_refused)
    app.add_exception_handler(SignInNeeded, _sign_in)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(RequestValidationError, _address)


def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, CchcError):
        raise error
    return _told(request, status_of(error), error.code, str(error))


def _link_refused(request: Request, error: Exception) -> Response:
    """Without a look at a session: who holds a link stays outside."""
    if not isinstance(error, AnswerLinkRefused):
        raise error
    account_page = f"/nhiem-vu/{error.facts['obligation']}" if isinstance(error, AnswerLinkNeedsAccount) else None
    return page(
        request,
        "tra-loi-tu-choi.html",
        status_of(error),
        sentence=str(error),
        code=error.code,
        account_page=account_page,
    )


def _sign_in(request: Request, error: Exception) -> Response:
    if not isinstance(error, SignInNeeded):
        raise error
    return RedirectResponse(sign_in_address(error.back), status_code=303)


def _framework(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    code, sentence = OF_THE_FRAMEWORK.get(error.status_code, OF_THE_FRAMEWORK[404])
    return _told(request, error.status_code, code, sentence)


def _address(request: Request, _error: Exception) -> Response:
    return _told(request, 404, *OF_THE_FRAMEWORK[404])


def _told(request: Request, status: int, code: str, sentence: str) -> HTMLResponse:
    try:
        signed_in(request)  # so that the frame shows who is there
    except (SignInNeeded, CchcError):
        request.state.signed_in = None
    return page(request, "loi.html", status, code=code, sentence=sentence)
