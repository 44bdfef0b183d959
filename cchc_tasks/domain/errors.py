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
    sentence = "Địa chỉ máy chủ thư (CCHC_MAIL_URL hoặc khóa mail-url) chưa đúng. Mẫu: mailto://may-chu:25/?from=cchc@so.example&mode=insecure."


class BounceUrlInvalid(InputError):
    code = "bounce-url-invalid"
    sentence = (
        "Địa chỉ hộp thư nhận thư trả lại (bounce-url) chưa đúng. Mẫu: imaps://TÀI_KHOẢN:MẬT_KHẨU@thu.so.example."
    )


class PhoneInvalid(InputError):
    code = "phone-invalid"
    sentence = "Số điện thoại “{text}” không phải số di động Việt Nam. Ghi theo mẫu 0987 654 321."


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


class SpanBackwards(InputError):
    code = "span-backwards"
    sentence = "Khoảng thời gian từ {first} đến {last} bị ngược. Ghi ngày đầu trước ngày cuối."


class SpanTooLong(InputError):
    code = "span-too-long"
    sentence = "Khoảng thời gian quá dài: chỉ mô phỏng được nhiều nhất {days} ngày một lần."


class DateInFuture(InputError):
    code = "date-in-future"
    sentence = "Ngày nhận {day} ở sau ngày hôm nay."


class YearsInvalid(InputError):
    code = "years-invalid"
    sentence = "Năm “{text}” không đúng. Ghi một năm (2023) hoặc một giai đoạn (2021-2025)."


class ReasonMissing(InputError):
    code = "reason-missing"
    sentence = "Yêu cầu bổ sung phải có lý do."


class FollowUpNothingChosen(InputError):
    code = "follow-up-nothing-chosen"
    sentence = "Chưa chọn việc nào. Chọn ít nhất một việc quá hạn rồi quyết định."


class FollowUpWayMissing(InputError):
    code = "follow-up-way-missing"
    sentence = "Chưa chọn cách đôn đốc: báo cáo lãnh đạo, lập công văn đôn đốc, hoặc cả hai."


class DeclineReasonMissing(InputError):
    code = "decline-reason-missing"
    sentence = "Quyết định không đôn đốc phải có lý do."


class SupplementTooEarly(InputError):
    code = "supplement-too-early"
    sentence = "Hạn bổ sung {day} không được trước ngày nhận tài liệu {received}."


class ExtensionReasonMissing(InputError):
    code = "extension-reason-missing"
    sentence = "{deed} phải có lý do."


class ExtensionTooEarly(InputError):
    code = "extension-too-early"
    sentence = "Hạn mới {day} quá sớm; sớm nhất là {earliest}."


class SuperiorNumberMissing(InputError):
    code = "superior-number-missing"
    sentence = "Nhiệm vụ do {superior} giao; phải ghi số, ký hiệu văn bản của cấp trên đồng ý gia hạn."


class InternalDayPast(InputError):
    code = "internal-day-past"
    sentence = "Hạn nội bộ {day} đã qua. Chọn từ ngày hôm nay trở đi."


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


class DocumentNumberMissing(InputError):
    code = "document-number-missing"
    sentence = "Cần ghi số, ký hiệu văn bản quyết định."


class NewNameMissing(InputError):
    code = "new-name-missing"
    sentence = "Cần ghi tên mới của đơn vị “{unit}”, khác tên đang dùng."


class CloseReasonMissing(InputError):
    code = "close-reason-missing"
    sentence = "Cần ghi lý do đơn vị ngừng hoạt động."


class UnitNameTaken(InputError):
    code = "unit-name-taken"
    sentence = "Tên “{name}” đã là tên gọi của “{owner}” trong danh bạ."


class DirectoryRowsInvalid(InputError):
    code = "directory-rows-invalid"
    sentence = "Tệp có {count} chỗ chưa đúng nên danh bạ chưa thay đổi. {first}"


