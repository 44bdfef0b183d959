"""A công văn đôn đốc is written from what was decided, as things stood on the day it was made."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import LetterUnknown, NoRight
from cchc_tasks.domain.follow_up import FollowUpLetter
from cchc_tasks.services.follow_up_letter import follow_up_letter
from tests.conftest import actor_of
from tests.services.test_follow_ups import SECRETARY, Office, office

MADE_ON = date(2026, 3, 18)


class Kept:
    """A writer that keeps the letter it is given."""

    letter: FollowUpLetter

    def write(self, letter: FollowUpLetter) -> bytes:
        self.letter = letter
        return b"word"


@pytest.fixture
def released(app: Application, tmp_path: Path) -> Office:
    """Both duties followed up by one letter on Wednesday 18 March 2026."""
    here = office(app, tmp_path)
    here.plan(date(2026, 3, 17))
    here.release(1, 2, leaders=False, letter=True, on=MADE_ON)
    return here


def written(here: Office) -> FollowUpLetter:
    writer = Kept()
    follow_up_letter(here.app.database, writer, 1, actor=actor_of(here.app, SECRETARY))
    return writer.letter


class TestLetter:
    def test_takes_from_the_directory_and_the_plan_what_it_says(self, released: Office) -> None:
        letter = written(released)
        assert (letter.superior, letter.authority, letter.place) == (
            "UBND tỉnh Sông Lam",
            "Sở Giáo dục và Đào tạo",
            "Sông Lam",
        )
        assert (letter.symbol, letter.signer_title, letter.signer) == ("SGDĐT-VP", "CHÁNH VĂN PHÒNG", "Phạm Thị Yến")
        document = "Kế hoạch số 20/KH-SGDĐT ngày 05/01/2026"
        assert letter.rows == (
            ("1", "Phòng Tổ chức cán bộ", "Kiểm tra công vụ", document, "05/3/2026", "13"),
            ("2", "Phòng Giáo dục Mầm non", "Rà soát thủ tục", document, "10/3/2026", "8"),
        )

    def test_asks_for_an_answer_within_three_working_days(self, released: Office) -> None:
        assert written(released).answer_by == date(2026, 3, 23)  # a Monday: the weekend between is not counted

    def test_stays_as_it_was_when_the_date_is_moved_and_the_unit_renamed(self, released: Office) -> None:
        before = written(released)
        released.change(lambda one: setattr(one, "due_on", date(2026, 5, 5)))
        with released.app.database.write(released.app.clock.now()) as uow:
            unit = uow.directory.unit_with_code("TCCB")
            uow.directory.keep_former_name(unit, date(2026, 3, 31))
            unit.name = "Phòng Tổ chức và Nhân sự"
        assert written(released) == before

    def test_tells_nobody_s_address(self, released: Office) -> None:
        file = follow_up_letter(released.app.database, released.app.letters, 1, actor=actor_of(released.app, SECRETARY))
        assert file.name == "cong-van-don-doc-1-20260318.docx"
        assert "@" not in Document(BytesIO(file.content)).element.xml.partition("<w:body>")[2]

    def test_is_for_the_secretariat_alone(self, released: Office) -> None:
        with pytest.raises(NoRight):
            follow_up_letter(released.app.database, Kept(), 1, actor=actor_of(released.app, "giamdoc"))
        with pytest.raises(LetterUnknown):
            follow_up_letter(released.app.database, Kept(), 2, actor=actor_of(released.app, SECRETARY))
