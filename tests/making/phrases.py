"""Writes deadline rules as plans write them: one rule, many spellings."""

import unicodedata
from datetime import date
from itertools import pairwise

from hypothesis import strategies as st

from cchc_tasks.domain import periods
from cchc_tasks.domain.occurrences import DeadlineRule, FixedDate, Recurrence
from cchc_tasks.domain.periods import ROMAN_QUARTERS, Period
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind, Frequency

Written = tuple[DeadlineRule, str]
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
BEFORE = ("trước ", "trước ngày ", "xong trước ngày ", "Hoàn thành trước ")
BY = ("chậm nhất ngày ", "muộn nhất là ngày ", "không muộn hơn ", "đến hết ngày ", "hạn cuối: ", "chậm nhất ")
EACH = ("hàng", "hằng", "mỗi")
LABELS = ("Kế hoạch", "Báo cáo", "Quyết định", "Hội nghị sơ kết", "Danh sách", "Tờ trình")


@st.composite
def one_rule(draw: st.DrawFn, year: int) -> Written:
    """A rule of a plan for one year, and a phrase that says it."""
    kinds = (fixed_day, whole_period, several_periods, stretch, recurring, day_of_each_month, day_of_each_quarter)
    return draw(st.sampled_from((*kinds, each_year, weekly, undated)).flatmap(lambda kind: kind(year)))


@st.composite
def fixed_day(draw: st.DrawFn, year: int) -> Written:
    """A printed day, leap days among them, with a bound and an hour or without."""
    day = draw(st.one_of(st.dates(date(year, 1, 1), date(year, 12, 31)), st.just(periods.last_day_of_month(year, 2))))
    bound = draw(st.sampled_from((None, Bound.BEFORE, Bound.BY)))
    hour = draw(st.sampled_from((None, None, (17, 0), (16, 30)))) if bound is Bound.BEFORE else None
    kind = DeadlineKind.BEFORE if bound is Bound.BEFORE else DeadlineKind.BY
    rule = DeadlineRule(
        kind,
        bound=bound or Bound.BY,
        fixed=(FixedDate(day, printed=True),),
        at=f"{hour[0]:02d}:{hour[1]:02d}" if hour else None,
    )
    if hour:
        said = draw(st.sampled_from((f"{hour[0]}h{hour[1]:02d}", f"{hour[0]} giờ {hour[1]:02d} phút")))
        return rule, f"Trước {said} ngày {_numbers(draw, day)}"
    if bound is None:
        return rule, _day(draw, day)
    words = draw(st.sampled_from(BEFORE if bound is Bound.BEFORE else BY))
    return rule, words + (_numbers(draw, day))


@st.composite
def whole_period(draw: st.DrawFn, year: int) -> Written:
    """A month, quarter, half, nine months or the year."""
    period, words = draw(_named_period(year))
    inside = draw(st.sampled_from(("", "trong ", "Trong ", "hoàn thành trong ")))
    return DeadlineRule(DeadlineKind.WITHIN, fixed=(FixedDate(period.last_on, period.code),)), inside + words


@st.composite
def several_periods(draw: st.DrawFn, year: int) -> Written:
    """A list of quarters or months that shares its unit and its year."""
    quarterly = draw(st.booleans())
    of = st.lists(st.integers(1, 4 if quarterly else 12), min_size=2, max_size=4, unique=True).map(sorted)
    numbers = draw(of)
    listed = [periods.quarter(year, n) if quarterly else periods.month(year, n) for n in numbers]
    names = [ROMAN_QUARTERS[n - 1] if quarterly else str(n) for n in numbers]
    unit = draw(st.sampled_from(("Quý", "quí") if quarterly else ("Tháng", "tháng")))
    if draw(st.booleans()):
        phrase = f"{unit} " + ", ".join(names[:-1]) + f" và {unit.lower()} {names[-1]}/{year}"
    else:
        phrase = f"{unit} " + ", ".join(names) + draw(st.sampled_from(("", f" năm {year}", f"/{year}")))
    return DeadlineRule(DeadlineKind.WITHIN, fixed=tuple(FixedDate(one.last_on, one.code) for one in listed)), phrase


