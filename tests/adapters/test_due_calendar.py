"""Due days as a calendar's events, read back with another reader than wrote them into one file."""

from dataclasses import replace
from datetime import UTC, date, datetime

from icalendar import Calendar, Event

from cchc_tasks.adapters.due_calendar import due_calendar
from cchc_tasks.ports import DueDate

NOW = datetime(2026, 3, 24, 0, 0, 5, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 0, 0, 5, tzinfo=UTC)
REPORT = DueDate(
    key="obligation-12",
    version=2,
    on=date(2026, 3, 31),
    title="Báo cáo kết quả thực hiện công tác cải cách hành chính quý I; kèm phụ lục, số liệu “đối chiếu” của đơn vị",
    link="https://cchc.so.example/nghia-vu/12?a=1,2;3",
)
OTHER = DueDate(
    "obligation-13", 1, date(2026, 12, 31), "Tự chấm điểm Chỉ số CCHC", "https://cchc.so.example/nghia-vu/13"
)


def events(file: bytes) -> list[Event]:
    """The events of a file that calendars take in without asking anybody for an answer."""
    calendar = Calendar.from_ical(file)
    assert isinstance(calendar, Calendar)
    assert (calendar["METHOD"], calendar["VERSION"], bool(calendar["PRODID"])) == ("PUBLISH", "2.0", True)
    return list(calendar.events)


class TestEvent:
    def test_is_a_whole_day_with_what_is_due_and_where_to_look(self) -> None:
        (event,) = events(due_calendar([REPORT], "so.example", NOW))
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 3, 31), date(2026, 4, 1))
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert (str(event["SUMMARY"]), str(event["URL"])) == (REPORT.title, REPORT.link)
        assert event["DTSTAMP"].dt == NOW
        assert event.alarms.times == []

    def test_that_moves_is_the_same_event_in_a_later_version(self) -> None:
        (before,) = events(due_calendar([REPORT], "so.example", NOW))
        (after,) = events(due_calendar([replace(REPORT, version=3, on=date(2026, 4, 10))], "so.example", LATER))
        assert before["UID"] == after["UID"] == "obligation-12@so.example"
        assert (before["SEQUENCE"], after["SEQUENCE"]) == (2, 3)
        assert after["DTSTART"].dt == date(2026, 4, 10)

    def test_is_stamped_anew_in_each_file(self) -> None:
        for now in (NOW, LATER):
            assert [event["DTSTAMP"].dt for event in events(due_calendar([REPORT, OTHER], "so.example", now))] == [
                now
            ] * 2

    def test_ends_the_year_on_its_last_day(self) -> None:
        (event,) = events(due_calendar([OTHER], "so.example", NOW))
        assert event["DTEND"].dt == date(2027, 1, 1)

    def test_keeps_a_hostile_title_in_its_place(self) -> None:
        hostile = "Báo cáo\x00\ud83d\r\nDTSTAMP:19700101T000000Z\r\nEND:VEVENT\nBEGIN:VALARM"
        (event,) = events(due_calendar([replace(REPORT, title=hostile)], "so.example", NOW))
        assert event["DTSTAMP"].dt == NOW
        assert "VALARM" in event["SUMMARY"]
        assert event.alarms.times == []


class TestFile:
    def test_holds_all_dates_in_folded_lines(self) -> None:
        file = due_calendar([REPORT, OTHER], "so.example", NOW)
        assert [str(event["UID"]) for event in events(file)] == ["obligation-12@so.example", "obligation-13@so.example"]
        assert file.endswith(b"END:VCALENDAR\r\n")
        assert max(len(line) for line in file.split(b"\r\n")) <= 75
