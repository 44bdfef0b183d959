"""Forms that are posted: from our own pages alone, counted while they stream in, with the token of their session.

The order is: session, right of the route (both before a byte of the body is read), origin, body, token.
"""

import hmac
import shutil
import unicodedata
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import (
    CchcError,
    FileTooLarge,
    FormForeign,
    FormTokenWrong,
    FormTooLarge,
    FormUnreadable,
)
from cchc_tasks.domain.signing_in import Step
from cchc_tasks.services.keep_form import Kept, kept_form
from cchc_tasks.web.session import Halfway, SignedIn, application_of, at_step, halfway, signed_in
from cchc_tasks.web.uploads import Incoming, Upload, check_type

PLAIN_KB = 256
MOST_FIELDS, MOST_FILES = 500, 50
THROWN_AWAY = 256 * 1024 * 1024  # read and dropped beyond a limit, so that the browser gets to read why
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it came in: its fields in order, and its files until the answer is out."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    uploads: list[tuple[str, Upload]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """A field's text, trimmed and composed (NFC); empty where it is missing."""
        return next((_tidy(value) for one, value in self.fields if one == name), "")

    def secret(self, name: str) -> str:
        """A field's text exactly as typed: a password may begin with a space."""
        return next((value for one, value in self.fields if one == name), "")

    def all(self, name: str) -> list[str]:
        """The texts of all fields of this name that hold something."""
        return [text for one, value in self.fields if one == name and (text := _tidy(value))]

    def files(self, name: str) -> list[Upload]:
        """The files of a field; raises FileTypeRefused for the first that is of no kind that is taken."""
        found = [upload for one, upload in self.uploads if one == name]
        for upload in found:
            check_type(upload.path)
        return found


async def posted(request: Request, who: Annotated[SignedIn, Depends(signed_in)]) -> AsyncIterator[Posted]:
    """What a signed-in person posted; files that were kept when a session ended are joined to it."""
    application = application_of(request)
    with Incoming(application.settings.home / "incoming") as incoming:
        form = await read_form(request, incoming, csrf=who.csrf)
        await join_kept(form, application, incoming, who.person_id)
        yield form


async def posted_halfway(request: Request, who: Annotated[Halfway, Depends(halfway)]) -> AsyncIterator[Posted]:
    """What was posted in a session that may be incomplete."""
    with Incoming(application_of(request).settings.home / "incoming") as incoming:
        yield await read_form(request, incoming, csrf=who.csrf)


@cache
def posted_at(step: Step) -> Callable[..., AsyncIterator[Posted]]:
    """The dependency of a step's form: whoever stands at another step does not get here."""

    async def posted_there(request: Request, who: Annotated[Halfway, Depends(at_step(step))]) -> AsyncIterator[Posted]:
        with Incoming(application_of(request).settings.home / "incoming") as incoming:
            yield await read_form(request, incoming, csrf=who.csrf)

    return posted_there


async def posted_openly(request: Request) -> AsyncIterator[Posted]:
    """What was posted before signing in: there is no session's token, the origin alone is checked."""
    with Incoming(application_of(request).settings.home / "incoming") as incoming:
        yield await read_form(request, incoming, csrf=None, files=False)


async def join_kept(form: Posted, application: Application, incoming: Incoming, person_id: int) -> None:
    """Add the files that were kept for this person to the form that names them; raises KeptFormUnknown."""
    if form.text(KEPT):
        kept = await run_in_threadpool(kept_form, application.database, form.text(KEPT), person_id)
        await run_in_threadpool(_join, form, kept, application, incoming)


