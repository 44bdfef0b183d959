"""`cchc up`: the whole system by one command."""

import asyncio
import fcntl
import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import SecretStr

from cchc_tasks.bootstrap import KEY_FILE, Application, create_application, engine_token, open_application, secret_keys
from cchc_tasks.cli.office import OfficeCommand
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import AlreadyRunning, PortInUse
from cchc_tasks.services.raise_alert import raise_alert
from cchc_tasks.settings import Settings, load_settings

if TYPE_CHECKING:
    from cchc_tasks.cli.supervisor import Child

LOOPBACK = "127.0.0.1"
PORT = 8700
FACTS = "running.json"
CHILDREN_IN_WORDS = {"prefect": "bộ lập lịch Prefect", "runner": "bộ chạy việc"}


@click.command("up", cls=OfficeCommand, help="Chạy toàn bộ hệ thống: trang web, bộ lập lịch và bộ nhắc việc.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, metavar="CỔNG", help=f"Cổng web, mặc định {PORT}.")
@click.option("--host", default=LOOPBACK, metavar="ĐỊA CHỈ", help="Địa chỉ nghe, mặc định 127.0.0.1.")
@click.option("--demo", is_flag=True, help="Chạy với Sở mẫu; không thư nào rời máy.")
def up(port: int, host: str, demo: bool) -> None:
    settings = load_settings()
    with _only_one(settings.home), _listening(host, port) as listening:
        address = f"http://{host}:{port}"
        if demo:
            settings = settings.model_copy(update={"base_url": address, "totp_required": False})
        app = _application(settings, demo=demo)
        asyncio.run(_run(app, listening, address, demo=demo))
    click.echo("Đã dừng.")


async def _run(app: Application, listening: socket.socket, address: str, *, demo: bool) -> None:
    from cchc_tasks.adapters.mail_sink import MailSink
    from cchc_tasks.cli.supervisor import Supervisor
    from cchc_tasks.web.app import create_app

    environment = dict(os.environ)
    if demo:
        sink = await MailSink(app.settings.home / "mail-sink").serve()
        port = sink.sockets[0].getsockname()[1]
        environment["CCHC_REMIND_NOW"] = str(_next_morning(app))
        mail_url = f"mailto://{LOOPBACK}:{port}/?from=cchc@songlam.example&mode=insecure"
        environment["CCHC_MAIL_URL"] = mail_url
        app = replace(app, settings=app.settings.model_copy(update={"mail_url": SecretStr(mail_url)}))
    prefect = f"http://{LOOPBACK}:{_free_port()}/api"
    environment |= _environment(app.settings, prefect)
    facts = app.settings.home / FACTS
    facts.write_text(json.dumps({"web": address, "prefect": prefect, "pid": os.getpid()}))
    web = create_app(app, demo=demo)
    supervisor = Supervisor(web, listening, _children(app.settings, environment, address), app.settings.home / "logs")
    try:
        await supervisor.run(lambda: _greet(address, demo=demo), lambda name, status: _ended(app, name, status))
    finally:
        facts.unlink(missing_ok=True)


def _next_morning(app: Application) -> date:
    """Today, or the next day on which reminders go out."""
    with app.database.read() as uow:
        return uow.office.calendar().working_day_on_or_after(app.today())


def _children(settings: Settings, environment: Mapping[str, str], address: str) -> "list[Child]":
    from cchc_tasks.cli.supervisor import Child, python

    port = environment["PREFECT_API_URL"].rpartition(":")[2].partition("/")[0]
    report_to = f"{address}/noi-bo/canh-bao/{engine_token(settings)}"
    of_prefect = {name: value for name, value in environment.items() if not name.startswith("CCHC_")}  # our keys
    return [
        Child("prefect", python("-m", "prefect", "server", "start", "--host", LOOPBACK, "--port", port), of_prefect),
        Child("runner", python("-m", "flows.runner"), {**environment, "CCHC_REPORT_TO": report_to}),
    ]


def _environment(settings: Settings, prefect: str) -> dict[str, str]:
    """What Prefect's processes need to know, all of it: with one of these missing it quietly goes its own ways."""
    ours = {
        "CCHC_HOME": str(settings.home.absolute()),
        "CCHC_CONFIG": str(settings.config.absolute()),
        "CCHC_BASE_URL": settings.base_url,
        "PREFECT_HOME": str((settings.home / "prefect").absolute()),
        "PREFECT_API_URL": prefect,
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "NO_PROXY": f"{LOOPBACK},localhost",  # all of this stays on the machine, whatever proxy it knows
        "no_proxy": f"{LOOPBACK},localhost",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_RUNNER_POLL_FREQUENCY": "5",
    }
    database = settings.prefect_database_url.get_secret_value()
    return ours | ({"PREFECT_SERVER_DATABASE_CONNECTION_URL": database} if database else {})


def _application(settings: Settings, *, demo: bool) -> Application:
    """The application over the data folder; a demo's is made and lived in first, where there is none."""
    keys, home = secret_keys(settings), settings.home
    if not demo or (home / KEY_FILE).exists() or (keys.from_environment and home.exists()):
        return open_application(settings)
    from cchc_tasks.demo.deliveries import show_deliveries
    from cchc_tasks.demo.show import fill_demo

    click.echo("Đang chuẩn bị Sở mẫu…")
    app = create_application(settings, None, actor=LOCAL_ADMINISTRATOR)
    fill_demo(app, app.today())
    show_deliveries(app, app.today())
    return app


def _greet(address: str, *, demo: bool) -> None:
    click.echo(f"Hệ thống đang chạy ở {address}. Bấm Ctrl-C để dừng.")
    if demo:
        from cchc_tasks.demo.show import hints

        click.echo(hints(address))


def _ended(app: Application, name: str, status: int) -> None:
    text = f"{CHILDREN_IN_WORDS[name].capitalize()} đã dừng (mã {status}) và đang được chạy lại. Xem logs/{name}.log."
    click.echo(text, err=True)
    raise_alert(app.database, source=name, text=text, on=app.today(), now=app.clock.now(), alarm=app.alarm())


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """One running system for each data folder; raises AlreadyRunning."""
    home.parent.mkdir(parents=True, exist_ok=True)
    with (home.parent / f".{home.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(home=home, url=_address_of(home)) from None
        yield


def _address_of(home: Path) -> str:
    try:
        return str(json.loads((home / FACTS).read_text())["web"])
    except (OSError, ValueError, KeyError):
        return "địa chỉ vừa in lúc chạy"


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; raises PortInUse."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError:
            raise PortInUse(port=port) from None
        yield listening


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
