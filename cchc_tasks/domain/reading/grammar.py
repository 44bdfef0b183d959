"""The grammar of deadlines: three stages of rules over tokens, each rule a shape and what it means.

A shape names kinds of tokens (tokens.py) and classes of kinds (below); `name=KIND` hands that token to the builder
(sense.py). At one place the rule that stands first wins. The shapes are those of docs/deadlines.md.
"""

from cchc_tasks.domain.reading import sense
from cchc_tasks.domain.reading.cascade import Rule, Stage
from cchc_tasks.domain.reading.text import Normalised
from cchc_tasks.domain.reading.tokens import Token, tokenise

WORDLIKE = (
    "WORD SYMBOL CONTENT TOPIC NUMBERED LAW BUDGET POINTS OF ALL KEEP FINISH VISION PHASE NOT PERCENT QUOTE "
    "ACCORDING WHEN AFTERWHEN BEFOREWHEN SUDDEN STEADY PROMPT COMPARED WORKDAY ASOF FIGURES"
)
_CLASSES = {
    "WORDS": WORDLIKE,
    "NAMED": f"{WORDLIKE} CLOSE",
    "PLAIN": "WORD SYMBOL CONTENT NUMBERED LAW BUDGET POINTS KEEP FINISH VISION NOT PERCENT QUOTE ACCORDING COMPARED ASOF FIGURES",
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
    "NOTDAY": "PERIOD BAREYEAR WITHINYEAR LENGTH YEAR QUARTER MONTH",
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
    (f"LAW? NUMBERED COLON? ANYNUM? (SLASH ANYNUM)? (SLASH|DASH) {_SYMBOL} {_OF_DATE}", sense.content),
    (f"LAW? ANYNUM (SLASH ANYNUM)? SLASH {_SYMBOL} {_OF_DATE}", sense.content),
    (f"LAW NUMBERED? ANYNUM (SLASH ANYNUM)? {_OF_DATE}", sense.content),
    (f"NUMBERED COLON? ANYNUM {_OF_DATE}", sense.content),
    ("NUMBERED (UNIT|TIMES)", sense.content),
    ("BIG COLON YEARNUM", sense.content),
    ("OVER NUM (TIMES|DAY) SLASH NUM? UNIT", sense.content),
    ("NUM DAY SLASH UNIT", sense.content),
    ("ATLEAST NUM (WORD|SYMBOL|COMMA|AND){1,6} SLASH u=UNIT", sense.every),
    ("(WORD|SYMBOL|POINTS) SLASH UNIT", sense.content),
    ("COMPARED (WORD|TIMES|IN){0,3} UNIT (N|YEARNUM|BEFORE)? (SEP YEARNUM|YEAR YEARNUM)?", sense.content),
    ("(PHASE|YEAR)? YEARNUM DASH YEARNUM COMMA? AND? VISION TO? YEAR? YEARNUM", sense.topic),
    ("TO? YEAR YEARNUM COMMA? AND? VISION TO? YEAR? YEARNUM", sense.topic),
    ("VISION WORD{0,3} TO? YEAR? YEARNUM", sense.topic),
    ("NUM (COMMA|DOT) NUM (POINTS|PERCENT)", sense.content),
    ("(NUM|BIG) (POINTS|PERCENT)", sense.content),
    ("EACH UNIT COLON NUM", sense.content),
    ("BUDGET WORD{0,3} EACH UNIT", sense.content),
    ("IN (WORD|SYMBOL|BUDGET|NUM|ALL){1,5} EACH UNIT", sense.content),
    (
        "ACCORDING (WORD|SYMBOL|BUDGET|NUM|OF){1,6} (EACH UNIT|YEAR YEARNUM|PHASE YEARNUM DASH YEARNUM)",
        sense.keep("ACCORDING"),
    ),
    ("BY COLON", sense.keep("BY")),
    ("UNIT BEFORE NEXT", sense.content),
    ("MQ BEFORE (?=MARK|WORDS|$)", sense.content),
    ("YEAR BEFORE (?=MARK|WORDS|$)", sense.content),
    (f"DAY? NUM? MONTH n=LUNAR {_TAIL}", sense.lunar_month),
    ("(BOUND|AFTER|FROM)+ LUNAR", sense.asked("deadline-lunar")),
    ("LUNAR", sense.topic),
    (
        "(BOUND|AFTER|FROM|EDGE|BEFOREWHEN|AFTERWHEN)+ FINISH? SCHOOL (YEARNUM DASH YEARNUM|N|EDGE)?",
        sense.asked("deadline-school"),
    ),
    ("SCHOOL (YEARNUM DASH YEARNUM|N|EDGE)?", sense.school),
    ("^ (WORD|SYMBOL){1,5} c=COMMA DAY N MONTH N YEAR YEARNUM DOT? $", sense.dateline),
    ("DAY DOT* MONTH DOT* NUM? YEAR YEARNUM?", sense.unread),
]

