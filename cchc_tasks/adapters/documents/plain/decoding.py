"""From bytes to text by proof alone: a mark, strict UTF-8, a page's own word, or letters that can only be Vietnamese.

What is not certain is refused, so that no row is ever stored in letters that nobody wrote.
"""

import re
import unicodedata
from itertools import product

UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # its marks

# What a page may declare of itself. Browsers read the last two alike.
_DECLARED = {
    b"windows-1258": "cp1258",
    b"cp1258": "cp1258",
    b"windows-1252": "cp1252",
    b"iso-8859-1": "cp1252",
}
_WHERE_DECLARED = 4096
_DECLARATION = re.compile(
    rb"""<(?:\?xml\b[^>]{0,100}?\bencoding|meta\b[^>]{0,200}?\bcharset)\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""",
    re.IGNORECASE,
)


def decoded(content: bytes) -> str | None:
    """The text of UTF-8 (with or without a mark), of marked UTF-16, or of what is declared or proved to be old.

    None where the bytes are none of these for sure.
    """
    if content.startswith(UTF_16):
        return _in("utf-16", content)
    text = _in("utf-8-sig", content)
    if text is not None:
        return text
    declaration = _DECLARATION.search(content[:_WHERE_DECLARED])
    encoding = _DECLARED.get(declaration[1].lower()) if declaration else "cp1258"
    text = _in(encoding, content) if encoding else None
    # Pages in the fonts of old (TCVN3, VNI) declare windows-1252 too; their letters give them away.
    if text is None or _FOREIGN.search(text) or (declaration is None and not _is_surely_vietnamese(text)):
        return None
    return unicodedata.normalize("NFC", text)


_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LETTERS = "A-Za-zđĐ" + "".join(
    {letter for parts in product(_VOWELS, ["", *_TONES]) for letter in unicodedata.normalize("NFC", "".join(parts))}
)
# A sign beside a letter where Vietnamese has none: what another encoding leaves within words.
_SIGN = rf"[^\x00-\x7f{_LETTERS}{_TONES}–—‘’“”…•·§°«»\xa0\xad]"
_FOREIGN = re.compile(rf"[{_LETTERS}]{_SIGN}|{_SIGN}[{_LETTERS}]")
_MISPLACED_TONE = re.compile(rf"(?:^|[^{_VOWELS}])[{_TONES}]|[{_TONES}][{_LETTERS}]*[{_TONES}]", re.MULTILINE)
_TONE = re.compile(f"[{_TONES}]")
_OWN_LETTER = re.compile("[đĐơƠưƯ]")


def _in(encoding: str, content: bytes) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_surely_vietnamese(text: str) -> bool:
    """Whether tone marks stand where Windows-1258 sets them, several kinds of them, and letters of no other language.

    A text of another encoding of one byte a letter has signs for these marks in places where no tone can be.
    """
    kinds = set(_TONE.findall(text))
    return len(kinds) > 1 and _OWN_LETTER.search(text) is not None and _MISPLACED_TONE.search(text) is None
