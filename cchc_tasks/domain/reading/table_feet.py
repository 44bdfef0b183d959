"""What stands below a table on its sheet: recipients, place and day, signatures and the names under them."""

import re
from collections.abc import Sequence

from cchc_tasks.domain.reading.document import GridRow, Merge
from cchc_tasks.domain.reading.text import search_key


def is_foot(rows: Sequence[GridRow], index: int) -> bool:
    """Whether the table ends above a row: with "Nơi nhận", or with signatures that no further task follows.

    Somebody who signs may also be somebody who leads a task. So a row of signatures says it only where it has two or
    stands below a blank row, and nothing below has a number or as many cells as a task has.
    """
    keys = [search_key(cell.text) for cell in rows[index].cells if cell.text]
    if any(_RECIPIENTS.match(key) for key in keys):
        return True
    set_apart = len(keys) > 1 or not any(cell.text for cell in rows[max(index - 1, 0)].cells)
    signed = bool(keys) and set_apart and all(_SIGNATURE.fullmatch(key) or _DAY.fullmatch(key) for key in keys)
    merged = any(cell.merge is Merge.FROM_ABOVE for cell in rows[index].cells)
    return signed and not merged and not any(_may_assign(row) for row in rows[index + 1 :])


_RECIPIENTS = re.compile(r"noi nhan\s*:")
_SIGNATURE = re.compile(
    r"(?:(?:kt|tl|tm|tuq|q)\s*\.\s*)?"
    r"(?:nguoi lap(?: bieu| bang| ke hoach)?|nguoi (?:tong hop|kiem tra|duyet)|ke toan(?: truong)?"
    r"|(?:pho )?(?:giam doc|hieu truong|truong phong|chanh van phong|chanh thanh tra|thu truong)"
    r"(?: (?:so|don vi|co quan))?|(?:pho )?chu tich|lanh dao don vi"
    r"|xac nhan cua (?:lanh dao|hieu truong|giam doc|don vi))"
    r"(?:\s*\(ky.*\))?"
)
_DAY = re.compile(r"(?:\S+ ){0,5}\S+, ngay\b.{0,12}\bthang\b.{0,8}\bnam\b.{0,8}")
_LEAST_CELLS = 3  # of a row that assigns a task


def _may_assign(row: GridRow) -> bool:
    texts = [cell.text for cell in row.cells if cell.text]
    return len(texts) >= _LEAST_CELLS or (len(texts) > 1 and texts[0][:1].isdecimal())
