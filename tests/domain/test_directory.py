"""A directory that could not be worked with is refused, with the one thing that is wrong."""

from dataclasses import replace

import pytest

from cchc_tasks.domain.directory import DirectorySeed, GroupSeed, PersonSeed, UnitSeed, check_directory
from cchc_tasks.domain.errors import DirectoryInvalid
from cchc_tasks.domain.vocabulary import Role, UnitKind

SO = UnitSeed("SO", "Sở Giáo dục và Đào tạo", UnitKind.AUTHORITY)
VP = UnitSeed("VP", "Văn phòng", UnitKind.DEPARTMENT, "SO", ("Văn phòng Sở",))
TCCB = UnitSeed("TCCB", "Phòng Tổ chức cán bộ", UnitKind.DEPARTMENT, "SO", ("Phòng TCCB",))
SNV = UnitSeed("SNV", "Sở Nội vụ", UnitKind.EXTERNAL)
ROOMS = GroupSeed("cac-phong", "Các phòng", members=("VP", "TCCB"))
VAGUE = GroupSeed("lien-quan", "Đơn vị liên quan", reason="Chưa rõ đơn vị nào.")
SECRETARY = PersonSeed("vp.thuongtruc1", "Trần Thị Mai", Role.SECRETARIAT, "VP", "vp.thuongtruc1@songlam.example")
VP_FOCAL = PersonSeed("vp.daumoi", "Lê Văn Sơn", Role.FOCAL, "VP", "vp.daumoi@songlam.example")
TCCB_HEAD = PersonSeed("tccb.truong", "Võ Đức Nam", Role.HEAD, "TCCB", "tccb.truong@songlam.example")
WHOLE = DirectorySeed("SO", "VP", (SO, VP, TCCB, SNV), (ROOMS, VAGUE), (SECRETARY, VP_FOCAL, TCCB_HEAD))


def with_unit(unit: UnitSeed) -> DirectorySeed:
    """The directory with this unit in the place of the one with its code, or behind the others."""
    return replace(WHOLE, units=(*(one for one in WHOLE.units if one.code != unit.code), unit))


class TestCheckDirectory:
    def test_lets_a_whole_directory_pass(self) -> None:
        check_directory(WHOLE)

    @pytest.mark.parametrize(
        ("seed", "reason"),
        [
            (replace(WHOLE, units=(*WHOLE.units, TCCB)), "mã đơn vị “TCCB” ghi hai lần"),
            (replace(WHOLE, groups=(ROOMS, ROOMS)), "mã nhóm “cac-phong” ghi hai lần"),
            (replace(WHOLE, people=(*WHOLE.people, VP_FOCAL)), "tên người dùng “vp.daumoi” ghi hai lần"),
            (with_unit(replace(TCCB, aliases=("VĂN PHÒNG SỞ",))), "tên gọi “VĂN PHÒNG SỞ” thuộc cả “VP” và “TCCB”"),
            (
                replace(WHOLE, groups=(replace(ROOMS, aliases=("Phòng TCCB",)),)),
                "tên gọi “Phòng TCCB” thuộc cả “TCCB” và “cac-phong”",
            ),
            (with_unit(replace(TCCB, parent="UBND")), "đơn vị “TCCB” nhắc đến mã “UBND” không có"),
            (
                replace(WHOLE, groups=(replace(ROOMS, members=("VP", "KHTC")),)),
                "nhóm “cac-phong” nhắc đến mã “KHTC” không có",
            ),
            (
                replace(WHOLE, groups=(replace(VAGUE, stands_for="KHTC"),)),
                "nhóm “lien-quan” nhắc đến mã “KHTC” không có",
            ),
            (
                replace(WHOLE, people=(*WHOLE.people, replace(VP_FOCAL, user="ai", unit="KHTC"))),
                "người dùng “ai” nhắc đến mã “KHTC” không có",
            ),
            (with_unit(replace(SO, parent="VP")), "đơn vị “VP” nằm trong vòng cấp trên, cấp dưới"),
            (
                replace(WHOLE, groups=(replace(VAGUE, reason=None),)),
                "nhóm “lien-quan” không có thành viên và không nêu lý do",
            ),
            (
                replace(WHOLE, people=(SECRETARY, VP_FOCAL)),
                "đơn vị “TCCB” chưa có trưởng đơn vị hoặc cán bộ đầu mối có địa chỉ thư",
            ),
            (
                replace(WHOLE, people=(SECRETARY, VP_FOCAL, replace(TCCB_HEAD, mail=None))),
                "đơn vị “TCCB” chưa có trưởng đơn vị hoặc cán bộ đầu mối có địa chỉ thư",
            ),
            (
                replace(WHOLE, people=(VP_FOCAL, TCCB_HEAD)),
                "đơn vị thường trực “VP” chưa có người với vai trò SECRETARIAT",
            ),
            (replace(WHOLE, authority="VP"), "phải có đúng một đơn vị loại AUTHORITY, là đơn vị ghi ở authority"),
        ],
    )
    def test_refuses_with_the_thing_that_is_wrong(self, seed: DirectorySeed, reason: str) -> None:
        with pytest.raises(DirectoryInvalid) as refusal:
            check_directory(seed)
        assert refusal.value.facts["reason"] == reason

    @pytest.mark.parametrize(
        "mail",
        [
            "vp.daumoi",
            "a@songlam.example, b@songlam.example",
            "a@songlam.example b@songlam.example",
            "a@songlam.example\nBcc: b@songlam.example",
            "a@songlam.example\n",
            "Lê Văn Sơn <a@songlam.example>",
            "a@b@songlam.example",
            "a@songlam",
        ],
    )
    def test_refuses_what_is_no_single_address(self, mail: str) -> None:
        with pytest.raises(DirectoryInvalid, match="địa chỉ thư"):
            check_directory(replace(WHOLE, people=(*WHOLE.people, replace(VP_FOCAL, user="ai", mail=mail))))
