"""A stand-in for Zalo on loopback that behaves as its documentation says, keeps what it was asked and may misbehave.

Errors come with HTTP 200 and a code. Access tokens are asked for in a bare header; refresh tokens are single-use.
"""

import contextlib
import hashlib
import json
import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

CONFIG = Path(__file__).parents[1] / "config" / "zalo.toml"
PATHS = {
    "token": "/v4/oa/access_token",
    "account": "/v2.0/oa/getoa",
    "phone": "/message/template",
    "user": "/v3.0/oa/message/template",
    "consultation": "/v3.0/oa/message/cs",
    "group": "/v3.0/oa/group/message",
    "quota": "/message/quota",
    "status": "/message/status",
}
NAMES = {path: name for name, path in PATHS.items()}
HOSTS = {
    "https://oauth.zaloapp.com",
    "https://business.openapi.zalo.me",
    "https://openapi.zalo.me",
}
FOREIGN = {"html": b"<html>Dang nhap mang</html>", "json": b'{"status": "ok"}'}  # answers that are not Zalo's
DIGEST_TEMPLATE = "300118"
PARAMETERS = {  # of DIGEST_TEMPLATE: how long each may be
    "ten": 30,
    "don_vi": 200,
    "ma_viec": 30,
    "viec": 200,
    "han": 20,
    "qua_han": 30,
    "duong_dan": 200,
}
TEMPLATE_TOML = f"""[templates.DIGEST]
id = "{DIGEST_TEMPLATE}"
[templates.DIGEST.parameters]
ten = {{ field = "name", type = "customer_name" }}
don_vi = {{ field = "unit", type = "address" }}
ma_viec = {{ field = "code", type = "code" }}
viec = {{ field = "title", type = "product" }}
han = {{ field = "due_on", type = "date" }}
qua_han = {{ field = "overdue", type = "label" }}
duong_dan = {{ field = "link", type = "url" }}
"""


@dataclass(frozen=True)
class Asked:
    """One request: which of PATHS by name, its headers in small letters, its form, query or JSON."""

    name: str
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True)
class Taken:
    """A message that Zalo has accepted: by which way, for whom, saying what."""

    name: str
    recipient: str
    said: Any  # the text, or the template's data
    message_id: str
    tracking_id: str | None = None


