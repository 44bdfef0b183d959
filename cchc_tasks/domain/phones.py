"""Mobile numbers of Việt Nam as Zalo takes them: "84" and the nine digits after the leading zero."""

import re

from cchc_tasks.domain.errors import PhoneInvalid

_BETWEEN = re.compile(r"[\s.\-()]+")
_MOBILE = re.compile(r"(?:(?:\+|00)?84)?0?([35789]\d{8})")


def zalo_phone(text: str) -> str:
    """A number as people write it ("0987 654 321", "+84…", "84…", bare) as "84987654321"; raises PhoneInvalid.

    Nine digits that begin with 84 are a bare number, not a country code with seven digits behind it.
    """
    bare = _BETWEEN.sub("", text)
    found = _MOBILE.fullmatch(bare) if bare.isascii() else None
    if not found:
        raise PhoneInvalid(text=text)
    return f"84{found[1]}"
