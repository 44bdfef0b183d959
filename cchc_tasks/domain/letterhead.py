"""The agency's two lines at the head of a page, as on a công văn (NĐ 30/2020/NĐ-CP, phụ lục I)."""

import re

_PROVINCE = re.compile(r"^(?P<own>.+?)\s+(?P<kind>tỉnh|thành phố|TP\.?)\s+(?P<name>.+)$", re.IGNORECASE)


def letterhead(authority: str) -> tuple[str, str]:
    """The superior body (empty where the name tells none) and the authority itself.

    "Sở Giáo dục và Đào tạo tỉnh Sông Lam" gives "UBND tỉnh Sông Lam" and "Sở Giáo dục và Đào tạo".
    """
    found = _PROVINCE.match(authority.strip())
    if found is None:
        return "", authority.strip()
    return f"UBND {found['kind']} {found['name']}", found["own"]


def province(authority: str) -> str:
    """Where an authority sits, for "Sông Lam, ngày …"; empty where its name tells none."""
    found = _PROVINCE.match(authority.strip())
    return found["name"] if found else ""
