"""A small real IMAP server on loopback: one mailbox, a few commands, and manners it can be told to have."""

import re
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_LITERAL_RANGE = re.compile(rb"BODY\.PEEK\[\]<0\.(\d+)>")


@dataclass
class ImapBox:
    """The mails, which were read, what was asked for; `manner` is what the server does instead of answering.

    "hang" at a command, "drop-fetch" in the middle of a mail, "no-fetch", "no-select", "flood" (a mail of more than
    was asked for), "repeat-login" (an answer that holds what was said), "drip" (a letter now and then), "silent".
    """

    user: str = "tra-lai@songlam.example"
    password: str = 'p#ss "w@rd'
    folder: str = "INBOX"
    mails: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    manner: str = ""
    port: int = 0

    def unread(self) -> list[int]:
        """The numbers of the mails that nobody has marked."""
        return [number for number in range(1, len(self.mails) + 1) if number not in self.seen]


class _Talk(socketserver.StreamRequestHandler):
    timeout = 10

    def handle(self) -> None:
        box: ImapBox = self.server.box  # type: ignore[attr-defined]
        try:
            if box.manner == "silent":
                time.sleep(3)
                return
            if box.manner == "drip":
                for _ in range(100):
                    self.wfile.write(b"x")
                    time.sleep(0.1)
                return
            self._say("* OK IMAP4rev1 ready")
            while line := self.rfile.readline(10_000):
                if not self._answer(box, line.decode("latin-1").rstrip("\r\n")):
                    return
        except OSError:
            return

    def _answer(self, box: ImapBox, line: str) -> bool:
        tag, _, rest = line.partition(" ")
        by_number = rest.upper().startswith("UID ")
        command, _, arguments = rest.removeprefix("UID ").partition(" ")
        box.asked.append(f"UID {command}" if by_number else command)
        if box.manner == "hang" and command == "SEARCH":
            time.sleep(3)
            return False
        match command.upper():
            case "CAPABILITY":
                self._say("* CAPABILITY IMAP4rev1", f"{tag} OK done")
            case "LOGIN":
                self._login(box, tag, arguments)
            case "SELECT":
                right = arguments.strip('"') == box.folder and box.manner != "no-select"
                self._say(f"* {len(box.mails)} EXISTS", f"{tag} OK done") if right else self._say(f"{tag} NO none")
            case "SEARCH":
                self._say("* SEARCH " + " ".join(map(str, box.unread())), f"{tag} OK done")
            case "FETCH":
                return self._fetch(box, tag, arguments)
            case "STORE":
                number = int(arguments.split()[0])
                assert r"+FLAGS.SILENT (\Seen)" in arguments
                box.seen.add(number)
                self._say(f"{tag} OK done")
            case "LOGOUT":
                self._say("* BYE", f"{tag} OK done")
                return False
            case _:
                self._say(f"{tag} BAD unknown")
        return True

    def _login(self, box: ImapBox, tag: str, arguments: str) -> None:
        said = re.fullmatch(r'(\S+) "?(.*?)"?', arguments)
        known = said and said[1].strip('"') == box.user and said[2].replace("\\", "") == box.password
        if known and box.manner != "repeat-login":
            self._say(f"{tag} OK welcome")
        else:
            self._say(f"{tag} NO [AUTHENTICATIONFAILED] nobody is {arguments}")

    def _fetch(self, box: ImapBox, tag: str, arguments: str) -> bool:
        number = int(arguments.split(maxsplit=1)[0])
        wanted = _LITERAL_RANGE.search(arguments.encode())
        assert wanted, arguments
        if box.manner == "no-fetch":
            self._say(f"{tag} NO later")
            return True
        mail = box.mails[number - 1][: int(wanted[1])]
        size = 10**12 if box.manner == "flood" else len(mail)
        self.wfile.write(f"* {number} FETCH (UID {number} BODY[]<0> {{{size}}}\r\n".encode())
        if box.manner == "drop-fetch":
            self.wfile.write(mail[: len(mail) // 2])
            return False
        self.wfile.write(mail + b")\r\n")
        self._say(f"{tag} OK done")
        return True

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A client that does not trust us is no news."""


@contextmanager
def running_imap(*mails: bytes, manner: str = "", tls: ssl.SSLContext | None = None) -> Iterator[ImapBox]:
    """A server on a free port of 127.0.0.1, gone at the end of the block."""
    box = ImapBox(mails=list(mails), manner=manner)
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = box  # type: ignore[attr-defined]
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
