"""Lead and cooperating cells: the tables of docs/units.md row by row, and cells mistyped in every way."""

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.duty import read_duty
from cchc_tasks.domain.reading.findings import Row, UnitCell, UnitMention
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.reading.units import nearest, read_units, unit_key

PAGE = Path(__file__).parents[3] / "docs" / "units.md"
PLAN = Years(2023, 2023)


def rows_of_the_page() -> Iterator[tuple[str, str]]:
    """The rows of every table headed "Ô | Cách đọc | Vì sao"; ⏎ stands for a line break."""
    in_table = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if not line.startswith("|"):
            in_table = False
        elif cells == ["Ô", "Cách đọc", "Vì sao"]:
            in_table = True
        elif in_table and cells[0] != "---":
            yield cells[0].replace("⏎", "\n"), cells[1]


ROWS = list(rows_of_the_page())


def careful_readings() -> list[tuple[str, tuple[UnitMention, ...]]]:
    """Cells as plans of many offices write them, with the units that a careful person reads."""
    lines = (Path(__file__).parents[2] / "readings" / "units.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = (line.split("\t") for line in lines)
    return [
        (cell.replace("\\n", "\n"), tuple(UnitMention(**unit) for unit in json.loads(reading)))
        for cell, _, reading in cells
    ]


def in_words(cell: UnitCell) -> str:
    """A reading as the page writes it."""
    asks = [f"hỏi {question.code}" for question in cell.questions]
    return " + ".join([*map(_unit_in_words, cell.units), *asks]) or "không có đơn vị"


def _unit_in_words(unit: UnitMention) -> str:
    said = [{"lead": "chủ trì", "cooperating": "phối hợp"}[unit.role]] if unit.role else []
    share = f"{unit.share}%" if unit.share is not None else None
    beside = {"bộ phận": unit.section, "kỳ": unit.period, "tỷ lệ": share, "ghi chú": unit.remark}
    said += [f"{name}: {words}" for name, words in beside.items() if words]
    return f"“{unit.text}”" + (f" ({'; '.join(said)})" if said else "")


def names(cell: str) -> list[str]:
    return [unit.text for unit in read_units(cell, PLAN).units]


class TestPageOfUnits:
    @pytest.mark.parametrize(("cell", "reading"), ROWS, ids=[row[0] for row in ROWS])
    def test_says_what_the_program_reads(self, cell: str, reading: str):
        assert in_words(read_units(cell, Years(2025, 2025))) == reading

    def test_is_a_reference_worth_the_name(self):
        assert len(ROWS) > 90


class TestCell:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("Phòng TCCB.", ["Phòng TCCB"]),
            ("Văn phòng, phòng TCCB", ["Văn phòng", "phòng TCCB"]),
            ("Các bộ phận; cá nhân được phân công", ["Các bộ phận", "cá nhân được phân công"]),
            ("VP+TCCB", ["VP", "TCCB"]),
            ("VP/TCCB", ["VP", "TCCB"]),
            ("Văn phòng và phòng TCCB", ["Văn phòng", "phòng TCCB"]),
            ("Phòng GDTrH & Phòng GDTX", ["Phòng GDTrH", "Phòng GDTX"]),
            ("- Phòng TCCB;\n- Văn phòng.", ["Phòng TCCB", "Văn phòng"]),
            ("Phòng TCCB\nVP", ["Phòng TCCB", "VP"]),
            ("Các phòng TCCB, KHTC", ["phòng TCCB", "KHTC"]),
            ("Thanh tra Sở, các phòng Sở", ["Thanh tra Sở", "các phòng Sở"]),
            ("", []),
            (" - ", []),
        ],
    )
    def test_is_cut_between_units(self, cell: str, expected: list[str]):
        assert names(cell) == expected

    @pytest.mark.parametrize(
        "name",
        [
            "Các phòng CM, NV",
            "Các phòng chuyên môn, nghiệp vụ thuộc Sở",
            "Các cá nhân, đơn vị có liên quan",
            "Phòng Tổ chức cán bộ và Công tác học sinh",
            "Bộ phận TNHS và TKQ",
            "Các đơn vị thuộc và trực thuộc Sở",
            "Phòng Kế hoạch - Tài chính",
            "Sở GD&ĐT",
            "Các phòng, ban thuộc Sở",
            "Phòng GD&ĐT các huyện, thị xã, thành phố",
            "Phòng Kế hoạch Tổng hợp",
            "Phòng tổng hợp",
            "Các phòng, đơn vị trực thuộc",
            "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
            "Ban Chỉ huy Phòng thủ dân sự và Tìm kiếm cứu nạn",
            "UBND các huyện, thành phố Thủ Đức",
            "Báo và Đài Phát thanh - Truyền hình tỉnh",
        ],
    )
    def test_leaves_a_name_whole_that_holds_a_separator(self, name: str):
        assert names(name) == [name]

    def test_joins_a_name_torn_over_two_lines(self):
        assert names("Tổ kiểm soát\nTTHC.") == ["Tổ kiểm soát TTHC"]


