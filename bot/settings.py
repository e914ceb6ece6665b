"""Every setting: environment variables, or lines of a file `.env` in the folder one starts from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK_API = "https://slack.com/api/"


class SettingsMistaken(Exception):
    """Settings that can't be used; one line each, and never a secret's value."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


def _home() -> str:
    """SQLite in the folder where the user's programs keep their data."""
    from platformdirs import user_data_path

    return f"sqlite+aiosqlite:///{user_data_path('tiebreak', appauthor=False) / 'tiebreak.sqlite3'}"


def _api(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"must be an address like {SLACK_API}")
    return url.rstrip("/") + "/"


def _public(url: str) -> str:
    """Secrets are part of what is asked for there, so nobody on the way may read along."""
    parts = urlsplit(url)
    here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme not in ("https", *(["http"] if here else ())) or not parts.netloc or parts.query:
        raise ValueError("must be an address like https://tiebreak.company.example")
    return url.rstrip("/")


def _database(url: str) -> str:
    scheme, colon, rest = url.partition("://")
    engine = scheme.partition("+")[0]
    if colon and engine in ("postgresql", "postgres") and rest:
        return f"postgresql+asyncpg://{rest}"
    if colon and engine == "sqlite" and len(rest) > 1 and rest.startswith("/") and ":memory:" not in rest:
        return f"sqlite+aiosqlite://{rest}"
    raise ValueError(
        "must name a file like sqlite:////var/lib/tiebreak.sqlite3, "
        "or a server like postgresql+asyncpg://user:password@host/tiebreak"
    )


def _bot_token(token: SecretStr) -> SecretStr:
    return _beginning(token, "xoxb-", "the Bot User OAuth Token, from OAuth & Permissions")


def _app_token(token: SecretStr) -> SecretStr:
    return _beginning(token, "xapp-", "an App-Level Token with connections:write, from Basic Information")


def _beginning(token: SecretStr, start: str, what: str) -> SecretStr:
    bare = token.get_secret_value().strip()
    if not bare.startswith(start):
        raise ValueError(f"must begin with {start} ({what})")
    return SecretStr(bare)


class Settings(BaseSettings):
    """What an operator decides; everything an admin decides is in the company's configuration."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        case_sensitive=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        defer_build=True,
    )

    slack_bot_token: Annotated[SecretStr, AfterValidator(_bot_token)] | None = Field(
        default=None, validation_alias="SLACK_BOT_TOKEN"
    )
    slack_app_token: Annotated[SecretStr, AfterValidator(_app_token)] | None = Field(
        default=None, validation_alias="SLACK_APP_TOKEN"
    )
    signing_secret: SecretStr | None = Field(default=None, validation_alias="SLACK_SIGNING_SECRET")
    client_id: str | None = Field(default=None, validation_alias="SLACK_CLIENT_ID")
    client_secret: SecretStr | None = Field(default=None, validation_alias="SLACK_CLIENT_SECRET")
    api_url: Annotated[str, AfterValidator(_api)] = Field(default=SLACK_API, validation_alias="SLACK_API_URL")
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default_factory=_home, validation_alias="DATABASE_URL", repr=False
    )
    encryption_keys: SecretStr | None = Field(default=None, validation_alias="TIEBREAK_ENCRYPTION_KEYS")
    http_host: str = Field(default="127.0.0.1", validation_alias="TIEBREAK_HTTP_HOST")
    http_port: int | None = Field(default=None, ge=1, le=65535, validation_alias="TIEBREAK_HTTP_PORT")
    http_url: Annotated[str, AfterValidator(_public)] | None = Field(
        default=None, validation_alias="TIEBREAK_HTTP_URL"
    )
    admin: str | None = Field(default=None, validation_alias="TIEBREAK_ADMIN")

    @property
    def address(self) -> str | None:
        """Where calendars are read from outside; None while nothing is served, or nobody could reach it."""
        return self.http_url if self.http_port is not None else None

    @property
    def bot_token(self) -> str:
        """The token all calls to Slack are made with. Raises `SettingsMistaken` when it is not set."""
        return _needed(self.slack_bot_token, "SLACK_BOT_TOKEN")

    @property
    def app_token(self) -> str:
        """The token Socket Mode is opened with. Raises `SettingsMistaken` when it is not set."""
        return _needed(self.slack_app_token, "SLACK_APP_TOKEN")


def _needed(secret: SecretStr | None, name: str) -> str:
    if secret is None:
        raise SettingsMistaken([f"{name} is not set; put it into the environment or into a file .env here"])
    return secret.get_secret_value()


def load_settings() -> Settings:
    """The settings as they are now. Raises `SettingsMistaken`, with all that is wrong."""
    try:
        settings = Settings()
    except ValidationError as problem:
        raise SettingsMistaken(
            [_in_words(error["loc"], error["msg"]) for error in problem.errors()]
        ) from None
    except UnicodeDecodeError:
        raise SettingsMistaken([".env is not UTF-8 text; save it as UTF-8"]) from None
    return settings


def _in_words(place: tuple[int | str, ...], reason: str) -> str:
    name = place[0] if place else "settings"
    return f"{name} {reason.removeprefix('Value error, ').replace('Input should be', 'must be')}"


def make_room(settings: Settings) -> None:
    """The folder of an SQLite file, made when it is missing."""
    from sqlalchemy import make_url

    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
