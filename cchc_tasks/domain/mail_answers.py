"""What a mail server's answer means for an office, in plain words; the raw answer stands beside it."""

import re

_CODE = re.compile(r"\b([245])\d\d\b")
_MEANINGS = (
    (re.compile(r"\b(?:550|551|553)\b|\b5\.1\.1\b"), "Hộp thư không tồn tại hoặc từ chối nhận. Kiểm tra lại địa chỉ."),
    (re.compile(r"\b552\b|\b5\.2\.2\b|\b452\b"), "Hộp thư đầy hoặc thư quá lớn."),
    (re.compile(r"\b(?:554|5\.7\.\d+)\b"), "Máy chủ thư từ chối thư này (thường do chống thư rác)."),
    (re.compile(r"\b(?:530|535)\b"), "Máy chủ thư không chấp nhận tài khoản gửi. Kiểm tra CCHC_MAIL_URL."),
)


def meaning(answer: str) -> str:
    """ "550 no such user" becomes "Hộp thư không tồn tại…"; a Vietnamese sentence of our own stays as it is."""
    for pattern, words in _MEANINGS:
        if pattern.search(answer):
            return words
    code = _CODE.search(answer)
    if code is None:
        return answer
    if code[1] == "2":
        return "Máy chủ thư đã nhận."
    return "Máy chủ thư tạm thời chưa nhận, sẽ gửi lại." if code[1] == "4" else "Máy chủ thư không nhận thư này."