@st.composite
def stretch(draw: st.DrawFn, year: int) -> Written:
    """From one month, quarter or day to another, due at the end."""
    form = draw(st.sampled_from(("months", "quarters", "days")))
    if form == "days":
        first, last = sorted(draw(st.lists(_days(year), min_size=2, max_size=2, unique=True)))
        phrase = f"từ ngày {first.day}/{first.month} đến {draw(st.sampled_from(('', 'hết ', 'ngày ')))}{_slashed(last)}"
        return DeadlineRule(DeadlineKind.BETWEEN, fixed=(FixedDate(last, printed=True),), starts_on=first), phrase
    limit, make = (12, periods.month) if form == "months" else (4, periods.quarter)
    one, other = sorted(draw(st.lists(st.integers(1, limit), min_size=2, max_size=2, unique=True)))
    start, end = make(year, one), make(year, other)
    names = [str(n) if form == "months" else ROMAN_QUARTERS[n - 1] for n in (one, other)]
    unit = "tháng" if form == "months" else "quý"
    phrase = draw(
        st.sampled_from(
            (
                f"từ {unit} {names[0]} đến {unit} {names[1]}/{year}",
                f"{unit.title()} {names[0]}-{names[1]}/{year}",
                f"{unit} {names[0]} - {unit} {names[1]} năm {year}",
                f"Từ {unit} {names[0]} đến hết {unit} {names[1]} năm {year}",
            )
        )
    )
    rule = DeadlineRule(DeadlineKind.BETWEEN, fixed=(FixedDate(end.last_on, end.code),), starts_on=start.first_on)
    return rule, phrase


@st.composite
def recurring(draw: st.DrawFn, year: int) -> Written:
    """Every month, quarter, half-year, year or day."""
    frequency, phrases = draw(
        st.sampled_from(
            (
                (Frequency.MONTHLY, ("{each} tháng", "01 lần/tháng", "mỗi tháng một lần", "12 lần/năm")),
                (Frequency.QUARTERLY, ("{each} quý", "3 tháng một lần", "mỗi quý 01 lần", "4 lần/năm")),
                (Frequency.HALF_YEARLY, ("định kỳ 6 tháng", "06 tháng/lần", "mỗi năm 02 lần", "2 lần/năm")),
                (Frequency.YEARLY, ("{each} năm", "1 lần/năm", "mỗi năm một lần")),
                (Frequency.DAILY, ("{each} ngày",)),
            )
        )
    )
    phrase = draw(st.sampled_from(phrases)).format(each=draw(st.sampled_from(EACH)))
    return DeadlineRule(DeadlineKind.EVERY, frequency=frequency, recurrence=Recurrence(frequency)), phrase


@st.composite
def day_of_each_month(draw: st.DrawFn, year: int) -> Written:
    """A day of every month, or of the month after it."""
    at, shift = draw(st.integers(1, 31)), draw(st.integers(0, 1))
    bound = draw(st.sampled_from((None, Bound.BEFORE, Bound.BY)))
    words = {None: "", Bound.BEFORE: "trước ", Bound.BY: "chậm nhất "}[bound]
    phrase = f"{words}ngày {at:02d} tháng sau" if shift else f"{words}ngày {at} hằng tháng"
    if not shift and bound and draw(st.booleans()):
        phrase = draw(st.sampled_from((f"Hàng tháng, {words}ngày {at:02d}", f"hằng tháng ({words}ngày {at})")))
    recurrence = Recurrence(Frequency.MONTHLY, day=at, shift=shift, printed=True)
    return DeadlineRule(DeadlineKind.EVERY, frequency=Frequency.MONTHLY, bound=bound, recurrence=recurrence), phrase


@st.composite
def day_of_each_quarter(draw: st.DrawFn, year: int) -> Written:
    """A day of a named month of every quarter, or of the next one."""
    at, month, shift = draw(st.integers(1, 30)), draw(st.integers(1, 3)), draw(st.integers(0, 1))
    bound = draw(st.sampled_from((None, Bound.BEFORE, Bound.BY)))
    words = {None: "", Bound.BEFORE: "trước ", Bound.BY: "chậm nhất "}[bound]
    of, named = draw(st.sampled_from((" của", ""))), ("đầu", "giữa", "cuối")[month - 1]
    phrase = f"{words}ngày {at:02d}{of} tháng {named} quý" + (" sau" if shift else "")
    recurrence = Recurrence(Frequency.QUARTERLY, month=month, day=at, shift=shift, printed=True)
    rule = DeadlineRule(DeadlineKind.EVERY, frequency=Frequency.QUARTERLY, bound=bound, recurrence=recurrence)
    return rule, draw(st.sampled_from(("", "Hằng quý, "))) + phrase


@st.composite
def each_year(draw: st.DrawFn, year: int) -> Written:
    """A day that returns every year."""
    day = draw(_days(2023))
    bound, words = draw(
        st.sampled_from(((Bound.BEFORE, "trước ngày "), (Bound.BY, "chậm nhất ngày "), (Bound.BY, "ngày ")))
    )
    after = draw(st.sampled_from((" hằng năm", " hàng năm")))
    recurrence = Recurrence(Frequency.YEARLY, month=day.month, day=day.day, printed=True)
    rule = DeadlineRule(DeadlineKind.EVERY, frequency=Frequency.YEARLY, bound=bound, recurrence=recurrence)
    return rule, f"{words}{day.day}/{day.month}{after}"


