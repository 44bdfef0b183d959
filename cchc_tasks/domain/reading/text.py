"""Text made comparable: one form for every way of typing it, with the way back to what was printed."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in its one form. `origins[i]` is where character i stood in `source`; the last entry is its length.

    `repaired` says that a letter or a word was mended, not merely respelt: "2O23", "Qu ý", a Cyrillic "І".
    """

    source: str
    text: str
    origins: Sequence[int]
    repaired: bool = False

    def printed(self, start: int, end: int) -> str:
        """The words of the source that stand between two positions of the normalised text."""
        return self.source[self.origins[start] : self.origins[end]].strip().strip(INVISIBLE).strip()


def normalise(text: str) -> Normalised:
    """Bring a text to one form: composed letters, one tone placement, plain spaces, dashes, digits and numerals.

    Letters typed for digits ("l5/12", "3O/6", "Quý 1V") and time words torn in two ("Qu ý") are mended, and the
    result says so. Line breaks stay. The rules are those of docs/deadlines.md, section "Trước khi đọc".
    """
    form = _respelt(text)
    for pattern, mend in _MENDS:
        if pattern.search(form.text):
            form = _replace(form, pattern, mend)
    return form


def tidy(text: str) -> str:
    """The printed words, every letter as it is, in composed form and with plain spaces; line breaks stay."""
    composed = unicodedata.normalize("NFC", text)
    return _NO_BREAK.sub(" ", "".join(letter for letter in composed if letter not in INVISIBLE))


@lru_cache(maxsize=8192)
def search_key(text: str) -> str:
    """For matching and search: small letters without diacritics, đ as d, single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def lower(text: str) -> str:
    """Small letters, each in the place of its capital."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(letter.lower()[0] for letter in text)


def spellings(word: str) -> Iterator[str]:
    """The word with any of its diacritics left away: "trước" gives "trươc", "trước" and six more."""
    options = []
    for letter in word:
        vowel, _ = _TONED.get(letter, (letter, ""))
        bare = _BARE.get(vowel, vowel)
        tone = _TONED[letter][1] if letter in _TONED else ""
        options.append(dict.fromkeys((letter, vowel, unicodedata.normalize("NFC", bare + tone), bare)))
    return ("".join(letters) for letters in product(*options))


