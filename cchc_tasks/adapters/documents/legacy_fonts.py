"""Text typed in the fonts of before Unicode: TCVN3 (.VnTime, .VnTimeH …) and VNI (VNI-Times …), as Unicode.

Their letters were stored as signs of Western European: "KÕ ho¹ch" in TCVN3, "Keá hoaïch" in VNI. Programs of today show
and store exactly these signs, together with the font's name.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from cchc_tasks.domain.reading.document import Grid, Paragraph, SourceDocument


def to_unicode(text: str, font: str) -> str:
    """The text as its font shows it, composed; unchanged in any other font, and where it is Unicode all the same."""
    decode = _decoder(font)
    if decode is None or _OWN_LETTER.search(text):
        return text
    decoded = decode(text)
    return decoded.upper() if _CAPITALS.fullmatch(font) else decoded


def is_legacy(font: str) -> bool:
    """Whether a font shows other letters than are stored."""
    return _decoder(font) is not None


def in_unicode(document: SourceDocument) -> SourceDocument:
    """A document whose fonts are not known, with every text decoded that is TCVN3 or VNI beyond doubt.

    Doubt is decided for the whole document: there must be many words in old letters, all of them Vietnamese when
    decoded, few of them as they stand. A text in which each word is Vietnamese as it stands is decoded only
    where no text of the document is in Unicode.
    """
    texts = [text for text in _texts(document) if _WESTERN_LETTER.search(text) and not _OWN_LETTER.search(text)]
    decode = next((one for one in (_from_tcvn3, _from_vni) if _surely(one, texts)), None)
    if decode is None:
        return document
    mixed = any(_OWN_LETTER.search(text) for text in _texts(document))

    def decoded(text: str) -> str:
        own = _OWN_LETTER.search(text) or not _WESTERN_LETTER.search(text)
        return text if own or (mixed and _share_of_syllables(text) == 1) else decode(text)

    return SourceDocument(tuple(_with_texts(block, decoded) for block in document.blocks))


def is_syllable(word: str) -> bool:
    """Whether a word can be Vietnamese: its letters in an order, and with a tone, that the language has."""
    return _is_syllable(unicodedata.normalize("NFC", word).lower())


_Decoder = Callable[[str], str]

_SUBSET = r"(?:[A-Z]{6}\+)?"  # stands before the names of fonts that a PDF holds in part
_TCVN3_FONT = re.compile(rf"{_SUBSET}\.?Vn[A-Z].*")
_VNI_FONT = re.compile(rf"{_SUBSET}VNI[- ]?[A-Z0-9].*", re.IGNORECASE)
_CAPITALS = re.compile(rf"{_SUBSET}\.?Vn[A-Z][A-Za-z ]*H(?:[-,].*)?")  # small letters are drawn as capitals in them

# TCVN 5712:1993, VN3: no capitals with a tone, which is what the fonts in …H are for.
_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)

# VNI sets a sign behind a vowel that stands for its mark or its mark and tone; ơ, ư, đ and i have letters of their own.
_VNI_LETTERS = dict(zip("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ", strict=True))
_VNI_MARKS = {
    **dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True)),
    **dict(zip("âáàåãä", ("\u0302", *(f"\u0302{tone}" for tone in "\u0301\u0300\u0309\u0303\u0323")), strict=True)),
    **dict(zip("êéèúüë", ("\u0306", *(f"\u0306{tone}" for tone in "\u0301\u0300\u0309\u0303\u0323")), strict=True)),
}
_TONES = "ùøûõï"
_TAKES = {"a": "ùøûõïâáàåãäêéèúüë", "e": "ùøûõïâáàåãä", "o": "ùøûõïâáàåãä", "u": _TONES, "y": _TONES, "ô": _TONES}
_TAKES["ö"] = _TONES
VNI_MARKS = "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper()
_VNI_PIECE = re.compile(
    "|".join(f"[{base}{base.upper()}][{marks}{marks.upper()}]" for base, marks in _TAKES.items())
    + f"|[{''.join(_VNI_LETTERS)}]"
)

# Vietnamese letters that no Western European has: text that holds one was typed in Unicode.
_OWN_LETTER = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u0323Ạ-ỹ]")
_WESTERN_LETTER = re.compile("[\u00a1-\u00ff]")
_WORD = re.compile("[A-Za-z\u00a1-\u00ff\u0100-\u01b0\u1ea0-\u1ef9]+")
_LEAST_WORDS = 6
_LEAST_VIETNAMESE, _MOST_AS_THEY_STAND = 0.98, 0.5


@cache
def _decoder(font: str) -> _Decoder | None:
    if _TCVN3_FONT.fullmatch(font):
        return _from_tcvn3
    return _from_vni if _VNI_FONT.fullmatch(font) else None


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    return _VNI_PIECE.sub(lambda found: _vni_letter(found[0]), text)


def _vni_letter(piece: str) -> str:
    """One letter; where the sign of its mark is small and the letter large, the letter counts."""
    letter = _VNI_LETTERS.get(piece[0], piece[0])
    return unicodedata.normalize("NFC", letter + "".join(_VNI_MARKS[sign] for sign in piece[1:].lower()))


def _surely(decode: _Decoder, texts: list[str]) -> bool:
    words = {word for text in texts for word in _words(text)}
    before, after = " ".join(words), " ".join(decode(word) for word in words)
    enough = len(words) >= _LEAST_WORDS and _share_of_syllables(before) <= _MOST_AS_THEY_STAND
    return enough and _share_of_syllables(after) >= _LEAST_VIETNAMESE


def _words(text: str) -> list[str]:
    """The words that tell encodings apart: those with a letter beyond ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _share_of_syllables(text: str) -> float:
    words = _words(text)
    return sum(is_syllable(word) for word in words) / len(words) if words else 1


_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdđghklmnprstvx])?"
_NUCLEUS = (
    "(?:uyê|uya|uyu|iêu|yêu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|iê|yê|uô|ươ|ia|ya|ua|ưa|uâ|uê|uơ|uy|oa|oă|oe|oo"
    "|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(f"{_ONSET}{_NUCLEUS}(ch|ng|nh|[cmnpt])?")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@cache
def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word)
    tones = _TONE.findall(apart)
    found = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", _TONE.sub("", apart)))
    if found is None or len(tones) > 1:
        return False
    return found[1] not in {"c", "ch", "p", "t"} or not tones or tones[0] in "\u0301\u0323"


def _texts(document: SourceDocument) -> list[str]:
    cells = (cell.text for grid in document.grids for row in grid.rows for cell in row.cells)
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def _with_texts(block: Paragraph | Grid, change: _Decoder) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return Paragraph(change(block.text))
    rows = (
        replace(row, cells=tuple(replace(cell, text=change(cell.text)) for cell in row.cells)) for row in block.rows
    )
    return Grid(tuple(rows))
