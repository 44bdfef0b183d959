"""The words of unit cells: what names a body or a person, what makes a group, and what is said beside a name."""

import re
from functools import cached_property, lru_cache

from cchc_tasks.domain.reading.text import search_key

# Nouns that begin the name of a body. Small letters; looked for at the beginning of a name only.
BODIES = (
    "văn phòng|vp|phòng|p|sở|thanh tra|ttr|ttra|vụ|cục|tổng cục|chi cục|học viện|viện|trung tâm|tt|trường"
    "|nhà trường|khoa|cq|đv|bộ môn|bộ phận|bộ đội|bộ|tổ|đội|ban|tiểu ban|nhóm|cụm|khối|ubnd|hđnd|tthđnd|ủy ban"
    "|uỷ ban|ubmttqvn|ubmttq|mttqvn|mttq|mặt trận|hội đồng|hội|đoàn|liên đoàn|liên hiệp|liên minh|hiệp hội"
    "|công đoàn|công an|quân sự|bch|bchqs|kho bạc|ngân hàng|bảo hiểm xã hội|bhxh|kbnn|nhnn|bưu điện|bưu chính"
    "|viễn thông|điện lực|công ty|tổng công ty|tập đoàn|doanh nghiệp|hợp tác xã|htx|bệnh viện|trạm|báo|đài"
    "|tạp chí|nhà xuất bản|nhà văn hóa|nhà thiếu nhi|thư viện|bảo tàng|tòa án|toà án|viện kiểm sát|đảng ủy"
    "|đảng uỷ|đảng bộ|chi bộ|huyện ủy|tỉnh ủy|thành ủy|quận ủy|hạt|đồn|quỹ|câu lạc bộ|cơ quan|đơn vị|cơ sở"
    "|tổ chức|tập thể|ngành|thuế|hải quan|bql|bqlda|bgh|bgđ|lđlđ|đtn|ccb|cổng thông tin|thông tấn xã|thường trực|ub"
    "|tỉnh đoàn|thành đoàn|huyện đoàn|chi đoàn|liên đội|chi hội|ubkt|ttgdtx|ttgdnn|ttksbt|ttyt"
)
# Posts and forms of address: what begins the mention of a person, or of people.
POSTS = (
    "giám đốc|phó giám đốc|gđ|pgđ|trưởng|phó|phó trưởng|chủ tịch|phó chủ tịch|ct ubnd|ct hđnd|pct|hiệu trưởng"
    "|phó hiệu trưởng|ht|pht|chánh|phó chánh|thủ trưởng|người đứng đầu|lãnh đạo|bí thư|phó bí thư|tổ trưởng|tổ phó"
    "|chuyên viên|kế toán|văn thư|thư ký|thủ quỹ|tổng phụ trách"
)
TITLES = r"đ/c|đ / c|đc|đồng chí|ông|bà|(?:anh|chị)(?=\s\w)|thầy|cô|bs|ths|ts|bác sĩ"
# Classes of people: in one list they make one group ("cán bộ, giáo viên, nhân viên nhà trường").
CLASSES = (
    "cán bộ|công chức|viên chức|người lao động|giáo viên|gvcn|ttcm|nhân viên|học sinh|sinh viên|đảng viên|đoàn viên"
    "|hội viên|cbcc|cbccvc|cbgv|cá nhân|người hoạt động"
)
# The same written with their first letters, which begin no name of themselves: "NV" is staff, or professional work.
SHORT_CLASSES = "cb|cc|vc|nlđ|gv|nv|hs|sv|cbql|cbcc|cbvc|cbccvc|cbgv"
# Words that open like a body and are none: halves of names ("… và Phòng chống thiên tai", "… và Khoa học").
NO_BODIES = (
    "tổ chức|đoàn thể|đoàn kết|hội nhập|hội nghị|ban hành|bộ máy|bộ chỉ số|bộ tiêu chí|vụ việc|sở hữu|khoa học"
    "|khoa giáo|phòng chống|phòng, chống|phòng ngừa|phòng thủ|phòng cháy|phòng bệnh|quỹ đất|đội ngũ|báo chí|báo cáo"
    "|cụm công nghiệp|cơ sở vật chất|cơ sở dữ liệu|cơ sở hạ tầng|viện trợ|trạm thu|trường học"
)
# Kinds of bodies and of places: several of them behind one plural are one group ("Các khoa, phòng, trung tâm").
PLACES = (
    "tỉnh|thành phố|tp|huyện|quận|thị xã|tx|xã|phường|thị trấn|đặc khu|thôn|bản|ấp|buôn|làng|khu phố|khối phố"
    "|tổ dân phố|địa phương|cấp"
)
KINDS = (
    "sở|ban ngành|ban|ngành|phòng|đơn vị|cơ quan ngang bộ|cơ quan|tổ chức|cá nhân|tập thể|bộ phận|trường học"
    "|trường|trung tâm|khoa|tổ bộ môn|tổ|viện|bộ môn|bộ|vụ|cục|tổng cục|chi cục|đoàn thể|hội|chi bộ|trạm|bệnh viện"
    "|doanh nghiệp|đại học|trường đại học|học viện|trường cao đẳng|cơ sở giáo dục|cơ sở|chi nhánh|nhóm|lớp|đảng bộ"
    f"|hợp tác xã|người dân|{PLACES}"
)
# Kinds of school and of work, which stand behind the noun they share: "Các trường MN, TH, THCS", "Các phòng CM, NV".
SORTS = (
    "cm|nv|chuyên môn|nghiệp vụ|hành chính|mn|th|thcs|thpt|th&thcs|mầm non|tiểu học|trung học cơ sở"
    "|trung học phổ thông|phổ thông|ptdtnt|ptdtbt|cao đẳng|đại học|trung cấp|thuộc|trực thuộc"
)
PLURALS = "các|những|mọi|từng|mỗi|tất cả|toàn thể|toàn bộ"
# What a body looks after and what is done: behind a plural they make no group that could act.
THINGS = (
    "khu công nghiệp|khu kinh tế|khu chế xuất|khu công nghệ|khu đô thị|khu du lịch|khu bảo tồn|khu di tích"
    "|cụm công nghiệp|dự án|công trình|nội dung|nhiệm vụ|nhóm nhiệm vụ|lĩnh vực|chương trình"
    "|chỉ tiêu|tiêu chí|chỉ số|hoạt động|phần|mục"
)
# Fields that a body may be called after alone, and that small letters behind a plural make a sort of its bodies.
FIELD_BODIES = "bưu chính|viễn thông|điện lực|thuế|hải quan|ngân hàng|báo|báo chí|kho bạc"
# Work within an office: two of these behind one head are one body ("Phòng Tổ chức, Hành chính").
OFFICE_WORK = "tổ chức|hành chính|tổng hợp|quản trị|nhân sự|kế hoạch|tài chính|kế toán|tài vụ|đối ngoại"
# Two words that a comma holds together.
PAIRS = "phòng , chống|phát thanh , truyền hình"
# Bodies whose names hold commas ("Trung tâm Văn hóa, Thể thao"); a comma behind any other head begins another name.
NAMES_WITH_COMMAS = (
    "trung tâm|tt|học viện|viện|tổng cục|cục|chi cục|ban|tiểu ban|ủy ban|uỷ ban|hội đồng|đài|quỹ|bộ phận"
)

