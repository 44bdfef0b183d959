"""The words for what a sentence asks to be done, and where the name of who does it ends."""

import re

# What a sentence in a plan asks for. In small letters only: "Phòng Tổ chức cán bộ" is a name.
DEEDS = (
    r"kiểm kê|thẩm tra|đối chiếu|quảng bá|giới thiệu|tư vấn|cải tiến|đổi mới|sửa chữa|bảo trì|kiến nghị|tiếp thu"
    r"|giải trình|tập hợp|thu thập|phát hành|cấp phát|chi trả|mời|lựa chọn|bầu|xét|xác nhận|chứng thực|đo lường"
    r"|điều tra|điều chỉnh|bổ sung|sửa đổi|thay thế|rút ngắn|cắt giảm|đơn giản hóa|chuẩn hóa|nhân rộng|phân bổ|ghi"
    r"|lưu trữ|lưu|khai báo|xác định|nắm|trao đổi|kết hợp|thiết kế|làm|ra mắt|gương mẫu"
    r"|thi đua(?! khen| - khen|, khen)|quy định|cam kết|góp ý|cho ý kiến|có trách nhiệm|chịu trách nhiệm"
    r"|có nhiệm vụ|chủ trì|phối hợp|sinh hoạt|tích cực|bám sát"
    r"|tổ chức(?! cán bộ| hành chính| chính trị| đoàn thể| đảng)|thực hiện|triển khai|xây dựng|ban hành|gửi|nộp"
    r"|báo cáo|tổng hợp|rà soát|định kỳ|định kì|căn cứ|nghiêm túc|chủ động|tham mưu|hoàn thành|hoàn thiện|lập"
    r"|cập nhật|theo dõi|đôn đốc|kiểm tra|tự kiểm tra|chỉ đạo(?! cchc| cải cách)|hướng dẫn|tiếp tục|đăng ký"
    r"|đăng kí|đăng|đăng tải|công khai|đánh giá|tự đánh giá|phân công|bố trí|thường xuyên|kịp thời|phải|cần"
    r"|tiến hành|tự|thống kê|quán triệt|phổ biến|tuyên truyền|duy trì|đảm bảo|bảo đảm|khẩn trương|làm đầu mối|là"
    r"|giúp|đề xuất|cung cấp|tiếp nhận|thẩm định|trình|họp|mở|cử|tăng cường|đẩy mạnh|sơ kết|tổng kết|chuẩn bị"
    r"|niêm yết|công bố|thông báo|kiện toàn|bồi dưỡng|tập huấn|khảo sát|đối thoại|lấy ý kiến|xử lý|giải quyết"
    r"|số hóa|số hoá|đề nghị|yêu cầu|ký|giao|viết|bàn giao|quyết toán|sắp xếp|nghiệm thu|kê khai|chấm|xếp loại"
    r"|nhập|vận động|lồng ghép|phát huy|tích hợp|hỗ trợ|kết nối|phân loại|thành lập|rút kinh nghiệm|nêu|phản ánh"
    r"|(?<!thi đua )(?<!thi đua, )khen thưởng|biểu dương|mua sắm|trang bị|khai thác|thí điểm|trả|khắc phục|trả lời"
    r"|phê duyệt|cụ thể hóa|sử dụng|đưa|tham gia|tham dự|dự|sẽ|đã|được|không|chấp hành|nâng cao|cải thiện|vận hành"
    r"|soạn thảo|biên soạn|phát động|ra quân|bình xét|tổng rà soát|hàng|hằng|mỗi|thường trực(?= ban)"
    r"|(?<=[-–:] )(?:Chủ trì|Phối hợp|Tham mưu|Tổ chức|Thực hiện)|trước ngày|chậm nhất|muộn nhất|trong tháng"
    r"|trong quý|xong|dự kiến|quyết định|giám sát|thanh tra|phân tích|chốt|chọn|tuyển chọn|trực tiếp|tập trung"
    r"|liên hệ|ưu tiên|khai giảng|bế giảng|khám|vệ sinh|bảo quản|treo|nhận xét|ôn tập|soạn|duyệt|tuần tra"
)
DEED = re.compile(rf"(?<![\w-])(?<!chưa )(?:{DEEDS})(?!\w)")
# Bodies that are called after what they do: "Đoàn kiểm tra", "Tổ thẩm định", "Ban chỉ đạo".
_CALLED_AFTER_DEED = re.compile(
    rf"(?:các\s+)?(?:đoàn|tổ|ban|phòng|hội đồng|tiểu ban|bộ phận|nhóm|trưởng đoàn)\s+(?:{DEEDS})(?!\w)"
    r"(?:\s+(?:chất lượng|nội bộ|học đường|tâm lý|tuyển sinh|khen thưởng|công nghệ|nhân dân))*"
    rf"(?=\s+(?:{DEEDS})"
    rf"|,|:|\s+(?:cchc|liên ngành|của|sở|huyện|xã|trường|và))",
    re.IGNORECASE,
)
_TIME_BEFORE_DEED = re.compile(r"(?<!\w)(?:vào|trong|đến|từ|trước|sau|cuối|đầu)(?=\s+(?:ngày|tháng|quý|năm|\d|kỳ|học))")


def deed_after(text: str, start: int) -> int | None:
    """Where the first deed, or its time, stands behind a unit that begins at `start`; None where none does."""
    called = _CALLED_AFTER_DEED.match(text, start)
    begin = called.end() if called else start + 1
    places = [found.start() for pattern in (DEED, _TIME_BEFORE_DEED) if (found := pattern.search(text, begin))]
    return min(places, default=None)
