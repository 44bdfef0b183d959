"""What looks like time and is none: citations, rates, baselines, titles, names of occasions."""

from cchc_tasks.domain.reading.time_phrases.cascade import because
from cchc_tasks.domain.reading.time_phrases.rules.shapes import OF_DATE, SYMBOLS, TAIL
from cchc_tasks.domain.reading.time_phrases.sense import points, recurrences, words

RULES = [
    *because(
        "số thứ tự của dòng", ("^ NUM DOT (?=WORDS)", words.content), ("(?<=BREAK) NUM DOT (?=WORDS)", words.content)
    ),
    *because(
        "số, ký hiệu và ngày của một văn bản, không phải thời hạn",
        (f"LAW? NUMBERED COLON? ANYNUM? (SLASH ANYNUM)? (SLASH|DASH) {SYMBOLS} {OF_DATE}", words.cited),
        (f"LAW? ANYNUM (SLASH ANYNUM)? SLASH {SYMBOLS} {OF_DATE}", words.cited),
        (f"LAW? NUM SLASH NUM dash=DASH {SYMBOLS}", words.document_number),
        (f"LAW NUMBERED? ANYNUM (SLASH ANYNUM)? {OF_DATE}", words.cited),
        (f"NUMBERED COLON? ANYNUM (SLASH YEARNUM (?!SLASH))? {OF_DATE}", words.cited),
        ("NUMBERED (UNIT|TIMES)", words.cited),
        ("BIG COLON YEARNUM", words.cited),
        ("SYMBOL NUM SLASH NUM (?=COLON WORDS{0,8} LIMIT)", words.cited),
    ),
    *because(
        "định mức hoặc tần suất sử dụng, không phải kỳ hạn",
        ("OVER NUM (TIMES|DAY) SLASH NUM? UNIT", words.content),
        ("ATLEAST NUM (WORD|SYMBOL|COMMA|AND){1,6} SLASH UNIT WORD{0,3} NUM POINTS", words.content),
        ("LATE NUM (DAY|WORKDAY|WEEK|MONTH)", words.content),
        ("(?<=WORDS) NUM mark=DECIMAL NUM SLASH NUM (?!SLASH)", words.decimal),
        ("NUM (DAY|HOUR|MINUTE) SLASH NUM? (UNIT|WORKDAY)", words.content),
    ),
    *because(
        "số lượng trong mỗi kỳ: định kỳ theo kỳ đó",
        ("ATLEAST NUM (WORD|SYMBOL|COMMA|AND){1,6} SLASH u=UNIT", recurrences.every),
    ),
    *because(
        "đơn vị tính theo kỳ, không phải thời hạn",
        ("(WORD|SYMBOL|POINTS) SLASH UNIT", words.content),
    ),
    *because(
        "kỳ được đem ra so sánh, không phải thời hạn",
        ("COMPARED (WORD|TIMES|IN){0,3} UNIT (N|YEARNUM|BEFORE)? (SEP YEARNUM|YEAR YEARNUM)?", words.content),
    ),
    *because(
        "giai đoạn và tầm nhìn trong tên văn bản",
        ("(PHASE|YEAR)? YEARNUM DASH YEARNUM COMMA? AND? VISION TO? YEAR? YEARNUM", words.topic),
        ("TO? YEAR YEARNUM COMMA? AND? VISION TO? YEAR? YEARNUM", words.topic),
        ("VISION WORD{0,3} TO? YEAR? YEARNUM", words.topic),
    ),
    *because(
        "điểm số, tỷ lệ hoặc số tiền",
        ("NUM mark=DECIMAL NUM (POINTS|PERCENT)", words.decimal),
        ("(NUM|BIG) (POINTS|PERCENT)", words.content),
        ("EACH UNIT COLON NUM", words.content),
        ("BUDGET (WORD|GIVEN){0,3} EACH UNIT", words.content),
        ("IN (WORD|SYMBOL|BUDGET|NUM|ALL){1,5} EACH UNIT", words.content),
    ),
    *because(
        "căn cứ thực hiện, kỳ trong đó không phải thời hạn",
        (
            "ACCORDING (WORD|SYMBOL|BUDGET|NUM|OF){1,6} (EACH UNIT|YEAR YEARNUM|PHASE YEARNUM DASH YEARNUM)",
            words.keep("ACCORDING"),
        ),
    ),
    *because("từ chỉ giới hạn", ("BY COLON", words.keep("BY"))),
    *because(
        "trước khi kết thúc một kỳ là chậm nhất vào ngày cuối của kỳ đó",
        # "sau khi kết thúc quý" is an anchor
        ("(?<!ANCHORED) BEFOREWHEN? FINISH (?=DAY? (MQ DOT? N|YEAR YEARNUM))", words.keep("BY")),
    ),
    *because(
        "kỳ hoặc năm đã qua",
        ("(?<=N) COMMA? OF? YEAR BEFORE NEXT? (?=MARK|WORDS|$)", words.keep("PAST")),
        ("UNIT BEFORE NEXT", words.content),
        ("MQ BEFORE (?=MARK|WORDS|$)", words.content),
        ("YEAR BEFORE (?=MARK|WORDS|$)", words.content),
    ),
    *because(
        "việc đã làm, ngày trong đó không phải thời hạn",
        ("DONE (WORD|SYMBOL|FINISH|CONTENT){1,6} (IN|BY|OPEN)* DAY? NUM SEP NUM (SEP Y)?", words.content),
        (
            "DONE (WORD|SYMBOL|FINISH){1,6} (IN|BY|OF)* (MQ DOT? N|YEAR YEARNUM) (SEP YEARNUM|YEAR YEARNUM)?",
            words.content,
        ),
    ),
    *because(
        "số điện thoại, tên địa điểm",
        ("BIG ((DOT|DASH)? (NUM|BIG)){1,3}", words.telephone),
        ("PLACE (WORD|SYMBOL){0,3} NUM (SLASH|DASH) NUM (?!SLASH|DASH)", words.content),
    ),
    *because(
        "có thể là ngày hoặc tháng âm lịch, phải hỏi lại",
        ("DAY? NUM SEP? NUM? OPEN? LUNAR CLOSE?", words.asked("deadline-lunar")),
        (f"DAY? NUM? MONTH n=LUNAR {TAIL}", words.lunar_month),
        ("(BOUND|AFTER|FROM)+ LUNAR", words.asked("deadline-lunar")),
        ("LUNAR", words.topic),
    ),
    *because(
        "năm học, học kỳ: ngày do tỉnh quyết định, phải hỏi lại",
        ("OPEN (BOUND|AFTER|FROM|EDGE)* FINISH? SCHOOL (YEARNUM DASH YEARNUM|N|EDGE)? WORD{0,2} CLOSE", words.school),
        (
            "(BOUND|AFTER|FROM|EDGE|BEFOREWHEN|AFTERWHEN)+ FINISH? SCHOOL (YEARNUM DASH YEARNUM|N|EDGE)?",
            words.asked("deadline-school"),
        ),
        ("SCHOOL (YEARNUM DASH YEARNUM|N|EDGE)?", words.school),
    ),
    *because(
        "kỳ họp được gọi theo năm: chưa biết ngày họp, phải hỏi lại",
        ("IN* OCCASION (WORD|SYMBOL|NUM|ORDINAL|OF){0,4} EDGE OF? YEAR YEARNUM?", words.unread),
    ),
    *because(
        "từ ngữ không chỉ thời hạn",
        ("(?<=WORDS) THIS", words.content),
        ("EACH (?=DAY NUM)", words.content),
        ("EDGE TIMES (?=COLON)", words.content),
        ("(WORD|SYMBOL) SLASH (WORD|SYMBOL) (?!SLASH|DASH)", words.content),
        ("DOT SLASH DOT $", words.content),
        ("(IN|WHOLE)+ (?=PHASE (?!N|YEARNUM|COLON))", words.content),
        ("FROM START OF? YEAR (?!N)", words.content),
        ("^ (MONTH|WEEK) (?=WORD)", words.content),
        ("(?<=MARK) (MONTH|WEEK) (?=WORD)", words.content),
        ("(?<=PLAIN) OF YEAR AFTERWARDS+ (?=MARK|WORDS|$)", words.content),
        ("(?<=PLAIN) YEAR AFTERWARDS+ (?=MARK|WORDS|$)", words.topic),
    ),
    *because(
        "nơi và ngày ký văn bản",
        ("^ (WORD|SYMBOL){1,5} c=COMMA DAY N MONTH N YEAR YEARNUM DOT? $", words.dateline),
    ),
    *because("từ ngữ có thể gõ sai, phải hỏi lại", ("DUBIOUS (N|YEARNUM) (?!WORDS)", words.unread)),
    *because("ngày tháng để trống, phải hỏi lại", ("DAY DOT* MONTH DOT* NUM? YEAR YEARNUM?", words.unread)),
    *because("chữ số La Mã có thể là quý, phải hỏi lại", ("^ n=ROMAN SLASH y=YEARNUM $", points.perhaps_quarter)),
    *because(
        "thiếu dấu ngăn giữa ngày, tháng, năm, phải hỏi lại",
        ("DAY? (NUM SLASH BIG|BIG SLASH YEARNUM) (?!SLASH)", points.glued),
        ("(?<=DAY) BIG (?=MARK|$)", points.glued),
        ("^ BIG $", points.glued),
    ),
]
