"""Our Apprise plugin: one recipient, by its address, once."""

import pytest
from apprise import Apprise

from cchc_tasks.adapters.mail.plugin import MailPlugin, address_parts, address_url, register
from cchc_tasks.ports import Receipt

ADDRESS = "tccb.daumoi@songlam.example"


@pytest.fixture(autouse=True)
def _known() -> None:
    register()
    register()  # as each thread does


def plugin(url: str | dict[str, str]) -> MailPlugin:
    made = Apprise.instantiate(url)
    assert isinstance(made, MailPlugin)
    return made


class TestRecipient:
    @pytest.mark.parametrize("address", [ADDRESS, "a+b%41c'd@x.example", "50%25@x.example"])
    def test_is_read_as_it_was_written(self, address: str) -> None:
        assert plugin(address_parts(address)).recipient == plugin(address_url(address)).recipient == address

    def test_cannot_become_another(self) -> None:
        made = plugin(address_url(ADDRESS))
        with pytest.raises(AttributeError):
            made.recipient = "nguoi-khac@x.example"  # type: ignore[misc]


class TestHandOver:
    def test_is_done_once_however_often_apprise_asks(self) -> None:
        made, way, given = plugin(address_url(ADDRESS)), Apprise(), list[str]()

        def hand_over(recipient: str) -> Receipt:
            given.append(recipient)
            return Receipt("250 OK")

        made.hand_over = hand_over
        way.add(made)
        assert [bool(way.notify(body="-")) for _ in range(2)] == [True, False]
        assert given == [ADDRESS]

    def test_is_not_done_where_nothing_was_prepared(self) -> None:
        made = plugin(address_url(ADDRESS))
        assert made.send("-") is False
        assert made.receipt is None
