"""`cchc user contact`: where a person is reached, in which order, and which addresses were left aside."""

from dataclasses import asdict
from zoneinfo import ZoneInfo

import click

from cchc_tasks.cli.layout import echo_json, echo_table
from cchc_tasks.cli.office import as_json, as_user, group
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.channels import channel_named
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.services.contacts import list_contacts, remove_contact, set_contact, use_contact_again

contact = group("contact", "Nơi nhận của một người: các kênh theo thứ tự dùng, địa chỉ đã bị để riêng.")
KIND = click.Choice(Channel, case_sensitive=False)


@contact.command("list", help="Nơi nhận của một người, theo thứ tự dùng.")
@click.argument("person", metavar="NGƯỜI_DÙNG")
@as_json
@as_user
def list_(person: str, as_json: bool, user: str | None) -> None:
    app = opened()
    found = list_contacts(app.database, person, actor=acting(app.database, user))
    if as_json:
        echo_json(asdict(found))
        return
    zone = ZoneInfo(app.settings.time_zone)
    rows = (
        (
            one.rank,
            one.channel,
            one.address,
            f"để riêng từ {one.bad_since.astimezone(zone):%d/%m/%Y}: {one.bad_why}" if one.bad_since else "dùng được",
        )
        for one in found.contacts
    )
    echo_table(("Thứ tự", "Kênh", "Địa chỉ", "Tình trạng"), rows)


@contact.command("set", help="Đặt địa chỉ của một người trên một kênh.")
@click.argument("person", metavar="NGƯỜI_DÙNG")
@click.argument("name", type=KIND, metavar="KÊNH")
@click.argument("address", metavar="ĐỊA_CHỈ")
@click.option("--rank", type=int, metavar="SỐ", help="Dùng thứ mấy trong các kênh của người này; 1 là trước hết.")
@as_user
def set_(person: str, name: Channel, address: str, rank: int | None, user: str | None) -> None:
    app = opened()
    kept = set_contact(
        app.database, person, name, address, actor=acting(app.database, user), now=app.clock.now(), rank=rank
    )
    click.echo(f"{person} nhận tin qua {channel_named(name)} tại {kept}.")


@contact.command("remove", help="Bỏ địa chỉ của một người trên một kênh.")
@click.argument("person", metavar="NGƯỜI_DÙNG")
@click.argument("name", type=KIND, metavar="KÊNH")
@as_user
def remove(person: str, name: Channel, user: str | None) -> None:
    app = opened()
    remove_contact(app.database, person, name, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"{person} không nhận tin qua {channel_named(name)} nữa.")


@contact.command("good", help="Dùng lại một địa chỉ đã bị để riêng.")
@click.argument("person", metavar="NGƯỜI_DÙNG")
@click.argument("name", type=KIND, metavar="KÊNH")
@as_user
def good(person: str, name: Channel, user: str | None) -> None:
    app = opened()
    again = use_contact_again(app.database, person, name, actor=acting(app.database, user), now=app.clock.now())
    told = "được dùng lại" if again else "vẫn đang được dùng"
    click.echo(f"Địa chỉ của {person} trên {channel_named(name)} {told}.")