class DirectoryFileUnknown(InputError):
    code = "directory-file-unknown"
    sentence = (
        "Tệp “{path}” không có bảng đơn vị (cột mã, tên, loại) hoặc bảng người dùng "
        "(cột tài khoản, họ tên, vai trò, đơn vị)."
    )


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


class CalendarUnreadable(InputError):
    code = "calendar-unreadable"
    sentence = "Tệp “{path}”, dòng {row}: {reason}. Tệp lịch cần các cột: ngày, loại (nghỉ hoặc làm bù), tên, văn bản."


class CalendarSourceMissing(InputError):
    code = "calendar-source-missing"
    sentence = "Cần ghi tên và văn bản quyết định của ngày nghỉ, ngày làm bù."


class DayWorkedAnyway(InputError):
    code = "day-worked-anyway"
    sentence = "{day} vốn là ngày làm việc; chỉ ghi làm bù cho thứ Bảy, Chủ nhật."


class SpanInvalid(InputError):
    code = "span-invalid"
    sentence = "Ngày cuối phải từ ngày đầu trở đi và cách không quá {most} ngày."


class LadderInvalid(InputError):
    code = "ladder-invalid"
    sentence = "Thang nhắc việc không dùng được: {reason}."


class ContactAddressInvalid(InputError):
    code = "contact-address-invalid"
    sentence = "“{text}” không phải là {what}. Mẫu: {example}."


class ContactOnGroupChannel(InputError):
    code = "contact-on-group-channel"
    sentence = "Không đặt được nơi nhận: {channel} gửi cho cả nhóm, không phải cho một người."


class ContactRankInvalid(InputError):
    code = "contact-rank-invalid"
    sentence = "Thứ tự dùng kênh phải là số từ 1 đến {most}."


class ChannelSpeedInvalid(InputError):
    code = "channel-speed-invalid"
    sentence = "{what} phải là số từ 1 đến {most}."


class ChannelUrlInvalid(InputError):
    code = "channel-url-invalid"
    sentence = "Địa chỉ kết nối của {channel} chưa dùng được: {reason}."


class ZaloCodeInvalid(InputError):
    code = "zalo-code-invalid"
    sentence = "Không đọc được mã cấp quyền. Dán mã, hoặc cả địa chỉ mà trình duyệt được đưa về sau khi đồng ý."


class ContactUnknown(NotFound):
    code = "contact-unknown"
    sentence = "{name} không có nơi nhận trên {channel}."


class ContactOfAdministrator(Refused):
    code = "contact-of-administrator"
    sentence = "Nơi nhận của quản trị chỉ do quản trị sửa."


class ZaloOtherAccount(Refused):
    code = "zalo-other-account"
    sentence = "Quyền này là của OA {oa}, khác OA đã đặt ở zalo-oa-id. Đồng ý lại bằng quản trị của OA đã đặt."


class GroupPostedAlready(Refused):
    code = "group-posted-already"
    sentence = "Hôm nay {name} đã gửi một tin vào nhóm Zalo. Mỗi người gửi một tin mỗi ngày; xem ở Lượt gửi."


class GroupTextChanged(Refused):
    code = "group-text-changed"
    sentence = "Nội dung tin đã khác với lúc xem, vì có đơn vị vừa nộp hoặc việc vừa đổi. Xem lại rồi gửi."


class GroupTextEmpty(Refused):
    code = "group-text-empty"
    sentence = "Nhóm {group} không có việc quá hạn hoặc đến hạn trong 14 ngày, nên không có gì để gửi."


class GroupChannelShut(Refused):
    code = "group-channel-shut"
    sentence = "Chưa gửi được vào nhóm Zalo: kênh đã tắt, đã dừng hoặc còn thiếu khóa kết nối. Quản trị xem Kênh gửi."


class GroupOutOfHours(Refused):
    code = "group-out-of-hours"
    sentence = "Nhóm Zalo nhận tin trong giờ {hours} của ngày làm việc. Gửi lại vào giờ ấy để nội dung đúng lúc gửi."