class TestMention:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("Văn phòng Sở (bộ phận Pháp chế)", UnitMention("Văn phòng Sở", section="bộ phận Pháp chế")),
            ("Phòng KH-TC tổng hợp báo cáo", UnitMention("Phòng KH-TC", remark="tổng hợp báo cáo")),
            ("Sở Nội vụ (phối hợp)", UnitMention("Sở Nội vụ", role="cooperating")),
            ("Văn phòng chủ trì", UnitMention("Văn phòng", role="lead")),
            ("Tổ CNTT (quý IV)", UnitMention("Tổ CNTT", period="2023-Q4")),
            ("VP (6 tháng đầu năm)", UnitMention("VP", period="2023-H1")),
            ("Phòng TCCB (đầu mối)", UnitMention("Phòng TCCB", remark="đầu mối")),
            ("Phòng TCCB (chủ trì, quý I)", UnitMention("Phòng TCCB", role="lead", period="2023-Q1")),
            ("VP (từ 01/4 đến 30/6/2023)", UnitMention("VP", period="2023-Q2")),
            ("Phòng TCCB quý III", UnitMention("Phòng TCCB", period="2023-Q3")),
            ("Thanh tra (Phòng 1) theo dõi", UnitMention("Thanh tra", section="Phòng 1", remark="theo dõi")),
            ("Sở Nội vụ (Sở Tài chính tham mưu)", UnitMention("Sở Nội vụ", remark="Sở Tài chính tham mưu")),
            ("20% các đơn vị", UnitMention("các đơn vị", share=20)),
        ],
    )
    def test_keeps_apart_what_stands_beside_the_name(self, cell: str, expected: UnitMention):
        assert read_units(cell, PLAN).units == (expected,)

    def test_takes_its_role_from_the_heading_before_it(self):
        units = read_units("Chủ trì: Phòng TCCB; Phối hợp: Văn phòng, Thanh tra").units
        assert [unit.role for unit in units] == ["lead", "cooperating", "cooperating"]

    def test_keeps_the_printed_period_where_no_year_is_known(self):
        cell = read_units("Phòng TCCB (quý I), Văn phòng (6 tháng đầu năm)")
        assert [unit.period for unit in cell.units] == ["quý I", "6 tháng đầu năm"]
        assert cell.questions == ()

    @pytest.mark.parametrize("bracket", ["trước 01/3/2023", "đến 31/6", "quý I, II"])
    def test_asks_for_a_time_that_is_not_one_period(self, bracket: str):
        cell = read_units(f"Phòng TCCB ({bracket})", PLAN)
        assert [unit.period for unit in cell.units] == [None]
        assert [question.words for question in cell.questions] == [bracket]

    @pytest.mark.parametrize("cell", ["nt", "-nt-", "Như trên.", "n/t"])
    def test_asks_who_stood_above(self, cell: str):
        reading = read_units(cell, PLAN)
        assert reading.units == ()
        assert [(question.code, question.words in cell) for question in reading.questions] == [("unit-as-above", True)]

    @pytest.mark.parametrize("cell", ["Không", "không có.", "Không có đơn vị phối hợp"])
    def test_asks_nothing_when_nobody_is_named(self, cell: str):
        reading = read_units(cell, PLAN)
        assert (reading.units, reading.questions) == ((), ())
        assert len(reading.unread) == 1


class TestCarefulReadings:
    def test_are_reached_in_nineteen_cells_of_twenty(self):
        readings = careful_readings()
        missed = [cell for cell, units in readings if read_units(cell, Years(2025, 2025)).units != units]
        assert len(readings) >= 150
        assert len(missed) <= len(readings) // 20, missed


class TestLeadCellOfARow:
    @pytest.mark.parametrize("cell", ["", "-", "Không", "x", "Chưa phân công"])
    def test_asks_who_leads_when_it_names_nobody(self, cell: str):
        assert _asked_of("lead", lead=cell) == ["lead-missing"]

    def test_asks_once_when_it_says_as_above(self):
        assert _asked_of("lead", lead="nt") == ["unit-as-above"]

    def test_asks_nothing_when_the_other_cell_names_the_lead(self):
        assert _asked_of("lead", lead="", cooperating="Chủ trì: Văn phòng; phối hợp: Thanh tra") == []


