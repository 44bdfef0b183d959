"""Everything the program refuses, as one tree; each leaf has a stable code and one Vietnamese sentence.

CchcError
├── InputError         a file, a date, a word that cannot be used as it is
├── NotFound           something named that does not exist
├── Refused            a rule of the house stands against it
└── Unavailable        a part outside (database, mail server) does not answer

The codes stand in docs/errors.md; a test fails when one is missing there.
"""

from typing import ClassVar


class CchcError(Exception):
    """A refusal with a code; `facts` fill the sentence's places."""

    code: ClassVar[str] = ""
    sentence: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))


class InputError(CchcError):
    """What was handed in cannot be used as it is."""


class NotFound(CchcError):
    """Something was named that does not exist."""


class Refused(CchcError):
    """A rule of the house stands against it."""


class Unavailable(CchcError):
    """A part outside the program does not answer."""


class FileMissing(InputError):
    code = "file-missing"
    sentence = "Không tìm thấy tệp “{path}”. Kiểm tra lại tên và thư mục."


class FileUnreadable(InputError):
    code = "file-unreadable"
    sentence = "Không mở được tệp “{path}”: không có quyền đọc hoặc đây không phải là tệp."


class FileEmpty(InputError):
    code = "file-empty"
    sentence = "Tệp “{path}” không có nội dung."


class FileNotText(InputError):
    code = "file-not-text"
    sentence = "Tệp “{path}” không phải là văn bản đọc được. Dùng tệp .docx, .xlsx hoặc .txt."


class FileDamaged(InputError):
    code = "file-damaged"
    sentence = "Tệp “{path}” bị hỏng hoặc không đúng định dạng {format}. Mở và lưu lại tệp rồi thử lại."


class FormatUnknown(InputError):
    code = "format-unknown"
    sentence = "Chưa đọc được định dạng của tệp “{path}”. Dùng tệp .docx, .xlsx hoặc .txt."


class FileTooLarge(InputError):
    code = "file-too-large"
    sentence = "Tệp “{path}” lớn hơn {limit_mb} MB cho phép. Chia nhỏ hoặc nén tệp rồi thử lại."
