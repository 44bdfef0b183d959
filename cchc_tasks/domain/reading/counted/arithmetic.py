"""Whether the figures of a group hold together: parts against their whole, shares against their counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from cchc_tasks.domain.reading.counted.counts import Count, Share
from cchc_tasks.domain.reading.counted.groups import Group

_MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold, with a clause in Vietnamese; `words` are the figures meant."""

    code: str
    text: str
    words: str


def faults(group: Group) -> Iterator[Fault]:
    """Every fault of a group: an unclear fraction, a sum, a part larger than its whole, a share."""
    whole = group.whole
    if whole.out_of is not None:
        yield from _of_fraction(whole)
        return
    larger = [part for part in group.parts if part.value > whole.value and not group.doubtful]
    for part in larger:
        text = f"“{said(part)}” lớn hơn tổng “{said(whole)}”."
        yield Fault("figures-do-not-add-up", text, said(part))
    if not larger and group.claims_to_be_all and not _adds_up(group):
        values = [part.value for part in group.parts]
        sum_of = " + ".join(map(in_vietnamese, values))
        text = (
            f"Tổng ghi {in_vietnamese(whole.value)} nhưng các phần cộng lại là {sum_of} = {in_vietnamese(sum(values))}."
        )
        yield Fault("figures-do-not-add-up", text, said(whole))
    for place, part in enumerate(group.parts):
        if part not in larger and part.share:
            yield from _of_share(part, part.share, [whole, *group.parts[:place]])


def is_checked(group: Group) -> bool:
    """Whether there was anything to calculate."""
    return group.claims_to_be_all or group.whole.out_of is not None or any(part.share for part in group.parts)


def said(count: Count) -> str:
    """The count in the words of the report: "36 nhiệm vụ hoàn thành"."""
    if count.fraction:
        return count.fraction
    number = in_vietnamese(count.value)
    return f"{count.label}: {number}" if count.labelled else f"{number} {count.label}"


def in_vietnamese(value: Fraction | int, places: int = 0) -> str:
    """A number with points for thousands and a comma before decimals: "1.234", "93,81"."""
    return f"{float(value):,.{places}f}".translate(str.maketrans(",.", ".,"))


def _of_fraction(count: Count) -> Iterator[Fault]:
    whole = count.out_of or Fraction(1)
    if count.value > whole:
        text = f"Chưa rõ “{count.fraction}” là tỷ lệ hay là ngày, tháng: số trước lớn hơn số sau."
        yield Fault("figure-unclear", text, count.fraction or "")
    elif count.share:
        yield from _of_share(count, count.share, [Count(whole, count.noun, count.label)])


def _adds_up(group: Group) -> bool:
    """Whether the parts, or some of them where others are parts of these, make the whole."""
    values = [part.value for part in group.parts][:_MOST_PARTS]
    several = range(2, len(values) + 1)
    return any(sum(some) == group.whole.value for size in several for some in combinations(values, size))


def _of_share(part: Count, share: Share, bases: Sequence[Count]) -> Iterator[Fault]:
    """A share that fits none of the counts it may be a share of, rounded or cut to the decimals printed."""
    step = Fraction(1, 10**share.places)
    possible = [base.value for base in bases if base.value]
    if not possible or any(abs(part.value / base * 100 - share.value) < step for base in possible):
        return
    whole = possible[0]
    places = max(share.places, 2)
    computed = in_vietnamese(part.value / whole * 100, places)
    printed = in_vietnamese(share.value, share.places)
    text = f"{in_vietnamese(part.value)}/{in_vietnamese(whole)} là {computed}%, văn bản ghi {printed}%."
    yield Fault("share-does-not-fit", text, said(part))