def _asked_of(about: str, **cells: str) -> list[str]:
    given = {"product": "", "time": "Quý I", "cooperating": ""} | cells
    asked = read_duty(Row("1", "1", None, "Họp", given), PLAN).questions
    return [question.code for question in asked if question.about == about]


class TestRealPlan:
    def test_is_read_as_a_careful_person_reads_it(self, shared: Path):
        rows = json.loads((shared / "gold" / "003_rows.json").read_text(encoding="utf-8"))
        for row in rows:
            assert names(row["lead_cell"]) == row["leads"]
            assert names(row["coordinators_cell"]) == row["coordinators"]
            periods = {unit.period: unit.text for unit in read_units(row["lead_cell"], PLAN).units if unit.period}
            assert periods == row.get("lead_by_period", {})


def _swapped(cell: str, chance: random.Random) -> str:
    return re.sub(r"[,;/+\n]", lambda _: chance.choice(",;/+&\n:.-"), cell)


def _unbalanced(cell: str, chance: random.Random) -> str:
    place = chance.randrange(len(cell) + 1)
    return cell[:place] + chance.choice("()[](") + cell[place:]


def _thinned(cell: str, chance: random.Random) -> str:
    return "".join(letter for letter in cell if chance.random() > 0.1)


def _shuffled(cell: str, chance: random.Random) -> str:
    words = cell.split(" ")
    chance.shuffle(words)
    return " ".join(words)


MUTATIONS: list[Callable[[str, random.Random], str]] = [
    lambda cell, _: search_key(cell),
    lambda cell, _: cell.replace(" ", "  "),
    lambda cell, _: cell.replace(" ", ""),
    lambda cell, _: cell.upper(),
    lambda cell, chance: cell[: chance.randrange(len(cell) + 1)],
    lambda cell, chance: cell[chance.randrange(len(cell) + 1) :],
    _swapped,
    _unbalanced,
    _thinned,
    _shuffled,
]


def _stands_in(text: str, cell: str) -> bool:
    """Whether every letter of a text stands in a cell, in this order."""
    left = iter(search_key(cell))
    return all(letter in left for letter in search_key(text) if letter.isalpha())


class TestMistypedCell:
    """Real cells, damaged up to three times over."""

    @pytest.mark.parametrize("cell", [*(row[0] for row in ROWS), *(cell for cell, _ in careful_readings())])
    def test_is_always_read_and_nothing_is_made_up(self, cell: str):
        chance = random.Random(cell)
        for _ in range(40):
            damaged = cell
            for mutate in chance.sample(MUTATIONS, chance.randint(1, 3)):
                damaged = mutate(damaged, chance)
            for unit in read_units(damaged, PLAN).units:
                assert unit.text.strip() == unit.text != ""
                assert _stands_in(unit.text, damaged)

    @pytest.mark.parametrize("cell", [row[0] for row in ROWS])
    def test_reads_the_same_with_spaces_doubled(self, cell: str):
        assert read_units(cell.replace(" ", "  "), PLAN).units == read_units(cell, PLAN).units

    @pytest.mark.parametrize(
        "piece", ["(", "phòng ", "A, ", "Các khoa, ", "Sở Nội vụ ", "Phòng A tổng hợp, ", "\n- ", "."]
    )
    def test_is_read_in_time_however_long(self, piece: str):
        assert read_units(piece * 3000, PLAN).cell == piece * 3000


class TestUnitKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("KH-TC", "KHTC"),
            ("KH&TC", "KHTC"),
            ("Phòng Kế hoạch - Tài chính", "phòng Kế hoạch và Tài chính"),
            ("Văn phòng Sở", "VĂN PHÒNG"),
            ("Thanh tra Sở GD&ĐT", "Thanh tra"),
            ("Các đơn vị thuộc và trực thuộc Sở.", "Các đơn vị thuộc và trực thuộc"),
            ("Phòng Tổ chức cán bộ", "Phong To chuc can bo"),
        ],
    )
    def test_is_the_same_for_two_spellings(self, one: str, other: str):
        assert unit_key(one) == unit_key(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("Sở Nội vụ", "Sở Tài chính"), ("Sở", ""), ("Các đơn vị trực thuộc", "Các đơn vị thuộc")]
    )
    def test_differs_for_different_units(self, one: str, other: str):
        assert unit_key(one) != unit_key(other)


class TestNearest:
    def test_finds_the_name_behind_a_typing_error(self):
        assert nearest("Phòng Tổ chức cán bọ", ["Phòng Tổ chức cán bộ", "Văn phòng"]) == "Phòng Tổ chức cán bộ"

    def test_finds_nothing_when_nothing_is_close(self):
        assert nearest("Hội Khuyến học", ["Văn phòng", "Thanh tra"]) is None