class ChannelNotSet(Refused):
    code = "channel-not-set"
    sentence = "Chưa gửi được qua {channel}: kênh chưa đặt khóa kết nối."


class HoursInvalid(InputError):
    code = "hours-invalid"
    sentence = "Giờ gửi ghi theo mẫu 07:00, giờ bắt đầu trước giờ kết thúc."


class GroupWithoutMembers(InputError):
    code = "group-without-members"
    sentence = "Nhóm “{group}” không có đơn vị thành viên vào ngày {day}."


class SentenceEmpty(InputError):
    code = "sentence-empty"
    sentence = "Lời thư “{name}” không được để trống. Muốn dùng lại lời mặc định, chọn “Về mặc định”."


class WordsTooLong(InputError):
    code = "words-too-long"
    sentence = "{what} dài quá {most} ký tự. Viết ngắn lại rồi thử lại."


class LinesTooMany(InputError):
    code = "lines-too-many"
    sentence = "{what} có nhiều hơn {most} dòng. Chia thành nhiều lần nhập."


class SentenceTooLong(InputError):
    code = "sentence-too-long"
    sentence = "Lời thư “{name}” dài quá {most} ký tự. Viết ngắn lại."


class SentenceBroken(InputError):
    code = "sentence-broken"
    sentence = "Lời thư “{name}” có dấu ngoặc nhọn mở mà không đóng, hoặc đóng mà không mở."


class SentencePlaceUnknown(InputError):
    code = "sentence-place-unknown"
    sentence = "Không có chỗ điền “{place}” trong lời thư này. Các chỗ điền dùng được: {known}."


class DutyTitleMissing(InputError):
    code = "duty-title-missing"
    sentence = "Ghi tên nhiệm vụ được giao."


class DutyNumberMissing(InputError):
    code = "duty-number-missing"
    sentence = "Ghi số, ký hiệu của văn bản giao nhiệm vụ, ví dụ 1245/UBND-VX."


class DocumentNotYetIssued(InputError):
    code = "document-not-yet-issued"
    sentence = "Ngày văn bản {day} ở sau ngày hôm nay."


class LeadMissing(InputError):
    code = "lead-missing"
    sentence = "Ghi đơn vị chủ trì."


class HourInvalid(InputError):
    code = "hour-invalid"
    sentence = "Giờ “{text}” không đúng. Ghi theo mẫu 17h00."


class DayPast(InputError):
    code = "day-past"
    sentence = "Ngày {day} đã qua. Ghi ngày hôm nay hoặc ngày sau đó."


class DayBeyondDue(InputError):
    code = "day-beyond-due"
    sentence = "Ngày {day} ở sau hạn {due}. Ghi ngày không muộn hơn hạn đó."


class InputWordsMissing(InputError):
    code = "input-words-missing"
    sentence = "Ghi nội dung cần phối hợp."


class InputHandedInAlone(InputError):
    code = "input-handed-in-alone"
    sentence = "Kết quả phối hợp được nộp riêng, không nộp chung với việc khác."


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


class ExtensionUnknown(NotFound):
    code = "extension-unknown"
    sentence = "Không có đề nghị gia hạn số {extension}."


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


class FollowUpUnknown(NotFound):
    code = "follow-up-unknown"
    sentence = "Không có đề xuất đôn đốc số {follow_up}."


class LetterUnknown(NotFound):
    code = "letter-unknown"
    sentence = "Không có công văn đôn đốc thứ {letter} trong hệ thống."


class CalendarDayUnknown(NotFound):
    code = "calendar-day-unknown"
    sentence = "Lịch không ghi gì cho ngày {day}."


class BreakUnknown(NotFound):
    code = "break-unknown"
    sentence = "Không có đợt nghỉ số {number}."


class AbsenceUnknown(NotFound):
    code = "absence-unknown"
    sentence = "Không có lần tạm vắng số {number}."


