"""Letters of before Unicode: whole alphabets there and back, and texts that must be left alone."""

import io
import re
import unicodedata
import zipfile
from itertools import product

import pytest

from cchc_tasks.adapters.documents.legacy_fonts import in_unicode, is_syllable, to_unicode
from cchc_tasks.adapters.documents.word.docx import read_docx
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Paragraph, SourceDocument
from tests.making.files import word_package

VOWELS, TONES = "aăâeêioôơuưy", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)] + ["đ"]

# How a keyboard driver of then stores each letter, written down apart from the decoder: base by base, tone by tone.
TCVN3 = dict(
    zip(
        LETTERS,
        "a¸µ¶·¹ ¨¾»¼½Æ ©ÊÇÈÉË eÐÌÎÏÑ ªÕÒÓÔÖ iÝ×ØÜÞ oãßáâä «èåæçé ¬íêëìî uóïñòô \u00adøõö÷ù yýúûüþ ®".replace(" ", ""),
        strict=True,
    )
)
VNI = dict(
    zip(
        LETTERS,
        re.findall(
            "[^ ]+",
            "a aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä e eù eø eû eõ eï eâ eá eà eå eã eä i í ì æ ó ò "
            "o où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï u uù uø uû uõ uï ö öù öø öû öõ öï y yù yø yû yõ î ñ",
        ),
        strict=True,
    )
)
PHRASES = (
    "Ủy ban nhân dân tỉnh giao Sở Giáo dục và Đào tạo chủ trì, phối hợp với các đơn vị",
    "Rà soát, đơn giản hóa thủ tục hành chính; niêm yết đầy đủ tại bộ phận một cửa",
    "Kế hoạch số 12/KH-SGDĐT ngày 05/01/2026: trước ngày 15/6, những việc đã quá hạn phải gửi lại ngay",
    "Khuyến khích viên chức đổi mới phương pháp, bồi dưỡng thường xuyên, kỷ luật nghiêm, quỹ thưởng rõ",
)


def in_tcvn3(text: str) -> str:
    """Small letters as TCVN3 stores them; of capitals those that it has."""
    return "".join(TCVN3.get(letter, CAPITALS_OF_TCVN3.get(letter, letter)) for letter in text)


CAPITALS_OF_TCVN3 = dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))


def in_vni(text: str) -> str:
    """Letters as VNI stores them; a capital has a capital's mark."""
    capitals = {letter.upper(): stored.upper() for letter, stored in VNI.items()}
    return "".join({**capitals, **VNI}.get(letter, letter) for letter in text)


class TestTcvn3:
    def test_knows_every_letter(self) -> None:
        assert [to_unicode(TCVN3[letter], ".VnTime") for letter in LETTERS] == LETTERS

    def test_shows_small_letters_as_capitals_in_the_fonts_of_capitals(self) -> None:
        assert to_unicode(in_tcvn3("kế hoạch cải cách hành chính, năm 2026"), ".VnTimeH") == (
            "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH, NĂM 2026"
        )

    @pytest.mark.parametrize("phrase", PHRASES)
    def test_reads_what_offices_write(self, phrase: str) -> None:
        small = phrase[0].lower() + phrase[1:] if phrase[0] not in CAPITALS_OF_TCVN3 else phrase

        assert to_unicode(in_tcvn3(small), "ABCDEF+.VnArial-Bold") == small


class TestVni:
    def test_knows_every_letter_small_and_large(self) -> None:
        both = LETTERS + [letter.upper() for letter in LETTERS]

        assert [to_unicode(in_vni(letter), "VNI-Times") for letter in both] == both

    @pytest.mark.parametrize("phrase", PHRASES)
    def test_reads_what_offices_write(self, phrase: str) -> None:
        assert to_unicode(in_vni(phrase), "VNI-Helve-Condense") == phrase
        assert to_unicode(in_vni(phrase.upper()), "ABCDEF+VNI-Times") == phrase.upper()

    def test_reads_a_capital_with_a_small_mark(self) -> None:
        assert to_unicode("Aán phaåm", "VNI-Times") == "Ấn phẩm"


