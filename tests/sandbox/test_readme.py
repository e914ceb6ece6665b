"""The sandbox's README is true: its manifest, its bot and its test are taken out of it and run."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sandbox.browsing import browsing_at

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```(yaml|python)\n(.*?)```", re.DOTALL)
FILES = ("app.yaml", "bot.py", "test_bot.py")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A folder with the README's three files."""
    found = BLOCK.findall((ROOT / "sandbox" / "README.md").read_text("utf-8"))
    for name, (_, words) in zip(FILES, found, strict=True):
        (tmp_path / name).write_text(words, "utf-8")
    return tmp_path


@contextlib.asynccontextmanager
async def started(folder: Path, *words: str, **environment: str) -> AsyncIterator[Process]:
    """A Python process in that folder, ended with the block."""
    path = os.pathsep.join((str(folder), str(ROOT)))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=folder, stdout=PIPE, env={**os.environ, "PYTHONPATH": path, **environment}
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def test_the_sandbox_starts_on_a_manifest_and_a_bot_connects(example: Path) -> None:
    """`python -m sandbox app.yaml` prints what a bot needs; started with it, the bot answers."""
    async with asyncio.timeout(30), started(example, "-m", "sandbox", "app.yaml") as sandbox:
        assert sandbox.stdout is not None
        address, *settings = [(await sandbox.stdout.readline()).decode().strip() for _ in range(4)]
        url = address.removeprefix("The page is at ").rstrip("/")
        given = dict(line.split("=", 1) for line in settings)
        assert list(given) == ["SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
        async with browsing_at(url) as nina:
            assert given["SLACK_BOT_TOKEN"] in nina.text("middle")
            async with started(example, "bot.py", **given):
                await nina.until("drawer", "socket open", seconds=20)
                await nina.do("say", text="/ping hello")
                assert "pong hello" in await nina.until("middle", "pong hello")
                assert "No app has called yet" not in nina.text("middle")


async def test_the_robot_plays_the_same_bot(example: Path) -> None:
    """The README's test passes as it stands there."""
    words = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "asyncio_mode=auto", "test_bot.py")
    async with asyncio.timeout(30), started(example, *words) as run:
        said, _ = await run.communicate()
    assert run.returncode == 0, said.decode()
    assert "1 passed" in said.decode()
