"""The grammar of deadlines: three stages of rules over tokens, each rule a shape and what it means.

A shape names kinds of tokens (tokens.py) and classes of kinds (below); `name=KIND` hands that token to the builder
(sense/). At one place the rule that stands first wins. The shapes are those of docs/deadlines.md.
"""

from cchc_tasks.domain.reading.cascade import Rule, Stage
from cchc_tasks.domain.reading.sense import points, recurrences, terms, words
from cchc_tasks.domain.reading.text import Normalised
from cchc_tasks.domain.reading.tokens import Token, tokenise

WORDLIKE = (
    "WORD SYMBOL CONTENT TOPIC NUMBERED LAW BUDGET POINTS OF ALL KEEP FINISH VISION PHASE NOT PERCENT QUOTE "
    "ACCORDING WHEN AFTERWHEN BEFOREWHEN SUDDEN STEADY PROMPT COMPARED WORKDAY BARE LENGTH ASOF FIGURES "
    "INSTEAD"
)
_CLASSES = {
    "WORDS": WORDLIKE,
    "NAMED": f"{WORDLIKE} CLOSE",
    "PLAIN": "WORD SYMBOL CONTENT NUMBERED LAW BUDGET POINTS KEEP FINISH VISION NOT PERCENT QUOTE ACCORDING COMPARED "
    "ASOF FIGURES",
    "N": "NUM ROMAN",
    "Y": "NUM YEARNUM",
    "ANYNUM": "NUM YEARNUM BIG",
    "UNIT": "DAY WEEK MONTH QUARTER YEAR",
    "LENGTHUNIT": "DAY WORKDAY WEEK MONTH YEAR",
    "MQ": "MONTH QUARTER",
    "LINK": "COMMA AND",
    "SEP": "SLASH DASH DOT",
    "EDGE": "START MIDDLE END",
    "NTHDAY": "NUM START END",
    "NTHMONTH": "START MIDDLE END WEEKDAY",
    "EACHOF": "EACH ALL OF",
    "AFTERWARDS": "AFTER NEXT",
    "BOUND": "BEFORE BY IN TO IS",
    "LIMIT": "BEFORE BY",
    "LEAST": "ATLEAST BY",
    "CYCLE": "WEEK MONTH QUARTER YEAR",
    "SMALL": "BEFORE BY IN TO FROM AFTER EACH START MIDDLE END OR NEXT HOUR TIMES ATLEAST OVER AROUND THIS WHOLE HALF "
    "ORDINAL IS MINUTE LATER SCHOOL DASH SLASH",
    "MARK": "COMMA SEMI COLON DOT OPEN CLOSE AND BREAK",
    "ANCHOR": f"{WORDLIKE} NUM ROMAN YEARNUM BIG DAY WEEK MONTH QUARTER YEAR IN FROM TO AFTER START END EACH AND SLASH "
    "DASH DOT TIMES SCHOOL BEFORE",
    "POINT": "DATE PERIOD BAREYEAR WITHINYEAR",
    "ANCHORED": "AFTERWHEN DAY WORKDAY WEEK MONTH",
    "NOTDAY": "PERIOD BAREYEAR WITHINYEAR LENGTH BARE YEAR QUARTER MONTH",
    "ANNUAL": "BAREYEAR WITHINYEAR",
    "RECURRENCE": "EVERY YEARLY",
}

