"""The page in a real browser, and what somebody looking at it can say of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.async_api import CDPSession, ConsoleMessage, Locator, Page

NAMES = ("chromium", "chromium-headless-shell", "google-chrome")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
SIDEWAYS = (Path(__file__).parent / "sideways.js").read_text("utf-8")
CONTROLS = frozenset(
    "button link textbox searchbox combobox checkbox radio tab dialog listbox option spinbutton".split()
)
SECONDS = 10_000.0
"""Milliseconds, as Playwright counts, for anything to appear."""


def chromium() -> str:
    """The browser to test with: TEST_CHROMIUM, else the first one on the PATH; empty when there is none."""
    given = os.environ.get("TEST_CHROMIUM", "")
    found = (shutil.which(name) for name in NAMES)
    return given or next((path for path in found if path), "")


class Screen:
    """One tab. `complaints` collects what the browser's console says of errors."""

    def __init__(self, page: Page, tree: CDPSession) -> None:
        self.page = page
        self._tree = tree
        self.complaints: list[str] = []
        page.set_default_timeout(SECONDS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    # What can be done

    async def open(self, url: str) -> None:
        """Open the page and wait until it is alive."""
        await self.page.goto(url)
        await self.alive()

    async def alive(self) -> None:
        """Wait until the page has its socket and what came over it is drawn."""
        await self.page.locator("html[data-alive]").wait_for(state="attached")

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def types(self, words: str) -> None:
        await self.page.keyboard.type(words)

    async def click(self, name: str, *, inside: str = "body", nth: int = -1) -> None:
        """Press the button with that name; -1 is the last, which is the newest message's."""
        buttons = self.page.locator(inside).get_by_role("button", name=name, exact=True)
        await self.sees(buttons.nth(nth))
        await buttons.nth(nth).click()

    async def resize(self, width: int, height: int = 740) -> None:
        await self.page.set_viewport_size({"width": width, "height": height})

    # What can be seen

    def at(self, selector: str) -> Locator:
        return self.page.locator(selector)

    async def sees(self, what: str | Locator, inside: str = "body") -> None:
        """Wait until the words, or the thing, are on the screen."""
        words = self.page.locator(inside).get_by_text(what).last if isinstance(what, str) else what
        await words.wait_for(state="visible")

    async def misses(self, selector: str) -> None:
        """Wait until nothing of the kind is on the screen."""
        await self.page.locator(selector).first.wait_for(state="hidden")

    async def focus(self) -> str:
        """The id of what has the focus, or the words on it."""
        found: str = await self.page.evaluate(
            "(document.activeElement.id || document.activeElement.getAttribute('aria-label')"
            " || document.activeElement.innerText || '').trim()"
        )
        return found

    async def value(self, label: str) -> str:
        """What stands in the field with that label in the open window."""
        return await self.page.locator("#modal").get_by_label(label).first.input_value()

    # What must never be seen

    async def nameless(self) -> list[str]:
        """Controls that a screen reader has no name for, by the browser's own reckoning."""
        found: dict[str, Any] = await self._tree.send("Accessibility.getFullAXTree")
        nodes = [node for node in found["nodes"] if not node.get("ignored")]
        controls = [node for node in nodes if node.get("role", {}).get("value") in CONTROLS]
        return [
            str(node["role"]["value"])
            for node in controls
            if not str(node.get("name", {}).get("value", "")).strip()
        ]

    async def pale(self) -> list[str]:
        """Words with less contrast than WCAG's AA asks for."""
        found: list[str] = await self.page.evaluate(CONTRAST)
        return found

    async def sideways(self) -> list[str]:
        """What can be scrolled sideways, and controls that are not wholly in the window."""
        found: list[str] = await self.page.evaluate(SIDEWAYS)
        return found