class TestOtherFonts:
    @pytest.mark.parametrize("font", ["Times New Roman", "Arial", "ABCDEF+TimesNewRomanPSMT", "Vn", "Vanilla", ""])
    def test_are_left_alone(self, font: str) -> None:
        assert to_unicode("Bản mô tả", font) == "Bản mô tả"

    def test_are_left_alone_where_unicode_was_typed_in_an_old_font(self) -> None:
        assert to_unicode("Phương án điều tra", ".VnTime") == "Phương án điều tra"


class TestTextWithoutFonts:
    @pytest.mark.parametrize("stored", [in_tcvn3, in_vni])
    def test_is_decoded_where_it_is_beyond_doubt(self, stored) -> None:
        texts = [phrase.lower() for phrase in PHRASES]
        cells = tuple(Cell(stored(text)) for text in (*texts, "tháng 3", "2026"))

        read = in_unicode(SourceDocument((Grid((GridRow(cells),)),)))

        assert [cell.text for cell in read.grids[0].rows[0].cells] == [*texts, "tháng 3", "2026"]

    @pytest.mark.parametrize("stored", [in_tcvn3, in_vni])
    def test_is_decoded_beside_texts_in_unicode(self, stored) -> None:
        own = Paragraph("Tháng 3 năm 2026, các đơn vị thực hiện")
        old = tuple(Paragraph(stored(phrase.lower())) for phrase in PHRASES)

        read = in_unicode(SourceDocument((own, Paragraph("Báo cáo"), *old)))

        assert read.paragraphs == (own, Paragraph("Báo cáo"), *(Paragraph(phrase.lower()) for phrase in PHRASES))

    @pytest.mark.parametrize(
        "text",
        [
            "Báo cáo tháng, công khai, tài chính, chính sách, các phòng, hành chính, thành viên, bàn giao, quá hạn",
            "Le ministère de l'Éducation a publié les résultats; où êtes-vous? À bientôt, élève, forêt, hôtel",
            "Größe, Straße, müßig, für, über, schön, Mädchen, Öffentlichkeit, Übung, Äpfel",
            "±5 % ©2026 §12 «dự án» ½",
            "",
        ],
    )
    def test_is_left_alone_otherwise(self, text: str) -> None:
        document = SourceDocument((Paragraph(text),))

        assert in_unicode(document) == document


class TestSyllable:
    def test_is_told_from_what_no_vietnamese_says(self) -> None:
        assert all(is_syllable(word) for phrase in PHRASES for word in phrase.lower().split() if word.isalpha())
        assert not any(is_syllable(word) for word in ("ho¹ch", "tØnh", "ngễp", "straße", "élève", "b"))


class TestWordDocument:
    def test_is_decoded_by_the_fonts_of_its_runs(self) -> None:
        fonts = '<w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}"/></w:rPr>'
        body = (
            f"<w:p><w:r>{fonts.format('.VnTimeH')}<w:t>{in_tcvn3('kế hoạch')}</w:t></w:r></w:p>"
            f"<w:p><w:r>{fonts.format('.VnTime')}<w:t>nh</w:t><w:softHyphen/><w:t> tr{chr(0xAD)}íc</w:t></w:r></w:p>"
            f"<w:p><w:r>{fonts.format('VNI-Times')}<w:t>Toå chö</w:t></w:r>"
            f"<w:r>{fonts.format('VNI-Times')}<w:t>ùc</w:t></w:r></w:p>"
            f"<w:p><w:r>{fonts.format('Times New Roman')}<w:t>Tổ chức lại</w:t></w:r></w:p>"
        )

        with zipfile.ZipFile(io.BytesIO(word_package(body))) as archive:
            assert [one.text for one in read_docx(archive).paragraphs] == [
                "KẾ HOẠCH",
                "như trước",
                "Tổ chức",
                "Tổ chức lại",
            ]
