"""Days, periods and recurrences with what stands around them: bounds, hours, ranges, what was given up."""

from cchc_tasks.domain.reading.time_phrases.cascade import because
from cchc_tasks.domain.reading.time_phrases.sense import terms, words

RULES = [
    *because(
        "kỳ báo cáo mà ngày nêu trước áp dụng",
        ("(?<=DATE) FOR WORDS{0,3} (PERIOD|ANNUAL|LENGTH)", words.content),
    ),
    *because(
        "ngày nằm trong kỳ nêu trước",
        ("(?<!NAMED) BOUND* a=PERIOD OPEN (IN|IS|EXPECTED)* b=DATE (CLOSE|$)", terms.narrowed),
    ),
    *because(
        "ngày giao việc hoặc ngày họp, hạn được nêu sau đó",
        (
            "GIVEN (IN|DAYPART|COLON)* DATE (COMMA|AND|OPEN|CLOSE|WORDS|IN){1,10} (?=LIMIT BOUND* CLOCK? BOUND* DATE)",
            words.content,
        ),
        ("GIVENDAY COLON? DATE", words.cited),
        ("(?<=POINT) OPEN DONE? GIVEN (WORDS|IN|COLON){0,6} DATE CLOSE?", words.content),
    ),
    *because(
        "ngày trong tháng nêu trước",
        ("BOUND* p=PERIOD (COMMA|OPEN)* BOUND* d=DAYNUM CLOSE?", terms.day_in_month),
    ),
    *because(
        "kỳ báo cáo đứng trước một ngày cụ thể: ngày đó là hạn",
        (
            "(IN|IS)* NOTDAY (?=((COLON|OPEN)? BOUND*|(COLON|IS)? WORDS{1,3} LIMIT BOUND*) CLOCK? BOUND* DATE)",
            words.report,
        ),
        ("WITHINYEAR (?=COMMA LIMIT BOUND* DATE)", words.keep("COMMA")),
        ("BOUND* p=PERIOD COMMA LIMIT BOUND* d=DATE", terms.refined),
    ),
    *because("hạn đã qua", ("LATE FROM p=POINT", terms.late_since)),
    *because(
        "thời hạn đã thay đổi: lấy thời hạn mới",
        (
            "OPEN (WORD|SYMBOL|DONE|MOVED){1,4} COMMA? INSTEAD WORD{0,2} COLON? (BOUND|IS)* POINT CLOSE?",
            words.keep("INSTEAD"),
        ),
        ("^ INSTEAD COLON? (BOUND|IS)* POINT (?=SEMI|BREAK)", words.keep("INSTEAD")),
        ("(?<=SEMI) INSTEAD COLON? (BOUND|IS)* POINT", words.keep("INSTEAD")),
        ("(OPEN|(?<=POINT) COMMA?) INSTEAD WORD{0,2} COLON? (BOUND|IS)* POINT CLOSE?", words.keep("INSTEAD")),
        ("(OPEN|(?<=POINT) COMMA?) (WORD|SYMBOL|DONE){0,4} MOVED FROM BOUND* POINT CLOSE?", words.keep("INSTEAD")),
        ("MOVED (WORD|BY){0,3} FROM POINT ((WORD|MOVED){0,2} BOUND*)* p=POINT", terms.moved),
        (
            "BOUND* POINT (COMMA|OPEN|DASH|SEMI|CONTENT)* (WORD|SYMBOL|DONE){0,4} MOVED (FROM POINT)?"
            " ((WORD|MOVED){0,2} BOUND+)* p=POINT CLOSE?",
            terms.moved,
        ),
    ),
    *because(
        "thời hạn mới chỉ là đề nghị hoặc còn bỏ ngỏ, phải hỏi lại",
        (
            "BOUND* p=POINT (COMMA|OPEN|DASH|SEMI)* WORDS{0,3} WISH (WORDS|BOUND|FROM){0,6} (POINT|EVERY)"
            " QUERY? CLOSE?",
            terms.doubted,
        ),
        ("BOUND* p=POINT (COMMA|OPEN|DASH)+ WORDS{0,3} WISH WORDS{0,4} CLOSE", terms.doubted),
        (
            "BOUND* p=POINT (COMMA|OPEN|DASH)* WORDS{0,2} (WISH WORDS? MOVED|DOUBT|QUERY) (?=CLOSE|SEMI|$)",
            terms.doubted,
        ),
        ("BOUND* POINT (COMMA|OPEN|DASH|SEMI)* WORDS{0,3} MOVED WORDS{0,2} LENGTH CLOSE?", words.unread),
        ("MOVED WORDS{0,2} LENGTH (WORDS|BOUND|FROM){0,6} POINT", words.unread),
        ("QUERY", words.unread),
    ),
    *because(
        "thời điểm chốt số liệu, không phải thời hạn",
        ("ASOF WORDS{0,3} (FROM|BOUND)* (POINT|DAYOF) (FROM? (DASH|TO|BY)+ POINT)?", words.cited),
        ("FIGURES (WORDS|COLON){0,3} (FROM|BOUND)* POINT (DASH|TO|BY)+ POINT", words.cited),
        ("FIGURES (WORDS|COLON){0,3} (FROM|BOUND)* (YEARSPAN|SPAN)", words.cited),
    ),
    *because(
        "kỳ nằm trong năm nêu trước",
        ("(?<!NAMED) y=ANNUAL (COLON|COMMA|OPEN) BOUND* p=PERIOD CLOSE?", terms.within_year),
        ("y=WITHINYEAR (COLON|COMMA|OPEN) BOUND* p=PERIOD CLOSE?", terms.within_year),
    ),
    *because(
        "phần trong ngoặc nói rõ hơn: lấy phần trong ngoặc",
        ("BOUND* a=PERIOD OPEN (IN|IS|EXPECTED)* b=PERIOD (CLOSE|$)", terms.narrowed),
    ),
    *because(
        "từ … đến …, hạn là ngày cuối",
        ("FROM+ IN? (CLOCK COMMA?)? a=POINT COMMA? (DASH|TO|BY)+ (BEFORE|IN)* (CLOCK COMMA?)? b=POINT", terms.between),
        ("a=POINT (DASH|TO) (BY|BEFORE|IN)* b=POINT", terms.between),
        ("FROM THIS (TO|BY)+ p=POINT", terms.dated),
    ),
    *because(
        "ngày hoặc kỳ của từng năm được nêu",
        ("BOUND* p=POINT (OF|IN|COMMA|OPEN)* s=YEARSPAN CLOSE?", terms.of_years),
        ("BOUND* p=POINT (OF|IN)* y=BAREYEAR", terms.of_years),
    ),
    *because("giai đoạn trong tên việc", ("(?<=NAMED) s=YEARSPAN", terms.span_or_topic)),
    *because(
        "khoảng thời gian, hạn là ngày cuối",
        ("(BOUND|FROM)* s=YEARSPAN (COMMA? AND? LATER)?", terms.spanning),
        ("(BOUND|FROM)* s=SPAN", terms.spanning),
    ),
    *because(
        "thời hạn riêng của các năm sau, phải hỏi lại",
        ("IN* LATER COLON? BOUND* POINT", words.unread),
    ),
    *because(
        "năm được nêu và các năm sau đó: hạn đầu tiên là cuối năm được nêu",
        ("p=BAREYEAR COMMA? AND? LATER", terms.open_ended),
    ),
    *because(
        "chỉ có thời điểm bắt đầu, không có hạn cuối",
        ("FROM+ IN? p=POINT ONWARD?", terms.beginning),
    ),
    *because(
        "làm thường xuyên, không có ngày hạn",
        ("STEADY (LINK* (STEADY|PROMPT))* (COMMA|OPEN|OF)* ANNUAL CLOSE?", terms.ongoing),
        ("ANNUAL (COMMA|OPEN|COLON) STEADY (LINK* (STEADY|PROMPT))* CLOSE?", terms.ongoing),
        (
            "STEADY (LINK* (STEADY|PROMPT))* YEARLY (?!(COMMA|OPEN|WORDS){0,6} BOUND* POINT)",
            terms.ongoing,
        ),
        ("STEADY (LINK* (STEADY|PROMPT))*", terms.ongoing),
        ("KEEP? IN* LATER", terms.ongoing),
    ),
    *because(
        "ngày của văn bản viện dẫn",
        ("DATE (?=OF (WORD|SYMBOL))", words.content),  # "ngày 11/3/2022 của UBND"
    ),
    *because(
        "thời điểm sau hoặc không trước một ngày: chưa rõ hạn cuối, phải hỏi lại",
        ("NOT? AFTER+ BOUND* POINT", words.unread),
        ("NOT BOUND+ POINT", words.unread),
        ("POINT ONWARD", words.unread),
    ),
    *because("thời gian ước chừng, phải hỏi lại", ("AROUND IN* p=POINT", terms.around)),
    *because(
        "năm trong tên việc",
        ("(?<=NAMED) BAREYEAR (?!COMMA? AND? LATER)", words.year_topic),
    ),
    *because(
        "giới hạn của ngày (trước, chậm nhất, đến hết), kể cả giờ",
        ("BOUND* DATE COMMA? BOUND* c=CLOCK", terms.dated),
        ("BOUND* (CLOCK (DASH|TO))? c=CLOCK? (COMMA|OF)* BOUND* DATE (LINK+ BOUND* DATE)*", terms.dated),
    ),
    *because(
        "kỳ sau tên dài của một văn bản: chưa rõ là kỳ báo cáo hay thời hạn",
        ("(?<=WORDS WORDS WORDS) PERIOD (?!LINK+ PERIOD)", terms.period_topic),
    ),
    *because(
        "kỳ hạn: hạn là ngày cuối của kỳ",
        ("BOUND* (PERIOD|ANNUAL) (LINK+ IN? PERIOD)*", terms.dated),
        ("^ YEARNUM (LINK* SEMI? YEARNUM)* DOT? $", terms.lone_years),
    ),
    *because(
        "giới hạn của ngày trong mỗi kỳ, kể cả giờ",
        ("BOUND* e=DAYOF COMMA? BOUND* c=CLOCK", terms.bounded("DAYOF")),
        ("BOUND* c=CLOCK? (COMMA|OF)* BOUND* e=DAYOF", terms.bounded("DAYOF")),
        ("BOUND* c=CLOCK? (COMMA|OF)* BOUND* e=DAYNUM", terms.bounded("DAYNUM")),
        ("BOUND* c=CLOCK? (COMMA|OF)* BOUND* e=CYCLEDAY", terms.bounded("CYCLEDAY")),
    ),
    *because(
        "thứ trong tuần của việc hằng tuần",
        ("e=EVERY (COMMA|OPEN|BOUND)* c=CLOCK? (COMMA|OF|BOUND|DAY)* w=WEEKDAY CLOSE?", terms.on_weekday),
        ("e=EVERY (COMMA|OPEN|BOUND|DAY)* w=WEEKDAY (COMMA|BOUND)* c=CLOCK CLOSE?", terms.on_weekday),
        ("c=CLOCK? (COMMA|OF|DAY)* w=WEEKDAY (COMMA|OPEN)* e=EVERY CLOSE?", terms.on_weekday),
    ),
    *because(
        "thứ trong tuần, chưa rõ tuần nào nếu không có việc hằng tuần",
        ("BOUND* c=CLOCK? (COMMA|OF|BOUND|DAY)* w=WEEKDAY (?!COMMA? DAY)", terms.day_name),
    ),
    *because(
        "định kỳ",
        ("BOUND* e=EVERY", terms.bounded("EVERY")),
        ("BOUND* e=YEARLY", terms.bounded("YEARLY")),
    ),
    *because(
        "khoảng thời gian chưa rõ tính từ khi nào, phải hỏi lại",
        ("(BOUND|AFTER|FROM)+ LENGTH", words.unread),
    ),
    *because("thêm một trường hợp nữa", ("OR (?=WHEN|AFTERWHEN|SUDDEN|ACCORDING)", words.keep("AND"))),
    *because("điều phải hỏi lại", ("BOUND+ e=ASK", words.asked_further)),
]
