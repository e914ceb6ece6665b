"""The program as an operator starts it: a process of its own, told everything by its environment."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.server import Server
from sandbox.slack import Slack

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody at a shell with two tokens in the environment."""

    slack: Slack
    server: Server
    database_url: str
    folder: Path
    more: Mapping[str, str] = field(default_factory=dict)
    """Settings besides."""

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "TIEBREAK_"))
        }
        return {
            **kept,
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": self.slack.bot_token(),
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.server.api_url,
            "DATABASE_URL": self.database_url,
            **self.more,
        }

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        """Start `tiebreak` with these words."""
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            env=self.environment,
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def types(self, *words: str) -> tuple[int, str]:
        """Run a command to its end: exit code and everything it printed."""
        process = await self.start(*words)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert process.returncode is not None
        return process.returncode, (out + err).decode()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """`tiebreak run`, connected; ended hard if the test did not end it."""
        process = await self.start("run")
        ended = asyncio.create_task(process.wait())
        connected = asyncio.create_task(self.server.connected(PATIENCE))
        try:
            await asyncio.wait({ended, connected}, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                _, err = await process.communicate()
                raise AssertionError(err.decode())
            yield process
        finally:
            connected.cancel()
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
            await process.communicate()
            await asyncio.gather(ended, connected, return_exceptions=True)
