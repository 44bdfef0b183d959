"""Files that were handed in: always to be saved, and of the harmless kinds also to be looked at in a frame."""

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from cchc_tasks.domain.errors import EvidenceFileNotShown
from cchc_tasks.domain.file_kinds import PDF, TEXT
from cchc_tasks.services.read_evidence_file import EvidenceFile, read_evidence_file
from cchc_tasks.web.routes.obligation import Number
from cchc_tasks.web.session import App, Who

PIECE = 256 * 1024
SEALED = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
# A browser's own PDF viewer does not start in a sandbox; scripts stay off all the same.
SEALED_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

router = APIRouter()


@router.get("/tai-lieu/{item_id}/xem")
def look(app: App, who: Who, item_id: Number) -> StreamingResponse:
    """The file in the browser: PDF, PNG, JPEG and plain text; raises EvidenceFileNotShown for any other."""
    file = read_evidence_file(app.database, app.vault, item_id, actor=who.actor)
    if file.media_type is None:
        file.content.close()
        raise EvidenceFileNotShown(name=file.name)
    media_type = f"{TEXT}; charset=utf-8" if file.media_type == TEXT else file.media_type
    return _answer(file, media_type, "inline", SEALED_PDF if file.media_type == PDF else SEALED)


@router.get("/tai-lieu/{item_id}")
@router.get("/tai-lieu/{item_id}/{name}")
def save(app: App, who: Who, item_id: Number) -> StreamingResponse:
    """The file as it was handed in, to be saved under its name; a name in the address is for the eye alone."""
    file = read_evidence_file(app.database, app.vault, item_id, actor=who.actor)
    return _answer(file, "application/octet-stream", "attachment", SEALED)


def _answer(file: EvidenceFile, media_type: str, disposition: str, policy: str) -> StreamingResponse:
    names = f"filename=\"{_plain(file.name)}\"; filename*=UTF-8''{quote(file.name, safe='')}"  # RFC 6266, RFC 5987
    headers = {
        "Content-Disposition": f"{disposition}; {names}",
        "Content-Length": str(file.size),
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "private, no-store",
    }
    return _FileAnswer(file, media_type, headers)


class _FileAnswer(StreamingResponse):
    """A file sent piece by piece, and closed whether or not the browser waits for the first piece."""

    def __init__(self, file: EvidenceFile, media_type: str, headers: dict[str, str]) -> None:
        super().__init__(_pieces(file.content), media_type=media_type, headers=headers)
        self._content = file.content

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._content:
            await super().__call__(scope, receive, send)


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    while piece := content.read(PIECE):
        yield piece


def _plain(name: str) -> str:
    """A name for browsers that do not read RFC 5987: letters without diacritics are not guessed at."""
    return "".join(sign if sign.isascii() and sign.isprintable() and sign not in '"\\%;' else "_" for sign in name)
