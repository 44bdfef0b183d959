"""Giving the right to write through a Zalo Official Account: what stands in Zalo's console, what comes back from it."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from cchc_tasks.domain.errors import ZaloCodeInvalid

_CODE = re.compile(r"[\x21-\x7e]{4,2000}")
_OA = re.compile(r"\d{6,25}")


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """What Zalo sends the browser back with: a code that lives ten minutes, and for which account it is."""

    code: str = field(repr=False)
    oa_id: str = ""  # empty where the code alone is known


def challenge(verifier: str) -> str:
    """What the console is told of a code verifier (PKCE, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def read_answer(text: str, oa_id: str = "") -> ConsentAnswer:
    """The code as it was pasted, alone or with the whole address that the browser was sent to.

    Raises ZaloCodeInvalid without what was pasted: it may be a secret of another kind.
    """
    code = text.strip()
    if "://" in code or code.startswith("/") or "code=" in code:
        code, oa_id = _from_address(code)
    if not _CODE.fullmatch(code) or (oa_id and not _OA.fullmatch(oa_id)):
        raise ZaloCodeInvalid
    return ConsentAnswer(code, oa_id)


def _from_address(text: str) -> tuple[str, str]:
    try:
        query = urlsplit(text).query or text.lstrip("?")
        values = parse_qs(query, max_num_fields=20)
    except ValueError:
        raise ZaloCodeInvalid from None
    return values.get("code", [""])[0], values.get("oa_id", [""])[0]