# A year said after a month or a quarter: "năm 2023", "/2023", "2023", "năm sau".
_TAIL = "(((COMMA? OF? YEAR)|SEP)? y=YEARNUM|COMMA? OF? YEAR later=AFTERWARDS+)?"
_WRITTEN_YEAR = "(COMMA? OF? YEAR (y=YEARNUM|later=AFTERWARDS+))?"
# A bare number continues a list only where the list may end.
_ENDS = "(?=COMMA|AND|SEMI|BREAK|CLOSE|OPEN|DOT|COLON|SLASH YEARNUM|DASH YEARNUM|YEAR|OF YEAR|EACH|YEARNUM|$)"
_NO_DATE = "(?!SLASH N|DASH N|DOT NUM)"
_SYMBOL = "SYMBOL NUM? ((DASH|SLASH|AND) SYMBOL NUM?)*"
_OF_DATE = "((OF (WORD|SYMBOL){1,6}|COMMA)? DAY (NUM SEP NUM SEP YEARNUM|NUM? MONTH NUM? YEAR YEARNUM?))?"
_WEEKDAY = "(w=WEEKDAY COMMA? IN?)?"
_WEEKDAY_AFTER = "(OPEN w=WEEKDAY CLOSE)?"
_NO_YEAR = "(?!(SLASH|DOT) Y|DASH YEARNUM|DASH NUM (?!SLASH))"
_CYCLE = "(NUM|WHOLE)? CYCLE (?!N|YEARNUM|EDGE|AFTERWARDS|BEFORE|BY|HALF|TIMES)"

# What looks like time and is none: citations, rates, baselines, titles.
_SHIELD: list[Rule] = [
    (f"LAW? NUMBERED COLON? ANYNUM? (SLASH ANYNUM)? (SLASH|DASH) {_SYMBOL} {_OF_DATE}", words.content),
    (f"LAW? ANYNUM (SLASH ANYNUM)? SLASH {_SYMBOL} {_OF_DATE}", words.content),
    (f"LAW NUMBERED? ANYNUM (SLASH ANYNUM)? {_OF_DATE}", words.content),
    (f"NUMBERED COLON? ANYNUM {_OF_DATE}", words.content),
    ("NUMBERED (UNIT|TIMES)", words.content),
    ("BIG COLON YEARNUM", words.content),
    ("OVER NUM (TIMES|DAY) SLASH NUM? UNIT", words.content),
    ("NUM DAY SLASH UNIT", words.content),
    ("ATLEAST NUM (WORD|SYMBOL|COMMA|AND){1,6} SLASH u=UNIT", recurrences.every),
    ("(WORD|SYMBOL|POINTS) SLASH UNIT", words.content),
    ("COMPARED (WORD|TIMES|IN){0,3} UNIT (N|YEARNUM|BEFORE)? (SEP YEARNUM|YEAR YEARNUM)?", words.content),
    ("(PHASE|YEAR)? YEARNUM DASH YEARNUM COMMA? AND? VISION TO? YEAR? YEARNUM", words.topic),
    ("TO? YEAR YEARNUM COMMA? AND? VISION TO? YEAR? YEARNUM", words.topic),
    ("VISION WORD{0,3} TO? YEAR? YEARNUM", words.topic),
    ("NUM (COMMA|DOT) NUM (POINTS|PERCENT)", words.content),
    ("(NUM|BIG) (POINTS|PERCENT)", words.content),
    ("EACH UNIT COLON NUM", words.content),
    ("BUDGET WORD{0,3} EACH UNIT", words.content),
    ("IN (WORD|SYMBOL|BUDGET|NUM|ALL){1,5} EACH UNIT", words.content),
    (
        "ACCORDING (WORD|SYMBOL|BUDGET|NUM|OF){1,6} (EACH UNIT|YEAR YEARNUM|PHASE YEARNUM DASH YEARNUM)",
        words.keep("ACCORDING"),
    ),
    ("BY COLON", words.keep("BY")),
    # "trước khi kết thúc quý II" is by its end; "sau khi kết thúc quý" is an anchor
    ("(?<!ANCHORED) BEFOREWHEN? FINISH (?=DAY? (MQ DOT? N|YEAR YEARNUM))", words.keep("BY")),
    ("(?<=N) COMMA? OF? YEAR BEFORE NEXT? (?=MARK|WORDS|$)", words.keep("PAST")),
    ("UNIT BEFORE NEXT", words.content),
    ("MQ BEFORE (?=MARK|WORDS|$)", words.content),
    ("YEAR BEFORE (?=MARK|WORDS|$)", words.content),
    (f"DAY? NUM? MONTH n=LUNAR {_TAIL}", words.lunar_month),
    ("(BOUND|AFTER|FROM)+ LUNAR", words.asked("deadline-lunar")),
    ("LUNAR", words.topic),
    (
        "(BOUND|AFTER|FROM|EDGE|BEFOREWHEN|AFTERWHEN)+ FINISH? SCHOOL (YEARNUM DASH YEARNUM|N|EDGE)?",
        words.asked("deadline-school"),
    ),
    ("SCHOOL (YEARNUM DASH YEARNUM|N|EDGE)?", words.school),
    ("^ (WORD|SYMBOL){1,5} c=COMMA DAY N MONTH N YEAR YEARNUM DOT? $", words.dateline),
    ("DAY DOT* MONTH DOT* NUM? YEAR YEARNUM?", words.unread),
]

