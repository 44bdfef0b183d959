"""References to documents: "12/BC-THPT ngày 03/3/2023" gives number, symbol and date."""

import re
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.errors import ReferenceUnreadable

_REFERENCE = re.compile(
    r"(?:(?P<kind>[^\d/]*?)\s*(?:số)?\s*:?\s*)"
    r"(?P<number>\d+[a-zA-Z]?)\s*/\s*(?P<symbol>[0-9A-ZĐa-zđ&./-]*[A-ZĐ][0-9A-ZĐa-zđ&./-]*)"
    r"\s*,?\s*ngày\s+(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*(?P<year>\d{4})\s*\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document by number and symbol ("12/BC-THPT") and date. It is unique only with its issuer (NĐ 30/2020)."""

    number: str
    dated: date


def read_reference(text: str) -> Reference:
    """Read what an office types into one box; raises ReferenceUnreadable where number, symbol or date is missing."""
    found = _REFERENCE.fullmatch(" ".join(text.split()))
    if not found:
        raise ReferenceUnreadable(text=text)
    try:
        dated = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise ReferenceUnreadable(text=text) from None
    return Reference(number=f"{found['number']}/{found['symbol'].rstrip('.-')}", dated=dated)
