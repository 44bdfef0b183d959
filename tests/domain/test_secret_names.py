"""What may be set as a secret, and that no refusal repeats it."""

import pytest

from cchc_tasks.domain.errors import CchcError, SecretNameUnknown, SecretOfProgram
from cchc_tasks.domain.secret_names import IN_WORDS, SecretName, check_settable, read_name, read_value


class TestName:
    def test_is_explained_every_one(self) -> None:
        assert set(IN_WORDS) == set(SecretName)

    def test_that_is_unknown_is_not_repeated_for_it_may_be_the_value(self) -> None:
        with pytest.raises(SecretNameUnknown) as refused:
            read_name("mailto://an:matkhau@thu.example")
        assert "matkhau" not in str(refused.value)
        assert "mail-url" in str(refused.value)

    def test_of_what_the_program_writes_cannot_be_set(self) -> None:
        with pytest.raises(SecretOfProgram):
            check_settable(SecretName.ZALO_TOKENS)
        check_settable(SecretName.ZALO_APP_ID)


class TestValue:
    @pytest.mark.parametrize("end", ["", "\n", "\r\n"])
    def test_loses_the_end_of_its_line_and_nothing_else(self, end: str) -> None:
        assert read_value(SecretName.ZALO_APP_SECRET, f" mật khẩu {end}") == " mật khẩu "

    @pytest.mark.parametrize("url", ["mailtos://an:m%40t@thu.so.example:587/?from=a@so.example", "tgram://1:Aa_-/"])
    def test_of_an_address_has_a_scheme(self, url: str) -> None:
        assert read_value(SecretName.MAIL_URL, url) == url

    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [
            (SecretName.BOUNCE_TOKEN, "", "secret-empty"),
            (SecretName.BOUNCE_TOKEN, "\n", "secret-empty"),
            (SecretName.BOUNCE_TOKEN, "   ", "secret-empty"),
            (SecretName.BOUNCE_TOKEN, "matkhau" * 600, "secret-too-long"),
            (SecretName.BOUNCE_TOKEN, "matkhau\nmatkhau", "secret-not-text"),
            (SecretName.BOUNCE_TOKEN, "matkhau\x00", "secret-not-text"),
            (SecretName.BOUNCE_TOKEN, "\ufeffmatkhau", "secret-not-text"),
            (SecretName.BOUNCE_TOKEN, "matkhau\udc80", "secret-not-text"),
            (SecretName.BOUNCE_TOKEN, "matkhau12345678", "secret-too-short"),
            (SecretName.METRICS_TOKEN, "matkhau12345678", "secret-too-short"),
            (SecretName.ZALO_CODE_VERIFIER, "v" * 42, "secret-too-short"),
            (SecretName.MAIL_URL, "an:matkhau@thu.example", "secret-not-url"),
            (SecretName.MAIL_URL, "mailto://an:matkhau@thu.example ", "secret-not-url"),
            (SecretName.MAIL_URL, "mailto://", "secret-not-url"),
        ],
    )
    def test_that_cannot_be_one_is_refused_without_being_repeated(
        self, name: SecretName, value: str, code: str
    ) -> None:
        with pytest.raises(CchcError) as refused:
            read_value(name, value)
        assert refused.value.code == code
        assert "matkhau" not in repr((refused.value, refused.value.facts, str(refused.value)))
