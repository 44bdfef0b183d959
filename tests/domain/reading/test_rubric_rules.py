"""The rules of a criterion: points of cases, formulas, thresholds, and how they make a scheme."""

from fractions import Fraction

import pytest

from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.rubric_rows.criteria import Additive, Criterion, Formula, Proportional, Range, Thresholds
from cchc_tasks.domain.reading.rubric_rows.formulas import formula_text, value_of
from tests.making.rubrics import asked, rubric


def criterion_of(cell: str, maximum: str = "") -> tuple[Criterion, tuple[Question, ...]]:
    (criterion,), questions = rubric(f"1 | Một tiêu chí⏎{cell} | {maximum} | Văn phòng")
    return criterion, questions


def without_spaces(text: str) -> str:
    return "".join(text.split())


class TestRule:
    @pytest.mark.parametrize(
        ("line", "reading"),
        [
            ("Có ban hành: 0,25", "Có ban hành → 1/4"),
            ("Có ban hành: 1/2 điểm.", "Có ban hành → 1/2"),
            ("Có ban hành (0.5 điểm)", "Có ban hành → 1/2"),
            ("Có ban hành đạt 1", "Có ban hành → 1"),
            ("Nếu có ban hành thì được 1 điểm", "có ban hành → 1"),
            ("Có ban hành thì điểm đánh giá là: 1", "Có ban hành → 1"),
            ("1 điểm: có ban hành", "có ban hành → 1"),
            ("*Có ban hành: 1*", "Có ban hành → 1"),
            ("a) Có ban hành = 1 điểm;", "Có ban hành → 1"),
            ("Không ban hành thì không được điểm", "Không ban hành → 0"),
            ("Ban hành trong quý I (trừ văn bản mật): 1", "Ban hành trong quý I (trừ văn bản mật) → 1"),
            ("Mỗi lần gửi chậm trừ 0,1 điểm, trừ cho đến hết số điểm", "Mỗi lần gửi chậm → -1/10"),
            ("Cứ mỗi tin được cộng 0,2 điểm nhưng không quá 1 điểm", "Cứ mỗi tin → 1/5"),
        ],
    )
    def test_gives_points_to_its_case(self, line: str, reading: str) -> None:
        criterion, _ = criterion_of(line)
        assert [f"{level.text} → {level.points}" for level in criterion.levels] == [reading]

    def test_runs_on_behind_another_in_one_line(self) -> None:
        criterion, questions = criterion_of("Gửi đúng hạn: 1 điểm; gửi chậm: 0,5 điểm; không gửi: 0 điểm", "1")
        assert [level.points for level in criterion.levels] == [1, Fraction(1, 2), 0]
        assert questions == ()

    def test_that_says_nothing_of_points_is_asked_about(self) -> None:
        _, (question,) = criterion_of("Gửi đúng hạn: 1⏎Gửi chậm thì xem xét sau", "1")
        assert (question.code, question.words) == ("rule-unread", "Gửi chậm thì xem xét sau")

    def test_within_another_is_asked_about(self) -> None:
        criterion, questions = criterion_of("Có kế hoạch: 1⏎Trong đó: Đúng hạn: 1; chậm: 0,5", "1")
        assert [question.code for question in questions] == ["rule-unread", "rule-unread"]
        assert [level.text for level in criterion.levels] == ["Có kế hoạch"]

    def test_without_a_maximum_to_take_a_part_of_is_asked_about(self) -> None:
        criterion, questions = criterion_of("Gửi đúng hạn: đạt điểm tối đa⏎Gửi chậm: 50% số điểm")
        assert asked(questions) == [("maximum-missing", "1")]
        assert criterion.levels == ()


class TestFormula:
    @pytest.mark.parametrize(
        "text",
        [
            "(số việc xong/số việc được giao) x 2,5 điểm",
            "(b/a)*1.0+(c/a)*0.5",
            "[Tỷ lệ % học bạ số × 1]/100%",
            "1 - (số hồ sơ quá hạn/tổng số hồ sơ (trừ hồ sơ mật))",
            "(Tổng số văn bản - Số văn bản giấy) : Tổng số văn bản x Điểm tối đa",
        ],
    )
    def test_is_printed_back_as_it_stood(self, text: str) -> None:
        criterion, _ = criterion_of(f"Tính theo công thức: {text}", "3")
        assert criterion.formula is not None
        assert without_spaces(formula_text(criterion.formula)) == without_spaces(text)

    def test_needs_no_word_that_announces_it(self) -> None:
        criterion, _ = criterion_of("Số lớp tập huấn x 0,25 điểm (tối đa 2 điểm)")
        assert isinstance(criterion.scheme, Formula)
        assert criterion.scheme.most == 2

    def test_in_typeset_form_is_read_as_typed(self) -> None:
        criterion, _ = criterion_of(
            r"Điểm đánh giá được tính theo công thức: $\frac{\text{Số A}}{\text{Số B}} \times 2$"
        )
        assert criterion.formula is not None
        assert formula_text(criterion.formula) == "Số A/Số B × 2"
        assert criterion.max_points == 2

    def test_is_worth_what_its_inputs_make_of_it(self) -> None:
        criterion, _ = criterion_of("Tính theo công thức: (b/a)*1.0+(c/a)*0.5", "1")
        assert criterion.formula is not None
        inputs = {"a": Fraction(10), "b": Fraction(6), "c": Fraction(4)}
        assert value_of(criterion.formula, inputs) == Fraction(4, 5)

    def test_names_its_inputs_and_what_they_are(self) -> None:
        criterion, _ = criterion_of("Điểm = (b/a)*1,0⏎Trong đó: a là tổng số lớp; b là số lớp có đủ sổ", "1")
        assert isinstance(criterion.scheme, Formula)
        assert [(each.name, each.meaning) for each in criterion.scheme.inputs] == [
            ("b", "số lớp có đủ sổ"),
            ("a", "tổng số lớp"),
        ]

    @pytest.mark.parametrize(
        "text", ["(" * 5000, "a x", "x".join("(" * 40), "(a/b", "(a/b x 2,5 điểm", "a/b. Xem thêm mục 2 x 3"]
    )
    def test_that_cannot_be_read_is_asked_about(self, text: str) -> None:
        criterion, questions = criterion_of(f"Tính theo công thức: {text}", "1")
        assert criterion.formula is None
        assert "rule-unread" in [question.code for question in questions]


