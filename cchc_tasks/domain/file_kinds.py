"""What a browser may show of a file, by its first bytes: the ending of a name is only a claim."""

HEAD_BYTES = 4096  # what has to be read of a file to tell

PDF, PNG, JPEG, TEXT = "application/pdf", "image/png", "image/jpeg", "text/plain"
_BEGINNINGS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


def shown_as(head: bytes) -> str | None:
    """The media type as which a file may be looked at, from its first HEAD_BYTES bytes; None: only to be saved."""
    for beginning, media_type in _BEGINNINGS:
        if head.startswith(beginning):
            return media_type
    return TEXT if _is_text(head) else None


def _is_text(head: bytes) -> bool:
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) == HEAD_BYTES and error.start > HEAD_BYTES - 4  # a letter cut in two by the end of the head
    return True
