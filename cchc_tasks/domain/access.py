"""Who may do what: one table of actions and roles, shown in docs/access.md and walked by the tests."""

from dataclasses import dataclass
from enum import StrEnum

from cchc_tasks.domain.errors import NoRight
from cchc_tasks.domain.vocabulary import Role


class Action(StrEnum):
    """What can be done, each by one command."""

    MANAGE_SYSTEM = "quản trị hệ thống"  # init, db check, db upgrade
    IMPORT_PLAN = "nhập kế hoạch"
    SEE_PLANS = "xem kế hoạch và câu hỏi"
    ANSWER_QUESTION = "trả lời câu hỏi của kế hoạch"
    MANAGE_REMEMBERED_ANSWERS = "xem và bỏ câu trả lời đã nhớ"
    PUBLISH_PLAN = "công bố kế hoạch"
    TRIGGER_DUTY = "ghi nhận nhiệm vụ có điều kiện"
    SEE_OBLIGATIONS = "xem nhiệm vụ kỳ"
    SEE_OVERVIEW = "xem tổng quan cả Sở"
    ACKNOWLEDGE = "tiếp nhận"
    REMIND = "chạy nhắc việc"
    SUBMIT = "nộp báo cáo"
    SUBMIT_ON_BEHALF = "nhập thay đơn vị"
    SEE_EVIDENCE = "xem tài liệu kiểm chứng"
    SEE_DELIVERIES = "xem lượt gửi"
    VERIFY = "xác nhận tài liệu kiểm chứng"
    MANAGE_USERS = "quản lý người dùng"
    EDIT_CALENDAR = "sửa lịch làm việc"
    MANAGE_REMINDING = "đặt thang nhắc việc, giờ gửi và lời thư"
    MANAGE_ABSENCES = "ghi tạm vắng"
    SIMULATE = "mô phỏng thư nhắc"
    SET_INTERNAL_DAY = "đặt hạn nội bộ"
    ADD_DUTY = "giao nhiệm vụ theo văn bản"
    NAME_PERSON = "phân công cán bộ"
    ASK_INPUT = "đề nghị đơn vị khác phối hợp"
    DECIDE_INPUT = "nhận kết quả phối hợp"
    ASK_EXTENSION = "xin gia hạn"
    DECIDE_EXTENSION = "quyết định gia hạn"
    FOLLOW_UP = "quyết định đôn đốc"
    SEE_DIRECTORY = "xem danh bạ"
    MANAGE_DIRECTORY = "sửa danh bạ"
    MANAGE_CHANNELS = "đặt kênh gửi và khóa kết nối"
    MANAGE_CONTACTS = "sửa nơi nhận của người dùng"
    MANAGE_DELIVERIES = "gửi lại, hủy lượt gửi"
    POST_TO_GROUP = "gửi vào nhóm Zalo"


