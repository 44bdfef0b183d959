"""`cchc evidence`: what units hand in, and what the office decides about it."""

from dataclasses import asdict
from datetime import date

import click

from cchc_tasks.cli.layout import echo_json, echo_table, shown
from cchc_tasks.cli.office import NUMBER, Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, existing, opened
from cchc_tasks.domain.vocabulary import Outcome
from cchc_tasks.services.listing import list_evidence
from cchc_tasks.services.submit_evidence import Handed, refuse_secret, submit_evidence
from cchc_tasks.services.verify_evidence import Decision, verify_evidence

evidence = group("evidence", "Tài liệu kiểm chứng: nộp, xác nhận, yêu cầu bổ sung.")
UNSEEN = (
    "Không đọc được chữ trong tệp “{path}” để tìm dấu chỉ độ mật. Người nộp kiểm tra lại và chịu trách nhiệm "
    "bảo đảm tệp không thuộc danh mục bí mật nhà nước."
)
OUTCOME_IN_WORDS = {
    None: "chờ xác nhận",
    Outcome.ACCEPTED: "đã xác nhận",
    Outcome.RETURNED_TO_COMPLETE: "yêu cầu bổ sung",
    Outcome.RETURNED_TO_REDO: "yêu cầu làm lại",
}


@evidence.command("submit", help="Nộp tài liệu cho một hoặc nhiều nhiệm vụ kỳ.")
@click.argument("obligations", metavar="SỐ…", type=NUMBER, nargs=-1, required=True)
@click.option("--file", "files", multiple=True, metavar="TỆP", help="Tệp kèm theo; ghi nhiều lần nếu có nhiều tệp.")
@click.option("--reference", "references", multiple=True, metavar="VĂN BẢN", help="Ví dụ: 12/BC-THPT ngày 03/3/2023.")
@click.option("--link", "links", multiple=True, metavar="ĐƯỜNG DẪN", help="Đường dẫn đến sản phẩm đã đăng.")
@click.option("--received", type=Day(), help="Ngày văn bản đến. Mặc định: hôm nay.")
@click.option("--note", metavar="GHI CHÚ", help="Ghi chú của người nộp.")
@click.option("--as", "user", required=True, metavar="NGƯỜI DÙNG", help="Người nộp.")
@click.option("--on-behalf-of", metavar="MÃ ĐƠN VỊ", help="Nhập thay đơn vị (dành cho thường trực CCHC).")
@as_json
def submit(
    obligations: tuple[int, ...],
    files: tuple[str, ...],
    references: tuple[str, ...],
    links: tuple[str, ...],
    received: date | None,
    note: str | None,
    user: str,
    on_behalf_of: str | None,
    as_json: bool,
) -> None:
    app = opened()
    handed = Handed([existing(one) for one in files], references, links, note, received, on_behalf_of)
    evidence_id = submit_evidence(
        app.database,
        app.vault,
        app.reader,
        obligations,
        handed,
        actor=acting(app.database, user),
        today=app.today(),
        now=app.clock.now(),
    )
    for path in handed.files:
        if not refuse_secret(path, app.reader):
            click.echo(UNSEEN.format(path=path.name), err=True)
    if as_json:
        echo_json({"id": evidence_id, "obligations": list(obligations)})
        return
    click.echo(f"Đã nộp tài liệu kiểm chứng số {evidence_id}. Chờ thường trực CCHC xác nhận.")


@evidence.command("verify", help="Xác nhận tài liệu, hoặc yêu cầu bổ sung.")
@click.argument("evidence_id", metavar="SỐ", type=NUMBER)
@click.option("--accept", is_flag=True, help="Xác nhận hoàn thành.")
@click.option("--return", "reason", metavar="LÝ DO", help="Yêu cầu bổ sung, nêu lý do.")
@click.option("--redo", is_flag=True, help="Cùng với --return: yêu cầu làm lại.")
@click.option("--until", type=Day(), help="Cùng với --return: hạn bổ sung. Mặc định: 3 ngày làm việc.")
@click.option("--as", "user", required=True, metavar="NGƯỜI DÙNG", help="Người xác nhận.")
def verify(evidence_id: int, accept: bool, reason: str | None, redo: bool, until: date | None, user: str) -> None:
    if accept == (reason is not None) or (accept and (redo or until)):
        raise click.UsageError("accept or return")
    outcome = Outcome.RETURNED_TO_REDO if redo else Outcome.RETURNED_TO_COMPLETE
    app = opened()
    supplement_due_on = verify_evidence(
        app.database,
        evidence_id,
        Decision(Outcome.ACCEPTED) if accept else Decision(outcome, reason, until),
        actor=acting(app.database, user),
        today=app.today(),
        now=app.clock.now(),
        supplement_working_days=app.settings.supplement_working_days,
    )
    if supplement_due_on:
        click.echo(f"Đã yêu cầu bổ sung tài liệu số {evidence_id}, hạn bổ sung {shown(supplement_due_on)}.")
    else:
        click.echo(f"Đã xác nhận tài liệu số {evidence_id}.")


@evidence.command("list", help="Danh sách tài liệu kiểm chứng, mới nhất trước.")
@as_json
@as_user
def list_(as_json: bool, user: str | None) -> None:
    app = opened()
    lines = list_evidence(app.database, actor=acting(app.database, user))
    if as_json:
        echo_json([asdict(line) for line in lines])
        return
    rows = (
        (
            line.id,
            shown(line.received_on),
            OUTCOME_IN_WORDS[line.outcome],
            f"lần {line.revision}",
            line.unit,
            ", ".join(map(str, line.obligations)),
            "; ".join(text for _, text in line.items),
        )
        for line in lines
    )
    echo_table(("Số", "Ngày nhận", "Kết quả", "Lần nộp", "Đơn vị", "Nhiệm vụ kỳ", "Tài liệu"), rows)
