"""The menu: each role is led to the pages of its work, with the counts that call for a hand."""

from dataclasses import dataclass

from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.services.frame import Frame
from cchc_tasks.web.office_pages import office_addresses
from cchc_tasks.web.session import SignedIn


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry; a count is left out where it is None or zero."""

    title: str
    href: str
    count: int | None = None
    within: frozenset[str] = frozenset()  # pages it leads to, besides those below its own address

    def leads_to(self, path: str) -> bool:
        """Whether the page at this path belongs to the entry."""
        return any(path == one or path.startswith(f"{one}/") for one in (self.href, *self.within))


def menu(around: Frame, who: SignedIn | None, *, demo: bool) -> list[MenuItem]:
    """The entries for a person, in the order of their work; none before signing in. A phone shows the first five."""
    if who is None:
        return []
    whole, own = MenuItem("Tổng quan", "/tong-quan"), MenuItem("Việc của đơn vị", "/viec-cua-don-vi", around.own_jobs)
    duties, log = MenuItem("Nhiệm vụ", "/nhiem-vu"), MenuItem("Lượt gửi", "/luot-gui")
    waiting = (around.to_follow_up or 0) + (around.to_extend or 0)
    office = MenuItem("Điều hành", "/dieu-hanh", waiting, office_addresses())
    calendar, directory = MenuItem("Lịch", "/lich"), MenuItem("Danh bạ", "/danh-ba")
    to_verify = MenuItem("Chờ xác nhận", "/cho-xac-nhan", around.to_verify)
    entries = {
        Role.ADMINISTRATOR: [whole, duties, office],
        Role.SECRETARIAT: [whole, duties, to_verify, own, office],
        Role.LEADER: [whole, duties, calendar, directory],
        Role.INSPECTOR: [whole, duties, log, calendar, directory],
        Role.HEAD: [
            own,
            MenuItem("Việc của tôi", "/viec-cua-toi"),
            duties,
            MenuItem("Tạm vắng", "/tam-vang"),
            calendar,
        ],
    }.get(who.actor.role, [own, MenuItem("Việc của tôi", "/viec-cua-toi"), duties, calendar])
    return [*entries, MenuItem("Hộp thư mẫu", "/thu-mau")] if demo else entries
