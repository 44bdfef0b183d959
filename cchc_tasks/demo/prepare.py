"""Puts the sample plan into a fresh data folder and says what to try next."""

from pathlib import Path

from cchc_tasks.demo.sample_plan import sample_plan

HINTS = "doc-truoc.txt"


def prepare_demo(home: Path, year: int) -> str:
    """Write the sample plan of a year into the data folder; gives what to try, in Vietnamese."""
    file = home / f"ke-hoach-mau-{year}.txt"
    file.write_text(sample_plan(year), encoding="utf-8")
    tries = {
        f"cchc read {file}": "hệ thống hiểu từng dòng thế nào",
        f"cchc plan import {file}": "nhập thành bản nháp",
        "cchc plan questions 1": "các câu hỏi cần trả lời",
        "cchc plan publish 1 --accept-questions": "nhận mọi đề xuất và công bố",
        f"cchc remind --on {year}-12-01 --dry-run": "thư sẽ gửi trong một ngày",
        "cchc obligation list --unit TCCB": "việc của một đơn vị",
    }
    width = max(map(len, tries)) + 3
    hints = "\n".join(
        [
            f"Kế hoạch mẫu của Sở Giáo dục và Đào tạo tỉnh Sông Lam: {file}",
            "",
            "Thử tiếp:",
            *(f"  {command.ljust(width)}{what}" for command, what in tries.items()),
            "Người dùng mẫu: vp.thuongtruc1 (thường trực), tccb.daumoi và thpt-nguyen-trai.daumoi (đầu mối),",
            "giamdoc (lãnh đạo).",
        ]
    )
    (home / HINTS).write_text(hints + "\n", encoding="utf-8")
    return hints
