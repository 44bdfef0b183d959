"""config/zalo.toml as the project brings it, and what is said of one that an office got wrong."""

import re
from pathlib import Path

import pytest

from cchc_tasks.adapters.zalo.settings import Parameter, read_zalo
from cchc_tasks.domain.errors import ConfigInvalid
from cchc_tasks.domain.vocabulary import DeliveryKind, Fault
from tests.conftest import CHECKOUT
from tests.zalo_server import TEMPLATE_TOML

FILE = CHECKOUT / "config" / "zalo.toml"


def changed(folder: Path, old: str, new: str) -> Path:
    """The project's file with one thing put in the place of another."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    (folder / "zalo.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder / "zalo.toml"


class TestTheProjectsFile:
    def test_has_no_template_and_every_code_of_the_classes_that_zalo_documents(self) -> None:
        settings = read_zalo(FILE)
        assert settings.templates == {}
        classes = {
            None: [-216, -220, -124],
            Fault.AGAIN: [-32, -100],
            Fault.TOMORROW: [-144, -147],
            Fault.MORNING: [-133, -234],
            Fault.OTHER_CHANNEL: [-118, -119, -114, -213, -227, -230, -232, -139, -141, -218],
            Fault.STOP: [-101, -102, -103, -104, -105, -115, -131, -135, -136, -137, -1351, -146],
        }
        classes[Fault.STOP] += [-219, -221, -222, -223, -224, -320, -321]
        for fault, codes in classes.items():
            assert {code: settings.codes[code].fault for code in codes} == dict.fromkeys(codes, fault)
        assert settings.code(-424242).fault is Fault.AGAIN

    def test_shows_a_template_by_an_example_that_can_be_read(self, tmp_path: Path) -> None:
        example = re.findall(r"^#   (\[templates\.DIGEST.*|[a-z_]+ = .*)$", FILE.read_text(encoding="utf-8"), re.M)
        settings = read_zalo(changed(tmp_path, '[templates.DIGEST]\nid = ""\n', "\n".join(example) + "\n"))
        template = settings.templates[DeliveryKind.DIGEST]
        assert template.id == "300123"
        assert template.parameters[2] == Parameter("han", "due_on", "status", 30, True, "không có hạn")


class TestAWrongFile:
    @pytest.mark.parametrize(
        ("old", "new", "where"),
        [
            ('phone = "https://', 'phone = "http://', "addresses: phone phải bắt đầu bằng https://"),
            ("https://oauth.zaloapp.com", "https://oauth:cong", "addresses: token phải là một địa chỉ"),
            ("answer_seconds = 10", "answer_seconds = 60", "limits: answer_seconds nhiều nhất là 20"),
            ("text = 2000", "text = 0", "limits: text phải từ 1"),
            ("refresh_days = 90", "", "limits: thiếu refresh_days"),
            ('["06:00", "22:00"]', '["22:00", "06:00"]', "hours: phone phải là giờ mở và giờ đóng"),
            ('["06:00", "22:00"]', '["07:00", "22:00"]', "hours: phone không mở sau 06:00"),
            ("-118 =", "-144 =", "codes.OTHER_CHANNEL: mã -144 đã ghi ở một mục khác"),
            ("-118 =", "118 =", "codes.OTHER_CHANNEL: mã “118” phải là một số âm"),
            ("[codes.STOP]", "[codes.HALT]", "codes: codes có “HALT”, không thuộc: RENEW, AGAIN"),
            ("[templates.ALERT]", "[templates.ALARM]", "templates: templates có “ALARM”"),
            ('id = ""', 'id = "300123"', "templates.DIGEST: có id nhưng chưa khai parameters"),
            (
                '[templates.DIGEST]\nid = ""\n',
                TEMPLATE_TOML.replace('"name"', '"nme"'),
                "templates.DIGEST: field có “nme”, không thuộc: code, due_on",
            ),
            (
                '[templates.DIGEST]\nid = ""\n',
                TEMPLATE_TOML.replace('"customer_name"', '"nguoi"'),
                "templates.DIGEST: type có “nguoi”, không thuộc: customer_name",
            ),
        ],
    )
    def test_is_refused_by_the_place_that_is_wrong(self, tmp_path: Path, old: str, new: str, where: str) -> None:
        with pytest.raises(ConfigInvalid) as refused:
            read_zalo(changed(tmp_path, old, new))
        assert f"zalo.toml chưa đúng ở mục {where}" in str(refused.value)
