"""Where a mail server tells that a mail of ours came back, with a token of its own."""

import hmac
import json
from collections.abc import Mapping

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool

from cchc_tasks.domain.bounces import MOST_BYTES, Bounce, read_bounce, told_bounce
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.services.take_bounce import take_bounce
from cchc_tasks.web.session import application_of
from cchc_tasks.web.small_body import small_body

router = APIRouter()


@router.post("/noi-bo/thu-tra-lai")
async def hear(request: Request) -> Response:
    """Take the facts as JSON, or the returned mail as it is; what it was about is never answered."""
    application = application_of(request)
    token = await run_in_threadpool(application.secret, SecretName.BOUNCE_TOKEN)
    if not token:
        raise HTTPException(404)
    said = request.headers.get("Authorization", "")
    if not hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
        return PlainTextResponse("Mã báo thư trả lại không đúng.", 401, {"WWW-Authenticate": "Bearer"})
    body = await small_body(request, MOST_BYTES)
    in_json = request.headers.get("Content-Type", "").lower().startswith("application/json")
    bounce = await run_in_threadpool(_told if in_json else read_bounce, body)
    if bounce is not None:
        await run_in_threadpool(
            take_bounce, application.database, bounce, on=application.today(), now=application.clock.now()
        )
    return Response(status_code=204)


def _told(body: bytes) -> Bounce | None:
    try:
        facts = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(facts, Mapping):
        raise HTTPException(400)
    return told_bounce(facts)
