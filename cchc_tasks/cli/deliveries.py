"""`cchc delivery`: what was sent, what was not and why; send again, call off, give another chance, let a batch go."""

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import click

from cchc_tasks.adapters.bounce_mailbox import ImapMailbox, MailFile
from cchc_tasks.bootstrap import Application
from cchc_tasks.cli.layout import echo_json, echo_table, shown
from cchc_tasks.cli.office import NUMBER, Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, existing, opened
from cchc_tasks.domain.channels import CHANNEL_IN_WORDS
from cchc_tasks.domain.delivery_deeds import Deed
from cchc_tasks.domain.delivery_words import (
    KIND_IN_WORDS,
    STATE_IN_WORDS,
    Course,
    after_cancelling_in_words,
    answer_in_words,
    course_in_words,
    fault_in_words,
    reference,
    state_in_words,
)
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel, DeliveryState
from cchc_tasks.models.outbox import DeliveryAttempt
from cchc_tasks.services.cancel_delivery import cancel_deliveries, cancel_delivery
from cchc_tasks.services.choose_deliveries import choose_deliveries
from cchc_tasks.services.collect_bounces import ReturnedMail, read_returned
from cchc_tasks.services.delivery_log import Wanted, delivery_log, show_delivery
from cchc_tasks.services.release_batch import release_batch
from cchc_tasks.services.requeue_delivery import requeue_deliveries, requeue_delivery
from cchc_tasks.services.resend_delivery import resend_delivery
from cchc_tasks.store.delivery_deeds import Fitting
from cchc_tasks.store.delivery_log import DeliveryRow

STATES = {one.value.lower(): one for one in DeliveryState}
CHANNELS = {one.value.lower().replace("_", "-"): one for one in Channel}
NEXT_RUN = "Lượt chạy tới gửi, mười phút một lượt trong giờ gửi."

delivery = group("delivery", "Lượt gửi: thư và tin đã gửi, chưa gửi được và lý do; gửi lại, hủy, thử lại, cho gửi.")


