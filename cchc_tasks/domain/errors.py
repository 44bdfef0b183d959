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
    sentence = (
        "Tệp “{path}” không phải là văn bản đọc được. "
        "Dùng tệp .docx, .doc, .xlsx, .xls, .pdf, .html, .csv, .md hoặc .txt."
    )


class FileDamaged(InputError):
    code = "file-damaged"
    sentence = "Tệp “{path}” bị hỏng hoặc không đúng định dạng {format}. Mở và lưu lại tệp rồi thử lại."


class FormatUnknown(InputError):
    code = "format-unknown"
    sentence = (
        "Chưa đọc được định dạng của tệp “{path}”. Dùng tệp .docx, .doc, .xlsx, .xls, .pdf, .html, .csv, .md hoặc .txt."
    )


class FileTooLarge(InputError):
    code = "file-too-large"
    sentence = "Tệp “{path}” lớn hơn {limit_mb} MB cho phép. Chia nhỏ hoặc nén tệp rồi thử lại."


class FileUnpacksTooLarge(InputError):
    code = "file-unpacks-too-large"
    sentence = "Tệp “{path}” mở ra lớn bất thường nên không được đọc. Lưu lại thành tệp mới rồi thử lại."


class TextTooLong(InputError):
    code = "text-too-long"
    sentence = "Tệp “{path}” có một ô hoặc một đoạn dài hơn {most} ký tự nên không được đọc. Tách nhỏ rồi thử lại."


class FileLocked(InputError):
    code = "file-locked"
    sentence = "Tệp “{path}” có đặt mật khẩu. Bỏ mật khẩu, lưu lại rồi thử lại."


class FileTakesTooLong(InputError):
    code = "file-takes-too-long"
    sentence = "Đọc tệp “{path}” quá {seconds} giây chưa xong nên đã dừng. Chia nhỏ tệp rồi thử lại."


class LibreOfficeNeeded(InputError):
    code = "libreoffice-needed"
    sentence = (
        "Tệp “{path}” là tệp Word đời cũ (.doc), cần LibreOffice để đọc. "
        "Lưu lại thành .docx, hoặc đề nghị quản trị cài gói libreoffice-writer."
    )


class ScanReaderNeeded(InputError):
    code = "scan-reader-needed"
    sentence = (
        "Tệp “{path}” là bản quét hoặc ảnh chụp, cần bộ nhận dạng chữ để đọc. Dùng tệp có chữ, "
        "hoặc đề nghị quản trị chạy pip install cchc-tasks[ocr] và cài gói tesseract-ocr-vie."
    )


class NoAppendix(InputError):
    code = "appendix-missing"
    sentence = "Không tìm thấy bảng phân công nhiệm vụ trong tệp. Kiểm tra lại phụ lục của kế hoạch."


class TableWithoutColumns(InputError):
    code = "table-columns-missing"
    sentence = (
        "Bảng phân công nhiệm vụ thiếu cột: {columns}. Kiểm tra dòng tiêu đề của bảng hoặc chỉ rõ các cột, "
        "ví dụ --columns nhiem-vu=2,thoi-han=4,chu-tri=5."
    )


class ColumnsUnreadable(InputError):
    code = "columns-unreadable"
    sentence = (
        "Chưa hiểu phần khai báo cột “{text}”. Ghi theo mẫu nhiem-vu=2,thoi-han=4,chu-tri=5; tên các cột: so, nhom, "
        "nhiem-vu, san-pham, chi-tieu, thoi-han, chu-tri, phoi-hop, ghi-chu; mỗi cột ghi một lần, bằng số hoặc chữ cái."
    )


class ConfigInvalid(InputError):
    code = "config-invalid"
    sentence = "Tệp {path} chưa đúng ở mục {where}: {reason}."


class DirectoryInvalid(InputError):
    code = "directory-invalid"
    sentence = "Danh bạ chưa đúng: {reason}."


class MailUrlInvalid(InputError):
    code = "mail-url-invalid"
    sentence = "CCHC_MAIL_URL chưa đúng. Mẫu: mailto://may-chu:25/?from=cchc@so.example&mode=insecure."


class SettingInvalid(InputError):
    code = "setting-invalid"
    sentence = "Cài đặt {name} chưa đúng. Xem docs/settings.md."


class DatabaseUrlInvalid(InputError):
    code = "database-url-invalid"
    sentence = "CCHC_DATABASE_URL chưa đúng. Mẫu: postgresql+psycopg://nguoi-dung:mat-khau@may-chu/ten."


class TextInvalid(InputError):
    code = "text-invalid"
    sentence = "Có ký tự không đọc được trong tham số. Gõ lại bằng bảng mã Unicode (UTF-8)."


class PlanImportedAlready(InputError):
    code = "plan-imported-already"
    sentence = "Tệp này đã được nhập thành kế hoạch số {plan} ({title})."


