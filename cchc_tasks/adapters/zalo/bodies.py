"""Makes the bodies of Zalo's four kinds of message, composed (NFC) and within Zalo's lengths."""

import re
import unicodedata
from collections.abc import Mapping

from cchc_tasks.adapters.zalo.settings import Parameter, Template
from cchc_tasks.domain.short_words import CUT, ShortWords, short

_DAY = re.compile(r"(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])/\d{4}")

Body = Mapping[str, object]


class DoesNotFit(Exception):
    """A message cannot be said in this template; `empty`: another kind of message can say it."""

    def __init__(self, words: str, *, empty: bool = False) -> None:
        super().__init__(words)
        self.words = words
        self.empty = empty


def phone_body(phone: str, template: Template, words: ShortWords, reference: str) -> Body:
    """A template by phone; raises DoesNotFit."""
    data = _filled(template, words)
    return {"phone": phone, "template_id": template.id, "template_data": data, "tracking_id": reference}


def user_body(user_id: str, template: Template, words: ShortWords) -> Body:
    """A template by user id, which has no place for a reference of ours; raises DoesNotFit."""
    return {"user_id": user_id, "template_id": template.id, "template_data": _filled(template, words)}


def consultation_body(user_id: str, text: str, longest: int) -> Body:
    """A consultation message."""
    return {"recipient": {"user_id": user_id}, "message": {"text": fitting(text, longest)}}


def group_body(group_id: str, text: str, longest: int) -> Body:
    """A message into a group."""
    return {"recipient": {"group_id": group_id}, "message": {"text": fitting(text, longest)}}


def fitting(text: str, longest: int) -> str:
    """A text of lines, composed, without the beginning of a mention, cut at a word with "…"."""
    whole = _plain(text)
    if len(whole) <= longest:
        return whole
    room = whole[: longest - len(CUT) + 1]
    at_a_word = re.match(r"(?s)(.*\S)\s", room)
    return (at_a_word[1] if at_a_word else room[:-1]) + CUT


def _filled(template: Template, words: ShortWords) -> dict[str, str]:
    return {one.name: _value(one, str(getattr(words, one.field))) for one in template.parameters}


def _value(parameter: Parameter, text: str) -> str:
    value = " ".join(_plain(text).split()) or parameter.when_empty
    if not value:
        raise DoesNotFit(f"Mẫu tin Zalo cần “{parameter.name}” mà tin này không có", empty=True)
    if parameter.may_cut:
        return short(value, parameter.longest)
    if len(value) > parameter.longest:
        raise DoesNotFit(f"“{parameter.name}” dài {len(value)} ký tự, Zalo nhận nhiều nhất {parameter.longest}")
    if parameter.type == "date" and not _DAY.fullmatch(value):
        raise DoesNotFit(f"“{parameter.name}” là “{value}”, Zalo chỉ nhận ngày theo mẫu 05/03/2026")
    return value


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).strip()
    while "[@" in composed:
        composed = composed.replace("[@", "")
    return composed
