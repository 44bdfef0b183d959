"""Spoils the bytes of a file in the ways that copying, mail and ill will do: each spoiler is given the chance."""

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

Spoiler = Callable[[bytes, Random], bytes]

_MARKUP = (".xml", ".rels", ".html")
_ELEMENT = re.compile(rb"<([A-Za-z][\w:]*)[^<>]*?(?:/>|>[^<>]*</\1>)")
_VALUE = re.compile(rb'="[^"<>]*"|>[^<>]+<|\d+')
_VALUES = (
    b"99999999",
    b"-1",
    b"0",
    b"",
    b"\xff\xfe",
    "Ế".encode(),
    b"x" * 5000,
    b"=cmd|' /C calc'!A0",
    b"../../etc/passwd",
)


def spoilt(content: bytes, chance: Random) -> bytes:
    """The content after one to four spoilers; an archive may be spoilt inside and packed again."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        spoil = chance.choice(_SPOILERS)
        inside = content.startswith(b"PK") and chance.random() < 0.7
        content = _spoilt_inside(content, spoil, chance) if inside else spoil(content, chance)
    return content


def cut(content: bytes, chance: Random) -> bytes:
    """The beginning of a content, as of a download that broke off."""
    return content[: chance.randrange(len(content) + 1)]


def _flip(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 8, 64)) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _chunk(content: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.choice((1, 16, 300, 5000)))


def _drop(content: bytes, chance: Random) -> bytes:
    start, end = _chunk(content, chance)
    return content[:start] + content[end:]


def _double(content: bytes, chance: Random) -> bytes:
    start, end = _chunk(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 2, 50)) + content[end:]


def _move(content: bytes, chance: Random) -> bytes:
    start, end = _chunk(content, chance)
    rest = content[:start] + content[end:]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + content[start:end] + rest[place:]


def _replace_value(content: bytes, chance: Random) -> bytes:
    """Another value where markup, rows or a PDF's objects have a number, an attribute or a text."""
    found = list(_VALUE.finditer(content))
    if not found:
        return content
    one = chance.choice(found)
    first, last = (one[0][:2], one[0][-1:]) if one[0][:1] == b"=" else (one[0][:1], one[0][-1:])
    value = chance.choice(_VALUES)
    return content[: one.start()] + (value if one[0].isdigit() else first + value + last) + content[one.end() :]


def _element(content: bytes, chance: Random) -> re.Match[bytes] | None:
    found = list(_ELEMENT.finditer(content))
    return chance.choice(found) if found else None


def _drop_element(content: bytes, chance: Random) -> bytes:
    one = _element(content, chance)
    return content[: one.start()] + content[one.end() :] if one else content


def _double_element(content: bytes, chance: Random) -> bytes:
    one = _element(content, chance)
    return content[: one.end()] + one[0] * chance.choice((1, 3, 1000)) + content[one.end() :] if one else content


def _nest_element(content: bytes, chance: Random) -> bytes:
    """An element around itself, many times."""
    one = _element(content, chance)
    if one is None or one[0].endswith(b"/>"):
        return content
    depth = chance.choice((2, 40, 2000))
    opening = one[0][: one[0].index(b">") + 1]
    return content[: one.start()] + opening * depth + one[0] + b"</" + one[1] + b">" * depth + content[one.end() :]


_SPOILERS: tuple[Spoiler, ...] = (
    cut,
    _flip,
    _drop,
    _double,
    _move,
    _replace_value,
    _replace_value,
    _drop_element,
    _double_element,
    _nest_element,
)


def _spoilt_inside(content: bytes, spoil: Spoiler, chance: Random) -> bytes:
    """The archive with one part spoilt, dropped, doubled or renamed, and whole again as an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:  # spoilt before; it need not be an archive any more
        return spoil(content, chance)
    if not parts:
        return content
    markup = [index for index, (name, _) in enumerate(parts) if name.endswith(_MARKUP)]
    index = chance.choice(markup or range(len(parts)))
    name, part = parts[index]
    match chance.randrange(10):
        case 0:
            del parts[index]
        case 1:
            parts[index] = (chance.choice(parts)[0], part)
        case 2:
            parts[index] = (chance.choice(("../../x", "/etc/passwd", "word/document.xml", "xl/a\0b.xml", "")), part)
        case _:
            parts[index] = (name, spoil(part, chance))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {name.replace("\0", "") or "x": part for name, part in parts}.items():
            archive.writestr(name, part)
    return packed.getvalue()
