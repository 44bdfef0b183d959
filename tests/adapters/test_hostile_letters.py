"""A công văn is written whatever names and titles hold: as plain text, and never torn by a sign or a length."""

from dataclasses import replace

from tests.adapters.test_letters import LATE, LETTER, late_table, opened, said


class TestLetter:
    def test_is_written_for_an_authority_with_a_name_longer_than_properties_hold(self) -> None:
        letter = replace(LETTER, authority="Sở Giáo dục " * 40)
        assert len(opened(letter).core_properties.author) == 255
        assert ("Sở Giáo dục " * 40).strip().upper() in said(letter)

    def test_leaves_out_signs_that_no_word_file_may_hold(self) -> None:
        letter = replace(LETTER, authority="Sở\x07 Giáo dục\ud800", duties=(replace(LATE, duty="Kiểm\x00 tra\x1b"),))
        assert opened(letter).core_properties.author == "Sở Giáo dục"
        assert "Kiểm tra" in late_table(letter).rows[1].cells[2].text

    def test_holds_a_formula_and_markup_as_they_are_written(self) -> None:
        odd = '=HYPERLINK("http://songlam.example") <w:br/>'
        letter = replace(LETTER, duties=(replace(LATE, duty=odd),))
        assert odd in late_table(letter).rows[1].cells[2].text
