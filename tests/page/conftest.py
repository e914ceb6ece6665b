"""A browser, kept for all tests here, and fresh windows of it; skipped where there is none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from sandbox.clock import HandClock
from sandbox.example import example
from sandbox.manifest import load
from sandbox.page_server import page
from sandbox.rates import Rates
from sandbox.server import Server, serve
from tests.conftest import NO_CHROMIUM
from tests.page.screen import Screen, chromium
from tests.sandbox.bolt import Little, running
from tests.sandbox.conftest import MANIFEST

Opened = Callable[..., Awaitable[Screen]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if not path:
        pytest.skip(NO_CHROMIUM)
    async with async_playwright() as playwright:
        # containers seldom let a browser make its own sandbox; it only sees this page
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = await playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def opened(browser: Browser) -> AsyncIterator[Opened]:
    """Opens windows; in the end none of them may have complained."""
    screens: list[Screen] = []

    async def open_(url: str, *, width: int = 1440, height: int = 900, dark: bool = False) -> Screen:
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        page = await context.new_page()
        screen = Screen(page, await context.new_cdp_session(page))
        screens.append(screen)
        await screen.open(url)
        return screen

    yield open_
    for screen in screens:
        await screen.page.context.close()
    assert [words for screen in screens for words in screen.complaints] == []


@pytest_asyncio.fixture(loop_scope="session")
async def server(browser: Browser) -> AsyncIterator[Server]:
    """A small workspace whose clock stands still until somebody moves it."""
    clock = HandClock(datetime(2026, 11, 18, 10, 0, tzinfo=UTC))
    async with serve(example(clock, load(MANIFEST), rates=Rates(0)), extend=page()) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def little(server: Server) -> AsyncIterator[Little]:
    async with running(server) as little:
        yield little


@pytest_asyncio.fixture(loop_scope="session")
async def nina(server: Server, little: Little, opened: Opened) -> Screen:
    return await opened(f"{server.url}/?me=nina&at=C0SALES")
