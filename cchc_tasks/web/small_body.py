"""The body of a small message from another program, counted while it streams in."""

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

LARGEST = 64 * 1024


async def small_body(request: Request, most: int = LARGEST) -> bytes:
    """The whole body; raises HTTPException 413 as soon as it is longer than such a message is."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise HTTPException(413)
    except ClientDisconnect:
        raise HTTPException(400) from None
    return bytes(body)