# Fields of government that are the whole name of a ministry, a department or an office.
FIELDS = (
    "Nội vụ|Tài chính|Tư pháp|Xây dựng|Công Thương|Y tế|Ngoại vụ|Ngoại giao|Quốc phòng|Công an"
    "|Giáo dục và Đào tạo|GD&ĐT|Khoa học và Công nghệ|KH&CN|Nông nghiệp và Môi trường|NN&MT"
    "|Nông nghiệp và Phát triển nông thôn|Nông nghiệp và PTNT|NN&PTNT|Tài nguyên và Môi trường|TN&MT"
    "|Thông tin và Truyền thông|TT&TT|Lao động - Thương binh và Xã hội|Lao động, Thương binh và Xã hội|LĐ-TB&XH"
    "|Kế hoạch và Đầu tư|KH&ĐT|Giao thông vận tải|Văn hóa, Thể thao và Du lịch|Văn hóa và Thể thao|VH&TT|VH,TT&DL"
    "|Du lịch|Dân tộc và Tôn giáo|Dân tộc|Quy hoạch - Kiến trúc|An toàn thực phẩm|Kinh tế|Văn hóa - Xã hội"
    "|Văn hóa và Thông tin|Tài chính - Kế hoạch|Kế hoạch - Tài chính|Tổ chức cán bộ|Pháp chế|Hợp tác quốc tế"
    "|Khảo thí và Kiểm định"
)

