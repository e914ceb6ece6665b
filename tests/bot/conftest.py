"""Larkspur Freight's Slack, and settings that lead there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.directory import Directory
from bot.settings import Settings
from sandbox.clock import HandClock, WallClock
from sandbox.manifest import load
from sandbox.people import Person
from sandbox.rates import Rates
from sandbox.server import Server, serve
from sandbox.slack import Slack
from storage.migrate import migrate
from tests.bot.process import ROOT, Operator
from tests.stories.company import juniper_slack

MANIFEST = Path(__file__).parents[2] / "app.yaml"
COMPANY = ROOT / "bot" / "example" / "company.yaml"
LARKSPUR = Path(__file__).parents[1] / "larkspur.yaml"
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
PEOPLE = (
    ("U0RUNA", "runa", "Runa Dahl"),
    ("U0GREY", "grey", "Grey Owens"),
    ("U0MATEO", "mateo", "Mateo Rossi"),
    ("U0BELA", "bela", "Bela Horvat"),
    ("U0LEFT", "left", "Lea Left"),
    ("U0GUEST", "guest", "Gus Guest"),
)


def larkspur_slack(rates: Rates) -> Slack:
    """The company, with somebody who left, a guest, a stranger, and channels of every kind."""
    slack = Slack(HandClock(MONDAY), load(MANIFEST), 1, name="Larkspur", domain="larkspur", rates=rates)
    workspace, team = slack.workspace, slack.workspace.team
    for id_, name, real_name in PEOPLE:
        workspace.add_person(Person(id_, team, name, real_name, f"{name}@larkspur.example", "Europe/Oslo"))
    workspace.people["U0LEFT"].deactivated = True
    workspace.people["U0GUEST"].guest = "multi-channel"
    workspace.organisations["T0ACME"] = "Acme"
    workspace.add_person(Person("U0OLGA", "T0ACME", "olga", "Olga Outside", zone="Europe/London"))
    slack.install("U0RUNA")
    bot, everybody = slack.app.bot_user, ["U0RUNA", "U0MATEO"]
    workspace.add_channel("signals", "public", [*everybody, bot], "U0RUNA", "C0SIGNALS")
    workspace.add_channel("signal-log", "public", everybody, "U0RUNA", "C0LOG")
    workspace.add_channel("old", "public", everybody, "U0RUNA", "C0OLD").archived = True
    workspace.add_channel("board", "private", everybody, "U0RUNA", "C0BOARD")
    workspace.add_channel("crew", "private", [*everybody, bot], "U0RUNA", "C0CREW")
    shared = workspace.add_channel("partners", "public", [*everybody, "U0OLGA", bot], "U0RUNA", "C0SHARED")
    shared.with_teams.append("T0ACME")
    return slack


@dataclass
class Larkspur:
    """The company's Slack, listening, and an empty database of either kind."""

    server: Server
    database_url: str
    waited: list[float] = field(default_factory=list)
    refusals: set[str] = field(
        default_factory=lambda: {"user_not_found", "users_not_found", "channel_not_found"}
    )
    """What Slack may answer: nobody can know whom it knows without asking."""

    @property
    def slack(self) -> Slack:
        return self.server.slack

    @property
    def team(self) -> str:
        return self.slack.workspace.team

    @property
    def environment(self) -> dict[str, str]:
        """What an operator sets."""
        return {
            "SLACK_BOT_TOKEN": self.slack.bot_token(),
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.server.api_url,
            "DATABASE_URL": self.database_url,
        }

    def settings(self, **changes: str) -> Settings:
        """The same with changes; what is empty is not set."""
        chosen = {name: value for name, value in {**self.environment, **changes}.items() if value}
        values: dict[str, Any] = {"_env_file": None, **chosen}
        return Settings(**values)

    def directory(self) -> Directory:
        """Asks this Slack; when it has to wait, the clock is moved on instead."""
        return Directory(self.slack.bot_token(), self.server.api_url, self._wait)

    async def _wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        assert isinstance(self.slack.clock, HandClock)
        self.slack.clock.forward(timedelta(seconds=seconds))


@pytest.fixture
async def larkspur(database_url: str) -> AsyncIterator[Larkspur]:
    """Nobody has imported anything yet."""
    async with serve(larkspur_slack(Rates(0))) as server:
        company = Larkspur(server, database_url)
        if database_url.startswith("postgresql"):  # a server's database is prepared by hand
            await migrate(database_url)
        yield company
        assert {defect.code for defect in server.slack.record.defects} <= company.refusals


@pytest.fixture
async def operator(database_url: str, tmp_path: Path) -> AsyncIterator[Operator]:
    """An operator with a fresh workspace and an empty database."""
    slack = juniper_slack(WallClock(), load(ROOT / "app.yaml"), Rates(0))
    async with serve(slack) as server:
        operator = Operator(slack, server, database_url, tmp_path)
        if database_url.startswith("postgresql"):
            code, printed = await operator.types("migrate")
            assert code == 0, printed
        code, printed = await operator.types("import", str(COMPANY))
        assert code == 0, printed
        yield operator
