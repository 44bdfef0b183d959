"""Which right each route needs: one table, shown in docs/access.md and walked by the tests with every role.

What a right reaches (everything, or the own unit's work) stands in cchc_tasks/domain/access.py; the services hold to
it for each single thing, so that a foreign id is refused however it was come by.
"""

from enum import StrEnum

from fastapi import HTTPException, Request

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
    "GET /metrics": Gate.PUBLIC,  # the token in the head is the key
    "POST /noi-bo/canh-bao/{token}": Gate.PUBLIC,  # the token in the address is the key
    "POST /noi-bo/thu-tra-lai": Gate.PUBLIC,  # the token in the head is the key
    # the token in the address is the key of those who answer without a password; see web/routes/by_link.py
    "GET /tra-loi/{token}": Gate.PUBLIC,
    "HEAD /tra-loi/{token}": Gate.PUBLIC,  # programs that look after mail ask so first
    "POST /tra-loi/{token}/tiep-nhan": Gate.PUBLIC,
    "GET /tra-loi/{token}/nop": Gate.PUBLIC,
    "POST /tra-loi/{token}/nop": Gate.PUBLIC,
    "GET /viec-cua-don-vi": Action.SEE_OBLIGATIONS,
    "GET /viec-cua-toi": Action.SEE_OBLIGATIONS,
    "POST /viec-cua-don-vi/tiep-nhan": Action.ACKNOWLEDGE,
    "GET /nhiem-vu": Action.SEE_OBLIGATIONS,
    "GET /nhiem-vu/{obligation_id}": Action.SEE_OBLIGATIONS,
    "POST /nhiem-vu/{obligation_id}/tiep-nhan": Action.ACKNOWLEDGE,
    "GET /nhiem-vu/{obligation_id}/nop": Action.SUBMIT,
    "POST /nhiem-vu/{obligation_id}/nop": Action.SUBMIT,
    "GET /nhiem-vu/{obligation_id}/gia-han": Action.ASK_EXTENSION,
    "POST /nhiem-vu/{obligation_id}/gia-han": Action.ASK_EXTENSION,
    "GET /gia-han": Action.DECIDE_EXTENSION,
    "GET /gia-han/{extension_id}": Action.DECIDE_EXTENSION,
    "POST /gia-han/{extension_id}": Action.DECIDE_EXTENSION,
    "GET /han-noi-bo": Action.SET_INTERNAL_DAY,
    "POST /han-noi-bo": Action.SET_INTERNAL_DAY,
    "GET /nhiem-vu/{obligation_id}/phan-cong": Action.NAME_PERSON,
    "POST /nhiem-vu/{obligation_id}/phan-cong": Action.NAME_PERSON,
    "POST /nhiem-vu/{obligation_id}/thoi-phan-cong": Action.NAME_PERSON,
    "GET /nhiem-vu/{obligation_id}/phoi-hop": Action.ASK_INPUT,
    "POST /nhiem-vu/{obligation_id}/phoi-hop": Action.ASK_INPUT,
    "GET /nhiem-vu/{obligation_id}/ket-qua": Action.DECIDE_INPUT,
    "POST /nhiem-vu/{obligation_id}/ket-qua": Action.DECIDE_INPUT,
    "GET /giao-nhiem-vu": Action.ADD_DUTY,
    "POST /giao-nhiem-vu": Action.ADD_DUTY,
    "GET /tai-lieu/{item_id}": Action.SEE_EVIDENCE,
    "GET /tai-lieu/{item_id}/{name}": Action.SEE_EVIDENCE,
    "GET /tai-lieu/{item_id}/xem": Action.SEE_EVIDENCE,
    "GET /cho-xac-nhan": Action.VERIFY,
    "GET /cho-xac-nhan/{evidence_id}": Action.VERIFY,
    "POST /cho-xac-nhan/{evidence_id}": Action.VERIFY,
    "GET /don-doc": Action.FOLLOW_UP,
    "POST /don-doc": Action.FOLLOW_UP,
    "GET /don-doc/cong-van/{letter_id}": Action.FOLLOW_UP,
    "GET /dieu-hanh": Action.MANAGE_REMINDING,
    "GET /mo-phong": Action.SIMULATE,
    "GET /luot-gui": Action.SEE_DELIVERIES,
    "GET /luot-gui/{delivery_id}": Action.SEE_DELIVERIES,
    "GET /luot-gui/{delivery_id}/thu": Action.SEE_DELIVERIES,
    "POST /luot-gui/{delivery_id}/gui-lai": Action.MANAGE_DELIVERIES,
    "POST /luot-gui/{delivery_id}/thu-lai": Action.MANAGE_DELIVERIES,
    "POST /luot-gui/{delivery_id}/huy": Action.MANAGE_DELIVERIES,
    "GET /luot-gui/nhieu": Action.MANAGE_DELIVERIES,
    "POST /luot-gui/nhieu": Action.MANAGE_DELIVERIES,
    "POST /luot-gui/cho-gui": Action.MANAGE_DELIVERIES,
    "GET /thu-mau": Gate.SIGNED_IN,  # a demo's alone
    "GET /thu-mau/{name}": Gate.SIGNED_IN,
    "GET /thu-mau/{name}/thu": Gate.SIGNED_IN,
    "GET /danh-ba": Action.SEE_DIRECTORY,
    "GET /danh-ba/thay-doi/{slug}": Action.MANAGE_DIRECTORY,
    "POST /danh-ba/thay-doi/{slug}": Action.MANAGE_DIRECTORY,
    "POST /danh-ba/huy/{change_id}": Action.MANAGE_DIRECTORY,
    "GET /danh-ba/nguoi/{user}": Action.MANAGE_CONTACTS,
    "POST /danh-ba/nguoi/{user}": Action.MANAGE_CONTACTS,
    "POST /danh-ba/nguoi/{user}/bo/{name}": Action.MANAGE_CONTACTS,
    "POST /danh-ba/nguoi/{user}/dung-lai/{name}": Action.MANAGE_CONTACTS,
    "GET /kenh-gui": Action.MANAGE_REMINDING,
    "POST /kenh-gui/{name}": Action.MANAGE_CHANNELS,
    "POST /kenh-gui/{name}/tiep-tuc": Action.MANAGE_CHANNELS,
    "GET /kenh-gui/zalo": Action.MANAGE_CHANNELS,
    "GET /kenh-gui/zalo/nhan": Action.MANAGE_CHANNELS,
    "POST /kenh-gui/zalo/nhan": Action.MANAGE_CHANNELS,
    "POST /zalo/su-kien": Gate.PUBLIC,  # the signature is the key
    "GET /tong-quan": Action.SEE_OVERVIEW,
    "GET /bo-nhac-viec": Action.SEE_OVERVIEW,
    "GET /lich": Gate.SIGNED_IN,
    "POST /lich/ngay": Action.EDIT_CALENDAR,
    "POST /lich/bo-ngay": Action.EDIT_CALENDAR,
    "POST /lich/nhap": Action.EDIT_CALENDAR,
    "POST /lich/de-xuat": Action.EDIT_CALENDAR,
    "POST /lich/dot-nghi": Action.EDIT_CALENDAR,
    "POST /lich/bo-dot-nghi": Action.EDIT_CALENDAR,
    "GET /tam-vang": Action.MANAGE_ABSENCES,
    "POST /tam-vang": Action.MANAGE_ABSENCES,
    "POST /tam-vang/{number}/ket-thuc": Action.MANAGE_ABSENCES,
    "GET /mau-thu": Action.MANAGE_REMINDING,
    "GET /mau-thu/loi/{name}": Action.MANAGE_REMINDING,
    "POST /mau-thu/loi/{name}": Action.MANAGE_REMINDING,
    "GET /mau-thu/xem": Action.MANAGE_REMINDING,
    "GET /mau-thu/xem/thu": Action.MANAGE_REMINDING,
    "GET /mau-thu/nhom": Action.MANAGE_REMINDING,
    "POST /mau-thu/nhom/gui": Action.POST_TO_GROUP,
}


def enforced(request: Request) -> None:
    """The gate before every route; raises SignInNeeded or NoRight, and KeyError for a route without a row.

    An address with a NUL names nothing: no text of ours holds one, and PostgreSQL refuses to look for it.
    """
    if "\0" in request.url.path or "%00" in request.url.query:
        raise HTTPException(404)
    needed = ROUTES[f"{request.method.replace('HEAD', 'GET')} {request.scope['route'].path}"]
    if needed is Gate.PUBLIC:
        return
    who = signed_in(request)
    if isinstance(needed, Action):
        require(who.actor, needed)
