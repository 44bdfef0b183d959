"""Looks the system over part by part: what is well, what is not, and what to do about it, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import SecretKeyMissing, Unavailable
from cchc_tasks.domain.schedules import REMINDERS, SCHEDULES
from cchc_tasks.domain.secret_names import SecretName, way_back
from cchc_tasks.domain.vocabulary import Verdict
from cchc_tasks.ports import Receipt
from cchc_tasks.services.engine_health import EngineHealth, Pulse, engine_health, moment_in_words
from cchc_tasks.services.housekeeping import newest_backup
from cchc_tasks.services.rotate_key import Boxes, look_at_sealed
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database

DEPLOYMENTS = tuple(one.flow for one in SCHEDULES)
WITHIN = timedelta(hours=26)  # every deployment runs at least daily; two hours for a machine that slept
CLOCK_MAY_LAG = timedelta(minutes=5)
GB = 1_000_000_000
LITTLE_DISK, NO_DISK = 5 * GB, GB
BACKUP_DUE, BACKUP_MISSED = 1, 3  # days
START = "Chạy lệnh: cchc up."


@dataclass(frozen=True, slots=True)
class Outside:
    """What was seen around the database; None stands for what does not answer or, for mail, is not set."""

    web: str | None  # its address
    scheduled: Mapping[str, datetime] | None  # the next run of each deployment that has one within WITHIN
    mail: Receipt | None
    free: int  # bytes of the disk that holds the data folder


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about a part; `to_do` is empty where nothing has to be done."""

    part: str
    verdict: Verdict
    said: str
    to_do: str = ""


def examine(
    database: Database,
    home: Path,
    key: Path | None,
    outside: Outside,
    boxes: Boxes,
    *,
    actor: Actor,
    zone: ZoneInfo,
    on: date,
    now: datetime,
) -> list[Finding]:
    """One finding for each part; without `key` it is the environment's.

    Where the database cannot be used, what would be read from it is left out.
    """
    require(actor, Action.MANAGE_SYSTEM)
    state = _database(database)
    found = [state, _key(key), _web(outside.web), _schedules(outside.scheduled, zone)]
    if state.verdict is not Verdict.BROKEN:
        found += [*_kept(database, zone, on, now), *_sealed(database, boxes)]
    return [*found, _mail(outside.mail), _disk(outside.free), _backup(home, on)]


def _database(database: Database) -> Finding:
    part = "Cơ sở dữ liệu"
    try:
        revision = schema.revision(database)
    except Unavailable as error:
        return Finding(part, Verdict.BROKEN, str(error), "Kiểm tra máy chủ cơ sở dữ liệu và CCHC_DATABASE_URL.")
    if revision is None:
        return Finding(part, Verdict.BROKEN, "Chưa có bảng nào.", "Chạy lệnh cchc init, hoặc khôi phục bản sao lưu.")
    if revision != schema.newest():
        return Finding(part, Verdict.BROKEN, "Chưa ở phiên bản hiện tại.", "Chạy lệnh: cchc db upgrade.")
    return Finding(part, Verdict.WELL, f"Kết nối được ({database.kind}), ở phiên bản hiện tại.")


def _key(key: Path | None) -> Finding:
    part = "Khóa bí mật"
    if key is None:
        return Finding(part, Verdict.WELL, "Lấy từ CCHC_SECRET_KEY.")
    if not key.is_file():
        to_do = "Chép lại tệp từ nơi cất giữ. Không có khóa này, khóa kết nối và mã hai bước phải đặt lại."
        return Finding(part, Verdict.BROKEN, f"Không có tệp {key}.", to_do)
    if key.stat().st_mode & 0o077:
        return Finding(part, Verdict.LOOK, "Người khác trên máy chủ đọc được tệp khóa.", f"Chạy lệnh: chmod 600 {key}")
    return Finding(part, Verdict.WELL, "Chỉ tài khoản chạy hệ thống đọc được.")


def _sealed(database: Database, boxes: Boxes) -> Iterator[Finding]:
    """Whether what is sealed opens; nothing where there is no key to try."""
    part = "Khóa kết nối"
    try:
        with database.read() as uow:
            sealed = look_at_sealed(uow, boxes)
    except SecretKeyMissing:
        return
    if sealed.whole:
        said = f"Mở được {sealed.connections} khóa kết nối và {sealed.second_factors} mã xác thực hai bước."
        yield Finding(part, Verdict.WELL, said)
        return
    lost = [*sealed.lost_connections]
    if sealed.lost_second_factors:
        lost.append(f"mã xác thực hai bước của {sealed.lost_second_factors} người")
    to_do = " ".join(
        [
            *(way_back(SecretName(name)) for name in sealed.lost_connections),
            *(["Đặt lại mã: cchc user password NGƯỜI_DÙNG --reset-totp."] if sealed.lost_second_factors else []),
            "Còn khóa cũ thì ghi thêm thành một dòng ở cuối tệp secret.key.",
        ]
    )
    yield Finding(part, Verdict.BROKEN, f"Khóa bí mật đã đổi nên không mở được: {', '.join(lost)}.", to_do)


def _web(address: str | None) -> Finding:
    part = "Trang web"
    if address is None:
        return Finding(part, Verdict.BROKEN, "Không chạy.", START)
    return Finding(part, Verdict.WELL, f"Đang chạy ở {address}.")