class LadderUnknown(NotFound):
    code = "ladder-unknown"
    sentence = "Không có thang nhắc việc “{name}”. Các thang: {known}."


class LadderNotOverridden(NotFound):
    code = "ladder-not-overridden"
    sentence = "Chưa đặt thang riêng “{name}” cho {place}."


class DirectoryChangeUnknown(NotFound):
    code = "directory-change-unknown"
    sentence = "Không có thay đổi danh bạ số {change}."


class SentenceUnknown(NotFound):
    code = "sentence-unknown"
    sentence = "Không có lời thư “{name}”. Xem tên các lời thư bằng lệnh: cchc message list."


class GroupUnknown(NotFound):
    code = "group-unknown"
    sentence = "Không có nhóm đơn vị “{group}” trong danh bạ."


class NotInitialised(NotFound):
    code = "not-initialised"
    sentence = "Thư mục dữ liệu “{home}” chưa được chuẩn bị. Chạy lệnh: cchc init."


class PersonNotNamed(NotFound):
    code = "person-not-named"
    sentence = "{person} chưa được phân công việc này."


class InputUnknown(NotFound):
    code = "input-unknown"
    sentence = "Không có đề nghị phối hợp số {obligation}."


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


class UnitClosed(Refused):
    code = "unit-closed"
    sentence = "Đơn vị “{unit}” không còn hoạt động từ ngày {day}."


class UnitClosingAlready(Refused):
    code = "unit-closing-already"
    sentence = "Đã ghi nhận đơn vị “{unit}” sáp nhập hoặc ngừng hoạt động từ ngày {day}."


class UnitMergedIntoItself(Refused):
    code = "unit-merged-into-itself"
    sentence = "Đơn vị “{unit}” không sáp nhập được vào chính mình."


class UnitMergedIntoExternal(Refused):
    code = "unit-merged-into-external"
    sentence = "“{unit}” là cơ quan ngoài Sở nên không nhận được việc của đơn vị sáp nhập."


class UnitNeeded(Refused):
    code = "unit-needed"
    sentence = "Đơn vị “{unit}” là {part} nên không sáp nhập hoặc ngừng hoạt động được."


class DirectoryDayTooEarly(Refused):
    code = "directory-day-too-early"
    sentence = "Ngày {day} ở trước ngày {recorded} đã ghi nhận về đơn vị “{unit}”."


class DirectoryChangeApplied(Refused):
    code = "directory-change-applied"
    sentence = "Thay đổi danh bạ số {change} đã có hiệu lực từ ngày {day} nên không hủy được."


class AnswerLinkRefused(Refused):
    """A link that answers without a password opens nothing (any more)."""


class AnswerLinkWrong(AnswerLinkRefused):
    code = "answer-link-wrong"
    sentence = "Đường dẫn trả lời không đúng hoặc bị cắt bớt. Mở lại từ thư nhắc việc hoặc chép đủ cả đường dẫn."


class AnswerLinkLocked(AnswerLinkRefused):
    code = "answer-link-locked"
    sentence = "Nhiều đường dẫn trả lời không đúng đã được mở từ địa chỉ mạng này. Mở lại được từ {until}."


class AnswerLinkExpired(AnswerLinkRefused):
    code = "answer-link-expired"
    sentence = "Đường dẫn trả lời này dùng được đến hết ngày {day}. Thư nhắc việc gửi sau có đường dẫn mới."


class AnswerLinkRevoked(AnswerLinkRefused):
    code = "answer-link-revoked"
    sentence = "Nhiệm vụ đã đổi đơn vị chủ trì nên đường dẫn trả lời gửi trước đó không dùng được nữa."


class AnswerLinkNotTheirs(AnswerLinkRefused):
    code = "answer-link-not-theirs"
    sentence = "Người nhận đường dẫn trả lời này không còn phụ trách nhiệm vụ của đơn vị chủ trì."


