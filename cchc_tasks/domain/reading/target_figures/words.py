"""The lexicon of targets: which words compare, change, reach or only surround a figure; "|" separates alternatives."""

COMPARE = {
    ">=": "tối thiểu|tối thiểu bằng|ít nhất|chí ít|thấp nhất|không thấp hơn|không dưới|không ít hơn|không kém hơn"
    "|không nhỏ hơn|lớn hơn hoặc bằng|cao hơn hoặc bằng|bằng hoặc lớn hơn|bằng hoặc cao hơn|bằng hoặc hơn|≥|>=",
    ">": "trên|hơn|vượt|vượt trên|lớn hơn|cao hơn|nhiều hơn|>",
    "<=": "không quá|không vượt quá|không vượt|không hơn|không cao hơn|không lớn hơn|không nhiều hơn|không trên|tối đa"
    "|nhiều nhất|cao nhất|thấp hơn hoặc bằng|nhỏ hơn hoặc bằng|ít hơn hoặc bằng|bằng hoặc thấp hơn|≤|<=",
    "<": "dưới|thấp hơn|ít hơn|nhỏ hơn|không đến|không tới|chưa đến|chưa tới|<",
}
CHANGE = {
    "decrease": "giảm|cắt giảm|giảm thêm|giảm được|giảm bớt|kéo giảm|tinh giản|rút ngắn|tiết kiệm|tiết giảm|cắt bỏ",
    "increase": "tăng|tăng thêm|nâng|nâng thêm|bổ sung thêm|có thêm|thêm",
    "multiple": "gấp|gấp hơn|tăng gấp",
}
WORDS = {
    "FROM": "từ",
    "TO": "đến|tới|-",
    "UP": "trở lên",
    "DOWN": "trở xuống",
    "OVER": "quá|vượt quá",
    "RISE": "lên|lên đến|lên tới|lên thành|tăng lên|tăng lên đến|nâng lên|nâng lên đến",
    "FALL": "xuống|xuống còn|xuống đến|còn|còn lại|chỉ còn|giảm còn|giảm chỉ còn|giảm xuống|giảm xuống còn"
    "|rút xuống còn|rút ngắn còn|rút ngắn xuống còn",
    "ABOUT": "khoảng|trong khoảng|vào khoảng|xấp xỉ|gần|trên dưới|ước|ước đạt|ước tính|chừng|cỡ|~|≈",
    "REACH": "đạt|đạt được|đạt chỉ tiêu|đạt kết quả|đạt điểm|phấn đấu|phấn đấu đạt|phấn đấu có|phấn đấu hoàn thành"
    "|phần đấu|chiếm|hoàn thành|duy trì|bảo đảm|đảm bảo",
    "FILLER": "là|mức|tỷ lệ|tỉ lệ|bằng|được|phải|có|cần|cho|ở|với|số",
    "PERCENT": "%|phần trăm|‰",
    "LEVELNOUN": "mức độ|cấp độ",
    "RANKNOUN": "xếp thứ|đứng thứ|xếp hạng|xếp vị trí|vị trí thứ|hạng|thứ hạng|top|nhóm",
    "SLASH": "/",
    "COMMA": ",",
    "END": ";|:|.|(|)|[|]|“|”|!|?",
    # A noun has ended where one of these follows, or a word of comparing, changing or reaching.
    "STOP": "được|phải|đã|đang|sẽ|có|không|chưa|vẫn|đều|cùng|bị|là|để|do|mà|thì|nếu|khi|như|theo|tại|ở|qua|bằng|trong"
    "|trong đó|vào|về|cho|trước|sau|kể từ|tính từ|mỗi|hàng|hằng|năm|của năm|trừ|kể cả|gồm|bao gồm|nhằm|thông qua"
    "|đồng thời|lần lượt|thực hiện|gắn|sử dụng|tham gia|cập nhật|kết nối|tích hợp|hưởng|đúng|kịp thời|biết|xếp|hài lòng"
    "|đáp ứng|triển khai|áp dụng|đủ|phát sinh|nâng cao|báo cáo|đăng|gửi|cơ bản|ký|số hóa|công bố|công khai",
    "AFTERWARDS": "trước|sau|kể từ|tính từ|trở đi",
    # Figures that law, money or the present state sets, and no one has to reach.
    "LAWRATE": "thuế|vat|gtgt|lãi suất|phụ cấp|bảo hiểm|bhxh|bhyt|bhtn|mức đóng|mức hưởng|mức phạt|mức thu|mức chi"
    "|trích|hệ số|chiết khấu|tạm ứng|tự bảo đảm|tự đảm bảo|tự chủ",
    "GIVE": "chi|hưởng|hỗ trợ|trả|chi trả|cấp bù|nộp|đóng|bằng|thanh toán|phạt|đối ứng|trích",
    "WAIVE": "miễn|miễn giảm|giảm",
    "FEE": "lương|mức lương|tiền lương|tiền công|học phí|lệ phí|phí|mức phí|mức thu|thuế|lãi suất|giá|giá trị|tiền",
    "COST": "kinh phí|chi phí|ngân sách|nguồn|quỹ",
    "BASE": "so với|hiện nay|hiện tại|hiện có|hiện đạt|hiện mới|hiện mới đạt|mới đạt|đã đạt|cùng kỳ|trước đây",
    # A number behind one of these is its name.
    "NAMES": "năm|năm học|tháng|ngày|quý|quí|học kỳ|nhiệm kỳ|giai đoạn|số|thứ|điểm|điều|khoản|tiết|chương|mục|bước"
    "|biểu|biểu số|mẫu|mẫu số|tiêu chí số|phụ lục|quyết định|nghị quyết|nghị định|thông tư|kế hoạch|công văn|phòng|lớp"
    "|khối|khóa",
    "FORBID": "không để|không để xảy ra|không được|không có|không",
}
NEVER_COUNTED = (
    "đồng|triệu|triệu đồng|tỷ|tỉ|tỷ đồng|nghìn|nghìn đồng|ngàn|vnđ|vnd|usd|đô la|tuổi|tháng tuổi|năm tuổi|năm|tháng|quý"
    "|tuần"
)
# A measure is the whole unit, whatever is measured: "tăng 05 bậc chỉ số".
MEASURES = "lần|bậc|phút|giây|giờ|giờ làm việc|ngày|ngày làm việc|buổi|lượt|tiếng"
# "trên 03 trang" is on three pages, not more than three.
PLACES = (
    "trang|cổng|địa bàn|tỉnh|huyện|xã|phường|hệ thống|phần mềm|lĩnh vực|kênh|nền tảng|website|mặt|phương tiện|báo"
    "|ứng dụng"
)
NUMERALS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
