"""What an address on each channel looks like, and what no address may hold."""

import pytest

from cchc_tasks.domain.channels import TRAITS, address_of, channel_named, masked
from cchc_tasks.domain.errors import ContactAddressInvalid
from cchc_tasks.domain.vocabulary import Channel


class TestAddresses:
    @pytest.mark.parametrize("channel", list(Channel))
    def test_of_the_channels_own_example_are_taken(self, channel: Channel) -> None:
        kept = address_of(channel, f"  {TRAITS[channel].example} ")
        assert address_of(channel, kept) == kept

    @pytest.mark.parametrize(
        ("channel", "typed", "kept"),
        [
            (Channel.SMS, "0987.654.321", "84987654321"),
            (Channel.ZALO, "+84 987 654 321", "84987654321"),
            (Channel.TELEGRAM, "-1001234567890", "-1001234567890"),
            (Channel.TELEGRAM, "@nhom_cchc", "@nhom_cchc"),
            (Channel.MATTERMOST, "@dau.moi", "@dau.moi"),
            (Channel.MAIL, "daumoi@so.example", "daumoi@so.example"),
        ],
    )
    def test_are_kept_in_one_form(self, channel: Channel, typed: str, kept: str) -> None:
        assert address_of(channel, typed) == kept

    @pytest.mark.parametrize("channel", list(Channel))
    @pytest.mark.parametrize(
        "typed", ["", "a b", "x,y", "x/../y", "x?to=z", "x&to=z", "x#y", "%2e%2e", "x\r\nTo: y", "x" * 201, "đầu-mối"]
    )
    def test_hold_nothing_that_means_something_in_another_place(self, channel: Channel, typed: str) -> None:
        with pytest.raises(ContactAddressInvalid):
            address_of(channel, typed)


class TestTraits:
    def test_stand_there_for_every_channel(self) -> None:
        assert set(TRAITS) == set(Channel)
        assert all(traits.secrets and traits.most for traits in TRAITS.values())

    def test_give_a_name_that_reads_in_a_sentence(self) -> None:
        assert channel_named(Channel.TELEGRAM) == "kênh Telegram"
        assert channel_named(Channel.OTHER) == "kênh khác"


class TestMask:
    @pytest.mark.parametrize(
        ("address", "kept"), [("84987654321", "…321"), ("daumoi@so.example", "d…@so.example"), ("@daumoi", "…moi")]
    )
    def test_keeps_enough_to_recognise_and_too_little_to_write_to(self, address: str, kept: str) -> None:
        assert masked(address) == kept
