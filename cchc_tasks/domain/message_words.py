"""The sentences that messages are made of: ours by name, each with the places it may hold, and the office's instead."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from cchc_tasks.domain.errors import (
    SentenceBroken,
    SentenceEmpty,
    SentencePlaceUnknown,
    SentenceTooLong,
    SentenceUnknown,
)

LONGEST = 500
PLACES = {
    "nguoi_nhan": "họ tên người nhận",
    "don_vi": "đơn vị của người nhận",
    "ngay": "ngày gửi",
    "so_viec": "số việc theo từng loại",
    "co_quan": "tên Sở",
    "thuong_truc": "đơn vị thường trực CCHC",
    "nhom": "tên nhóm đơn vị",
}
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of our sentences: what it is for, its words, and the places that may stand in it."""

    about: str
    text: str
    places: tuple[str, ...]


_TO_PERSON = ("nguoi_nhan", "don_vi", "ngay", "so_viec", "co_quan", "thuong_truc")
_TO_GROUP = ("nhom", "ngay", "so_viec", "co_quan", "thuong_truc")
SENTENCES: dict[str, Sentence] = {
    "digest-greeting": Sentence("Thư nhắc: lời chào", "Kính gửi {nguoi_nhan}, {don_vi},", _TO_PERSON),
    "digest-opening": Sentence("Thư nhắc: câu mở đầu", "Sáng {ngay}, đơn vị có {so_viec}.", _TO_PERSON),
    "digest-closing": Sentence("Thư nhắc: câu kết", "Việc đã nộp không còn trong thư sáng mai.", _TO_PERSON),
    "digest-signature": Sentence(
        "Thư nhắc: dòng cuối", "Thư gửi riêng {nguoi_nhan}. Có vướng mắc, xin trả lời thư này.", _TO_PERSON
    ),
    "office-opening": Sentence(
        "Phần việc của Thường trực: câu mở đầu", "Chờ Thường trực CCHC xử lý: {so_viec}.", _TO_PERSON
    ),
    "office-quiet": Sentence(
        "Phần việc của Thường trực: câu khi không có gì mới", "Hôm nay không có việc mới chờ {thuong_truc}.", _TO_PERSON
    ),
    "leaders-opening": Sentence(
        "Thư báo cáo lãnh đạo: câu mở đầu", "Sáng {ngay}, {thuong_truc} báo cáo {so_viec}.", _TO_PERSON
    ),
    "weekly-greeting": Sentence("Thư tuần: lời chào", "Kính gửi {nguoi_nhan},", _TO_PERSON),
    "weekly-opening": Sentence("Thư tuần: câu mở đầu", "Tình hình đến {ngay}: {so_viec}.", _TO_PERSON),
    "weekly-closing": Sentence("Thư tuần: câu kết", "Số liệu tính đến đầu giờ {ngay}.", _TO_PERSON),
    "weekly-signature": Sentence(
        "Thư tuần: dòng cuối", "Thư gửi riêng {nguoi_nhan}. Có ý kiến chỉ đạo, xin trả lời thư này.", _TO_PERSON
    ),
    "group-greeting": Sentence("Tin nhóm Zalo: lời chào", "Kính gửi {nhom},", _TO_GROUP),
    "group-opening": Sentence("Tin nhóm Zalo: câu mở đầu", "Đến {ngay}, còn {so_viec}:", _TO_GROUP),
    "group-signature": Sentence("Tin nhóm Zalo: dòng cuối", "{thuong_truc} – Thường trực CCHC", _TO_GROUP),
}


class MessageWords:
    """The sentences as they are used: the office's own where it wrote one, else ours."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self._own = own or {}

    def say(self, name: str, **facts: str) -> str:
        """A sentence with its places filled; a place without a fact stays empty."""
        text = self._own.get(name, SENTENCES[name].text)
        return " ".join(_PLACE.sub(lambda found: facts.get(found[1], ""), text).split())


def sentence(name: str) -> Sentence:
    """One of our sentences; raises SentenceUnknown."""
    if name not in SENTENCES:
        raise SentenceUnknown(name=name)
    return SENTENCES[name]


def checked(name: str, text: str) -> str:
    """A sentence of the office's as it is kept, on one line and composed (NFC).

    Raises SentenceUnknown, SentenceEmpty, SentenceTooLong, SentenceBroken, SentencePlaceUnknown.
    """
    allowed = sentence(name).places
    tidy = " ".join(unicodedata.normalize("NFC", text).split())
    if not tidy:
        raise SentenceEmpty(name=name)
    if len(tidy) > LONGEST:
        raise SentenceTooLong(name=name, most=LONGEST)
    if any(brace in _PLACE.sub("", tidy) for brace in "{}"):
        raise SentenceBroken(name=name)
    for place in _PLACE.findall(tidy):
        if place not in allowed:
            raise SentencePlaceUnknown(place=f"{{{place}}}", known=" ".join(f"{{{one}}}" for one in allowed))
    return tidy
