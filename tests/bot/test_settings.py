"""Settings come from the environment and a file `.env`, and what is wrong with them is said in words."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsMistaken, load_settings, make_room

Load = Callable[..., Settings]
NAMES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_API_URL",
    "DATABASE_URL",
    "TIEBREAK_ENCRYPTION_KEYS",
    "TIEBREAK_HTTP_HOST",
    "TIEBREAK_HTTP_PORT",
    "TIEBREAK_HTTP_URL",
    "TIEBREAK_ADMIN",
)


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Settings of an empty folder and an environment with only these variables."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)

    def loaded(**environment: str) -> Settings:
        for name, value in environment.items():
            monkeypatch.setitem(os.environ, name, value)
        return load_settings()

    return loaded


def test_nothing_has_to_be_set(load: Load) -> None:
    """Slack's own address, and a database in the user's data folder."""
    settings = load()
    assert settings.api_url == "https://slack.com/api/"
    assert settings.database_url.startswith("sqlite+aiosqlite:///")
    assert settings.database_url.endswith("tiebreak.sqlite3")


def test_every_name_is_read(load: Load) -> None:
    """The names in the documentation are the names that count, and there are no others."""
    assert {str(field.validation_alias) for field in Settings.model_fields.values()} == set(NAMES)
    settings = load(
        SLACK_BOT_TOKEN=" xoxb-1 ", SLACK_APP_TOKEN="xapp-1", TIEBREAK_HTTP_PORT="8080", TIEBREAK_ADMIN="U1"
    )
    assert (settings.bot_token, settings.app_token) == ("xoxb-1", "xapp-1")
    assert (settings.http_port, settings.admin) == (8080, "U1")


def test_a_file_env_is_read_and_the_environment_wins(load: Load, tmp_path: Path) -> None:
    """`.env` may hold everything; the environment counts more; other lines are no mistake."""
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nSLACK_APP_TOKEN=xapp-file\nOTHER=1\n")
    settings = load(SLACK_APP_TOKEN="xapp-here", TIEBREAK_ADMIN="")
    assert (settings.bot_token, settings.app_token) == ("xoxb-file", "xapp-here")
    assert settings.admin is None


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("https://slack.com/api", "https://slack.com/api/"),
        ("http://127.0.0.1:9000/api//", "http://127.0.0.1:9000/api/"),
    ],
)
def test_slacks_address_ends_with_one_slash(load: Load, written: str, used: str) -> None:
    """However it was written, methods are appended to it."""
    assert load(SLACK_API_URL=written).api_url == used


def test_links_to_calendars_need_a_port_and_an_address_nobody_reads_along_to(load: Load) -> None:
    """One without the other switches nothing on; without encryption only on one's own machine."""
    assert load(TIEBREAK_HTTP_URL="https://tiebreak.example/").address is None
    assert load(TIEBREAK_HTTP_PORT="8080").address == "https://tiebreak.example"
    assert load(TIEBREAK_HTTP_URL="http://localhost:8080").address == "http://localhost:8080"
    for wrong in ("http://tiebreak.example", "tiebreak.example", "https://", "https://a.example/?b=c"):
        with pytest.raises(SettingsMistaken, match="TIEBREAK_HTTP_URL must be an address like https://"):
            load(TIEBREAK_HTTP_URL=wrong)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///here.sqlite3", "sqlite+aiosqlite:///here.sqlite3"),
        ("sqlite+aiosqlite:////var/t.sqlite3", "sqlite+aiosqlite:////var/t.sqlite3"),
        ("postgres://a:b@host/t", "postgresql+asyncpg://a:b@host/t"),
        ("postgresql://a:b@host/t", "postgresql+asyncpg://a:b@host/t"),
        ("postgresql+asyncpg://a:b@host/t", "postgresql+asyncpg://a:b@host/t"),
    ],
)
def test_databases_are_named_as_hosts_name_them(load: Load, written: str, used: str) -> None:
    """The driver is ours to choose; addresses as hosting companies give them work."""
    assert load(DATABASE_URL=written).database_url == used


def test_everything_wrong_is_said_at_once_and_no_secret_with_it(load: Load) -> None:
    """Each wrong setting by its name, and never what was typed."""
    with pytest.raises(SettingsMistaken) as problem:
        load(
            SLACK_BOT_TOKEN="xapp-secret",
            SLACK_APP_TOKEN="xoxb-secret",
            SLACK_API_URL="slack.com",
            DATABASE_URL="mysql://u:secret@host/t",
            TIEBREAK_HTTP_PORT="many",
        )
    assert [line.split()[0] for line in problem.value.lines] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "DATABASE_URL",
        "TIEBREAK_HTTP_PORT",
    ]
    assert "must begin with xoxb-" in problem.value.lines[0]
    assert "secret" not in str(problem.value)


def test_a_token_is_asked_for_when_it_is_needed(load: Load) -> None:
    """Commands that need no Slack work without; the others say what to set. Printing shows no secret."""
    settings = load(SLACK_APP_TOKEN="xapp-hush", DATABASE_URL="postgresql://u:hush@host/t")
    with pytest.raises(SettingsMistaken, match="SLACK_BOT_TOKEN is not set"):
        _ = settings.bot_token
    assert "hush" not in repr(settings)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///"])
def test_a_database_that_forgets_is_refused(load: Load, url: str) -> None:
    """In memory nothing would survive the next start."""
    with pytest.raises(SettingsMistaken, match="DATABASE_URL must name a file"):
        load(DATABASE_URL=url)


def test_the_folder_of_the_database_is_made(load: Load, tmp_path: Path) -> None:
    """The first start finds no data folder."""
    make_room(load(DATABASE_URL=f"sqlite:///{tmp_path}/deep/down/t.sqlite3"))
    assert (tmp_path / "deep" / "down").is_dir()
