"""Text of a Word document in fonts of before Unicode, decoded in its place before anything else reads it."""

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from cchc_tasks.adapters.documents.legacy_fonts import VNI_MARKS, is_legacy, to_unicode
from cchc_tasks.adapters.documents.office_markup import attribute_of, child_of, name_of, value_of


def decode_fonts(root: etree._Element, styles: etree._Element | None) -> None:
    """Put Unicode into every run of a part whose font, its own or its style's, is one of TCVN3 or VNI."""
    fonts = _Fonts(styles)
    if not any(is_legacy(font) for font in (*fonts.named(), *_named_in(root))):
        return
    for paragraph in root.iter("{*}p"):
        texts = [(text, fonts.of_run(run, paragraph)) for run in _runs(paragraph) for text in _texts(run)]
        for (before, font), (text, other) in pairwise(texts):
            letters = text.text or ""
            if font == other and is_legacy(font) and letters[:1] and letters[0] in VNI_MARKS and before.text:
                before.text, text.text = before.text + letters[0], letters[1:]  # a run may part a letter from its mark
        for text, font in texts:
            text.text = to_unicode(text.text or "", font)


class _Fonts:
    """Which font a run has: by itself, by its style, by its paragraph's style, or as everywhere in the document."""

    def __init__(self, styles: etree._Element | None) -> None:
        parts = [] if styles is None else [part for part in styles if name_of(part) == "style"]
        self._own = {attribute_of(part, "styleId") or "": _own_font(part) for part in parts}
        self._above = {attribute_of(part, "styleId") or "": value_of(part, "basedOn") or "" for part in parts}
        self._usual = next((attribute_of(part, "styleId") or "" for part in parts if _is_usual(part)), "")
        everywhere = child_of(styles, "docDefaults", "rPrDefault")
        self._everywhere = "" if everywhere is None else _own_font(everywhere)

    def named(self) -> Iterator[str]:
        """Every font that a style names."""
        yield from self._own.values()
        yield self._everywhere

    def of_run(self, run: etree._Element, paragraph: etree._Element) -> str:
        """The font of a run's letters beyond ASCII; empty where nothing names one."""
        by_itself = _own_font(run) or self._of_style(value_of(run, "rPr", "rStyle") or "")
        return by_itself or self._of_style(value_of(paragraph, "pPr", "pStyle") or self._usual) or self._everywhere

    def _of_style(self, style: str) -> str:
        seen: set[str] = set()
        while style in self._own and style not in seen:
            if self._own[style]:
                return self._own[style]
            seen.add(style)
            style = self._above[style]
        return ""


def _own_font(parent: etree._Element) -> str:
    fonts = child_of(parent, "rPr", "rFonts")
    return "" if fonts is None else attribute_of(fonts, "hAnsi") or attribute_of(fonts, "ascii") or ""


def _is_usual(style: etree._Element) -> bool:
    return attribute_of(style, "default") in ("1", "true", "on") and attribute_of(style, "type") == "paragraph"


def _named_in(root: etree._Element) -> set[str]:
    return {str(value) for fonts in root.iter("{*}rFonts") for value in fonts.attrib.values()}


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph, not those of text boxes in it."""
    for run in paragraph.iter("{*}r"):
        if next(run.iterancestors("{*}p"), None) is paragraph:
            yield run


def _texts(run: etree._Element) -> Iterator[etree._Element]:
    """The pieces of text in a run. A soft hyphen is how Word keeps TCVN3's ư, which has the same number."""
    for child in run:
        name = name_of(child)
        if name == "softHyphen":
            child.tag = str(child.tag).replace("softHyphen", "t")
            child.text = "\u00ad"
        if name in ("t", "softHyphen"):
            yield child