class Scope(StrEnum):
    """How far a right reaches."""

    ALL = "tất cả"
    OWN_UNIT = "đơn vị mình"
    NOTHING = "không"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; `unit_id` is None for the local administrator of the command line."""

    user: str
    name: str
    role: Role
    unit_id: int | None


LOCAL_ADMINISTRATOR = Actor("quản trị máy chủ", "Quản trị máy chủ", Role.ADMINISTRATOR, None)
ENGINE = Actor("bộ nhắc việc", "Bộ nhắc việc", Role.ADMINISTRATOR, None)

ROLE_IN_WORDS = {
    Role.ADMINISTRATOR: "Quản trị",
    Role.SECRETARIAT: "Thường trực CCHC",
    Role.LEADER: "Lãnh đạo Sở",
    Role.HEAD: "Trưởng đơn vị",
    Role.FOCAL: "Cán bộ đầu mối CCHC",
    Role.OFFICER: "Chuyên viên",
    Role.INSPECTOR: "Kiểm tra",
}

_UNIT_SIDE = (Role.HEAD, Role.FOCAL, Role.OFFICER)
_OFFICE = (Role.ADMINISTRATOR, Role.SECRETARIAT)
_READERS = (Role.LEADER, Role.INSPECTOR)

RIGHTS: dict[Action, dict[Role, Scope]] = {
    Action.MANAGE_SYSTEM: {Role.ADMINISTRATOR: Scope.ALL},
    Action.IMPORT_PLAN: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.SEE_PLANS: dict.fromkeys((*_OFFICE, *_READERS), Scope.ALL),
    Action.ANSWER_QUESTION: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.MANAGE_REMEMBERED_ANSWERS: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.PUBLISH_PLAN: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.TRIGGER_DUTY: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.SEE_OBLIGATIONS: dict.fromkeys((*_OFFICE, *_READERS), Scope.ALL) | dict.fromkeys(_UNIT_SIDE, Scope.OWN_UNIT),
    Action.SEE_OVERVIEW: dict.fromkeys((*_OFFICE, *_READERS), Scope.ALL),
    Action.ACKNOWLEDGE: dict.fromkeys((*_UNIT_SIDE, Role.SECRETARIAT), Scope.OWN_UNIT),
    Action.REMIND: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.SUBMIT: dict.fromkeys((*_UNIT_SIDE, Role.SECRETARIAT), Scope.OWN_UNIT),
    Action.SUBMIT_ON_BEHALF: {Role.SECRETARIAT: Scope.ALL},
    Action.SEE_EVIDENCE: dict.fromkeys((*_OFFICE, *_READERS), Scope.ALL) | dict.fromkeys(_UNIT_SIDE, Scope.OWN_UNIT),
    Action.SEE_DELIVERIES: dict.fromkeys((*_OFFICE, Role.INSPECTOR), Scope.ALL),
    Action.VERIFY: {Role.SECRETARIAT: Scope.ALL},
    Action.MANAGE_USERS: {Role.ADMINISTRATOR: Scope.ALL},
    Action.EDIT_CALENDAR: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.MANAGE_REMINDING: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.MANAGE_ABSENCES: dict.fromkeys(_OFFICE, Scope.ALL) | {Role.HEAD: Scope.OWN_UNIT},
    Action.SIMULATE: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.SET_INTERNAL_DAY: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.ADD_DUTY: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.NAME_PERSON: dict.fromkeys((Role.HEAD, Role.SECRETARIAT), Scope.OWN_UNIT),
    Action.ASK_INPUT: dict.fromkeys((Role.HEAD, Role.FOCAL, Role.SECRETARIAT), Scope.OWN_UNIT),
    Action.DECIDE_INPUT: dict.fromkeys((Role.HEAD, Role.FOCAL, Role.SECRETARIAT), Scope.OWN_UNIT),
    Action.ASK_EXTENSION: dict.fromkeys((Role.HEAD, Role.FOCAL, Role.SECRETARIAT), Scope.OWN_UNIT),
    Action.DECIDE_EXTENSION: {Role.SECRETARIAT: Scope.ALL},
    Action.FOLLOW_UP: {Role.SECRETARIAT: Scope.ALL},
    Action.SEE_DIRECTORY: dict.fromkeys((*_OFFICE, *_READERS), Scope.ALL),
    Action.MANAGE_DIRECTORY: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.MANAGE_CHANNELS: {Role.ADMINISTRATOR: Scope.ALL},
    Action.MANAGE_CONTACTS: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.MANAGE_DELIVERIES: dict.fromkeys(_OFFICE, Scope.ALL),
    Action.POST_TO_GROUP: {Role.SECRETARIAT: Scope.ALL},
}


def scope(actor: Actor, action: Action) -> Scope:
    """How far the actor may go with an action."""
    return RIGHTS[action].get(actor.role, Scope.NOTHING)


def require(actor: Actor, action: Action, unit_ids: frozenset[int] | None = None) -> None:
    """Raise NoRight unless the actor may act, on one of these units where the right reaches no further than its own.

    Without `unit_ids` the question is whether the actor may act at all.
    """
    reach = scope(actor, action)
    own = unit_ids is None or actor.unit_id in unit_ids
    if reach is Scope.NOTHING or (reach is Scope.OWN_UNIT and not own):
        raise NoRight(user=actor.user, action=action.value)
