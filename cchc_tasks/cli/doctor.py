"""`cchc doctor`: what is healthy, what is not, and what to do about it, while the system runs or is down."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from cchc_tasks.adapters.clock import SystemClock
from cchc_tasks.adapters.loopback import answers
from cchc_tasks.adapters.mail.connection import SmtpConnection
from cchc_tasks.adapters.mail.server import read_mail_url
from cchc_tasks.adapters.prefect_api import PrefectApi
from cchc_tasks.adapters.secret_box import CONNECTIONS, SECOND_FACTOR, FernetBox
from cchc_tasks.bootstrap import KEY_FILE, secret_keys
from cchc_tasks.cli.layout import echo_json
from cchc_tasks.cli.office import OfficeCommand, as_json, as_user
from cchc_tasks.cli.running import FACTS
from cchc_tasks.cli.session import acting
from cchc_tasks.domain.errors import (
    DoctorFoundTrouble,
    MailUrlInvalid,
    NotInitialised,
    PrefectUnreachable,
    SecretUnopenable,
    Unavailable,
)
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Fault, Verdict
from cchc_tasks.ports import Receipt, SecretBox
from cchc_tasks.services.examine import WITHIN, Finding, Outside, examine
from cchc_tasks.services.rotate_key import Boxes
from cchc_tasks.services.secrets import read_secret
from cchc_tasks.settings import Settings, load_settings
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database

MAIL_SECONDS = 5.0
IN_WORDS = {Verdict.WELL: "đạt", Verdict.LOOK: "cần xem", Verdict.BROKEN: "hỏng"}


@click.command("doctor", cls=OfficeCommand, help="Khám hệ thống: bộ phận nào tốt, bộ phận nào hỏng, cần làm gì.")
@as_json
@as_user
def doctor(as_json: bool, user: str | None) -> None:
    settings = load_settings()
    if not settings.home.is_dir():
        raise NotInitialised(home=settings.home)
    keys = secret_keys(settings)
    now, zone = SystemClock().now(), ZoneInfo(settings.time_zone)
    boxes = Boxes(connections=FernetBox(keys, CONNECTIONS), second_factors=FernetBox(keys, SECOND_FACTOR))
    with closing(Database(settings.database)) as database:
        found = examine(
            database,
            settings.home,
            None if keys.from_environment else settings.home / KEY_FILE,
            _look_outside(settings, lambda: _mail_url(settings, database, boxes.connections), now),
            boxes,
            actor=acting(database, user),
            zone=zone,
            on=now.astimezone(zone).date(),
            now=now,
        )
    if as_json:
        echo_json([asdict(one) for one in found])
    else:
        _print(found)
    broken = sum(one.verdict is Verdict.BROKEN for one in found)
    if broken:
        raise DoctorFoundTrouble(count=broken)


def _print(found: list[Finding]) -> None:
    wide = max(len(one.part) for one in found)
    for one in found:
        click.echo(f"{IN_WORDS[one.verdict]:<8}  {one.part:<{wide}}  {one.said}")
        if one.to_do:
            click.echo(f"{'':<8}  {'':<{wide}}  → {one.to_do}")


def _look_outside(settings: Settings, mail_url: Callable[[], str | None], now: datetime) -> Outside:
    """Ask the web, Prefect and the mail server, each for a few seconds at most."""
    web, prefect = _addresses(settings.home)
    return Outside(
        web=web if web and answers(web) else None,
        scheduled=_scheduled(prefect, now) if prefect else None,
        mail=_mail(mail_url),
        free=shutil.disk_usage(settings.home).free,
    )


def _addresses(home: Path) -> tuple[str, str] | tuple[None, None]:
    """Where the web and Prefect are, as `cchc up` wrote it down; nothing where it does not run."""
    try:
        facts = json.loads((home / FACTS).read_text())
        return str(facts["web"]), str(facts["prefect"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, None


def _scheduled(prefect: str, now: datetime) -> dict[str, datetime] | None:
    try:
        return PrefectApi(prefect).next_runs(WITHIN, now)
    except PrefectUnreachable:
        return None


def _mail_url(settings: Settings, database: Database, box: SecretBox) -> str | None:
    """Where mail goes: what the environment says, else what was sealed in a database of the present schema."""
    url = settings.mail_url.get_secret_value()
    if url or schema.revision(database) != schema.newest():
        return url
    return read_secret(database, box, SecretName.MAIL_URL)


def _mail(mail_url: Callable[[], str | None]) -> Receipt | None:
    try:
        url = mail_url()
        return SmtpConnection(read_mail_url(url), timeout=MAIL_SECONDS).greet() if url else None
    except (MailUrlInvalid, SecretUnopenable) as error:
        return Receipt(fault=Fault.CONTENT, answer=str(error))
    except Unavailable:
        return None  # without database or key nothing is known; their own lines say so