class AnswerLinkNeedsAccount(AnswerLinkRefused):
    code = "answer-link-needs-account"
    sentence = "Người nhận đường dẫn trả lời này dùng tài khoản. Đăng nhập để tiếp nhận hoặc nộp báo cáo."


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


class NoDueDay(Refused):
    code = "no-due-day"
    sentence = "Nhiệm vụ kỳ số {obligation} không có thời hạn nên không xin gia hạn."


class ExtensionOfInput(Refused):
    code = "extension-of-input"
    sentence = "Nhiệm vụ kỳ số {obligation} là việc phối hợp; ngày trả lời do đơn vị đề nghị phối hợp quyết định."


class ExtensionAskedAlready(Refused):
    code = "extension-asked-already"
    sentence = "Nhiệm vụ kỳ số {obligation} đã có đề nghị gia hạn đang chờ quyết định."


class ExtensionDecided(Refused):
    code = "extension-decided"
    sentence = "Đề nghị gia hạn số {extension} không còn chờ quyết định ({state}); quyết định vừa gửi không được ghi."


class VerifierIsSubmitter(Refused):
    code = "verifier-is-submitter"
    sentence = "Người nộp không được tự xác nhận tài liệu của mình."


class NothingToVerify(Refused):
    code = "nothing-to-verify"
    sentence = "Tài liệu kiểm chứng số {evidence} không có lần nộp nào chờ xác nhận."


class RevisionChanged(Refused):
    code = "revision-changed"
    sentence = "Đơn vị vừa nộp lần {newest}, trang đang xem lần {shown}. Xem lần nộp mới rồi quyết định."


class FollowUpDecided(Refused):
    code = "follow-up-decided"
    sentence = "Việc đã chọn vừa được người khác quyết định: {decisions}. Quyết định vừa gửi không được ghi."


class FollowUpSettled(Refused):
    code = "follow-up-settled"
    sentence = (
        "Đề xuất số {follow_ups} không còn đúng: đơn vị đã nộp hoặc thời hạn đã thay đổi. "
        "Quyết định vừa gửi không được ghi."
    )


class NoLeader(Refused):
    code = "no-leader"
    sentence = "Danh bạ chưa có lãnh đạo Sở nào để báo cáo. Thêm người có vai trò lãnh đạo Sở rồi thử lại."


class LetterFileExists(Refused):
    code = "letter-file-exists"
    sentence = "Tệp “{path}” đã có nên công văn chưa được ghi. Chọn tên khác."


class DutyNotConditional(Refused):
    code = "duty-not-conditional"
    sentence = "Nhiệm vụ số {duty} không có điều kiện hoặc đã được ghi nhận."


class KeptFormsFull(Refused):
    code = "kept-forms-full"
    sentence = "Đã có {most} lần gửi chưa hoàn tất đang được giữ. Tệp vừa chọn chưa được giữ; chọn lại tệp khi gửi lại."


class DocumentSecret(Refused):
    code = "document-secret"
    sentence = "Tệp “{path}” có dấu chỉ độ mật “{mark}”. Hệ thống không nhận tài liệu mật."


class AbsenceOverlaps(Refused):
    code = "absence-overlaps"
    sentence = "{name} đã được ghi tạm vắng từ {first} đến {last}."


class AbsenceOver(Refused):
    code = "absence-over"
    sentence = "Lần tạm vắng số {number} đã kết thúc ngày {last}."


class AbsencePast(Refused):
    code = "absence-past"
    sentence = "Khoảng tạm vắng đã qua; chỉ ghi khoảng kéo dài đến hôm nay hoặc về sau."


class StandInUnsuitable(Refused):
    code = "stand-in-unsuitable"
    sentence = "{name} không thay được: {reason}."


class UnitExternal(Refused):
    code = "unit-external"
    sentence = "“{unit}” là cơ quan ngoài Sở; hệ thống không giao việc và không gửi thư."


class UnitNotWorking(Refused):
    code = "unit-not-working"
    sentence = "“{unit}” không hoạt động vào ngày {day}."


