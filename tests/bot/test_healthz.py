"""`/healthz`: 200 while what should happen happens, 503 with the figures when somebody should look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.healthz import Pulse, report
from schedules.health import Health
from storage.lanes import Stuck

NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)
STUCK = Stuck(team="T1", lane="U0VERA", failing_since=NOW - timedelta(minutes=20), error="a secret thing")
WELL = Health(last_look=NOW - timedelta(seconds=50), saving=True, stuck=(), parked=0)


def test_all_is_well() -> None:
    """Looked at a minute ago, as an idle bot does; connected."""
    assert report(WELL, 0, NOW) == (
        True,
        {
            "status": "ok",
            "connected": True,
            "silent_seconds": 0,
            "database": True,
            "last_look": "2026-11-17T11:59:10+00:00",
            "saving": True,
            "stuck": 0,
            "stuck_since": None,
            "parked": 0,
        },
    )


@pytest.mark.parametrize(
    ("health", "silent", "fine"),
    [
        pytest.param(WELL, 55, True, id="the line was cut a moment ago"),
        pytest.param(WELL, 61, False, id="cut for more than a minute"),
        pytest.param(replace(WELL, saving=False), 0, False, id="nothing can be saved"),
        pytest.param(replace(WELL, stuck=(STUCK,)), 0, False, id="a receiver takes nothing"),
        pytest.param(replace(WELL, last_look=NOW - timedelta(minutes=4)), 0, False, id="nobody looks"),
        pytest.param(replace(WELL, last_look=None), 0, False, id="nobody has looked yet"),
        pytest.param(replace(WELL, parked=1), 0, True, id="one subject went wrong, and is told to admins"),
        pytest.param(None, 0, False, id="the database does not answer"),
    ],
)
def test_R11_when_somebody_should_look(health: Health | None, silent: float, fine: bool) -> None:
    """Each of them alone is enough."""
    assert report(health, silent, NOW)[0] is fine


def test_it_tells_figures_and_nothing_else() -> None:
    """Whoever can reach the port learns neither who is written to nor what Slack answered."""
    _, told = report(replace(WELL, stuck=(STUCK,)), 0, NOW)
    assert (told["stuck"], told["stuck_since"]) == (1, "2026-11-17T11:40:00+00:00")
    assert "VERA" not in str(told)
    assert "secret" not in str(told)


async def test_the_pulse_is_felt_while_the_line_is_up() -> None:
    """Silent is counted from the last time it was seen connected, by a clock that nobody sets."""
    seconds, up = [0.0], [True]

    async def is_connected() -> bool:
        return up[0]

    pulse = Pulse(is_connected, lambda: seconds[0])
    for seconds[0], up[0], silent in ((30, True, 0), (40, False, 10), (95, False, 65), (96, True, 0)):
        await pulse.feel()
        assert pulse.silent == silent
