"""The types of documents an office cites, by name, by abbreviation and by the first part of a symbol."""

import re

# Decree 30/2020/NĐ-CP, appendix III; Law on legal documents; Party Regulation 66-QĐ/TW. Longer names first.
NAMES = {
    "thông tư liên tịch": "TTLT",
    "nghị quyết liên tịch": "NQLT",
    "văn bản hợp nhất": "VBHN",
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "kế hoạch": "KH",
    "báo cáo": "BC",
    "thông báo kết luận": "TB",
    "thông báo": "TB",
    "thông cáo": "TC",
    "thông tri": "TTri",
    "thông tư": "TT",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "tờ trình": "TTr",
    "công văn": "CV",
    "công điện": "CĐ",
    "nghị định": "NĐ",
    "bộ luật": "Luật",
    "luật": "Luật",
    "pháp lệnh": "PL",
    "kết luận": "KL",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "biên bản": "BB",
    "hợp đồng": "HĐ",
    "giấy mời": "GM",
    "giấy ủy quyền": "GUQ",
    "giấy giới thiệu": "GGT",
    "phiếu chuyển": "PC",
    "phiếu gửi": "PG",
    "văn bản": "VB",
}
LETTER, ANY_DOCUMENT = "CV", "VB"

_BY_SYMBOL = {
    **{abbreviation: abbreviation for abbreviation in NAMES.values() if abbreviation not in (LETTER, "Luật")},
    **{"CTHĐ": "CTr", "CTrHĐ": "CTr", "CTPH": "CTr", "KHPH": "KH", "KHLN": "KH", "KHLT": "KH", "KHHĐ": "KH"},
    **{"QCPH": "QC", "HDLN": "HD", "HDLT": "HD", "QĐi": "QyĐ", "TTRi": "TTri"},
}
_BY_FOLDED = {symbol.casefold(): abbreviation for symbol, abbreviation in _BY_SYMBOL.items()}
SYMBOL_TYPE = "|".join(sorted((re.escape(symbol) for symbol in _BY_SYMBOL), key=len, reverse=True))
# Abbreviations written for the name itself: "QĐ số 846/QĐ-TTg".
ABBREVIATED = "|".join(sorted({*_BY_SYMBOL, LETTER}, key=len, reverse=True))


def type_of(word: str, symbol: str) -> str | None:
    """The abbreviation of a document's type, from the word before its number, else from its symbol.

    A "văn bản" whose symbol names no type is an official letter: letters alone carry none (Decree 30/2020/NĐ-CP,
    appendix III). None where neither word nor symbol says it.
    """
    said = NAMES.get(" ".join(word.lower().split())) or _BY_FOLDED.get(word.casefold()) or (word or None)
    in_symbol = _BY_FOLDED.get(re.split(r"[-/]", symbol)[0].casefold())
    if said == ANY_DOCUMENT:
        return in_symbol or LETTER
    return said or in_symbol