class NothingToCompare(InputError):
    code = "nothing-to-compare"
    sentence = "Kế hoạch số {plan} không thay kế hoạch nào. Thêm --with SỐ để chọn kế hoạch so sánh."


class CarriedOverAlready(InputError):
    code = "carried-over-already"
    sentence = "Kế hoạch số {of} đã được chuyển sang năm {year} thành kế hoạch số {plan}."


class YearsSeveral(InputError):
    code = "years-several"
    sentence = "Kế hoạch số {plan} cho giai đoạn {years}; chỉ chuyển được kế hoạch của một năm."


class YearNotLater(InputError):
    code = "year-not-later"
    sentence = "Năm {year} phải sau năm {given} của kế hoạch đã chọn."


class PlanYearsMissing(InputError):
    code = "plan-years-missing"
    sentence = "Không thấy năm của kế hoạch trong tệp. Thêm --years, ví dụ --years 2023."


class AnswerNotUnderstood(InputError):
    code = "answer-not-understood"
    sentence = "Chưa hiểu câu trả lời “{answer}”: {reason}"


class ChoiceUnknown(InputError):
    code = "choice-unknown"
    sentence = "Không có lựa chọn “{choice}”. Các lựa chọn: {choices}."


class NoProposal(InputError):
    code = "no-proposal"
    sentence = "Câu hỏi số {question} không có đề xuất để nhận. Trả lời bằng --text hoặc --choose."


class EvidenceEmpty(InputError):
    code = "evidence-empty"
    sentence = "Chưa có tài liệu kiểm chứng: cần ít nhất một tệp, một văn bản hoặc một đường dẫn."


class EvidenceUnchanged(InputError):
    code = "evidence-unchanged"
    sentence = "Tài liệu nộp lại giống hệt lần nộp đã được yêu cầu bổ sung."


class ReferenceUnreadable(InputError):
    code = "reference-unreadable"
    sentence = "Không đọc được văn bản “{text}”. Ghi theo mẫu: 12/BC-THPT ngày 03/3/2023."


class LinkInvalid(InputError):
    code = "link-invalid"
    sentence = "Đường dẫn “{text}” không đúng. Đường dẫn phải bắt đầu bằng http:// hoặc https://."


class DateInvalid(InputError):
    code = "date-invalid"
    sentence = "Ngày “{text}” không có thật hoặc không đúng mẫu. Ghi theo mẫu 2023-03-05 hoặc 05/3/2023."


class DateInFuture(InputError):
    code = "date-in-future"
    sentence = "Ngày nhận {day} ở sau ngày hôm nay."


class YearsInvalid(InputError):
    code = "years-invalid"
    sentence = "Năm “{text}” không đúng. Ghi một năm (2023) hoặc một giai đoạn (2021-2025)."


class ReasonMissing(InputError):
    code = "reason-missing"
    sentence = "Yêu cầu bổ sung phải có lý do."


class SupplementTooEarly(InputError):
    code = "supplement-too-early"
    sentence = "Hạn bổ sung {day} không được trước ngày nhận tài liệu {received}."


class PasswordTooShort(InputError):
    code = "password-too-short"
    sentence = "Mật khẩu phải có ít nhất {length} ký tự."


class PasswordIsUserName(InputError):
    code = "password-is-user-name"
    sentence = "Mật khẩu không được trùng với tên người dùng."


class PasswordTooCommon(InputError):
    code = "password-too-common"
    sentence = "Mật khẩu này quá dễ đoán. Chọn mật khẩu khác."


class PasswordUnchanged(InputError):
    code = "password-unchanged"
    sentence = "Mật khẩu mới phải khác mật khẩu đang dùng."


class PasswordsDiffer(InputError):
    code = "passwords-differ"
    sentence = "Hai lần nhập mật khẩu mới không giống nhau."


class UserNameInvalid(InputError):
    code = "user-name-invalid"
    sentence = "Tên người dùng “{user}” không đúng. Dùng chữ thường không dấu, chữ số, dấu chấm, gạch; tối đa 80 ký tự."


class MailAddressInvalid(InputError):
    code = "mail-address-invalid"
    sentence = "Địa chỉ thư “{address}” không đúng. Mẫu: daumoi@so.example."


class FormUnreadable(InputError):
    code = "form-unreadable"
    sentence = "Nội dung gửi lên không đọc được. Mở lại trang và gửi lại."


class FormTooLarge(InputError):
    code = "form-too-large"
    sentence = "Nội dung gửi lên lớn hơn {limit_kb} kB cho phép. Rút gọn rồi gửi lại."


class FileTypeRefused(InputError):
    code = "file-type-refused"
    sentence = "Hệ thống không nhận tệp “{path}”: {reason}. Các loại được nhận: {taken}."


