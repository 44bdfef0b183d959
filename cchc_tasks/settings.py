"""One frozen settings object: the environment over config/app.toml over the defaults."""

import tomllib
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from cchc_tasks.domain.errors import SettingInvalid

PACKAGE = Path(__file__).parent


def _between_commas(value: object) -> object:
    """What an administrator writes in the environment ("7,30"), as a list."""
    return value.split(",") if isinstance(value, str) else value


FollowUpDays = Annotated[
    tuple[Annotated[int, Field(ge=1, le=365)], ...], Field(min_length=1), NoDecode, BeforeValidator(_between_commas)
]


def find_config(named: Path | None) -> Path:
    """The config folder: the named one, else ./config, else the copy that was installed, else the checkout's."""
    candidates = [named] if named else [Path("config"), PACKAGE / "config", PACKAGE.parent / "config"]
    return next((folder for folder in candidates if (folder / "app.toml").is_file()), candidates[0])


class Settings(BaseSettings):
    """What an administrator may set; every name is explained in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="CCHC_", frozen=True, extra="forbid")

    home: Path = Path("var")
    config: Path = Path("config")
    database_url: SecretStr = SecretStr("")
    mail_url: SecretStr = SecretStr("")
    base_url: str = "http://127.0.0.1:8700"
    lease_seconds: float = Field(default=120, gt=0)
    batch_ceiling: int = Field(default=2000, ge=1)
    secret_key: SecretStr = SecretStr("")
    before_is_strict: bool = False
    supplement_working_days: int = Field(default=3, ge=1)
    answer_working_days: int = Field(default=3, ge=1)
    follow_up_days: FollowUpDays = (7, 30)
    horizon_months: int = Field(default=13, ge=13)
    evidence_limit_mb: int = Field(default=50, ge=1)
    link_days: int = Field(default=45, ge=1, le=366)
    session_idle_hours: float = Field(default=8, gt=0)
    session_days: float = Field(default=7, gt=0)
    totp_required: bool = True
    keep_backups: int = Field(default=7, ge=1)
    prefect_database_url: SecretStr = SecretStr("")
    time_zone: str = "Asia/Ho_Chi_Minh"

    @property
    def database(self) -> str:
        """The database's address: the one that was set, else a file in the data folder."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.home / 'cchc.sqlite3'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, and that over app.toml."""
        named = init_settings().get("config") or env_settings().get("config")
        folder = find_config(Path(named) if named else None)
        return init_settings, env_settings, _AppToml(settings_cls, folder)


def load_settings() -> Settings:
    """The settings of this process; raises SettingInvalid with the name of the first one that cannot be used."""
    try:
        settings = Settings()
        ZoneInfo(settings.time_zone)
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        raise SettingInvalid(name=f"CCHC_{place[0]}".upper() if place else "app.toml") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingInvalid(name="app.toml") from error
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingInvalid(name="CCHC_TIME_ZONE") from error
    return settings


class _AppToml(TomlConfigSettingsSource):
    """app.toml of the config folder, which also says where that folder is."""

    def __init__(self, settings_cls: type[BaseSettings], folder: Path) -> None:
        super().__init__(settings_cls, folder / "app.toml")
        self._folder = folder

    def __call__(self) -> dict[str, Any]:
        return super().__call__() | {"config": self._folder}
