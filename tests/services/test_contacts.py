"""Where people are reached: in which order, by whom it may be changed, and what became of bad addresses."""

from datetime import UTC, datetime

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import (
    ContactAddressInvalid,
    ContactOfAdministrator,
    ContactOnGroupChannel,
    ContactRankInvalid,
    ContactUnknown,
    NoRight,
    UserUnknown,
)
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.services.contacts import bad_contacts, list_contacts, remove_contact, set_contact, use_contact_again
from tests.conftest import actor_of

NOW = datetime(2026, 3, 24, 1, 0, tzinfo=UTC)
WHO = "vp.daumoi"


def keep(app: Application, channel: Channel, address: str, rank: int | None = None, by: str | None = None) -> str:
    actor = actor_of(app, by) if by else LOCAL_ADMINISTRATOR
    return set_contact(app.database, WHO, channel, address, actor=actor, now=NOW, rank=rank)


def order(app: Application) -> list[Channel]:
    return [one.channel for one in list_contacts(app.database, WHO, actor=LOCAL_ADMINISTRATOR).contacts]


def mark_bad(app: Application, address: str | None = None) -> bool:
    with app.database.write(NOW) as uow:
        person = uow.people.with_user(WHO)
        return uow.contacts.mark_bad(person.id or 0, Channel.SMS, "không có số này", NOW, address)


class TestOrder:
    def test_puts_a_new_channel_last_and_one_with_a_place_where_it_was_asked_for(self, app: Application) -> None:
        keep(app, Channel.SMS, "0987 654 321")
        keep(app, Channel.TELEGRAM, "1234567")
        assert order(app) == [Channel.MAIL, Channel.SMS, Channel.TELEGRAM]
        keep(app, Channel.TELEGRAM, "1234567", rank=1)
        assert order(app) == [Channel.TELEGRAM, Channel.MAIL, Channel.SMS]
        keep(app, Channel.SMS, "0987 654 322")
        assert order(app) == [Channel.TELEGRAM, Channel.MAIL, Channel.SMS]
        remove_contact(app.database, WHO, Channel.MAIL, actor=LOCAL_ADMINISTRATOR, now=NOW)
        keep(app, Channel.MAIL, "moi@songlam.example", rank=10)
        assert order(app) == [Channel.TELEGRAM, Channel.SMS, Channel.MAIL]

    def test_keeps_an_address_in_one_form(self, app: Application) -> None:
        assert keep(app, Channel.SMS, " 0987.654.321 ") == "84987654321"

    def test_takes_no_group_no_strange_place_and_no_address_of_another_kind(self, app: Application) -> None:
        with pytest.raises(ContactOnGroupChannel):
            keep(app, Channel.ZALO_GROUP, "f414c8f76fa586fbdfb4")
        with pytest.raises(ContactRankInvalid):
            keep(app, Channel.SMS, "0987654321", rank=0)
        with pytest.raises(ContactAddressInvalid):
            keep(app, Channel.SMS, "daumoi@songlam.example")
        with pytest.raises(UserUnknown):
            list_contacts(app.database, "khong.co", actor=LOCAL_ADMINISTRATOR)
        assert order(app) == [Channel.MAIL]


class TestRights:
    def test_let_nobody_below_redirect_what_an_administrator_hears(self, app: Application) -> None:
        office = actor_of(app, "vp.thuongtruc1")
        seen = list_contacts(app.database, "quantri", actor=office)
        assert not seen.may_change
        with pytest.raises(ContactOfAdministrator):
            set_contact(app.database, "quantri", Channel.MAIL, "khac@so.example", actor=office, now=NOW)
        with pytest.raises(ContactOfAdministrator):
            remove_contact(app.database, "quantri", Channel.MAIL, actor=office, now=NOW)
        with pytest.raises(ContactOfAdministrator):
            use_contact_again(app.database, "quantri", Channel.MAIL, actor=office, now=NOW)
        assert list_contacts(app.database, "quantri", actor=actor_of(app, "quantri")).may_change

    def test_let_the_office_set_others_and_nobody_their_own(self, app: Application) -> None:
        keep(app, Channel.SMS, "0987654321", by="vp.thuongtruc1")
        with pytest.raises(NoRight):
            keep(app, Channel.SMS, "0987654322", by=WHO)

    def test_leave_a_trace_without_the_address(self, app: Application) -> None:
        keep(app, Channel.SMS, "0987654321")
        keep(app, Channel.SMS, "0912345678")
        with app.database.read() as uow:
            entry = [one for one in uow.journal.entries() if one.action == "contact.set"][-1]
        assert "…678" in str(entry.details)
        assert "…321" in str(entry.details)
        assert "84912345678" not in str(entry.details)


class TestBadAddresses:
    def test_are_told_with_their_reason_and_used_again_at_a_word(self, app: Application) -> None:
        keep(app, Channel.SMS, "0987654321")
        assert mark_bad(app)
        assert not mark_bad(app)
        ((user, _, line),) = bad_contacts(app.database, actor=LOCAL_ADMINISTRATOR)
        assert (user, line.bad_since, line.bad_why) == (WHO, NOW, "không có số này")
        assert use_contact_again(app.database, WHO, Channel.SMS, actor=LOCAL_ADMINISTRATOR, now=NOW)
        assert not use_contact_again(app.database, WHO, Channel.SMS, actor=LOCAL_ADMINISTRATOR, now=NOW)
        assert not bad_contacts(app.database, actor=LOCAL_ADMINISTRATOR)
        with pytest.raises(ContactUnknown):
            use_contact_again(app.database, WHO, Channel.TELEGRAM, actor=LOCAL_ADMINISTRATOR, now=NOW)

    def test_stay_bad_in_another_place_and_are_good_when_they_change(self, app: Application) -> None:
        keep(app, Channel.SMS, "0987654321")
        mark_bad(app)
        keep(app, Channel.SMS, "0987654321", rank=1)
        assert bad_contacts(app.database, actor=LOCAL_ADMINISTRATOR)
        keep(app, Channel.SMS, "0987654322")
        assert not bad_contacts(app.database, actor=LOCAL_ADMINISTRATOR)
        assert not mark_bad(app, "84987654321")  # what went to the former address says nothing of this one
