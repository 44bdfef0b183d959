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
    """How a person, or for ZALO_GROUP a group, is written to; what each can carry stands in domain/channels.py."""

    MAIL = "MAIL"
    ZALO = "ZALO"  # Zalo Official Account by phone: approved templates
    ZALO_USER = "ZALO_USER"  # Zalo Official Account by user id: consultation while it is allowed, else a template
    ZALO_GROUP = "ZALO_GROUP"  # a group that the Official Account made
    ZALO_BOT = "ZALO_BOT"
    TELEGRAM = "TELEGRAM"
    MATTERMOST = "MATTERMOST"
    WEBHOOK = "WEBHOOK"
    SMS = "SMS"
    OTHER = "OTHER"  # any Apprise address that an administrator adds


class DeliveryKind(StrEnum):
    """What a message is; one per person, channel, business date and kind."""

    DIGEST = "DIGEST"
    INTRODUCTION = "INTRODUCTION"
    WEEKLY = "WEEKLY"  # to the leaders: the week in one glance
    ALERT = "ALERT"  # to the administrators: something in the engine needs a hand
    GROUP = "GROUP"  # to a group, in the name of whoever posted it


class DeliveryState(StrEnum):
    """Where a delivery is on its way; a claimed one is held until its lease ends."""

    PLANNED = "PLANNED"
    CLAIMED = "CLAIMED"
    SENT = "SENT"  # the other side has taken it; whether it arrived is for Known to say
    DEFERRED = "DEFERRED"  # another try comes by itself
    FAILED = "FAILED"  # refused for good
    DEAD = "DEAD"  # given up after many tries: somebody should look
    CANCELLED = "CANCELLED"


class Fault(StrEnum):
    """Why a try did not succeed, as far as the outbox has to know it; stored with the try."""

    AGAIN = "AGAIN"  # a hindrance that passes
    UNREACHABLE = "UNREACHABLE"  # nobody answers there: the channel rests for everybody
    TOMORROW = "TOMORROW"  # the day's allowance is used up
    MORNING = "MORNING"  # not at night: from 06:00
    BAD_ADDRESS = "BAD_ADDRESS"  # there is no such recipient: the address is marked
    OTHER_CHANNEL = "OTHER_CHANNEL"  # this person cannot be reached this way
    CONTENT = "CONTENT"  # this message is refused, whoever sends it
    STOP = "STOP"  # nothing can go out this way until an administrator has seen to it


class Known(StrEnum):
    """What is known of a message after it was handed over; each says more than the one before."""

    ACCEPTED = "ACCEPTED"
    DELIVERED = "DELIVERED"
    SEEN = "SEEN"
    RETURNED = "RETURNED"  # it came back


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
