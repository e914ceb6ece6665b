"""Everything on the page can be done without a mouse."""

from __future__ import annotations

import pytest

from sandbox.acts import speaking
from sandbox.server import Server
from tests.page.screen import Screen
from tests.sandbox.bolt import Little, card

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_one_box_leads_everywhere(nina: Screen) -> None:
    """Ctrl+K finds conversations, people and commands by a few letters."""
    await nina.press("Control+k")
    await nina.types("gener")
    await nina.press("Enter")
    await nina.sees("general", inside="#middle .head")
    await nina.press("Control+k")
    await nina.types("be marc")
    await nina.press("Enter")
    await nina.sees("Marcus", inside="#you > summary")
    await nina.press("Control+k")
    await nina.types("write nina")
    await nina.press("Enter")
    await nina.sees("Nina Berg", inside="#middle .head")
    await nina.press("Control+k")
    await nina.types("+1 day")
    await nina.press("Enter")
    await nina.sees("Thu 19 Nov", inside="#top")
    await nina.press("Control+k", "Escape")
    assert not await nina.at("#jump").is_visible()


async def test_the_parts_of_the_page_are_reached_in_order(nina: Screen) -> None:
    """F6 walks from part to part and back; the first link of all leads to the message box."""
    at = [await nina.focus()]
    for _ in range(5):
        await nina.press("F6")
        at.append((await nina.focus()).replace("\n", " "))
    assert at == ["say", "about", "handle", "NB You are: Nina Account executive", "conversation", "say"]
    await nina.press("Shift+F6")
    assert await nina.focus() == "conversation"
    await nina.at(".skip-link").focus()
    await nina.press("Enter")
    assert await nina.focus() == "say"


async def test_conversations_are_walked(nina: Screen) -> None:
    """Alt and an arrow show the next conversation above or below."""
    await nina.press("Alt+ArrowUp")
    await nina.sees("general", inside="#middle .head")
    await nina.press("Alt+ArrowDown", "Alt+ArrowDown")
    await nina.sees("board", inside="#middle .head")


async def test_messages_are_walked_and_answered(nina: Screen, server: Server) -> None:
    """Up from an empty box to the messages; E puts eyes on one, R opens its thread, Esc closes it."""
    for words in ("the first", "the second"):
        speaking.say(server.slack, "U0MARCUS", "C0SALES", words)
    await nina.sees("the second")
    await nina.press("ArrowUp", "ArrowUp", "e")
    await nina.sees(nina.at("article:has-text('the first') .reaction"))
    await nina.press("ArrowDown", "r")
    await nina.sees("the second", inside="#right")
    assert await nina.focus() == "Reply in this thread"
    await nina.types("indeed")
    await nina.press("Enter")
    await nina.sees("indeed", inside="#right .scroll")
    await nina.sees("1 reply", inside="#conversation")
    await nina.press("Escape")
    await nina.sees("Details", inside="#right")


async def test_menus_and_cards(nina: Screen, server: Server, little: Little) -> None:
    """A card's buttons and its menu are reached by Tab, walked with arrows and closed with Esc."""
    speaking.bot_says(server.slack, server.slack.app.bot_user, "C0SALES", "card", card("A card"))
    await nina.sees("A card")
    await nina.press("ArrowUp", "Tab")
    assert await nina.focus() == "Acknowledge"
    await nina.press("Tab", "Enter")
    await nina.sees("Withdraw", inside="#conversation")
    await nina.press("ArrowDown", "ArrowDown")
    assert await nina.focus() == "Withdraw"
    await nina.press("Escape")
    assert await nina.focus() == "More actions"
    await nina.press("Enter", "ArrowDown", "ArrowDown", "Enter")
    await nina.misses("#conversation .overflow[open]")
    await server.settle()
    assert little.heard[-1]["actions"][0]["selected_option"]["value"] == "Withdraw"
    await nina.click("Acknowledge", inside="#conversation")
    await nina.sees("taken", inside="#conversation")
    assert (await nina.focus()).startswith("m-")


async def test_a_form_is_filled_in_and_closed(nina: Screen) -> None:
    """The first field has the focus; a search is walked with arrows; Esc closes one thing at a time."""
    await nina.types("/raise")
    await nina.press("Enter")
    await nina.sees("Raise it", inside="#modal")
    assert await nina.focus() == "kind--kind"
    source = nina.at("#modal").get_by_label("Source")
    await source.focus()
    await nina.types("Clari")
    await nina.sees("Clari", inside="#modal .options")
    await nina.press("Escape")
    await nina.misses("#modal .options")
    await nina.sees("Raise it", inside="#modal")
    await nina.types(" AI")
    await nina.sees("Clari AI", inside="#modal .options")
    await nina.press("Enter")
    await nina.at('[data-shown="Clari AI"]').wait_for()
    await nina.press("Escape")
    await nina.misses("#modal section")
    assert await nina.focus() == "say"


async def test_the_drawer_and_the_list_of_keys(nina: Screen) -> None:
    """The drawer opens with Enter and closes with Esc; a question mark lists the keys."""
    await nina.press("F6", "F6", "Enter")
    await nina.sees("Make trouble")
    await nina.press("Escape")
    await nina.misses("#drawer .inside")
    assert await nina.focus() == "handle"
    await nina.press("?")
    await nina.sees("jump to a conversation", inside="#help")
    await nina.press("Escape")
    await nina.misses("#help")
