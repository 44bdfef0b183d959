"""The lexicon of time: which words are of which kind; alternatives are separated by "|"."""

TIME_WORDS = {
    "DAY": "ngày|ngày mùng|ngày mồng|mùng|mồng",
    "WORKDAY": "ngày làm việc",
    "WEEK": "tuần",
    "MONTH": "tháng",
    "QUARTER": "quý|quí",
    "YEAR": "năm|năm tài chính|năm ngân sách|năm kế hoạch",
    "HALF": "nửa",
    "HOUR": "h|giờ|g",
    "ORDINAL": "thứ",
    "EACH": "hàng|hằng|mỗi|từng|định kỳ|định kì|định kỳ hàng|định kỳ hằng|định kỳ mỗi|định kì hàng|định kì hằng",
    "ALL": "các|những|mọi",
    "BEFORE": "trước|trc",
    "BY": "chậm nhất|muộn nhất|trễ nhất|đến hết|hết|tới hết|hạn cuối|hạn chót|thời hạn|hạn|không quá|không muộn hơn"
    "|không chậm hơn|không trễ hơn|hạn mới|thời hạn mới|hạn nộp|hạn báo cáo|hạn gửi|hạn hoàn thành|thời hạn hoàn thành",
    "IN": "trong|vào|trong vòng|trong thời hạn|trong thời gian|vào dịp|dịp|trong dịp|nhân dịp|đúng",
    "FROM": "từ|kể từ|bắt đầu từ|tính từ|bắt đầu",
    "TO": "đến|tới|cho đến|cho tới",
    "AFTER": "sau|sớm nhất|không sớm hơn",
    "NOT": "không",
    "AROUND": "khoảng|trong khoảng|vào khoảng",
    "START": "đầu|đầu tiên",
    "MIDDLE": "giữa",
    "END": "cuối|cuối cùng",
    "NEXT": "tiếp theo|kế tiếp|liền kề|tới đây|sau liền kề|tiếp sau",
    "THIS": "nay|này",
    "WHOLE": "cả|suốt",
    "LATER": "các năm tiếp theo|những năm tiếp theo|các năm sau|những năm sau|các năm tiếp sau",
    "TIMES": "lần|đợt|kỳ|kì",
    "ATLEAST": "ít nhất|tối thiểu",
    "OVER": "trên|dưới|hơn|quá",
    "OF": "của|thuộc",
    "IS": "là",
    "WHEN": "khi|ngay khi|mỗi khi|nếu|trường hợp|trong trường hợp|cho đến khi|đến khi|từ khi|kể từ khi|tùy theo|tùy",
    "AFTERWHEN": "sau khi|ngay sau khi",
    "BEFOREWHEN": "trước khi",
    "ACCORDING": "theo|thực hiện theo",
    "SUDDEN": "đột xuất",
    "STEADY": "thường xuyên|liên tục",
    "PROMPT": "kịp thời",
    "KEEP": "duy trì|tiếp tục",
    "FINISH": "kết thúc",
    "OCCASION": "kỳ họp|kì họp|phiên họp|đại hội",
    "MOVED": "gia hạn|được gia hạn|lùi|lùi thời hạn|dời|dời sang|chuyển sang|chuyển đến|điều chỉnh|điều chỉnh thành"
    "|điều chỉnh sang|lùi sang|gia hạn thêm|đổi thành|đổi sang|sửa thành|nay là|thay bằng|kéo dài",
    "WISH": "đề nghị|xin|kiến nghị|đề xuất|có thể|mong",
    "DONE": "đã|đã được|chưa",
    "QUERY": "?",
    "DOUBT": "hoãn|tạm hoãn|hủy|hủy bỏ|bỏ|bãi bỏ|tạm dừng|dừng thực hiện|không thực hiện|chưa rõ|chưa xác định"
    "|chưa thống nhất|chưa chốt|cần xem lại|xem lại",
    "EXPECTED": "dự kiến",
    "FOR": "đối với",
    "LATE": "quá hạn|trễ hạn|chậm|trễ|muộn|sớm",
    "DAYPART": "sáng|trưa|chiều|tối|buổi sáng|buổi chiều|buổi tối|đầu giờ sáng|đầu giờ chiều|cuối giờ"
    "|cuối giờ chiều|cuối giờ sáng"
    "|cuối ngày|hết giờ làm việc|trước giờ làm việc",
    "GIVENDAY": "ngày giao|ngày giao việc|ngày nhận|ngày nhận việc|ngày tiếp nhận",
    "GIVEN": "giao|giao việc|họp|hội ý|nhận|nhận việc|tiếp nhận",
    "REPORTMONTH": "của tháng báo cáo",
    "PLACE": "trường|đường|bệnh viện|nhà máy|khu phố|công viên|quảng trường",
    "EXCEPT": "riêng|trừ|ngoại trừ|trong đó",
    "ONWARD": "trở đi|trở về sau|trở về trước|trở lại đây",
    "PHASE": "giai đoạn|thời kỳ",
    "VISION": "tầm nhìn|định hướng",
    "COMPARED": "so với",
    "INSTEAD": "hạn gốc|thời hạn gốc|thay cho|thay vì|thay thế cho|thay thế|hạn cũ|thời hạn cũ|hạn trước đây"
    "|thời hạn trước đây|hạn ban đầu|thời hạn ban đầu|kế hoạch cũ|trước đây là|trước đây|trước là"
    "|trước đó là|trước đó|bản cũ|cũ",
    "ASOF": "chốt số liệu|số liệu chốt|thời điểm chốt|tính đến|tính tới|tính đến hết|lũy kế đến|chốt đến",
    "FIGURES": "số liệu|thời kỳ thanh tra|thời kỳ kiểm tra|thời kỳ kiểm toán|niên độ",
    "BUDGET": "dự toán|ngân sách|kinh phí|nguồn chi|nguồn chi thường xuyên|nguồn vốn|chi thường xuyên",
    "SCHOOL": "năm học|học kỳ|học kì|niên học|khai giảng|bế giảng|nghỉ hè|dịp hè",
    "LUNAR": "chạp|âm lịch|tết|tết nguyên đán|trung thu|rằm",
    "NUMBERED": "số",
    "LAW": "thông tư|thông tư liên tịch|nghị định|nghị quyết|luật|chỉ thị",
    "POINTS": "điểm",
    # Ordinary words that contain or resemble time words.
    "WORD": "căn cứ|đứng đầu|bắt đầu thực hiện|ban đầu|đầu mối|đầu tư|hàng đầu|đầu vào|đầu ra|lần đầu|đầu cấp"
    "|cuối cấp|trước mắt|trước hết|sau đó|sau đây|từ đó|từ xa|từng bước|trong khi|kèm theo"
    "|trực tuyến|mặt hàng|ngân hàng|khách hàng|hàng hóa|bán hàng|hàng loạt|quy định|quy chế|quy trình|việt nam|ngay"
    "|ngày hội|tuần lễ|ngày càng|cả nước|một cửa|kỳ thi|nhiệm kỳ|giữa kỳ|giữa nhiệm kỳ|kỳ này|đến nay|hiện nay"
    "|liên quan đến|đúng hạn|trung hạn|dài hạn|ngắn hạn|kỳ hạn|giới hạn|vô thời hạn|hữu hạn|trước hạn|có thời hạn",
}
WEEKDAYS = "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật"
# As spreadsheets with an English calendar write them: "15-Jun-25".
ENGLISH_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
NUMBERS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười một|mười hai"
MARKS = {
    "SLASH": "/",
    "DASH": "-",
    "DOT": ".",
    "COMMA": ",",
    "AND": "và|&|+",
    "OR": "hoặc|hay",
    "SEMI": ";",
    "COLON": ":",
    "OPEN": "(|[",
    "CLOSE": ")|]",
    "PERCENT": "%",
    "MINUTE": "’|'|′|phút",
    "QUOTE": '"|“|”|‘',
    "BREAK": "\n",
}

# Words that are often typed with a diacritic missing or letters swapped, and what such a slip may look like besides:
# a word of its own, which then means what it says.
OFTEN_MISTYPED = (
    "ngày tháng quý năm trước chậm nhất muộn cuối giữa đầu hàng hằng định kỳ thường xuyên tuần sau trong đến từ"
    " không khoảng hết hoặc"
)
WORDS_OF_THEIR_OWN = (
    "ngay ngáy thang thàng thắng nam nằm nám quy đau dau dâu đâu dấu hang hăng háng hắng muôn cham châm chạm nhát"
    " giũa đinh cối dầu den dên dén dến thương xuyen tuân tuàn sâu sáu xau trông trọng đen dinh ky kì nhật đàu"
    " thượng thường"
    " tu tự hét khoang khoảng khong"
)