# What a unit does, behind its name and in small letters ("Phòng KH-TC tổng hợp báo cáo").
_DOCUMENTS = "kế hoạch|báo cáo|dự thảo|đề án|văn bản|chương trình|nội dung|quy chế|tờ trình|danh mục"
# "Phòng Kế hoạch tổng hợp" is a name.
_SUMMING_UP = r"(?:(?<!kế hoạch )(?<!hành chính )(?<!kinh tế )(?<!nghiên cứu )tổng hợp|tổng hợp(?=,?\s+\w))"
_SUBMITTING = "(?<!công )(?<!chương )(?<!quy )(?<!quá )(?<!lộ )trình"
DEEDS = (
    f"{_SUMMING_UP}|{_SUBMITTING}|theo|thực hiện|tham mưu|đôn đốc|hướng dẫn|cung cấp|triển khai|báo cáo"
    "|làm đầu mối|là đầu mối|là cơ quan|là đơn vị|chịu trách nhiệm|có trách nhiệm|gửi|kiểm tra|giúp|phụ trách"
    "|thẩm định|rà soát|ban hành|hoàn thành|đề xuất|góp ý|cho ý kiến|cập nhật|công khai|công bố|ký ban hành"
    "|(?<!ban )chỉ đạo|(?<!tra )giám sát|chuẩn bị|phê duyệt|quyết định|thông báo|tiếp nhận|lấy ý kiến|xin ý kiến|nộp"
    "|tổ chức (?:hội nghị|tập huấn|kiểm tra|thực hiện|triển khai|lớp|các lớp|đoàn|cuộc)"
    f"|khi có yêu cầu|(?:xây dựng|lập|soạn thảo) (?:{_DOCUMENTS})"
)
# What stands before a name and is no part of it.
SUCCESSION = "nay là|trước đây là"
# A deed that says to whom or by what: it is said of a group too, and is no part of the group's name.
ADDRESSED = "báo cáo|gửi|nộp|thông báo|theo(?! dõi)"
ORDERS = f"giao|do|đề nghị|yêu cầu|mời|kính đề nghị|gồm|bao gồm|{SUCCESSION}"
NONE = (
    "không|không có|không có đơn vị phối hợp|không có cơ quan phối hợp|không có đơn vị|không phối hợp|không phân công"
    "|chưa có|chưa xác định|chưa phân công|chưa giao|x"
)
AS_ABOVE = "nt|n/t|như trên|như mục trên|như dòng trên|như hàng trên|như nội dung trên|n.t"