class TestScheme:
    def test_pays_a_share_above_its_floor(self) -> None:
        criterion, questions = criterion_of("Tính điểm theo tỷ lệ hồ sơ đúng hạn; nếu < 50% thì 0 điểm", "2")
        assert isinstance(criterion.scheme, Proportional)
        assert criterion.scheme.share == "tỷ lệ hồ sơ đúng hạn"
        assert criterion.scheme.most == 2
        assert criterion.scheme.over == Range(Fraction(50), None, "%")
        assert questions == ()

    def test_takes_points_off_down_to_nothing(self) -> None:
        criterion, _ = criterion_of("Không trễ: 1 điểm⏎Mỗi hồ sơ trễ hạn trừ 0,1 điểm, tối đa trừ 0,5 điểm", "1")
        assert isinstance(criterion.scheme, Additive)
        (deduction,) = criterion.scheme.deductions
        assert (deduction.points, deduction.each, deduction.at_most) == (Fraction(1, 10), True, Fraction(1, 2))
        assert criterion.scheme.at_most == 1
        assert criterion.scheme.floor == 0

    def test_of_points_nobody_says_to_add_is_asked_about(self) -> None:
        criterion, (question,) = criterion_of("Có trang tin: 0,5⏎Có bảng tin: 0,3")
        assert (question.code, question.proposal) == ("scheme-unclear", "Cộng các mức")
        assert criterion.scheme_family == "additive"

    def test_of_points_that_reach_the_maximum_together_adds_them(self) -> None:
        criterion, questions = criterion_of("Có trang tin: 0,5⏎Có bảng tin: 0,3", "0,8")
        assert criterion.scheme_family == "additive"
        assert questions == ()


class TestThresholds:
    @pytest.mark.parametrize(
        ("levels", "code", "proposal"),
        [
            ("Trên 90%: 1⏎Từ 50% đến dưới 90%: 0,5⏎Dưới 50%: 0", "threshold-hole", "Từ 90% trở lên: 1"),
            ("Trên 90 tin: 1⏎Từ 50 - 89 tin: 0,5⏎Dưới 50 tin: 0", "threshold-hole", "Từ 90 tin trở lên: 1"),
            ("Từ 90% trở lên: 1⏎Từ 50% - 90%: 0,5⏎Dưới 50%: 0", "threshold-overlap", "Từ 50% đến dưới 90%: 0,5"),
            ("Từ 90% trở lên: 1⏎Từ 50% - 80%: 0,5⏎Dưới 50%: 0", "threshold-hole", None),
            ("Từ 90% trở lên: 1⏎Từ 50% đến dưới 90%: 0,5", "threshold-hole", None),
        ],
    )
    def test_that_leave_a_value_out_or_give_it_twice_are_asked_about(
        self, levels: str, code: str, proposal: str | None
    ) -> None:
        criterion, (question,) = criterion_of(levels, "1")
        assert isinstance(criterion.scheme, Thresholds)
        assert (question.code, question.proposal) == (code, proposal)
        if proposal is not None and question.words is not None:
            _, left = criterion_of(levels.replace(question.words, proposal), "1")
            assert left == ()

    @pytest.mark.parametrize(
        "levels",
        [
            "100%: 1⏎Từ 95% đến dưới 100%: 0,5⏎Dưới 95%: 0",
            "≥ 90%: 1⏎80% ≤ x < 90%: 0,5⏎< 80%: 0",
            "Trên 50%: 1⏎Không quá 50%: 0",
            "Từ 05 lần trở lên: 1⏎Từ 03 đến 04 lần: 0,5⏎Dưới 03 lần: 0",
        ],
    )
    def test_that_cover_their_scale_are_not_asked_about(self, levels: str) -> None:
        criterion, questions = criterion_of(levels, "1")
        assert isinstance(criterion.scheme, Thresholds)
        assert questions == ()