# Superscripts are footnote marks: as digits they would join the year before them.
_RESPELT = str.maketrans(
    {**dict.fromkeys("–—−‐‑‒―•●▪◦÷→⇒~", "-"), **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "), "\t": " ", "\r": " ", "\u2028": "\n"}
)
_LOOKALIKES = str.maketrans("АВЕІКМНОРСТУХаеіорсух", "ABEIKMHOPCTYXaeiopcyx")
_UNUSUAL = re.compile(f"[{re.escape(''.join(map(chr, [*_RESPELT, *_LOOKALIKES])) + INVISIBLE)}]")
_DIGITS = str.maketrans("lIOo", "1100")
_NO_BREAK = re.compile(r"[^\S\n]")
_SPACE = re.compile(r"\s+")
_CLUSTER = re.compile(r"[\s\S][\u0300-\u036f]*")
_QUARTER_NUMERAL = re.compile(r"(?<!\w)(qu[ýíy]\s*|q\.?\s*)(?=\d*[ilv])([1liv]{1,3})(?!\w)", re.IGNORECASE)
_ARROW = re.compile(r"[-=]+>")
_DOUBLED_MARK = re.compile(r"(?<=[\dIVXivx])\s?([/.-])(?:\s?\1)+\s?(?=\d)")
_MISTYPED_NUMBER = re.compile(r"(?<![^\W_])(?=\d*[lIOo])(?=[lIOo]*\d)[\dlIOo]+(?![^\W_])")


def _respelt(text: str) -> Normalised:
    if unicodedata.is_normalized("NFKC", text) and not _UNUSUAL.search(text):
        return Normalised(text, _one_tone_placement(text), range(len(text) + 1))
    letters: list[str] = []
    origins: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        if cluster[0] not in INVISIBLE:
            composed = unicodedata.normalize("NFKC", cluster[0].translate(_RESPELT)).translate(_RESPELT)
            letters.append(composed)
            origins.extend([cluster.start()] * len(composed))
    composed = "".join(letters)
    latin = composed.translate(_LOOKALIKES)
    return Normalised(text, _one_tone_placement(latin), [*origins, len(text)], repaired=latin != composed)


def _replace(form: Normalised, pattern: re.Pattern[str], mend: Callable[[re.Match[str]], str]) -> Normalised:
    """Mend every match; a shorter text takes the origin of the first letters of what it stands for."""
    pieces: list[str] = []
    origins: list[int] = []
    done = 0
    for match in pattern.finditer(form.text):
        mended = mend(match)
        if mended == match[0]:
            continue
        pieces += [form.text[done : match.start()], mended]
        origins += form.origins[done : match.start() + len(mended)]
        done = match.end()
    if not pieces:
        return form
    text = "".join(pieces) + form.text[done:]
    return Normalised(form.source, text, [*origins, *form.origins[done:]], repaired=True)


def _roman(match: re.Match[str]) -> str:
    numeral = match[2]
    return match[1] + (numeral if numeral == "1" else numeral.translate(str.maketrans("1l", "II")))


# --- one tone placement: "hoà" and "hòa", "qúy" and "quý" are the same word ---

_ACUTE, _DOT_BELOW = "\u0301", "\u0323"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLAIN_VOWELS = "aăâeêioôơuưy"
_TONED = {unicodedata.normalize("NFC", vowel + tone): (vowel, tone) for vowel in _PLAIN_VOWELS for tone in _TONES}
_TONED |= {toned.upper(): (vowel.upper(), tone) for toned, (vowel, tone) in _TONED.items()}
_BARE = dict(zip("ăâêôơưđ", "aaeooud", strict=True))
_VOWEL = f"[{_PLAIN_VOWELS}{_PLAIN_VOWELS.upper()}]"
_ANY_TONED = "[" + "".join(_TONED) + "]"
_SUSPECT = re.compile(rf"[^\W\d_]*(?:{_VOWEL}{_ANY_TONED}|{_ANY_TONED}{_VOWEL})[^\W\d_]*")
_NUCLEUS = re.compile(rf"^(?:qu|gi(?={_VOWEL})|[^{_PLAIN_VOWELS}]*)({_VOWEL}+)(.*)$", re.IGNORECASE)


def _one_tone_placement(text: str) -> str:
    return text if text.isascii() else _SUSPECT.sub(lambda match: _retoned(match[0]), text)


@lru_cache(maxsize=8192)
def _retoned(syllable: str) -> str:
    if not (syllable.islower() or syllable.isupper() or syllable.istitle()):
        return syllable  # two words stuck together: "quýIII"
    tones = [_TONED[letter][1] for letter in syllable if letter in _TONED]
    plain = "".join(_TONED[letter][0] if letter in _TONED else letter for letter in syllable)
    shape = _NUCLEUS.match(plain)
    if len(tones) != 1 or not shape:
        return syllable
    at = shape.start(1) + _bearer(shape[1].lower(), open_syllable=not shape[2])
    return plain[:at] + unicodedata.normalize("NFC", plain[at] + tones[0]) + plain[at + 1 :]


def _bearer(nucleus: str, *, open_syllable: bool) -> int:
    """Which vowel carries the tone: the last marked one, else the second of three or before a final consonant."""
    marked = [place for place, vowel in enumerate(nucleus) if vowel in "ăâêôơư"]
    if marked:
        return marked[-1]
    return 1 if len(nucleus) > 2 or (len(nucleus) == 2 and not open_syllable) else 0


# --- time words torn by a line break ---

_TIME_WORDS = [
    "quý",
    "quí",
    "tháng",
    "năm",
    "ngày",
    "tuần",
    "trước",
    "chậm",
    "muộn",
    "nhất",
    "hàng",
    "hằng",
    "cuối",
    "giữa",
    "thường",
    "xuyên",
    "định",
    "khi",
]
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et"
    " ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu"
    " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong"
    " op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm"
    " uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu"
    " y yêm yên yêng yêt yêu ynh yt"
)
_SYLLABLE = re.compile(
    r"(b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    f"({'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})"
)
_STOPPED = re.compile("(?:c|ch|p|t)$")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether Vietnamese has such a syllable, in small letters: onset, rhyme, and a tone that its end allows."""
    tones = [_TONED[letter][1] for letter in word if letter in _TONED]
    plain = "".join(_TONED[letter][0] if letter in _TONED else letter for letter in word)
    stopped = not _STOPPED.search(plain) or tones in ([_ACUTE], [_DOT_BELOW])
    return len(tones) < 2 and stopped and _SYLLABLE.fullmatch(plain) is not None


def _torn(word: str) -> list[str]:
    cuts = [(word[:place], word[place:]) for place in range(1, len(word))]
    return [rf"{head}\s+{tail}" for head, tail in cuts if not (is_syllable(head) and is_syllable(tail))]


_TORN = re.compile(rf"(?<!\w)(?:{'|'.join(cut for word in _TIME_WORDS for cut in _torn(word))})(?!\w)", re.IGNORECASE)

# --- what is mended, in this order ---

_MENDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_QUARTER_NUMERAL, _roman),
    (_MISTYPED_NUMBER, lambda match: match[0].translate(_DIGITS)),
    (_ARROW, lambda match: "-"),
    (_DOUBLED_MARK, lambda match: match[1]),
    (_TORN, lambda match: _SPACE.sub("", match[0])),
)