class EvidenceFileNotShown(InputError):
    code = "evidence-file-not-shown"
    sentence = "Tệp “{name}” không xem trực tiếp được. Lưu tệp về máy rồi mở."


class UnitUnknown(NotFound):
    code = "unit-unknown"
    sentence = "Không có đơn vị “{unit}” trong danh bạ."


class UserUnknown(NotFound):
    code = "user-unknown"
    sentence = "Không có người dùng “{user}”."


class PlanUnknown(NotFound):
    code = "plan-unknown"
    sentence = "Không có kế hoạch số {plan}."


class QuestionUnknown(NotFound):
    code = "question-unknown"
    sentence = "Kế hoạch số {plan} không có câu hỏi số {question}."


class RememberedAnswerUnknown(NotFound):
    code = "remembered-answer-unknown"
    sentence = "Không có câu trả lời đã nhớ số {id}."


class DutyUnknown(NotFound):
    code = "duty-unknown"
    sentence = "Không có nhiệm vụ số {duty}."


class ObligationUnknown(NotFound):
    code = "obligation-unknown"
    sentence = "Không có nhiệm vụ kỳ số {obligation}."


class EvidenceUnknown(NotFound):
    code = "evidence-unknown"
    sentence = "Không có tài liệu kiểm chứng số {evidence}."


class EvidenceFileUnknown(NotFound):
    code = "evidence-file-unknown"
    sentence = "Không có tệp số {item} trong tài liệu kiểm chứng."


class KeptFormUnknown(NotFound):
    code = "kept-form-unknown"
    sentence = "Không có nội dung nào đang được giữ tại địa chỉ này."


class DeliveryUnknown(NotFound):
    code = "delivery-unknown"
    sentence = "Không có lượt gửi số {delivery}."


class NotInitialised(NotFound):
    code = "not-initialised"
    sentence = "Thư mục dữ liệu “{home}” chưa được chuẩn bị. Chạy lệnh: cchc init."


class SchemaOutdated(Refused):
    code = "schema-outdated"
    sentence = "Cơ sở dữ liệu thuộc phiên bản cũ của phần mềm. Sao lưu rồi chạy lệnh: cchc db upgrade."


class NoRight(Refused):
    code = "no-right"
    sentence = "Người dùng “{user}” không có quyền: {action}."


class SignInFailed(Refused):
    code = "sign-in-failed"
    sentence = "Tên người dùng hoặc mật khẩu không đúng."


class SignInLocked(Refused):
    code = "sign-in-locked"
    sentence = "Đã nhập sai nhiều lần. Đăng nhập lại được từ {until}."


class PasswordWrong(Refused):
    code = "password-wrong"
    sentence = "Mật khẩu đang dùng không đúng."


class PasswordNeverSet(Refused):
    code = "password-never-set"
    sentence = "Người dùng “{user}” chưa có mật khẩu. Quản trị cấp bằng lệnh: cchc user password {user}."


class CodeWrong(Refused):
    code = "code-wrong"
    sentence = "Mã xác thực không đúng hoặc đã được dùng. Nhập mã đang hiện trên điện thoại."


class SecondFactorOn(Refused):
    code = "second-factor-on"
    sentence = "Xác thực hai bước đã được bật. Khi đổi điện thoại, liên hệ quản trị để bật lại."


class UserExists(Refused):
    code = "user-exists"
    sentence = "Đã có người dùng “{user}”."


class FormForeign(Refused):
    code = "form-foreign"
    sentence = "Thao tác không được gửi từ trang của hệ thống nên không được thực hiện. Mở lại trang và thử lại."


class FormTokenWrong(Refused):
    code = "form-token-wrong"
    sentence = "Trang đã cũ hoặc thuộc một phiên làm việc khác. Mở lại trang và gửi lại."


class AlreadyRunning(Refused):
    code = "already-running"
    sentence = "Hệ thống của thư mục {home} đang chạy ở {url}. Mở địa chỉ đó, hoặc dừng lượt đang chạy trước."


class DoctorFoundTrouble(Refused):
    code = "doctor-found-trouble"
    sentence = "Có {count} bộ phận hỏng. Làm theo hướng dẫn ở các dòng ghi “hỏng”."


class BackupExists(Refused):
    code = "backup-exists"
    sentence = "Tệp sao lưu “{path}” đã có. Chọn tên khác."


class BackupDamaged(InputError):
    code = "backup-damaged"
    sentence = "Tệp “{path}” không phải là bản sao lưu nguyên vẹn của hệ thống."


class BackupOfOtherKind(Refused):
    code = "backup-of-other-kind"
    sentence = "Bản sao lưu là của cơ sở dữ liệu {kind}, không khôi phục được vào {here}."


class HomeNotEmpty(Refused):
    code = "home-not-empty"
    sentence = "Thư mục dữ liệu “{home}” đã có nội dung. Chọn một thư mục trống."