async def read_form(request: Request, incoming: Incoming, *, csrf: str | None, files: bool = True) -> Posted:
    """Check a form's origin, read it within the limits, check its token where it belongs to a session.

    No files are taken from those who are not known yet (`files`). Raises FormForeign, FormTooLarge, FileTooLarge,
    FormUnreadable, FormTokenWrong.
    """
    settings = application_of(request).settings
    check_origin(request, settings.base_url)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data" and files:
            form = await _with_files(request, incoming, settings.evidence_limit_mb)
        else:
            form = await _plain(request)
    except (MultiPartException, ClientDisconnect, ValueError, KeyError) as error:
        raise FormUnreadable from error
    if csrf is not None and not hmac.compare_digest(form.text("csrf").encode(), csrf.encode()):
        raise FormTokenWrong
    return form


def check_origin(request: Request, base_url: str) -> None:
    """Raise FormForeign unless the browser says that the form was on a page of the host it asked for.

    Origin counts, else Referer; behind a proxy it may be the host that links begin with (base_url). On an intranet
    without encryption no Sec-Fetch-Site is sent, so that none is asked for.
    """
    said = request.headers.get("origin") or request.headers.get("referer", "")
    try:
        host = urlsplit(said).netloc.lower()
    except ValueError:
        host = ""
    if not host or host not in {request.headers.get("host", "").lower(), urlsplit(base_url).netloc.lower()}:
        raise FormForeign


async def _plain(request: Request) -> Posted:
    pieces = [piece async for piece in _counted(request, PLAIN_KB * 1024, lambda: FormTooLarge(limit_kb=PLAIN_KB))]
    text = b"".join(pieces).decode("ascii")
    pairs = parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace", max_num_fields=MOST_FIELDS)
    return Posted(pairs)


async def _with_files(request: Request, incoming: Incoming, limit_mb: int) -> Posted:
    parser = _IntoFolder(request, incoming, limit_mb)
    try:
        form = await parser.parse()
    finally:
        parser.close()
    made = Posted()
    for name, value in form.multi_items():
        if isinstance(value, str):
            made.fields.append((name, value))
            continue
        value.file.close()
        if value.filename:  # a field for files that was left empty comes without a name
            path = Path(value.file.name or "")
            made.uploads.append((name, Upload(path.name, path, value.size or 0)))
    return made


class _IntoFolder(MultiPartParser):
    """Starlette's parser over a counted stream, with each file written straight to its place in the data folder."""

    def __init__(self, request: Request, incoming: Incoming, limit_mb: int) -> None:
        self._incoming = incoming
        self._limit_mb = limit_mb
        self._opened: list[IO[bytes]] = []
        super().__init__(
            request.headers,
            _counted(request, (limit_mb + 1) * 1024 * 1024, self._too_large),
            max_files=MOST_FILES,
            max_fields=MOST_FIELDS,
            max_part_size=PLAIN_KB * 1024,
        )

    def on_headers_finished(self) -> None:
        """A part begins; one with a file's name goes to a file."""
        super().on_headers_finished()
        upload = self._current_part.file
        if upload is not None and upload.filename:
            upload.file.close()
            upload.file = self._incoming.place(upload.filename).open("wb")
            self._opened.append(upload.file)

    def close(self) -> None:
        """Let the bytes reach the files."""
        for file in self._opened:
            file.close()

    def _too_large(self) -> CchcError:
        name = Path(self._opened[-1].name).name if self._opened else ""
        return FileTooLarge(path=name, limit_mb=self._limit_mb)


async def _counted(request: Request, limit: int, refusal: Callable[[], CchcError]) -> AsyncGenerator[bytes, None]:
    """The body, until it is longer than the limit; then the rest is thrown away, and `refusal` raised at its end."""
    size = 0
    async for piece in request.stream():
        if size < limit:
            yield piece[: limit - size]
        size += len(piece)
        if size > limit + THROWN_AWAY:
            break
    if size > limit:
        raise refusal()


def _join(form: Posted, kept: Kept, application: Application, incoming: Incoming) -> None:
    for one in kept.files:
        path = incoming.place(one.name)
        with application.vault.open(one.sha256) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        form.uploads.append((one.field, Upload(path.name, path, one.size)))


def _tidy(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\0", "")
    return unicodedata.normalize("NFC", plain).strip()