# Days, periods and recurrences, each by itself.
_POINTS: list[Rule] = [
    # "05 ngày làm việc sau khi kết thúc quý"; "trước khi họp ít nhất 3 ngày"
    ("(BY|IN|AFTER|IS)* n=NUM u=LENGTHUNIT (FROM|AFTER|AFTERWHEN|WHEN) anchor=ANCHOR ANCHOR*", sense.relative),
    ("(BY|IN|IS|ATLEAST)* n=NUM u=LENGTHUNIT back=BEFOREWHEN anchor=ANCHOR ANCHOR*", sense.relative),
    ("AFTER n=NUM u=LENGTHUNIT anchor=FINISH ANCHOR*", sense.relative),
    ("back=BEFOREWHEN anchor=WORDS WORDS* stop=LEAST n=NUM u=LENGTHUNIT", sense.relative),
    ("AFTERWHEN anchor=WORDS (WORDS|UNIT)* stop=NUM u=LENGTHUNIT (?=MARK|$)", sense.relative),
    # weeks of a month have no agreed bounds, nor have "10 ngày đầu tháng"
    (f"WEEK (ORDINAL? N|WEEKDAY|EDGE|AFTERWARDS) (EACHOF|IN|COMMA)* (MQ (DOT? N {_TAIL})?)?", sense.unread),
    (f"IN? NUM (DAY|WORKDAY|WEEK) EDGE EACHOF* ((MQ|YEAR) (DOT? N {_TAIL})? (AFTERWARDS|YEARNUM)?)?", sense.unread),
    # hours
    ("h=NUM HOUR m=NUM? MINUTE?", sense.clock),
    ("h=NUM COLON m=NUM MINUTE? (?=COMMA? DAY)", sense.clock),
    # days that return
    ("DAY d=NTHDAY (OF|IN)? EACHOF* MONTH nth=NTHMONTH EACHOF* QUARTER next=AFTERWARDS* (?!N)", sense.every_nth_day),
    (f"DAY d=NTHDAY OF? MONTH nth=NTHMONTH OF? QUARTER n=N {_TAIL}", sense.month_of_quarter),
    (f"MONTH nth=NTHMONTH OF? QUARTER n=N {_TAIL}", sense.month_of_quarter),
    ("MONTH nth=NTHMONTH EACHOF* QUARTER next=AFTERWARDS* (?!N)", sense.every_nth_day),
    ("DAY d=NTHDAY OF? MONTH next=AFTERWARDS+", sense.every_nth_day),
    ("DAY d=NUM (EACHOF+|IN) MONTH (?!N|NTHMONTH|ORDINAL|AFTERWARDS|THIS)", sense.every_nth_day),
    ("DAY d=NUM (EACHOF+|IN) (QUARTER|YEAR) (?!N)", sense.unread),
    ("WORKDAY EDGE EACHOF* UNIT N?", sense.unread),
    ("DAY edge=EDGE EACHOF* u=MQ (?!N|NTHMONTH|ORDINAL|AFTERWARDS|THIS|DOT N)", sense.every_edge),
    ("edge=EDGE EACHOF+ u=MQ (?!N|NTHMONTH|ORDINAL|AFTERWARDS|THIS|DOT N)", sense.every_edge),
    ("edge=EDGE EACHOF* EACH u=YEAR", sense.every_edge),
    ("edge=EDGE u=MQ (?!N|NTHMONTH|ORDINAL|AFTERWARDS|THIS|DOT N)", sense.every_edge),
    ("DAY? w=WEEKDAY EACHOF* WEEK (?!EDGE|N|ORDINAL|AFTERWARDS|WEEKDAY)", sense.every_weekday),
    ("ORDINAL w=NUM EACHOF* WEEK (?!EDGE|N|ORDINAL|AFTERWARDS|WEEKDAY)", sense.every_weekday),
    # how often
    ("EACH+ n=NUM? u=UNIT COMMA? ATLEAST? t=NUM TIMES", sense.every),
    ("ATLEAST? t=NUM TIMES SLASH? (EACH|IN)* n=NUM? u=UNIT (?!N|YEARNUM)", sense.every),
    ("EACH* ATLEAST? n=NUM u=UNIT SLASH? t=NUM? TIMES (?!NUM)", sense.every),
    ("ATLEAST? u=UNIT (SLASH t=NUM? TIMES|t=NUM TIMES) (?!NUM)", sense.every),
    (f"EACH+ NUM? UNIT (?!N|YEARNUM|EDGE) ((LINK|SLASH)+ EACH* {_CYCLE})*", sense.every_listed),
    ("ALL u=MQ (IN|OF) YEAR (?!YEARNUM)", sense.every),
    ("ALL u=MQ (?=(IN|OF)? YEAR YEARNUM)", sense.every),
    (f"{_CYCLE} (LINK+ {_CYCLE})+", sense.every_listed),
    # parts of a year
    ("n=NUM MONTH edge=EDGE OF? YEAR (y=YEARNUM|later=AFTERWARDS+)?", sense.part_of_year),
    ("HALF edge=EDGE OF? YEAR (y=YEARNUM|later=AFTERWARDS+)?", sense.part_of_year),
    ("n=NUM MONTH (OF? YEAR|SLASH) y=YEARNUM", sense.part_of_year),
    # days
    ("DAY a=NUM (DASH|TO) DAY? d=NUM SLASH m=NUM (SLASH y=Y)?", sense.days),
    ("DAY a=NUM (DASH|TO) DAY? d=NUM MONTH m=N (COMMA? YEAR y=YEARNUM)?", sense.days),
    (f"{_WEEKDAY} DAY? d=NUM SLASH m=NUM SLASH y=Y {_WEEKDAY_AFTER} (?!SLASH)", sense.day),
    (f"{_WEEKDAY} DAY? d=NUM DASH m=NUM DASH y=Y (?!DASH)", sense.day),
    (f"{_WEEKDAY} DAY? d=NUM DOT m=NUM DOT y=Y", sense.day),
    (f"DAY d=NUM (OF|ALL|IN)* MONTH N {_TAIL} (LINK+ N {_ENDS} {_TAIL})+", sense.day_of_months),
    (f"{_WEEKDAY} DAY d=NUM COMMA? OF? MONTH m=N {_TAIL} {_WEEKDAY_AFTER}", sense.day),
    ("d=NUM MONTH m=NUM COMMA? YEAR y=YEARNUM", sense.day),
    ("(?<=BOUND) d=NUM MONTH m=NUM", sense.day),
    (f"{_WEEKDAY} DAY d=NUM SEP m=NUM {_NO_YEAR} {_WRITTEN_YEAR}", sense.day),
    (f"(?<=BOUND) d=NUM SEP m=NUM {_NO_YEAR} {_WRITTEN_YEAR}", sense.day),
    ("NUM SLASH NUM NUMBERED", sense.content),
    ("NUM SLASH NUM (?=PLAIN)", sense.unread),
    (f"d=NUM SLASH m=NUM {_NO_YEAR} {_WRITTEN_YEAR}", sense.day),
    ("DAY d=NUM (?!SEP NUM|MONTH)", sense.day_number),
    # months and quarters
    (f"DAY? edge=EDGE OF? MQ DOT? N {_TAIL} (LINK+ (MQ DOT?)? N {_TAIL} {_ENDS})*", sense.edge),
    ("edge=EDGE OF? YEAR (y=YEARNUM|later=AFTERWARDS+)?", sense.year_edge),
    ("edge=EDGE y=YEARNUM", sense.year_edge),
    (f"MQ DOT? N (DASH|TO) (MQ DOT?)? N {_NO_DATE} {_TAIL} (?!DASH N)", sense.stretch),
    ("MONTH m=NUM SLASH y=NUM (?!SLASH|DASH)", sense.short_year),
    ("MONTH YEAR (YEAR|SLASH) y=YEARNUM", sense.month),
    (f"MQ DOT? N {_NO_DATE} {_TAIL} (LINK+ (MQ DOT? N {_TAIL}|N {_ENDS} {_TAIL}))*", sense.listed),
    ("m=NUM SLASH y=YEARNUM", sense.month),
    ("(?<=BOUND) m=NUM (DASH|DOT) y=YEARNUM", sense.month),
    # years
    ("PHASE N? COLON? (FROM? YEAR)? YEARNUM (DASH|TO) YEAR? YEARNUM", sense.year_span),
    ("(FROM? YEAR|FROM)? YEARNUM (DASH|TO|BY) YEAR? YEARNUM", sense.year_span),
    ("(IN|WHOLE)+ ALL? YEAR YEARNUM (LINK+ YEAR? YEARNUM)*", sense.within_years),
    ("(IN|WHOLE)+ YEAR later=AFTERWARDS+", sense.within_years),
    ("(IN|WHOLE)+ YEAR THIS? (?!YEARNUM|BEFORE|N)", sense.within_years),
    ("BY YEAR (?!YEARNUM|N|BEFORE)", sense.within_years),
    ("ALL? YEAR YEARNUM (LINK+ YEAR? YEARNUM)*", sense.years),
    # small words that belong to no time
    ("n=NUM (DAY|WORKDAY|WEEK|MONTH|QUARTER|YEAR)", sense.length),
    ("OF EACH UNIT", sense.content),
    ("TIMES N", sense.content),
    ("ATLEAST (?=NUM|BIG)", sense.content),
    ("EACH (?=(IN|BEFORE|BY) |MQ DOT? N)", sense.content),
    ("(DAY|WEEKDAY|SMALL)+ (?=PLAIN)", sense.content),
    ("(N|BIG|YEARNUM) (?=WORDS)", sense.content),
    ("(?<=WORDS) (N|BIG) (?=BOUND|MARK|$)", sense.content),
    ("(?<=NAMED) YEARNUM", sense.year_topic),
    ("(?<=WORDS) (DAY|WEEK|MONTH|QUARTER|YEAR)+ (?=COMMA|MARK|BOUND|WORDS|$)", sense.topic),
]