class DatabaseNotEmpty(Refused):
    code = "database-not-empty"
    sentence = "Cơ sở dữ liệu đã có dữ liệu. Chọn một cơ sở dữ liệu trống."


class QuestionsOpen(Refused):
    code = "questions-open"
    sentence = "Kế hoạch còn {count} câu hỏi chưa trả lời. Xem bằng lệnh: cchc plan questions {plan}."


class PartWithoutLead(Refused):
    code = "part-without-lead"
    sentence = "Chưa công bố được: dòng {rows} chưa có đơn vị chủ trì."


class NothingToPublish(Refused):
    code = "nothing-to-publish"
    sentence = "Kế hoạch số {plan} không có dòng nào giao nhiệm vụ nên không công bố được."


class PlanNotPublished(Refused):
    code = "plan-not-published"
    sentence = "Kế hoạch số {plan} không phải là bản đang thực hiện; chỉ bản đang thực hiện mới có bản mới thay thế."


class PlanNoDraft(Refused):
    code = "plan-no-draft"
    sentence = "Kế hoạch số {plan} không còn là bản nháp."


class PlanPublishedAlready(Refused):
    code = "plan-published-already"
    sentence = "Kế hoạch số {plan} đã công bố, không trả lời câu hỏi được nữa."


class StageForbids(Refused):
    code = "stage-forbids"
    sentence = "Không thể {deed}: nhiệm vụ kỳ đang ở trạng thái “{stage}”."


class NotResponsible(Refused):
    code = "not-responsible"
    sentence = "Đơn vị “{unit}” không chủ trì nhiệm vụ kỳ số {obligation}."


class VerifierIsSubmitter(Refused):
    code = "verifier-is-submitter"
    sentence = "Người nộp không được tự xác nhận tài liệu của mình."


class NothingToVerify(Refused):
    code = "nothing-to-verify"
    sentence = "Tài liệu kiểm chứng số {evidence} không có lần nộp nào chờ xác nhận."


class RevisionChanged(Refused):
    code = "revision-changed"
    sentence = "Đơn vị vừa nộp lần {newest}, trang đang xem lần {shown}. Xem lần nộp mới rồi quyết định."


class DutyNotConditional(Refused):
    code = "duty-not-conditional"
    sentence = "Nhiệm vụ số {duty} không có điều kiện hoặc đã được ghi nhận."


class DocumentSecret(Refused):
    code = "document-secret"
    sentence = "Tệp “{path}” có dấu chỉ độ mật “{mark}”. Hệ thống không nhận tài liệu mật."


class ReadingUnavailable(Unavailable):
    code = "reading-unavailable"
    sentence = (
        "Máy chủ chưa đọc được tệp “{path}” vì đang bận, thiếu bộ nhớ hoặc hết chỗ ghi tạm. Chờ ít phút rồi thử lại."
    )


class DatabaseLocked(Unavailable):
    code = "database-locked"
    sentence = "Cơ sở dữ liệu đang bận. Chờ ít phút rồi thử lại."


class DatabaseUnreachable(Unavailable):
    code = "database-unreachable"
    sentence = "Không kết nối được cơ sở dữ liệu: {reason}"


class DumpToolMissing(Unavailable):
    code = "dump-tool-missing"
    sentence = "Không tìm thấy {tool}. Cài gói postgresql-client cùng phiên bản với máy chủ PostgreSQL."


class DumpToolTooOld(Unavailable):
    code = "dump-tool-too-old"
    sentence = (
        "{tool} phiên bản {version} cũ hơn máy chủ PostgreSQL {server}. Cài postgresql-client phiên bản {server}."
    )


class DumpFailed(Unavailable):
    code = "dump-failed"
    sentence = "{tool} báo lỗi: {reason}"


class PrefectUnreachable(Unavailable):
    code = "prefect-unreachable"
    sentence = "Bộ lập lịch Prefect ở {url} không trả lời. Xem nhật ký logs/prefect.log hoặc chạy lại cchc up."


class PortInUse(Unavailable):
    code = "port-in-use"
    sentence = "Cổng {port} đang có chương trình khác dùng. Dừng chương trình đó hoặc chọn cổng khác: cchc up --port …"


class DataDamaged(Unavailable):
    code = "data-damaged"
    sentence = "Kiểm tra thấy {count} chỗ hỏng. {first}"


class SecretKeyChanged(Unavailable):
    code = "secret-key-changed"
    sentence = "Khóa bí mật của hệ thống đã thay đổi. Quản trị đặt lại bằng lệnh: cchc user password … --reset-totp."


class VaultDamaged(Unavailable):
    code = "vault-damaged"
    sentence = "Tệp {sha256} trong kho tài liệu bị mất hoặc bị thay đổi. Báo quản trị hệ thống."