# Days, periods and recurrences, each by itself.
_POINTS: list[Rule] = [
    # "05 ngày làm việc sau khi kết thúc quý"; "trước khi họp ít nhất 3 ngày"
    ("(BY|IN|AFTER|IS)* n=NUM u=LENGTHUNIT (FROM|AFTER|AFTERWHEN|WHEN) anchor=ANCHOR ANCHOR*", terms.relative),
    ("(BY|IN|IS|ATLEAST)* n=NUM u=LENGTHUNIT back=BEFOREWHEN anchor=ANCHOR ANCHOR*", terms.relative),
    ("AFTER n=NUM u=LENGTHUNIT anchor=FINISH ANCHOR*", terms.relative),
    ("back=BEFOREWHEN anchor=WORDS WORDS* stop=LEAST n=NUM u=LENGTHUNIT", terms.relative),
    ("AFTERWHEN anchor=WORDS (WORDS|UNIT)* stop=NUM u=LENGTHUNIT (?=MARK|$)", terms.relative),
    # weeks of a month have no agreed bounds, nor have "10 ngày đầu tháng"
    (f"WEEK (ORDINAL? N|WEEKDAY|EDGE|AFTERWARDS) (EACHOF|IN|COMMA)* (MQ (DOT? N {_TAIL})?)?", words.unread),
    (f"IN? NUM (DAY|WORKDAY|WEEK) EDGE EACHOF* ((MQ|YEAR) (DOT? N {_TAIL})? (AFTERWARDS|YEARNUM)?)?", words.unread),
    # hours
    ("h=NUM HOUR m=NUM? MINUTE?", points.clock),
    ("h=NUM COLON m=NUM MINUTE? (?=COMMA? DAY)", points.clock),
    # days that return
    (
        "DAY d=NTHDAY (OF|IN)? EACHOF* MONTH nth=NTHMONTH EACHOF* QUARTER next=AFTERWARDS* (?!N)",
        recurrences.every_nth_day,
    ),
    (f"DAY d=NTHDAY OF? MONTH nth=NTHMONTH OF? QUARTER n=N {_TAIL}", points.month_of_quarter),
    (f"MONTH nth=NTHMONTH OF? QUARTER n=N {_TAIL}", points.month_of_quarter),
    ("MONTH nth=NTHMONTH EACHOF* QUARTER next=AFTERWARDS* (?!N)", recurrences.every_nth_day),
    ("DAY d=NTHDAY OF? MONTH next=AFTERWARDS+", recurrences.every_nth_day),
    ("DAY d=NUM OF? (EACH|ALL)+ MONTH (?!N|NTHMONTH|ORDINAL|AFTERWARDS|THIS)", recurrences.every_nth_day),
    ("DAY d=NUM (OF|IN) MONTH (?!N|NTHMONTH|ORDINAL|AFTERWARDS|THIS|WORDS)", recurrences.every_nth_day),
    ("FROM? DAY NUM (DASH|TO) DAY? d=NUM EACHOF+ MONTH (?!N|NTHMONTH|ORDINAL|AFTERWARDS)", recurrences.every_nth_day),
    ("DAY d=NUM (EACHOF+|IN) (QUARTER|YEAR) (?!N)", words.unread),
    ("WORKDAY EDGE EACHOF* UNIT N?", words.unread),
    ("DAY edge=EDGE EACHOF* u=MQ (?!N|NTHMONTH|ORDINAL|AFTERWARDS|THIS|DOT N)", recurrences.every_edge),
    ("edge=EDGE EACHOF+ u=MQ (?!N|NTHMONTH|ORDINAL|AFTERWARDS|THIS|DOT N)", recurrences.every_edge),
    ("edge=EDGE EACHOF* EACH u=YEAR", recurrences.every_edge),
    ("edge=EDGE u=MQ (?!N|NTHMONTH|ORDINAL|AFTERWARDS|THIS|DOT N)", recurrences.every_edge),
    ("DAY? w=WEEKDAY EACHOF* WEEK (?!EDGE|N|ORDINAL|AFTERWARDS|WEEKDAY)", recurrences.every_weekday),
    ("ORDINAL w=NUM EACHOF* WEEK (?!EDGE|N|ORDINAL|AFTERWARDS|WEEKDAY)", recurrences.every_weekday),
    # how often
    ("EACH+ n=NUM? u=UNIT COMMA? ATLEAST? t=NUM TIMES", recurrences.every),
    ("ATLEAST? t=NUM TIMES SLASH? (EACH|IN)* n=NUM? u=UNIT (?!N|YEARNUM)", recurrences.every),
    ("EACH* ATLEAST? n=NUM u=UNIT SLASH? t=NUM? TIMES (?!NUM)", recurrences.every),
    ("ATLEAST? u=UNIT (SLASH t=NUM? TIMES|t=NUM TIMES) (?!NUM)", recurrences.every),
    (f"EACH+ NUM? UNIT (?!N|YEARNUM|EDGE) ((LINK|SLASH)+ EACH* {_CYCLE})*", recurrences.every_listed),
    ("ALL u=MQ (IN|OF) YEAR (?!YEARNUM)", recurrences.every),
    ("ALL u=MQ (?=(IN|OF)? YEAR YEARNUM)", recurrences.every),
    (f"{_CYCLE} (LINK+ {_CYCLE})+", recurrences.every_listed),
    # parts of a year
    ("n=NUM MONTH edge=EDGE OF? YEAR (y=YEARNUM|later=AFTERWARDS+)?", points.part_of_year),
    ("HALF edge=EDGE OF? YEAR (y=YEARNUM|later=AFTERWARDS+)?", points.part_of_year),
    ("n=NUM MONTH (OF? YEAR|SLASH) y=YEARNUM", points.part_of_year),
    # days
    ("DAY a=NUM (DASH|TO) DAY? d=NUM SLASH m=NUM (SLASH y=Y)?", points.days),
    ("DAY a=NUM (DASH|TO) DAY? d=NUM MONTH m=N (COMMA? YEAR y=YEARNUM)?", points.days),
    (f"{_WEEKDAY} DAY? d=NUM SLASH m=NUM SLASH y=Y {_WEEKDAY_AFTER} (?!SLASH)", points.day),
    (f"{_WEEKDAY} DAY? d=NUM DASH m=NUM DASH y=Y (?!DASH)", points.day),
    (f"{_WEEKDAY} DAY? d=NUM DOT m=NUM DOT y=Y", points.day),
    (f"DAY d=NUM (OF|ALL|IN)* MONTH N {_TAIL} (LINK+ N {_ENDS} {_TAIL})+", points.day_of_months),
    (f"DAY NUM OF? MONTH N {_TAIL} LINK+ MONTH N", words.unread),
    (f"{_WEEKDAY} DAY d=NUM COMMA? OF? MONTH m=N {_TAIL} {_WEEKDAY_AFTER}", points.day),
    ("d=NUM MONTH m=NUM COMMA? YEAR y=YEARNUM", points.day),
    ("(?<=BOUND) d=NUM MONTH m=NUM (?!SEP)", points.day),
    ("d=NUM MONTH m=NUM (?!SEP|MONTH|TIMES|YEAR)", points.day_or_length),
    (f"{_WEEKDAY} DAY d=NUM SEP m=NUM {_NO_YEAR} {_WRITTEN_YEAR}", points.day),
    (f"(?<=BOUND) d=NUM SEP m=NUM {_NO_YEAR} {_WRITTEN_YEAR}", points.day),
    ("NUM SLASH NUM NUMBERED", words.content),
    ("NUM SLASH NUM (?=PLAIN)", words.unread),
    (f"d=NUM SLASH m=NUM {_NO_YEAR} {_WRITTEN_YEAR}", points.day),
    ("DAY d=NUM (?!SEP NUM|MONTH)", points.day_number),
    # months and quarters
    (f"DAY? edge=EDGE OF? MQ DOT? N {_TAIL} (LINK+ (MQ DOT?)? N {_TAIL} {_ENDS})*", points.edge),
    ("edge=EDGE OF? YEAR (y=YEARNUM|later=AFTERWARDS+)?", points.year_edge),
    ("edge=EDGE y=YEARNUM", points.year_edge),
    (f"MQ DOT? N (DASH|TO) (MQ DOT?)? N {_NO_DATE} {_TAIL} (?!DASH N)", points.stretch),
    ("MONTH m=NUM SLASH y=NUM (?!SLASH|DASH)", points.short_year),
    ("MONTH YEAR (YEAR|SLASH) y=YEARNUM", points.month),
    (f"MQ DOT? N {_NO_DATE} {_TAIL} (LINK+ (MQ DOT? N {_TAIL}|N {_ENDS} {_TAIL}))*", points.listed),
    ("m=NUM SLASH y=YEARNUM", points.month),
    ("(?<=BOUND) m=NUM (DASH|DOT) y=YEARNUM", points.month),
    # years
    ("PHASE N? COLON? (FROM? YEAR)? YEARNUM (DASH|TO) YEAR? YEARNUM", points.year_span),
    ("(FROM? YEAR|FROM)? YEARNUM (DASH|TO|BY) YEAR? YEARNUM", points.year_span),
    ("(IN|WHOLE)+ ALL? YEAR YEARNUM (LINK+ YEAR? YEARNUM)*", points.within_years),
    ("(IN|WHOLE)+ YEAR later=AFTERWARDS+", points.within_years),
    ("(IN|WHOLE)+ YEAR THIS? (?!YEARNUM|BEFORE|N)", points.within_years),
    ("BY YEAR (?!YEARNUM|N|BEFORE)", points.within_years),
    ("ALL? YEAR YEARNUM (LINK+ YEAR? YEARNUM)*", points.years),
    # small words that belong to no time
    ("n=NUM (DAY|WORKDAY|WEEK|MONTH|QUARTER|YEAR)", points.length),
    ("OF EACH UNIT", words.content),
    ("TIMES N", words.content),
    ("ATLEAST (?=NUM|BIG)", words.content),
    ("EACH (?=(IN|BEFORE|BY) |MQ DOT? N)", words.content),
    ("(DAY|WEEKDAY|SMALL)+ (?=PLAIN)", words.content),
    ("(N|BIG|YEARNUM) (?=WORDS)", words.content),
    ("(?<=WORDS) (N|BIG) (?=BOUND|MARK|$)", words.content),
    ("(?<=NAMED) YEARNUM", words.year_topic),
    ("(?<=WORDS) u=CYCLE (?=MARK|BOUND|WORDS|$)", words.bare),
    ("(?<=OPEN) u=CYCLE (?=CLOSE)", words.bare),
    ("(?<=WORDS) (DAY|CYCLE)+ (?=MARK|BOUND|WORDS|$)", words.topic),
]

