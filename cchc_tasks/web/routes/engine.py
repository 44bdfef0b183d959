"""Where Prefect's automation reports a run that failed; from here it goes to the administrators."""

import json
import re

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool

from cchc_tasks.bootstrap import is_engine
from cchc_tasks.services.raise_alert import raise_alert
from cchc_tasks.web.session import application_of
from cchc_tasks.web.small_body import small_body

STATES = {"Failed": "bị lỗi", "Crashed": "bị ngắt giữa chừng", "TimedOut": "quá thời gian"}

NO_NAME = re.compile(r"[^\w .-]")  # what no name of a flow holds

router = APIRouter()


@router.post("/noi-bo/canh-bao/{token}")
async def report(request: Request, token: str) -> PlainTextResponse:
    """Raise an alert; the token in the address is known to the runner alone."""
    application = application_of(request)
    if not is_engine(application.settings, token):
        raise HTTPException(404)
    said = _facts(await small_body(request))
    flow, state = NO_NAME.sub("", str(said.get("flow", "")))[:80] or "không rõ tên", str(said.get("state", ""))
    await run_in_threadpool(
        raise_alert,
        application.database,
        source=flow,
        text=f"Lượt chạy “{flow}” {STATES.get(state, 'không hoàn thành')}. Xem nhật ký trong thư mục logs.",
        on=application.today(),
        now=application.clock.now(),
        alarm=application.alarm(),
    )
    return PlainTextResponse("đã nhận")


def _facts(body: bytes) -> dict[str, object]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