class PersonOfOtherUnit(Refused):
    code = "person-of-other-unit"
    sentence = "{person} không thuộc đơn vị của người phân công."


class UnitAsksItself(Refused):
    code = "unit-asks-itself"
    sentence = "{unit} là đơn vị chủ trì việc này. Đề nghị phối hợp chỉ gửi đơn vị khác."


class InputOfInput(Refused):
    code = "input-of-input"
    sentence = "Đây là việc phối hợp. Chỉ đơn vị chủ trì đề nghị đơn vị khác phối hợp."


class InputForItsUnit(Refused):
    code = "input-for-its-unit"
    sentence = "Đây là kết quả phối hợp gửi {unit}. Đơn vị đó nhận hoặc yêu cầu bổ sung."


class InputNotAnswered(Refused):
    code = "input-not-answered"
    sentence = "Đề nghị phối hợp số {obligation} chưa có kết quả nào được nộp."


class PlanIsDispatch(Refused):
    code = "plan-is-dispatch"
    sentence = "Số {plan} là công văn giao nhiệm vụ. Thao tác này chỉ dùng cho kế hoạch."


class SecretEmpty(InputError):
    code = "secret-empty"
    sentence = "Chưa có giá trị nào cho khóa kết nối “{name}”."


class SecretTooLong(InputError):
    code = "secret-too-long"
    sentence = "Giá trị của khóa kết nối “{name}” dài hơn {most} chữ."


class SecretTooShort(InputError):
    code = "secret-too-short"
    sentence = "Giá trị của khóa kết nối “{name}” phải có ít nhất {least} chữ. Tạo bằng lệnh: openssl rand -hex 32."


class SecretNotText(InputError):
    code = "secret-not-text"
    sentence = "Giá trị của khóa kết nối “{name}” phải nằm trên một dòng và không có ký tự ẩn. Chép lại giá trị."


class SecretNotUrl(InputError):
    code = "secret-not-url"
    sentence = "Giá trị của khóa kết nối “{name}” phải là một địa chỉ dạng KÊNH://…, không có khoảng trắng."


class SecretNameUnknown(NotFound):
    code = "secret-name-unknown"
    sentence = "Không có khóa kết nối nào tên như vậy. Các tên: {known}."


class SecretNotSet(NotFound):
    code = "secret-not-set"
    sentence = "Chưa đặt khóa kết nối “{name}”."


class SecretOfProgram(Refused):
    code = "secret-of-program"
    sentence = "Khóa kết nối “{name}” do hệ thống tự ghi, không đặt bằng tay."


class SecretKeyTooShort(InputError):
    code = "secret-key-too-short"
    sentence = "Mỗi khóa trong CCHC_SECRET_KEY phải có ít nhất {least} chữ. Tạo bằng lệnh: openssl rand -hex 32."


class SecretKeyFromEnvironment(Refused):
    code = "secret-key-from-environment"
    sentence = (
        "Khóa bí mật lấy từ CCHC_SECRET_KEY: đặt “khóa mới,khóa cũ” (dấu phẩy ở giữa) "
        "rồi chạy cchc secret rotate để niêm phong lại."
    )


class DeliveryInHand(Refused):
    code = "delivery-in-hand"
    sentence = "Lượt gửi số {delivery} đang được gửi. Chờ lượt chạy xong rồi thử lại."


class DeliveryStateForbids(Refused):
    code = "delivery-state-forbids"
    sentence = "Không {deed} được lượt gửi {state}. Làm được với lượt gửi {possible}."


class DeliveryReplaced(Refused):
    code = "delivery-replaced"
    sentence = "Lượt gửi số {delivery} đã có lượt số {other} gửi thay qua kênh khác. Xem lượt đó."


class DeliveryWordsNotKept(Refused):
    code = "delivery-words-not-kept"
    sentence = "Lượt gửi số {delivery} không còn giữ nội dung nên không gửi lại được."


