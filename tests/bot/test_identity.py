"""Taking what people do needs no question to Slack first."""

from __future__ import annotations

from pathlib import Path

from bot.running import introduce
from sandbox.faults import Fault
from tests.stories.acting import newest, now_of, reported
from tests.stories.house import open_house


async def test_what_comes_while_slack_stumbles_is_taken(tmp_path: Path) -> None:
    """Started and introduced, the bot never asks who it is again; a reaction is an event, sent only once
    when it is acknowledged: it would be lost for good."""
    async with open_house(f"sqlite+aiosqlite:///{tmp_path / 'tiebreak.sqlite3'}") as house:
        await introduce(house.bot)
        house.slack.faults.plan(Fault("auth.test", status=503, times=99))
        conflict = await reported(house)
        vera = house.robot("vera")
        await vera.reacts("eyes", newest(vera))
        assert (await now_of(house, conflict.id)).acknowledged_at is not None
        assert len(house.slack.record.calls_of("auth.test")) == 1
