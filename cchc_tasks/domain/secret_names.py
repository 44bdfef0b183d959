"""The passwords, tokens and addresses with passwords in them that an administrator may set, by name."""

# ruff: noqa: S105 - these are names; values stand sealed in the database alone

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from cchc_tasks.domain.errors import (
    SecretEmpty,
    SecretNameUnknown,
    SecretNotText,
    SecretNotUrl,
    SecretOfProgram,
    SecretTooLong,
    SecretTooShort,
)

MOST_LETTERS = 4_000
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://\S+")


class SecretName(StrEnum):
    """What each is for stands in `IN_WORDS`; the value is never shown again once it is set."""

    MAIL_URL = "mail-url"
    ZALO_APP_ID = "zalo-app-id"
    ZALO_APP_SECRET = "zalo-app-secret"
    ZALO_OA_ID = "zalo-oa-id"
    ZALO_CODE_VERIFIER = "zalo-code-verifier"
    ZALO_WEBHOOK_SECRET = "zalo-webhook-secret"
    ZALO_TOKENS = "zalo-tokens"  # kept by the program itself
    ZALO_BOT_TOKEN = "zalo-bot-token"
    TELEGRAM_URL = "telegram-url"
    MATTERMOST_URL = "mattermost-url"
    WEBHOOK_URL = "webhook-url"
    SMS_URL = "sms-url"
    OTHER_URL = "other-url"
    ALERT_URL = "alert-url"
    PING_URL = "ping-url"
    BOUNCE_URL = "bounce-url"
    BOUNCE_TOKEN = "bounce-token"
    METRICS_TOKEN = "metrics-token"


@dataclass(frozen=True, slots=True)
class Explained:
    """What a secret is for, and what one looks like; an example is empty where there is no shape to it."""

    use: str
    example: str = ""


IN_WORDS = {
    SecretName.MAIL_URL: Explained(
        "máy chủ thư để gửi thư nhắc việc", "mailtos://TÀI_KHOẢN:MẬT_KHẨU@thu.so.example:587/?from=cchc@so.example"
    ),
    SecretName.ZALO_APP_ID: Explained("mã ứng dụng Zalo", "dãy số trên trang developers.zalo.me"),
    SecretName.ZALO_APP_SECRET: Explained("khóa bí mật của ứng dụng Zalo"),
    SecretName.ZALO_OA_ID: Explained("mã Zalo Official Account của Sở", "dãy số trên trang oa.zalo.me"),
    SecretName.ZALO_CODE_VERIFIER: Explained("chuỗi xác minh khi xin quyền gửi của Zalo OA", "43 chữ và số"),
    SecretName.ZALO_WEBHOOK_SECRET: Explained("khóa kiểm chữ ký của sự kiện Zalo gửi về"),
    SecretName.ZALO_TOKENS: Explained("cặp mã truy cập Zalo OA đang dùng, do hệ thống tự ghi"),
    SecretName.ZALO_BOT_TOKEN: Explained("mã của Zalo Bot"),
    SecretName.TELEGRAM_URL: Explained("bot Telegram để gửi tin", "tgram://MÃ_BOT"),
    SecretName.MATTERMOST_URL: Explained("máy chủ Mattermost để gửi tin", "mmosts://chat.so.example/MÃ_KẾT_NỐI"),
    SecretName.WEBHOOK_URL: Explained("địa chỉ nhận tin dạng JSON", "jsons://TÀI_KHOẢN:MẬT_KHẨU@may-chu.example/tin"),
    SecretName.SMS_URL: Explained("cổng gửi tin nhắn SMS", "jsons://TÀI_KHOẢN:MẬT_KHẨU@sms.example/gui"),
    SecretName.OTHER_URL: Explained("kênh khác do quản trị chọn, theo địa chỉ Apprise", "KÊNH://MÃ@MÁY_CHỦ/{address}"),
    SecretName.ALERT_URL: Explained("nơi nhận cảnh báo của quản trị, theo địa chỉ Apprise", "tgram://MÃ_BOT/MÃ_NHÓM"),
    SecretName.PING_URL: Explained("địa chỉ báo mỗi ngày rằng bộ nhắc việc đã chạy", "https://MÁY_CHỦ/MÃ"),
    SecretName.BOUNCE_URL: Explained("hộp thư nhận thư bị trả lại", "imaps://TÀI_KHOẢN:MẬT_KHẨU@thu.so.example"),
    SecretName.BOUNCE_TOKEN: Explained("mã để máy chủ thư báo thư bị trả lại"),
    SecretName.METRICS_TOKEN: Explained("mã để hệ thống giám sát đọc số đo"),
}
BY_PROGRAM = frozenset({SecretName.ZALO_TOKENS})  # the program alone writes these
LEAST = {
    SecretName.BOUNCE_TOKEN: 16,  # anybody on the network may guess, and each try is answered with yes or no
    SecretName.METRICS_TOKEN: 16,
    SecretName.ZALO_CODE_VERIFIER: 43,  # RFC 7636, 4.1: Zalo refuses a shorter one, but only at the very end
}


def read_name(text: str) -> SecretName:
    """The secret of this name. Raises SecretNameUnknown without what was typed: a value may stand there by mistake."""
    try:
        return SecretName(text)
    except ValueError:
        raise SecretNameUnknown(known=", ".join(SecretName)) from None


def check_settable(name: SecretName) -> None:
    """Raise SecretOfProgram where the program alone writes it."""
    if name in BY_PROGRAM:
        raise SecretOfProgram(name=name)


def read_value(name: SecretName, text: str) -> str:
    """The value as an administrator handed it over, without the line's end.

    Raises SecretEmpty, SecretTooLong, SecretNotText, SecretTooShort or SecretNotUrl, none of which repeats the value.
    """
    value = text.rstrip("\r\n")
    if not value.strip():
        raise SecretEmpty(name=name)
    if len(value) > MOST_LETTERS:
        raise SecretTooLong(name=name, most=MOST_LETTERS)
    if any(unicodedata.category(letter).startswith("C") for letter in value):
        raise SecretNotText(name=name)
    if len(value) < LEAST.get(name, 1):
        raise SecretTooShort(name=name, least=LEAST[name])
    if name.endswith("-url") and not _URL.fullmatch(value):
        raise SecretNotUrl(name=name)
    return value


def way_back(name: SecretName) -> str:
    """What an administrator does where a secret can be opened no more."""
    if name in BY_PROGRAM:
        return "Xin lại quyền gửi trên trang Kênh gửi."
    return f"Nhập lại bằng lệnh: cchc secret set {name}."
