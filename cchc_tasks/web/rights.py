"""Which right each route needs: one table, shown in docs/access.md and walked by the tests with every role.

What a right reaches (everything, or the own unit's work) stands in cchc_tasks/domain/access.py; the services hold to
it for each single thing, so that a foreign id is refused however it was come by.
"""

from enum import StrEnum

from fastapi import Request

from cchc_tasks.domain.access import Action, require
from cchc_tasks.web.session import signed_in


class Gate(StrEnum):
    """Routes that need no right of the table."""

    PUBLIC = "mọi người"
    SIGNED_IN = "mọi người đã đăng nhập"


ROUTES: dict[str, Action | Gate] = {
    # the steps of signing in look at the session's step themselves
    "GET /dang-nhap": Gate.PUBLIC,
    "POST /dang-nhap": Gate.PUBLIC,
    "POST /dang-xuat": Gate.PUBLIC,
    "GET /ma-xac-thuc": Gate.PUBLIC,
    "POST /ma-xac-thuc": Gate.PUBLIC,
    "GET /doi-mat-khau": Gate.PUBLIC,
    "POST /doi-mat-khau": Gate.PUBLIC,
    "GET /tai-khoan/xac-thuc": Gate.PUBLIC,
    "POST /tai-khoan/xac-thuc": Gate.PUBLIC,
    "GET /tai-khoan": Gate.SIGNED_IN,
    "GET /tiep-tuc/{form_id}": Gate.SIGNED_IN,
    "GET /": Gate.SIGNED_IN,
    "GET /suc-khoe": Gate.PUBLIC,
    "POST /noi-bo/canh-bao/{token}": Gate.PUBLIC,  # the token in the address is the key
    "GET /viec-cua-don-vi": Action.SEE_OBLIGATIONS,
    "GET /viec-cua-toi": Action.SEE_OBLIGATIONS,
    "POST /viec-cua-don-vi/tiep-nhan": Action.ACKNOWLEDGE,
    "GET /nhiem-vu": Action.SEE_OBLIGATIONS,
    "GET /nhiem-vu/{obligation_id}": Action.SEE_OBLIGATIONS,
    "POST /nhiem-vu/{obligation_id}/tiep-nhan": Action.ACKNOWLEDGE,
    "GET /nhiem-vu/{obligation_id}/nop": Action.SUBMIT,
    "POST /nhiem-vu/{obligation_id}/nop": Action.SUBMIT,
    "GET /tai-lieu/{item_id}": Action.SEE_EVIDENCE,
    "GET /tai-lieu/{item_id}/{name}": Action.SEE_EVIDENCE,
    "GET /tai-lieu/{item_id}/xem": Action.SEE_EVIDENCE,
    "GET /cho-xac-nhan": Action.VERIFY,
    "GET /cho-xac-nhan/{evidence_id}": Action.VERIFY,
    "POST /cho-xac-nhan/{evidence_id}": Action.VERIFY,
    "GET /luot-gui": Action.SEE_DELIVERIES,
    "GET /luot-gui/{delivery_id}": Action.SEE_DELIVERIES,
    "GET /luot-gui/{delivery_id}/thu": Action.SEE_DELIVERIES,
    "GET /thu-mau": Gate.SIGNED_IN,  # a demo's alone
    "GET /thu-mau/{name}": Gate.SIGNED_IN,
    "GET /thu-mau/{name}/thu": Gate.SIGNED_IN,
    "GET /tong-quan": Action.SEE_OVERVIEW,
}


def enforced(request: Request) -> None:
    """The gate before every route; raises SignInNeeded or NoRight, and KeyError for a route without a row."""
    needed = ROUTES[f"{request.method.replace('HEAD', 'GET')} {request.scope['route'].path}"]
    if needed is Gate.PUBLIC:
        return
    who = signed_in(request)
    if isinstance(needed, Action):
        require(who.actor, needed)