# Points and recurrences with what stands around them.
_TERMS: list[Rule] = [
    # "quý I trước ngày 05/3": the period names the report, the day dates it
    (
        "(IN|IS)* NOTDAY (?=(COLON|OPEN)? BOUND* CLOCK? BOUND* DATE|(COLON|IS)? WORDS{1,3} LIMIT BOUND* CLOCK? BOUND* DATE)",
        sense.topic,
    ),
    ("WITHINYEAR (?=COMMA LIMIT BOUND* DATE)", sense.topic),
    ("BOUND* p=PERIOD COMMA LIMIT BOUND* d=DATE", sense.refined),
    # "số liệu tính đến 14/12": what a report covers
    ("ASOF WORDS{0,3} (FROM|BOUND)* POINT", sense.content),
    ("FIGURES WORDS{0,3} (FROM|BOUND)* POINT (DASH|TO|BY)+ POINT", sense.content),
    # ranges
    ("FROM+ IN? a=POINT COMMA? (DASH|TO|BY)+ (BEFORE|IN)* b=POINT", sense.between),
    ("a=POINT (DASH|TO) (BY|BEFORE|IN)* b=POINT", sense.between),
    ("FROM THIS (TO|BY)+ p=POINT", sense.dated),
    ("(?<=NAMED) YEARSPAN", sense.topic),
    ("(BOUND|FROM)* s=YEARSPAN (COMMA? AND? LATER)?", sense.spanning),
    ("(BOUND|FROM)* s=SPAN", sense.spanning),
    ("p=BAREYEAR COMMA? AND? LATER", sense.open_ended),
    ("FROM+ IN? p=POINT", sense.beginning),
    # all the time
    ("STEADY (LINK* (STEADY|PROMPT))* (COMMA|OPEN|OF)* ANNUAL CLOSE?", sense.ongoing),
    ("ANNUAL (COMMA|OPEN|COLON) STEADY (LINK* (STEADY|PROMPT))* CLOSE?", sense.ongoing),
    ("STEADY (LINK* (STEADY|PROMPT))*", sense.ongoing),
    ("KEEP? LATER", sense.ongoing),
    # bounds
    ("DATE (?=OF (WORD|SYMBOL))", sense.content),  # "ngày 11/3/2022 của UBND": a citation's tail
    ("NOT? AFTER+ BOUND* POINT", sense.unread),
    ("NOT BOUND+ POINT", sense.unread),
    ("AROUND IN* POINT", sense.unread),
    ("(?<=NAMED) BAREYEAR (?!COMMA? AND? LATER)", sense.year_topic),
    ("BOUND* DATE COMMA? BOUND* c=CLOCK", sense.dated),
    ("BOUND* c=CLOCK? COMMA? BOUND* DATE (LINK+ BOUND* DATE)*", sense.dated),
    ("(?<=WORDS WORDS WORDS) PERIOD (?!LINK+ PERIOD)", sense.period_topic),
    ("BOUND* (PERIOD|ANNUAL) (LINK+ IN? PERIOD)*", sense.dated),
    ("^ p=YEARNUM DOT? $", sense.lone_year),
    ("BOUND* c=CLOCK? COMMA? BOUND* e=DAYOF", sense.bounded("DAYOF")),
    ("BOUND* c=CLOCK? COMMA? BOUND* e=DAYNUM", sense.bounded("DAYNUM")),
    ("BOUND* e=EVERY", sense.bounded("EVERY")),
    ("BOUND* e=YEARLY", sense.bounded("YEARLY")),
    ("(BOUND|AFTER|FROM)+ LENGTH", sense.unread),
    ("OR (?=WHEN|AFTERWHEN|SUDDEN)", sense.keep("AND")),
    ("BOUND+ e=ASK", sense.asked_further),
]

_STAGES = tuple(Stage(rules, _CLASSES) for rules in (_SHIELD, _POINTS, _TERMS))


def parse(form: Normalised) -> list[Token]:
    """The recognised pieces of a phrase, and the words between them, in order."""
    tokens = tokenise(form)
    for stage in _STAGES:
        tokens = stage.apply(tokens, form.text)
    return tokens