def narrowed(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which deliveries are meant."""
    on = click.option("--on", type=Day(), help="Chỉ các lượt của buổi sáng ngày này.")
    channel = click.option(
        "--channel", type=click.Choice([*CHANNELS]), metavar="KÊNH", help=f"Một trong: {', '.join(CHANNELS)}."
    )
    state = click.option(
        "--state", type=click.Choice([*STATES]), metavar="TÌNH TRẠNG", help=f"Một trong: {', '.join(STATES)}."
    )
    return state(channel(on(function)))


def for_many(function: Callable[..., Any]) -> Callable[..., Any]:
    """One delivery by number, or all that fit once their count has been seen."""
    seen = click.option(
        "--seen", type=NUMBER, metavar="SỐ LƯỢT", help="Làm với mọi lượt khớp, khi không nhiều hơn số lượt đã xem."
    )
    return click.argument("delivery_id", metavar="[SỐ]", type=NUMBER, required=False)(narrowed(seen(function)))


@delivery.command("list", help="Các lượt gửi, mới nhất trước.")
@narrowed
@click.option("--find", "text", default="", metavar="CHỮ", help="Tìm trong tên người nhận và đơn vị.")
@click.option(
    "--page", "page_number", type=NUMBER, default=1, metavar="TRANG", help="Trang thứ mấy, mỗi trang 100 lượt."
)
@as_json
@as_user
def list_(
    state: str | None,
    channel: str | None,
    on: date | None,
    text: str,
    page_number: int,
    as_json: bool,
    user: str | None,
) -> None:
    app = opened()
    wanted = Wanted(
        on=on,
        states=frozenset({STATES[state]}) if state else frozenset(),
        channel=CHANNELS[channel] if channel else None,
        text=text,
        page=page_number,
    )
    seen = delivery_log(app.database, wanted, actor=acting(app.database, user))
    if as_json:
        echo_json([_as_json(app, row) for row in seen.rows])
        return
    heads = ("Số", "Ngày", "Kênh", "Tình trạng", "Người nhận", "Diễn biến")
    echo_table(heads, (_row(app, row) for row in seen.rows))
    counts = ", ".join(f"{count} {STATE_IN_WORDS[one]}" for one, count in sorted(seen.counts.items()))
    click.echo(f"Trang {seen.page} trên {seen.pages}. {counts or 'Không có lượt gửi nào khớp'}.")


@delivery.command(help="Một lượt gửi: kênh, các lần thử, điều đã biết và nội dung đã gửi.")
@click.argument("delivery_id", metavar="SỐ", type=NUMBER)
@as_json
@as_user
def show(delivery_id: int, as_json: bool, user: str | None) -> None:
    app = opened()
    sent = show_delivery(app.database, delivery_id, actor=acting(app.database, user))
    one, said = sent.delivery, _said(app, sent.course(app.clock.now()))
    own = reference(one.business_on, one.kind, delivery_id)
    if as_json:
        tries = [_try_as_json(one.channel, attempt) for attempt in sent.attempts]
        facts = {"reference": own, "provider_reference": one.provider_reference, "instead_of": one.instead_of_id}
        replacing = [number for number, _ in sent.replacing]
        content = {"attempts": tries, "replaced_by": replacing, "recipient": one.recipient, "text": one.text}
        echo_json(_as_json(app, sent.row) | facts | content)
        return
    click.echo(f"Lượt gửi số {delivery_id}: {KIND_IN_WORDS[one.kind]} ngày {shown(one.business_on)}")
    click.echo(f"Người nhận: {sent.recipient.person}, {sent.recipient.unit}")
    click.echo(f"Kênh: {CHANNEL_IN_WORDS[one.channel]}" + (f", gửi đến {one.recipient}" if one.recipient else ""))
    click.echo(f"Tình trạng: {state_in_words(one.state, one.known)}. {said}")
    theirs = f"; của bên nhận: {one.provider_reference}" if one.provider_reference else ""
    click.echo(f"Mã tham chiếu: {own}{theirs}")
    if one.instead_of_id:
        click.echo(f"Gửi thay cho lượt số {one.instead_of_id}")
    for number, channel in sent.replacing:
        click.echo(f"Gửi thay bằng lượt số {number} qua {CHANNEL_IN_WORDS[channel]}")
    for attempt in sent.attempts:
        click.echo(f"  {_moment(app, attempt)}: {_try_in_words(one.channel, attempt)}")
    for deed in sent.deeds:
        click.echo(f"  {deed.at.astimezone(_zone(app)):%H:%M %d/%m/%Y}: {deed.by}, {deed.words}")
    if one.text:
        click.echo(f"\nTiêu đề: {one.subject}\n\n{one.text}")


@delivery.command(help="Gửi lại nội dung đã giữ của một lượt đã gửi, đến địa chỉ hiện nay của người nhận.")
@click.argument("delivery_id", metavar="SỐ", type=NUMBER)
@as_user
def resend(delivery_id: int, user: str | None) -> None:
    app = opened()
    resend_delivery(app.database, delivery_id, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã cho gửi lại lượt gửi số {delivery_id}. {NEXT_RUN}")


@delivery.command(help="Hủy một lượt chưa gửi, hoặc mọi lượt khớp với --state, --channel, --on.")
@for_many
@as_user
def cancel(
    delivery_id: int | None, state: str | None, channel: str | None, on: date | None, seen: int | None, user: str | None
) -> None:
    app = opened()
    if delivery_id is None:
        _for_many(app, Deed.CANCEL, state, channel, on, seen, user)
        return
    actor = acting(app.database, user)
    cancel_delivery(app.database, delivery_id, actor=actor, now=app.clock.now())
    kind = show_delivery(app.database, delivery_id, actor=actor).delivery.kind
    click.echo(f"Đã hủy lượt gửi số {delivery_id}. {after_cancelling_in_words(kind)}")


@delivery.command(help="Thử gửi lại ngay một lượt chưa gửi được, hoặc mọi lượt khớp với --state, --channel, --on.")
@for_many
@as_user
def requeue(
    delivery_id: int | None, state: str | None, channel: str | None, on: date | None, seen: int | None, user: str | None
) -> None:
    app = opened()
    if delivery_id is None:
        _for_many(app, Deed.REQUEUE, state, channel, on, seen, user)
        return
    requeue_delivery(app.database, delivery_id, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã cho thử lại lượt gửi số {delivery_id}. {NEXT_RUN}")


@delivery.command(help="Cho gửi các thư của một buổi sáng đang chờ vì quá mức đã đặt.")
@click.option("--on", type=Day(), required=True, help="Buổi sáng của ngày này.")
@as_user
def release(on: date, user: str | None) -> None:
    app = opened()
    waiting = release_batch(app.database, on, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã cho gửi {waiting} thư đang chờ của ngày {shown(on)}. {NEXT_RUN}")


@delivery.command(help="Đọc các thư bị trả lại mới trong hộp thư đã đặt (bounce-url), hoặc một thư trong tệp.")
@click.option("--file", "path", metavar="TỆP", help="Thư bị trả lại, lưu thành tệp .eml.")
@as_user
def bounces(path: str | None, user: str | None) -> None:
    app = opened()
    actor = acting(app.database, user)
    if path is not None:
        mails: ReturnedMail = MailFile(existing(path))
    else:
        mails = ImapMailbox(app.secret(SecretName.BOUNCE_URL))
    read = read_returned(app.database, mails, actor=actor, on=app.today(), now=app.clock.now())
    click.echo(f"Đã đọc {read.mails} thư: {read.in_words()}.")


def _for_many(
    app: Application,
    deed: Deed,
    state: str | None,
    channel: str | None,
    on: date | None,
    seen: int | None,
    user: str | None,
) -> None:
    """With `seen` do it; without, say how many it would be about."""
    if state is None:
        raise click.UsageError("neither a number nor --state")
    fitting = Fitting(STATES[state], CHANNELS[channel] if channel else None, on)
    actor = acting(app.database, user)
    if seen is None:
        count = choose_deliveries(app.database, deed, fitting, actor=actor).count
        click.echo(f"Có {count} lượt gửi khớp; chưa có gì thay đổi. Để {deed} cả {count} lượt, thêm: --seen {count}")
        return
    verb = cancel_deliveries if deed is Deed.CANCEL else requeue_deliveries
    count = verb(app.database, fitting, seen=seen, actor=actor, now=app.clock.now())
    click.echo(f"Đã hủy {count} lượt gửi." if deed is Deed.CANCEL else f"Đã cho thử lại {count} lượt gửi. {NEXT_RUN}")


def _row(app: Application, row: DeliveryRow) -> tuple[object, ...]:
    said = _said(app, row.course(app.clock.now()))
    who = f"{row.person} ({row.unit})"
    stands = state_in_words(row.state, row.known)
    return row.id, shown(row.business_on), CHANNEL_IN_WORDS[row.channel], stands, who, said


def _as_json(app: Application, row: DeliveryRow) -> dict[str, object]:
    return {
        "id": row.id,
        "on": row.business_on,
        "kind": row.kind,
        "channel": row.channel,
        "state": row.state,
        "person": row.person,
        "unit": row.unit,
        "tries": row.tries,
        "fault": row.fault,
        "answer": row.answer,
        "next_at": row.next_at,
        "sent_at": row.sent_at,
        "known": row.known,
        "known_at": row.known_at,
        "in_words": _said(app, row.course(app.clock.now())),
    }


def _try_as_json(channel: Channel, attempt: DeliveryAttempt) -> dict[str, object]:
    return {
        "started_at": attempt.started_at,
        "ended_at": attempt.ended_at,
        "accepted": attempt.accepted,
        "fault": attempt.fault,
        "answer": attempt.answer,
        "in_words": _try_in_words(channel, attempt),
    }


def _try_in_words(channel: Channel, attempt: DeliveryAttempt) -> str:
    if attempt.ended_at is None:
        return "Lượt chạy dừng giữa chừng, chưa rõ tin đã đi hay chưa."
    parts = [fault_in_words(attempt.fault, channel)] if attempt.fault else []
    said = attempt.answer and (answer_in_words(attempt.answer) or f"({attempt.answer})")
    return " ".join([*parts, *([said] if said else [])])


def _said(app: Application, course: Course) -> str:
    return course_in_words(course, on=app.today(), zone=_zone(app))


def _moment(app: Application, attempt: DeliveryAttempt) -> str:
    return f"{attempt.started_at.astimezone(_zone(app)):%H:%M %d/%m/%Y}"


def _zone(app: Application) -> ZoneInfo:
    return ZoneInfo(app.settings.time_zone)