class Words:
    """The words as patterns: with their diacritics, or without any for a cell that is typed so."""

    def __init__(self, *, bare: bool) -> None:
        self._bare = bare

    def pattern(self, form: str, *, verbose: bool = False) -> re.Pattern[str]:
        """A pattern over these words, written with diacritics, that does not mind capitals."""
        return _compiled(_without_diacritics(form) if self._bare else form, verbose)

    @cached_property
    def beginning(self) -> re.Pattern[str]:
        """The beginning of a unit: a body, a person or a group of its own."""
        heads = f"{BODIES}|{POSTS}|{TITLES}|{CLASSES}"
        shares = r"(?:(?:ít nhất|tối thiểu|khoảng)\s+)?\d+\s?%\s"
        return self.pattern(
            rf"(?:(?P<plural>{PLURALS})(?!\w|\s+(?:{THINGS})(?!\w))|{shares}|(?!(?:{NO_BODIES})(?!\w))(?:(?:{heads})(?!\w)|(?:ubnd|hđnd)\w))"
        )

    def begins_unit(self, text: str) -> re.Match[str] | None:
        """Whether a unit begins here; a name typed without diacritics may stand among others with theirs."""
        found = self.beginning.match(text)
        return found or (_BARE.beginning.match(text) if text.isascii() else None)

    @cached_property
    def body(self) -> re.Pattern[str]:
        """The noun that a singular name begins with."""
        return self.pattern(rf"(?:{BODIES}|{POSTS}|{TITLES}|{CLASSES}|{PLURALS})(?!\w)")

    @cached_property
    def open_group(self) -> re.Pattern[str]:
        """A group that another kind may still join: "Các khoa", "UBND các xã", "phòng"."""
        return self.pattern(
            rf"(?:.*(?<!\w)(?:{PLURALS}|\d+\s?%|số)\s+|(?:ubnd|hđnd|công an|ban)\s*)?(?:các\s+)?(?:{KINDS})"
        )

    @cached_property
    def plural(self) -> re.Pattern[str]:
        """Somewhere a word that makes a group."""
        return self.pattern(rf"(?:.*\W|\w*)?(?:{PLURALS})(?!\w)")

    @cached_property
    def kind(self) -> re.Pattern[str]:
        """A kind at the beginning."""
        return self.pattern(rf"(?:{KINDS})(?!\w)")

    @cached_property
    def place(self) -> re.Pattern[str]:
        """A kind of place at the beginning."""
        return self.pattern(rf"(?:{PLACES})(?!\w)")

    @cached_property
    def sort(self) -> re.Pattern[str]:
        """A kind of school or of work at the beginning."""
        return self.pattern(rf"(?:{SORTS})(?!\w)")

    @cached_property
    def people(self) -> re.Pattern[str]:
        """A class of people."""
        return self.pattern(rf"(?:{CLASSES})(?!\w)")

    @cached_property
    def short_people(self) -> re.Pattern[str]:
        """Words that end with a class of people in its first letters: "Toàn thể CB"."""
        return self.pattern(rf"(?:.*\s)?(?:{SHORT_CLASSES})")

    @cached_property
    def post(self) -> re.Pattern[str]:
        """A post at the beginning."""
        return self.pattern(rf"(?:{POSTS})(?!\w)")

    @cached_property
    def named_person(self) -> re.Pattern[str]:
        """A person by name, not by post."""
        return self.pattern(rf"(?:{TITLES})(?!\w)\.?\s*(?!(?:{POSTS})(?!\w))\w")

    @cached_property
    def deed(self) -> re.Pattern[str]:
        """A deed at the beginning."""
        return self.pattern(rf"(?:{DEEDS})(?!\w)")

    @cached_property
    def orders(self) -> re.Pattern[str]:
        """An order before a name."""
        return self.pattern(rf"\W*(?:{ORDERS})\s+(?=\w)")

    @cached_property
    def named_with_commas(self) -> re.Pattern[str]:
        """A body whose name may hold commas."""
        return self.pattern(rf"(?:{NAMES_WITH_COMMAS})(?!\w)")


@lru_cache(maxsize=256)
def _compiled(form: str, verbose: bool) -> re.Pattern[str]:
    return re.compile(form, re.IGNORECASE | re.VERBOSE if verbose else re.IGNORECASE)


def _without_diacritics(form: str) -> str:
    """The pattern with every letter bare; what the pattern language itself writes has none."""
    return re.sub(r"[^\x00-\x7f]", lambda letter: search_key(letter[0]), form)


_ACCENTED, _BARE = Words(bare=False), Words(bare=True)


def words_for(text: str) -> Words:
    """The words in the way this text is typed."""
    return _BARE if text.isascii() else _ACCENTED


def is_abbreviation(text: str) -> bool:
    """Whether a text is one word with several capitals: "TCCB", "GDTrH", "KH-TC"."""
    return " " not in text and sum(letter.isupper() for letter in text) > 1


def field_key(text: str) -> str:
    """What two spellings of a field share: marks, "và" and "&" do not count."""
    return " ".join(word for word in re.split(r"[\W_]+", search_key(text)) if word and word != "va")


FIELD_KEYS = frozenset(field_key(name) for name in FIELDS.split("|"))
