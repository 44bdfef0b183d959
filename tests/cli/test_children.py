"""What the processes beside the web are told: Prefect's server nothing of ours, and nobody anything by its command."""

from cchc_tasks.bootstrap import Application
from cchc_tasks.cli.running import _children, _environment

KEYS = {
    "CCHC_SECRET_KEY": "k" * 40,
    "CCHC_MAIL_URL": "mailtos://cchc:BiMat@thu.example",
    "CCHC_DATABASE_URL": "postgresql://cchc:BiMat@may/cchc",
}


class TestChildren:
    def test_of_prefect_are_given_no_key_of_ours(self, app: Application) -> None:
        environment = {"PATH": "/usr/bin", **KEYS, **_environment(app.settings, "http://127.0.0.1:4200/api")}
        prefect, runner = _children(app.settings, environment, "http://127.0.0.1:8700")
        assert prefect.environment["PATH"] == "/usr/bin"
        assert prefect.environment["PREFECT_HOME"]
        assert not [name for name in prefect.environment if name.startswith("CCHC_")]
        assert KEYS.items() <= runner.environment.items()

    def test_say_nothing_secret_in_their_command(self, app: Application) -> None:
        environment = {**KEYS, **_environment(app.settings, "http://127.0.0.1:4200/api")}
        words = " ".join(word for one in _children(app.settings, environment, "http://x") for word in one.command)
        assert "BiMat" not in words
        assert KEYS["CCHC_SECRET_KEY"] not in words
        assert "canh-bao" not in words