# Points and recurrences with what stands around them.
_TERMS: list[Rule] = [
    # "quý I trước ngày 05/3": the period names the report, the day dates it
    (
        "(IN|IS)* NOTDAY (?=((COLON|OPEN)? BOUND*|(COLON|IS)? WORDS{1,3} LIMIT BOUND*) CLOCK? BOUND* DATE)",
        words.topic,
    ),
    ("WITHINYEAR (?=COMMA LIMIT BOUND* DATE)", words.keep("COMMA")),
    ("BOUND* p=PERIOD COMMA LIMIT BOUND* d=DATE", terms.refined),
    # "(thay cho 30/6)": a date that was given up
    ("(OPEN|(?<=POINT) COMMA?) INSTEAD WORD{0,2} COLON? (BOUND|IS)* POINT CLOSE?", words.keep("INSTEAD")),
    # "số liệu tính đến 14/12": what a report covers
    ("ASOF WORDS{0,3} (FROM|BOUND)* POINT", words.content),
    ("FIGURES WORDS{0,3} (FROM|BOUND)* POINT (DASH|TO|BY)+ POINT", words.content),
    ("(?<!NAMED) y=ANNUAL (COLON|COMMA|OPEN) BOUND* p=PERIOD CLOSE?", terms.within_year),
    ("y=WITHINYEAR (COLON|COMMA|OPEN) BOUND* p=PERIOD CLOSE?", terms.within_year),
    # ranges
    ("FROM+ IN? a=POINT COMMA? (DASH|TO|BY)+ (BEFORE|IN)* b=POINT", terms.between),
    ("a=POINT (DASH|TO) (BY|BEFORE|IN)* b=POINT", terms.between),
    ("FROM THIS (TO|BY)+ p=POINT", terms.dated),
    ("(?<=NAMED) YEARSPAN", words.topic),
    ("(BOUND|FROM)* s=YEARSPAN (COMMA? AND? LATER)?", terms.spanning),
    ("(BOUND|FROM)* s=SPAN", terms.spanning),
    ("p=BAREYEAR COMMA? AND? LATER", terms.open_ended),
    ("FROM+ IN? p=POINT", terms.beginning),
    # all the time
    ("STEADY (LINK* (STEADY|PROMPT))* (COMMA|OPEN|OF)* ANNUAL CLOSE?", terms.ongoing),
    ("ANNUAL (COMMA|OPEN|COLON) STEADY (LINK* (STEADY|PROMPT))* CLOSE?", terms.ongoing),
    ("STEADY (LINK* (STEADY|PROMPT))*", terms.ongoing),
    ("KEEP? LATER", terms.ongoing),
    # bounds
    ("DATE (?=OF (WORD|SYMBOL))", words.content),  # "ngày 11/3/2022 của UBND": a citation's tail
    ("NOT? AFTER+ BOUND* POINT", words.unread),
    ("NOT BOUND+ POINT", words.unread),
    ("AROUND IN* p=POINT", terms.around),
    ("(?<=NAMED) BAREYEAR (?!COMMA? AND? LATER)", words.year_topic),
    ("BOUND* DATE COMMA? BOUND* c=CLOCK", terms.dated),
    ("BOUND* c=CLOCK? COMMA? BOUND* DATE (LINK+ BOUND* DATE)*", terms.dated),
    ("(?<=WORDS WORDS WORDS) PERIOD (?!LINK+ PERIOD)", terms.period_topic),
    ("BOUND* (PERIOD|ANNUAL) (LINK+ IN? PERIOD)*", terms.dated),
    ("^ p=YEARNUM DOT? $", terms.lone_year),
    ("BOUND* c=CLOCK? COMMA? BOUND* e=DAYOF", terms.bounded("DAYOF")),
    ("BOUND* c=CLOCK? COMMA? BOUND* e=DAYNUM", terms.bounded("DAYNUM")),
    ("e=EVERY (COMMA|OPEN|BOUND)* w=WEEKDAY CLOSE?", terms.on_weekday),
    ("BOUND* e=EVERY", terms.bounded("EVERY")),
    ("BOUND* e=YEARLY", terms.bounded("YEARLY")),
    ("(BOUND|AFTER|FROM)+ LENGTH", words.unread),
    ("OR (?=WHEN|AFTERWHEN|SUDDEN|ACCORDING)", words.keep("AND")),
    ("BOUND+ e=ASK", words.asked_further),
]

_STAGES = tuple(Stage(rules, _CLASSES) for rules in (_SHIELD, _POINTS, _TERMS))


def parse(form: Normalised) -> list[Token]:
    """The recognised pieces of a phrase, and the words between them, in order."""
    tokens = tokenise(form)
    for stage in _STAGES:
        tokens = stage.apply(tokens, form.text)
    return tokens