class DeliveryPersonGone(Refused):
    code = "delivery-person-gone"
    sentence = "Tài khoản của {name} đã ngừng nên không gửi lại được."


class DeliveriesTooMany(Refused):
    code = "deliveries-too-many"
    sentence = "Có {count} lượt gửi khớp, nhiều hơn {most} lượt mỗi lần. Chọn thêm ngày hoặc kênh."


class DeliveriesMoreThanSeen(Refused):
    code = "deliveries-more-than-seen"
    sentence = "Đã xem {seen} lượt gửi, nay có {count} lượt khớp. Xem lại rồi làm tiếp."


class DeliveriesNoneFit(Refused):
    code = "deliveries-none-fit"
    sentence = "Không có lượt gửi nào khớp. Kiểm tra lại tình trạng, kênh và ngày."


class BounceUrlNotSet(Refused):
    code = "bounce-url-not-set"
    sentence = "Chưa đặt hộp thư nhận thư trả lại. Đặt bằng lệnh: cchc secret set bounce-url, hoặc thêm --file."


class BatchNothingWaits(Refused):
    code = "batch-nothing-waits"
    sentence = "Ngày {day} không có thư nào chờ gửi."


class ReadingUnavailable(Unavailable):
    code = "reading-unavailable"
    sentence = (
        "Máy chủ chưa đọc được tệp “{path}” vì đang bận, thiếu bộ nhớ hoặc hết chỗ ghi tạm. Chờ ít phút rồi thử lại."
    )


class BounceMailboxUnreachable(Unavailable):
    code = "bounce-mailbox-unreachable"
    sentence = "Chưa đọc được hộp thư nhận thư trả lại ({reason})."


class BounceMailboxRefused(Unavailable):
    code = "bounce-mailbox-refused"
    sentence = "Không vào được hộp thư nhận thư trả lại ({reason}). Quản trị kiểm tra bounce-url."


class ZaloNotSet(Unavailable):
    code = "zalo-not-set"
    sentence = "Chưa đặt {name} cho Zalo OA. Quản trị đặt ở trang Kênh gửi."


class ZaloConsentNeeded(Unavailable):
    code = "zalo-consent-needed"
    sentence = "Cần cấp lại quyền cho Zalo OA: {reason}. Quản trị của OA cấp quyền ở trang Kênh gửi."


class ZaloSetWrong(Unavailable):
    code = "zalo-set-wrong"
    sentence = "Chưa xin được mã truy cập của Zalo OA: {reason}. Quản trị kiểm tra config/zalo.toml và các khóa Zalo."


class ZaloUnreachable(Unavailable):
    code = "zalo-unreachable"
    sentence = "Chưa lấy được mã truy cập của Zalo OA: {reason}. Chờ ít phút rồi thử lại."


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


class SecretUnopenable(Unavailable):
    code = "secret-unopenable"
    sentence = "Không mở được khóa kết nối “{name}” vì khóa bí mật của hệ thống đã thay đổi. {to_do}"


class SecretKeyMissing(Unavailable):
    code = "secret-key-missing"
    sentence = "Không đọc được khóa bí mật ở {path}. Chép lại tệp từ nơi cất giữ hoặc đặt CCHC_SECRET_KEY."


class SecretKeyUnwritable(Unavailable):
    code = "secret-key-unwritable"
    sentence = "Không ghi được tệp khóa bí mật {path}. Kiểm tra quyền ghi của thư mục."


class VaultDamaged(Unavailable):
    code = "vault-damaged"
    sentence = "Tệp {sha256} trong kho tài liệu bị mất hoặc bị thay đổi. Báo quản trị hệ thống."


class ChannelStopped(Unavailable):
    code = "channel-stopped"
    sentence = "{said} Sửa xong thì chạy cchc channel resume."


class ChannelTestFailed(Unavailable):
    code = "channel-test-failed"
    sentence = "Tin thử chưa được nhận. {answer}"
