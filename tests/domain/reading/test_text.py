"""Normalising and search keys."""

import unicodedata

import pytest

from cchc_tasks.domain.reading.text import normalise, search_key, tidy


class TestOneForm:
    @pytest.mark.parametrize(
        ("typed", "form"),
        [
            (unicodedata.normalize("NFD", "trước ngày"), "trước ngày"),
            ("qúy I", "quý I"),
            ("hoà giải, thuý, khoẻ", "hòa giải, thúy, khỏe"),
            ("hóan, trứơc, gìa, quý, của, khuỷu", "hoán, trước, già, quý, của, khuỷu"),
            ("Trong\u00a0năm\u200b 2023", "Trong năm 2023"),
            ("\uff13\uff10/6", "30/6"),
            ("Quý \u2163", "Quý IV"),
            ("2021 – 2025", "2021 - 2025"),
            ("lộ trình²³", "lộ trình  "),  # a footnote mark is no number
        ],
    )
    def test_is_the_same_for_every_way_of_typing(self, typed: str, form: str):
        assert normalise(typed).text == form
        assert not normalise(typed).repaired

    @pytest.mark.parametrize(
        ("typed", "mended"),
        [
            ("2O23", "2023"),
            ("l5/l2", "15/12"),
            ("Quý l/2023", "Quý I/2023"),
            ("Quý 1V", "Quý IV"),
            ("Qu ý II", "Quý II"),
            ("thá\nng 5", "tháng 5"),
            ("Quý \u0406", "Quý I"),
        ],
    )
    def test_says_when_it_mended_something(self, typed: str, mended: str):
        assert normalise(typed).text == mended
        assert normalise(typed).repaired

    @pytest.mark.parametrize("text", ["Quý 11", "lần 1", "Il", "khi có", "n gày", "loan", "01 lần/năm"])
    def test_leaves_alone_what_is_right_or_hopeless(self, text: str):
        expected = "ngày" if text == "n gày" else text
        assert normalise(text).text == expected


class TestWayBack:
    @pytest.mark.parametrize(
        ("typed", "word", "printed"),
        [
            ("báo cáo Qu ý II/2O23", "Quý II/2023", "Qu ý II/2O23"),
            (unicodedata.normalize("NFD", "trước ngày 5"), "ngày", unicodedata.normalize("NFD", "ngày")),
            ("trong\u200b năm\u200b 2023", "năm", "năm"),
        ],
    )
    def test_leads_to_the_printed_words(self, typed: str, word: str, printed: str):
        form = normalise(typed)
        start = form.text.index(word)
        assert form.printed(start, start + len(word)) == printed

    def test_has_an_origin_for_every_letter_and_the_end(self):
        form = normalise("Qu ý I, l5/12 và thá ng 5")
        assert len(form.origins) == len(form.text) + 1
        assert list(form.origins) == sorted(form.origins)


class TestSearchKey:
    @pytest.mark.parametrize(
        ("text", "key"),
        [("Đề  án\nQuý I", "de an quy i"), ("TỔ CHỨC CÁN BỘ", "to chuc can bo"), ("Thuỷ", "thuy"), ("Thủy", "thuy")],
    )
    def test_has_small_letters_without_diacritics_and_single_spaces(self, text: str, key: str):
        assert search_key(text) == key


class TestTidy:
    def test_keeps_the_printed_letters_and_lines(self):
        assert tidy("Thuỷ\u00a0sản –\u200b\nB") == "Thuỷ sản –\nB"
