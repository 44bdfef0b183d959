"""The words of the house: every enumeration, stored by exactly these values.

The Vietnamese names stand beside the English ones in docs/glossary.md; screens take them from `LABELS`.
"""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit of the directory is; `EXTERNAL` bodies are named in plans but never written to."""

    AUTHORITY = "AUTHORITY"  # the Sở itself, where its leaders sit
    DEPARTMENT = "DEPARTMENT"  # phòng
    SECTION = "SECTION"  # tổ, bộ phận
    SUBORDINATE = "SUBORDINATE"  # đơn vị trực thuộc
    LOWER_TIER = "LOWER_TIER"  # phòng GDĐT, xã, and the schools below them
    EXTERNAL = "EXTERNAL"  # cơ quan ngoài


class Role(StrEnum):
    """What a person may do; one role each."""

    ADMINISTRATOR = "ADMINISTRATOR"  # quản trị
    SECRETARIAT = "SECRETARIAT"  # thường trực CCHC
    LEADER = "LEADER"  # lãnh đạo Sở
    HEAD = "HEAD"  # trưởng đơn vị
    FOCAL = "FOCAL"  # cán bộ đầu mối CCHC
    OFFICER = "OFFICER"  # chuyên viên
    INSPECTOR = "INSPECTOR"  # kiểm tra


class Responsibility(StrEnum):
    """A unit's part in a duty (chủ trì, phối hợp)."""

    LEAD = "LEAD"
    COOPERATING = "COOPERATING"


class Mode(StrEnum):
    """Joint leads share one result; each member of a group owes its own."""

    JOINT = "JOINT"
    EACH = "EACH"


class DeadlineKind(StrEnum):
    """How a part's dates arise (docs/deadlines.md)."""

    WITHIN = "within"
    BY = "by"
    BEFORE = "before"
    EVERY = "every"
    BETWEEN = "between"
    FROM = "from"
    ONGOING = "ongoing"
    ON_EVENT = "on_event"
    RELATIVE = "relative"
    NONE = "none"


class Frequency(StrEnum):
    """How often a recurring part returns; `YEARLY` also stands for a part with a single date a year."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"


class Bound(StrEnum):
    """Whether the printed day itself is meant ("chậm nhất ngày", "trước ngày")."""

    BY = "by"
    BEFORE = "before"


class PlanStage(StrEnum):
    """A plan is a draft until its questions are answered and it is published; a new version takes its place."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    REPLACED = "REPLACED"
    DISCARDED = "DISCARDED"  # a draft that was dropped


class RowSource(StrEnum):
    """Where a row of a plan stands in the document."""

    APPENDIX = "appendix"
    PROSE = "prose"


class FindingKind(StrEnum):
    """What a document says beside its duties."""

    REGIME = "regime"
    INDICATOR = "indicator"
    CRITERION = "criterion"
    CITATION = "citation"
    FIGURE = "figure"


class Stage(StrEnum):
    """Where an obligation stands in its life; stored."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    SUBMITTED = "SUBMITTED"
    FORWARDED = "FORWARDED"
    RETURNED = "RETURNED"
    VERIFIED = "VERIFIED"
    SUSPENDED = "SUSPENDED"
    DROPPED = "DROPPED"
    NOT_TRIGGERED = "NOT_TRIGGERED"


class Standing(StrEnum):
    """How an obligation stands against its date on a given day; computed, never stored."""

    NO_DEADLINE = "NO_DEADLINE"
    ON_TRACK = "ON_TRACK"
    DUE_SOON = "DUE_SOON"
    OVERDUE = "OVERDUE"
    AWAITING = "AWAITING"
    DONE_ON_TIME = "DONE_ON_TIME"
    DONE_LATE = "DONE_LATE"


class Outcome(StrEnum):
    """What a verification decided."""

    ACCEPTED = "ACCEPTED"
    RETURNED_TO_COMPLETE = "RETURNED_TO_COMPLETE"  # bổ sung: the first submission's timeliness stays
    RETURNED_TO_REDO = "RETURNED_TO_REDO"  # làm lại: the next submission counts


class Proof(StrEnum):
    """What a piece of evidence is made of."""

    FILE = "FILE"
    REFERENCE = "REFERENCE"
    LINK = "LINK"


class Answer(StrEnum):
    """How a question of a plan was settled."""

    ACCEPTED = "ACCEPTED"  # the proposal was taken
    CHOSEN = "CHOSEN"  # another of the offered values
    WRITTEN = "WRITTEN"  # the office's own words
    LEFT_EMPTY = "LEFT_EMPTY"  # để trống


class Channel(StrEnum):
    """How a person is written to."""

    MAIL = "MAIL"


class DeliveryKind(StrEnum):
    """What a message is; one per person, channel, business date and kind."""

    DIGEST = "DIGEST"
    INTRODUCTION = "INTRODUCTION"
    WEEKLY = "WEEKLY"  # to the leaders: the week in one glance
    ALERT = "ALERT"  # to the administrators: something in the engine needs a hand


class DeliveryState(StrEnum):
    """Where a delivery is on its way; a claimed one is held until its lease ends."""

    PLANNED = "PLANNED"
    CLAIMED = "CLAIMED"
    SENT = "SENT"
    DEFERRED = "DEFERRED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class ReminderState(StrEnum):
    """A rung is planned once and ends in one of the other states."""

    PLANNED = "PLANNED"
    SENT = "SENT"
    MERGED = "MERGED"  # a more urgent rung of the same obligation went out in its place
    CANCELLED = "CANCELLED"


class Verdict(StrEnum):
    """How a part of the system was found."""

    WELL = "WELL"
    LOOK = "LOOK"  # works, but somebody should see to it
    BROKEN = "BROKEN"


class DayKind(StrEnum):
    """A day that differs from its weekday: off although a weekday, or worked although a weekend."""

    OFF = "OFF"
    WORKED = "WORKED"


class ExtensionState(StrEnum):
    """Where a request for a later day stands."""

    ASKED = "ASKED"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"  # the evidence came before the decision, or the duty ended


class FollowUpState(StrEnum):
    """Where a proposed follow-up stands."""

    PROPOSED = "PROPOSED"
    RELEASED = "RELEASED"
    DECLINED = "DECLINED"
    SETTLED = "SETTLED"  # the unit answered before anybody decided


class DirectoryDeed(StrEnum):
    """What happens to a unit on a day."""

    RENAME = "RENAME"
    MERGE = "MERGE"
    CLOSE = "CLOSE"