def _schedules(scheduled: Mapping[str, datetime] | None, zone: ZoneInfo) -> Finding:
    part = "Bộ lập lịch"
    if scheduled is None:
        return Finding(part, Verdict.BROKEN, "Prefect không trả lời.", f"{START} Nếu đang chạy, xem logs/prefect.log.")
    missing = [name for name in DEPLOYMENTS if name not in scheduled]
    if missing:
        said = f"Không có lượt chạy nào trong {WITHIN // timedelta(hours=1)} giờ tới: {', '.join(missing)}."
        return Finding(part, Verdict.BROKEN, said, "Dừng hệ thống rồi chạy lại cchc up. Xem logs/runner.log.")
    return Finding(part, Verdict.WELL, f"Đủ lịch; nhắc việc chạy lúc {_moment(scheduled[REMINDERS], zone)}.")


def _kept(database: Database, zone: ZoneInfo, on: date, now: datetime) -> Iterator[Finding]:
    """What the database itself tells."""
    health = engine_health(database, on=on, now=now, zone=zone)
    with database.read() as uow:
        written_at = uow.journal.newest_at()
    yield _runner(health, zone)
    yield from (_pulse(one, health, zone) for one in health.pulses)
    yield _alerts(health)
    yield _clock(written_at, zone, now)


def _runner(health: EngineHealth, zone: ZoneInfo) -> Finding:
    part = "Bộ chạy việc"
    if health.beats:
        return Finding(part, Verdict.WELL, "Đang chạy.")
    since = f"Đã ngừng từ {moment_in_words(health.beaten_at, zone)}." if health.beaten_at else "Chưa được khởi động."
    return Finding(part, Verdict.BROKEN, since, f"{START} Nếu đang chạy, xem logs/runner.log.")


def _pulse(one: Pulse, health: EngineHealth, zone: ZoneInfo) -> Finding:
    last = (
        f"Lượt gần nhất xong lúc {moment_in_words(one.finished_at, zone)}: {one.said}."
        if one.finished_at
        else f"Chưa có lượt nào; lượt tới lúc {moment_in_words(one.next_at, zone)}."
    )
    if one.silent_since is None:
        return Finding(one.name, Verdict.WELL, last)
    by_hand = "Gửi bù bằng lệnh: cchc remind --on NGÀY. " if one.flow == REMINDERS else ""
    to_do = f"{by_hand}Xem logs/runner.log." if health.beats else START
    return Finding(one.name, Verdict.BROKEN, f"Đã ngừng từ {moment_in_words(one.silent_since, zone)}. {last}", to_do)


def _alerts(health: EngineHealth) -> Finding:
    part = "Cảnh báo hôm nay"
    failed = (f"{health.failed_today} lượt gửi lỗi.",) if health.failed_today else ()
    said = " ".join((*failed, *health.alerts_today))
    if not said:
        return Finding(part, Verdict.WELL, "Không có.")
    return Finding(part, Verdict.LOOK, said, "Xem trang Lượt gửi và nhật ký trong thư mục logs.")


def _clock(written_at: datetime | None, zone: ZoneInfo, now: datetime) -> Finding:
    part = "Đồng hồ"
    said = f"Bây giờ là {_moment(now, zone)} ({zone.key})."
    if written_at is not None and written_at - now > CLOCK_MAY_LAG:
        said += f" Nhật ký đã có dòng ghi lúc {_moment(written_at, zone)}."
        return Finding(part, Verdict.BROKEN, said, "Đồng hồ máy chủ chạy chậm. Đặt lại giờ và bật đồng bộ thời gian.")
    return Finding(part, Verdict.WELL, said)


def _mail(answer: Receipt | None) -> Finding:
    part = "Kênh thư"
    if answer is None:
        to_do = "Chạy lệnh: cchc secret set mail-url. Thư đã soạn được giữ lại và gửi khi có máy chủ thư."
        return Finding(part, Verdict.LOOK, "Chưa đặt máy chủ thư.", to_do)
    if not answer.accepted:
        to_do = "Kiểm tra địa chỉ máy chủ thư (CCHC_MAIL_URL hoặc cchc secret set mail-url). Thư chưa gửi được giữ lại."
        return Finding(part, Verdict.BROKEN, answer.answer, to_do)
    return Finding(part, Verdict.WELL, answer.answer)


def _disk(free: int) -> Finding:
    part = "Đĩa"
    said = f"Còn trống {_gigabytes(free)} GB."
    if free >= LITTLE_DISK:
        return Finding(part, Verdict.WELL, said)
    verdict = Verdict.BROKEN if free < NO_DISK else Verdict.LOOK
    return Finding(part, verdict, said, "Giải phóng chỗ trên ổ đĩa chứa thư mục dữ liệu.")


def _backup(home: Path, on: date) -> Finding:
    part = "Sao lưu"
    made_on = newest_backup(home)
    if made_on is None:
        to_do = "Bản đầu tiên được lập lúc 2 giờ đêm. Lập ngay bằng lệnh: cchc db backup TỆP."
        return Finding(part, Verdict.LOOK, "Chưa có bản sao lưu hằng đêm nào.", to_do)
    said = f"Bản gần nhất ngày {short_date(made_on)}."
    days = (on - made_on).days
    if days <= BACKUP_DUE:
        return Finding(part, Verdict.WELL, said)
    verdict = Verdict.BROKEN if days > BACKUP_MISSED else Verdict.LOOK
    return Finding(part, verdict, said, "Lập ngay bằng lệnh cchc db backup TỆP. Xem logs/runner.log.")


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%H:%M} ngày {short_date(local.date())}"


def _gigabytes(size: int) -> str:
    return f"{size / GB:.1f}".replace(".", ",")