@st.composite
def weekly(draw: st.DrawFn, year: int) -> Written:
    """A weekday of every week, with an hour or without."""
    weekday = draw(st.integers(0, 6))
    hour = draw(st.sampled_from((None, 15, 17)))
    name = f"thứ {weekday + 2}" if weekday < 6 and draw(st.booleans()) else WEEKDAYS[weekday]
    phrase = f"{name} {draw(st.sampled_from(EACH))} tuần"
    recurrence = Recurrence(Frequency.WEEKLY, weekday=weekday)
    rule = DeadlineRule(
        DeadlineKind.EVERY, frequency=Frequency.WEEKLY, recurrence=recurrence, at=f"{hour}:00" if hour else None
    )
    return rule, f"{hour}h {phrase}" if hour else phrase


@st.composite
def undated(draw: st.DrawFn, year: int) -> Written:
    """All the time."""
    words = ("thường xuyên", "Thường xuyên trong năm", "thường xuyên, liên tục", f"Thường xuyên trong năm {year}")
    return DeadlineRule(DeadlineKind.ONGOING), draw(st.sampled_from(words))


@st.composite
def parts(draw: st.DrawFn, year: int) -> tuple[list[tuple[str, DeadlineRule]], str]:
    """Several labelled rules in any order, as one cell."""
    written = draw(st.lists(one_rule(year), min_size=2, max_size=4))
    labels = draw(st.permutations(LABELS))[: len(written)]
    colon = draw(st.sampled_from((": ", " ")))
    said = [f"{label}{colon}{_uncapitalised(phrase)}" for label, (_, phrase) in zip(labels, written, strict=True)]
    joint = draw(st.sampled_from(("; ", ";\n", "\n")))
    cell = "\n".join(f"- {one}" for one in said) if draw(st.booleans()) else joint.join(said)
    return [(label, rule) for label, (rule, _) in zip(labels, written, strict=True)], cell


@st.composite
def respelt(draw: st.DrawFn, phrase: str) -> str:
    """The same words as another typist and another program leave them."""
    forms = (
        str,
        str.upper,
        str.lower,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: f"  {text} ",
        lambda text: f"{text}.",
        lambda text: text.replace("/", " / "),
        lambda text: text.replace("quý", "qúy").replace("Quý", "Qúy"),
    )
    return draw(st.sampled_from(forms))(phrase)


def _days(year: int) -> st.SearchStrategy[date]:
    return st.dates(date(year, 1, 1), date(year, 12, 31))


def _slashed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _numbers(draw: st.DrawFn, day: date) -> str:
    forms = (_slashed(day), f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f"{day.day}/{day.month}")
    # "24/7" alone means day and night
    return draw(st.sampled_from(forms[:-1] if (day.day, day.month) == (24, 7) else forms))


def _day(draw: st.DrawFn, day: date) -> str:
    named = f"ngày {day.day} tháng {day.month} năm {day.year}"
    weekday = f"{WEEKDAYS[day.weekday()]}, ngày {day:%d/%m/%Y}"
    forms = (named, weekday, f"ngày {_slashed(day)}", f"{day:%Y-%m-%d}")
    return draw(st.one_of(st.just(_numbers(draw, day)), st.sampled_from(forms)))


def _named_period(year: int) -> st.SearchStrategy[tuple[Period, str]]:
    quarters = [
        (periods.quarter(year, n), words)
        for n, roman in enumerate(ROMAN_QUARTERS, 1)
        for words in (
            f"quý {roman}/{year}",
            f"Quý {n} năm {year}",
            f"quý {roman}",
            f"Q{n}/{year}",
            f"quí {roman} {year}",
        )
    ]
    months = [
        (periods.month(year, n), words)
        for n in range(1, 13)
        for words in (f"tháng {n}/{year}", f"tháng {n:02d} năm {year}", f"T{n}/{year}", f"tháng {n}")
    ]
    others = [
        (periods.half(year, 1), f"6 tháng đầu năm {year}"),
        (periods.half(year, 2), "06 tháng cuối năm"),
        (periods.nine_months(year), "9 tháng"),
    ]
    return st.sampled_from((*quarters, *months, *others))


def _uncapitalised(phrase: str) -> str:
    return phrase[0].lower() + phrase[1:]


def edits(phrase: str) -> list[str]:
    """Slips of one kind each: diacritics dropped, spaces doubled, separators swapped, ends cut, letters lost."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", phrase) if not unicodedata.combining(letter)
    ).translate(str.maketrans("đĐ", "dD"))
    swaps = [phrase.replace(one, other) for one, other in pairwise("/-./,;, ")]
    cuts = [phrase[:end] for end in range(1, len(phrase))] + [phrase[start:] for start in range(1, len(phrase))]
    lost = [phrase[:place] + phrase[place + 1 :] for place in range(len(phrase))]
    turned = [phrase[:p] + phrase[p + 1] + phrase[p] + phrase[p + 2 :] for p in range(len(phrase) - 1)]
    return [bare, phrase.replace(" ", "  "), phrase.replace(" ", ""), *swaps, *cuts, *lost, *turned]
