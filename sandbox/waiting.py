"""Waiting for something to become visible, woken by changes instead of by the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.slack import Slack


async def until(slack: Slack, holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Wait until `holds()`, looking after every change; raises TimeoutError after `seconds`."""
    changed = asyncio.Event()
    stop = slack.subscribe(changed.set)
    try:
        async with asyncio.timeout(seconds):
            while not holds():
                changed.clear()
                await changed.wait()
    finally:
        stop()
    return True
