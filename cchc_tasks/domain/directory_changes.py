"""What a change of the directory moves, and both as sentences: for the terminal, the page and its preview."""

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_tasks.domain.vocabulary import DirectoryDeed


@dataclass(frozen=True, slots=True)
class Passed:
    """What a change moves or ends, in numbers and names.

    `left` counts joint work that goes on with the other leads, `no_longer_heads` names the heads who become focal
    persons, `without_lead` the duties that nobody leads any more.
    """

    moved: int = 0
    ended: int = 0
    left: int = 0
    rungs: int = 0
    people: tuple[str, ...] = ()
    no_longer_heads: tuple[str, ...] = ()
    without_lead: tuple[str, ...] = ()


def change_in_words(deed: DirectoryDeed, unit: str, *, into: str | None = None, name: str | None = None) -> str:
    """ "Phòng A sáp nhập vào Phòng B", "Phòng A đổi tên thành Phòng C", "Phòng A ngừng hoạt động"."""
    if deed is DirectoryDeed.MERGE:
        return f"{unit} sáp nhập vào {into}"
    return f"{unit} đổi tên thành {name}" if deed is DirectoryDeed.RENAME else f"{unit} ngừng hoạt động"


def passed_in_words(deed: DirectoryDeed, passed: Passed, into: str | None = None) -> Iterator[str]:
    """What moves and what ends, one sentence each."""
    people = len(passed.people)
    if deed is DirectoryDeed.RENAME:
        yield "Văn bản ghi tên cũ hay tên mới đều được hiểu là đơn vị này. Việc đã hoàn thành giữ tên cũ."
    elif deed is DirectoryDeed.MERGE:
        counted = ((passed.moved, "việc đang mở"), (people, "người"), (passed.rungs, "mốc nhắc"))
        moving = ", ".join(f"{count} {words}" for count, words in counted if count)
        if moving:
            yield f"{moving} chuyển sang {into}."
        if passed.ended:
            yield f"{passed.ended} việc thôi thực hiện vì {into} có việc riêng cùng nhiệm vụ và kỳ."
    else:
        if passed.ended:
            yield f"{passed.ended} việc đang mở thôi thực hiện."
        if people:
            yield f"Tài khoản của {people} người ở đơn vị này được đóng."
        if passed.left:
            yield f"{passed.left} việc chung tiếp tục với các đơn vị cùng chủ trì."
    if passed.no_longer_heads:
        yield f"Trở thành cán bộ đầu mối vì {into} đã có trưởng đơn vị: {', '.join(passed.no_longer_heads)}."
    if passed.without_lead:
        yield f"Không còn đơn vị chủ trì: {'; '.join(passed.without_lead)}."