@dataclass
class Zalo:
    """What Zalo holds, and how it is to behave; set the fields at any time."""

    port: int = 0
    app_id: str = "1234567890"
    app_secret: str = "bi-mat-ung-dung"
    oa_id: str = "4567890123"
    webhook_secret: str = "bi-mat-webhook"
    code_verifier: str = "v" * 43
    consented_by: str = "4567890123"  # the account whose administrator consented
    codes: set[str] = field(default_factory=lambda: {"ma-cap-quyen-1"})  # of consents, single-use
    access: set[str] = field(default_factory=set)  # tokens that are good
    refresh: set[str] = field(default_factory=set)
    access_lasts: str = "90000"

    codes_for: dict[str, int] = field(default_factory=dict)  # by recipient: -118, -213 …
    manners: dict[str, str] = field(default_factory=dict)  # by recipient: "lost", "hang", "html", "503" …
    at_token: list[str] = field(default_factory=list)  # for the next refreshes, each once: the same words, or a code
    token_delay: float = 0.0
    night: bool = False
    heard: set[str] = field(default_factory=set)  # user ids that wrote within seven days
    templates: dict[str, dict[str, int]] = field(default_factory=lambda: {DIGEST_TEMPLATE: dict(PARAMETERS)})
    quota: int = 500
    template_left: int | None = None
    calls_left: int | None = None  # of this minute; None: no end, and no header

    asked: list[Asked] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    connections: list[socket.socket] = field(default_factory=list)

    def hang_up(self) -> None:
        """Close every open connection, as servers do with idle ones."""
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._lock = Lock()
        self.over = Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def config(self, folder: Path, templates: str = TEMPLATE_TOML) -> Path:
        """config/zalo.toml with our addresses, an answer waited for one second, and a template for the digest."""
        text = CONFIG.read_text(encoding="utf-8")
        for host in HOSTS:
            text = text.replace(host, self.url)
        text = text.replace('[templates.DIGEST]\nid = ""\n', templates)
        text = re.sub(r"answer_seconds = \d+", "answer_seconds = 1", text)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "zalo.toml").write_text(text, encoding="utf-8")
        return folder / "zalo.toml"

    def grant(self) -> tuple[str, str]:
        """A good pair: access and refresh token."""
        number = next(self._numbers)
        pair = (f"access-bi-mat-{number}", f"refresh-bi-mat-{number}")
        self.access.add(pair[0])
        self.refresh.add(pair[1])
        return pair

    def expire_access(self) -> None:
        """No access token is good any more."""
        self.access.clear()

    def asked_for(self, name: str) -> list[Asked]:
        """The requests for one of PATHS."""
        return [one for one in self.asked if one.name == name]

    def taken_for(self, recipient: str) -> list[Taken]:
        """What a recipient's message became, once for each time it was accepted."""
        return [one for one in self.taken if one.recipient == recipient]

    def event(self, facts: Mapping[str, object], *, secret: str | None = None) -> tuple[bytes, dict[str, str]]:
        """A webhook call as Zalo makes it: the raw body and its headers, signed (domain.md, section 5)."""
        whole = {"app_id": self.app_id, "oa_id": self.oa_id, "timestamp": "1774316400000", **facts}
        body = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
        signed = self.app_id.encode() + body + str(whole["timestamp"]).encode()
        mac = hashlib.sha256(signed + (secret or self.webhook_secret).encode()).hexdigest()
        return body, {"Content-Type": "application/json", "X-ZEvent-Signature": f"mac={mac}"}

    def received_event(self, taken: Taken) -> tuple[bytes, dict[str, str]]:
        """The receipt for a template by phone that reached the recipient's telephone."""
        facts = {
            "event_name": "user_received_message",
            "sender": {"id": self.oa_id},
            "recipient": {"id": taken.recipient},
            "message": {
                "delivery_time": "1774316460000",
                "msg_id": taken.message_id,
                "tracking_id": taken.tracking_id,
            },
        }
        body, headers = self.event(facts)
        return body, {**headers, "X-ZEvent-Server": "ZNS"}

    # What Zalo decides; each gives the body of its answer.

    def answer_token(self, headers: Mapping[str, str], form: Mapping[str, str]) -> dict[str, Any]:
        with self._lock:
            if headers.get("secret_key") != self.app_secret or form.get("app_id") != self.app_id:
                return {"error": -14002, "error_name": "Invalid app", "error_description": "Invalid app_id or secret"}
            if form.get("grant_type") == "authorization_code":
                if form.get("code") not in self.codes or form.get("code_verifier") != self.code_verifier:
                    return {"error": -14003, "error_name": "Invalid code", "error_description": "Invalid code"}
                self.codes.remove(form["code"])
            else:
                if form.get("refresh_token") not in self.refresh:
                    return {"error": -14014, "error_name": "Invalid", "error_description": "Invalid refresh token"}
                self.refresh.remove(form["refresh_token"])
            access, refresh = self.grant()
            return {"access_token": access, "refresh_token": refresh, "expires_in": self.access_lasts}

    def answer_quota(self) -> dict[str, Any]:
        return {"error": 0, "message": "Success", "data": {"dailyQuota": "500", "remainingQuota": str(self.quota)}}

    def answer_status(self, message_id: str) -> dict[str, Any]:
        known = any(one.message_id == message_id for one in self.taken)
        return {"error": 0, "message": "Success", "data": {"status": 1 if known else -1}}

    def answer_phone(self, body: Mapping[str, Any]) -> dict[str, Any]:
        phone, tracking = body.get("phone", ""), body.get("tracking_id")
        if not tracking or len(tracking) > 48:
            return refusal(-1122, "tracking_id is missing or too long")
        if not re.fullmatch(r"84\d{9}", phone):
            return refusal(-108, "Phone number is invalid")
        return self._template("phone", phone, body, "msg_id", night=-133)

    def answer_user(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if "tracking_id" in body or "phone" in body:
            return refusal(-201, "Params is invalid")
        return self._template("user", str(body.get("user_id", "")), body, "message_id", night=-234)

    def answer_consultation(self, body: Mapping[str, Any]) -> dict[str, Any]:
        user, text = body["recipient"]["user_id"], body["message"]["text"]
        if len(text) > 2000:
            return refusal(-210, "Text exceeds 2000")
        if user in self.codes_for:
            return refusal(self.codes_for[user], "Refused")
        if user not in self.heard:
            return refusal(-230, "User has not interacted with the OA in the past 7 days")
        return self._accept("consultation", user, text, "message_id")

    def answer_group(self, body: Mapping[str, Any]) -> dict[str, Any]:
        group = body["recipient"]["group_id"]
        if group in self.codes_for:
            return refusal(self.codes_for[group], "Refused")
        return self._accept("group", group, body["message"]["text"], "message_id")

    def _template(
        self, name: str, recipient: str, body: Mapping[str, Any], id_name: str, *, night: int
    ) -> dict[str, Any]:
        wrong = self._wrong(recipient, body, night)
        if wrong:
            return wrong
        with self._lock:
            if self.quota <= 0:
                return refusal(-144, "OA has reached the daily limit")
            if self.template_left == 0:
                return refusal(-147, "Template has reached the daily limit")
            self.quota -= 1
            if self.template_left is not None:
                self.template_left -= 1
        taken = self._accept(name, recipient, body["template_data"], id_name, body.get("tracking_id"))
        taken["data"]["quota"] = {"dailyQuota": "500", "remainingQuota": str(self.quota)}
        return taken

    def _wrong(self, recipient: str, body: Mapping[str, Any], night: int) -> dict[str, Any] | None:
        known = self.templates.get(str(body.get("template_id")))
        if known is None:
            return refusal(-109, "Template is invalid")
        wrong = wrong_data(known, body.get("template_data", {}))
        if wrong is None and self.night:
            return refusal(night, "Not sent at night")
        if wrong is None and recipient in self.codes_for:
            return refusal(self.codes_for[recipient], "Refused")
        return wrong

    def _accept(
        self, name: str, recipient: str, said: object, id_name: str, tracking_id: str | None = None
    ) -> dict[str, Any]:
        message_id = f"tin-{next(self._numbers)}"
        self.taken.append(Taken(name, recipient, said, message_id, tracking_id))
        return {"error": 0, "message": "Success", "data": {id_name: message_id, "sent_time": "1774316400000"}}


def wrong_data(known: Mapping[str, int], data: Mapping[str, str]) -> dict[str, Any] | None:
    """The refusal of a template's data, if it does not fit."""
    if set(data) != set(known):
        return refusal(-1122, f"Params do not match: {sorted(set(data) ^ set(known))}")
    too_long = [one for one in known if len(data[one]) > known[one]]
    if too_long:
        return refusal(-1121, f"Param {too_long[0]} is over max length")
    return None if all(data.values()) else refusal(-111, "Template data is empty")


def refusal(code: int, words: str) -> dict[str, Any]:
    """An answer that says no."""
    return {"error": code, "message": words}


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    zalo: Zalo

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._serve(parts.path, {name: values[-1] for name, values in parse_qs(parts.query).items()})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        is_form = self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
        body = {name: values[-1] for name, values in parse_qs(raw).items()} if is_form else json.loads(raw)
        self._serve(self.path, body)

    def setup(self) -> None:
        super().setup()
        self.zalo.connections.append(self.connection)

    def log_message(self, *_words: object) -> None:
        """Says nothing: what was asked is kept."""

    def _serve(self, path: str, body: Any) -> None:
        name = NAMES.get(path, "")
        headers = {key.lower(): value for key, value in self.headers.items()}
        self.zalo.asked.append(Asked(name, headers, body))
        if name == "token":
            time.sleep(self.zalo.token_delay)
            manner = self.zalo.at_token.pop(0) if self.zalo.at_token else ""
            self._behave(manner, lambda: self.zalo.answer_token(headers, body))
        elif not name:
            self._write(404, b"{}", {})
        else:
            self._api(name, headers, body)

    def _api(self, name: str, headers: Mapping[str, str], body: Any) -> None:
        zalo = self.zalo
        if headers.get("access_token") not in zalo.access or "authorization" in headers:
            code = -124 if name in ("phone", "quota", "status") else -216
            self._say(refusal(code, f"Access token {headers.get('access_token')} is invalid"))
            return
        if zalo.calls_left is not None:
            if zalo.calls_left <= 0:
                self._say(refusal(-32, "Rate limit"), {"X-RateLimit-Limit": "4000", "X-RateLimit-Remain": "0"})
                return
            zalo.calls_left -= 1
        if name == "account":
            self._say({"error": 0, "message": "Success", "data": {"oa_id": zalo.consented_by, "name": "OA"}})
        elif name == "quota":
            self._say(zalo.answer_quota())
        elif name == "status":
            self._say(zalo.answer_status(body.get("message_id", "")))
        else:
            recipient = str(body.get("phone") or body.get("user_id") or next(iter(body["recipient"].values())))
            self._behave(zalo.manners.get(recipient, ""), lambda: getattr(zalo, f"answer_{name}")(body))

    def _behave(self, manner: str, decide: Any) -> None:
        """ "lost": done, but the answer is cut; "hang": done, no answer; "drop": cut before anything is done."""
        if manner == "drop":
            self._cut()
        elif manner == "lost":
            decide()
            self._cut()
        elif manner == "hang":
            decide()
            self.zalo.over.wait(5)
            self._cut()
        elif manner in FOREIGN:
            self._write(200, FOREIGN[manner], {})
        elif manner.startswith("-"):
            self._say(refusal(int(manner), "Refused"))
        elif manner:
            self._write(int(manner), b"<html>loi</html>", {})
        else:
            self._say(decide())

    def _say(self, answer: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        left = self.zalo.calls_left
        told = {} if left is None else {"X-RateLimit-Limit": "4000", "X-RateLimit-Remain": str(left)}
        self._write(200, json.dumps(answer).encode(), {**told, **(headers or {})})

    def _write(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for key, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _cut(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def running_zalo() -> Iterator[Zalo]:
    """A stand-in on a free port of 127.0.0.1, gone at the end of the block."""
    zalo = Zalo()
    door = type("Door", (_Door,), {"zalo": zalo})
    server = ThreadingHTTPServer(("127.0.0.1", 0), door)
    server.daemon_threads = True
    zalo.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield zalo
    finally:
        zalo.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
