"""What is read of a target: the words, the figure, the phase it belongs to and who answers for it."""

from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.reading.findings import Target, UnitMention


@dataclass(frozen=True, slots=True)
class Indicator:
    """A target of a plan; one for each figure where its words hold several, one without where they hold none.

    `phase` is as printed with its first and last day, None where the target counts for the whole plan; a phase that
    names its end alone ("đến năm 2028") has no first day. `number` is the row's behind that of its phase or area
    ("A.1"), empty in the body.
    """

    phase: str | None
    first_on: date | None
    last_on: date | None
    area: str | None
    number: str
    text: str
    target: Target | None
    leads: tuple[UnitMention, ...] = ()
    cooperating: tuple[UnitMention, ...] = ()
    in_body: bool = False
