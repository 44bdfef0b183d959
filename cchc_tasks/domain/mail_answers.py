"""What a mail server's answer means for an office, in plain words; the raw answer stands beside it."""

import re

# A code stands first in a server's answer, and in brackets where a sentence of ours quotes it.
_CODE = re.compile(r"(?:^|\()([245]\d\d)\b")
_MEANINGS = (
    ("từ chối người gửi", "Máy chủ thư không cho gửi bằng địa chỉ của hệ thống. Kiểm tra CCHC_MAIL_URL."),
    (r"\b(?:530|535)\b", "Máy chủ thư không chấp nhận tài khoản gửi. Kiểm tra CCHC_MAIL_URL."),
    (r"\b(?:552|452)\b|\b[45]\.2\.2\b", "Hộp thư đầy hoặc thư quá lớn."),
    (r"\b554\b|\b5\.7\.\d+\b", "Máy chủ thư từ chối thư này (thường do chống thư rác)."),
    (r"\b(?:550|551|553)\b", "Hộp thư không tồn tại hoặc từ chối nhận. Kiểm tra lại địa chỉ."),
)
_BY_CLASS = {
    "2": "Máy chủ thư đã nhận.",
    "4": "Máy chủ thư tạm thời chưa nhận, sẽ gửi lại.",
    "5": "Máy chủ thư không nhận thư này.",
}


def meaning(answer: str) -> str:
    """ "550 no such user" becomes "Hộp thư không tồn tại…"; a Vietnamese sentence of our own stays as it is."""
    code = _CODE.search(answer)
    if code is None:
        return answer
    told = (words for pattern, words in _MEANINGS if re.search(pattern, answer[: code.end() + 8]))
    return next(told, _BY_CLASS[code[1][0]])
