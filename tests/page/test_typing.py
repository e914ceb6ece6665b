"""Nothing that somebody has typed is lost, whatever else happens on the page."""

from __future__ import annotations

import socket

import pytest

from sandbox.acts import speaking
from sandbox.example import example
from sandbox.manifest import load
from sandbox.page_server import page
from sandbox.server import Server, serve
from sandbox.slack import Slack
from tests.page.conftest import Opened
from tests.page.screen import Screen
from tests.sandbox.bolt import Little
from tests.sandbox.conftest import MANIFEST

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_first_sentence_leads_to_the_message_box(nina: Screen) -> None:
    """A newcomer reads what to type; it is gone for good once something was typed."""
    await nina.sees("Type", inside="#welcome")
    assert await nina.focus() == "say"
    await nina.click("/raise", inside="#welcome")
    assert await nina.at("#say").input_value() == "/raise "
    await nina.press("Enter")
    await nina.sees("Raise it", inside="#modal")
    await nina.misses("#welcome")


async def test_commands_are_offered_and_completed(nina: Screen) -> None:
    """A slash offers the app's commands; arrows walk, Tab completes, Enter sends what is whole."""
    await nina.types("/")
    await nina.sees("Raise it", inside="#commands")
    await nina.press("ArrowDown", "Tab")
    assert await nina.at("#say").input_value() == "/tell "
    await nina.press("Escape", "Control+a")
    await nina.types("/ra")
    await nina.press("Enter")
    assert await nina.at("#say").input_value() == "/raise "
    await nina.press("Control+a")
    await nina.types("/tell")
    await nina.press("Enter")
    await nina.sees("Only visible to you")
    await nina.sees("heard")
    assert await nina.at("#say").input_value() == ""


async def test_a_live_update_leaves_the_message_box_alone(nina: Screen, server: Server) -> None:
    """Others write and react while somebody types: words and cursor stay."""
    await nina.types("half a sentence")
    await nina.press("ArrowLeft", "ArrowLeft")
    speaking.say(server.slack, "U0MARCUS", "C0SALES", "in between")
    await nina.sees("in between")
    await nina.types("XX")
    assert await nina.at("#say").input_value() == "half a sentenXXce"
    assert await nina.at("#heard").text_content() == "Marcus Hale: in between"


async def test_every_conversation_keeps_its_own_draft(nina: Screen) -> None:
    """What was begun in one place is not carried to another, and survives a reload."""
    await nina.types("for sales")
    await nina.click("general")
    await nina.sees("general", inside="#middle .head")
    assert await nina.at("#say").input_value() == ""
    await nina.types("for all")
    await nina.click("sales")
    await nina.sees("sales", inside="#middle .head")
    assert await nina.at("#say").input_value() == "for sales"
    await nina.open(nina.page.url)
    assert await nina.at("#say").input_value() == "for sales"
    await nina.press("Enter")
    await nina.sees("for sales", inside="#conversation")
    assert await nina.at("#say").input_value() == ""


async def test_a_live_update_leaves_a_form_alone(nina: Screen, server: Server) -> None:
    """The app redraws the window and others talk: every field keeps what was typed, the cursor too."""
    await nina.types("/raise")
    await nina.press("Enter")
    subject = nina.at("#modal").get_by_label("What do they disagree about?")
    await subject.fill("Pipeline of")
    await nina.at("#modal").get_by_label("What it says").first.fill("4.2")
    await nina.at("#modal").get_by_label("Kind").select_option(label="Data")
    await nina.sees("is decided by", inside="#modal")
    await subject.press("End")
    await nina.types(" EM")
    speaking.say(server.slack, "U0MARCUS", "C0SALES", "in between")
    await nina.at("#conversation").get_by_text("in between").wait_for(state="attached")
    await nina.types("EA")
    assert await nina.value("What do they disagree about?") == "Pipeline of EMEA"
    assert await nina.value("What it says") == "4.2"


async def test_trouble_keeps_the_form(nina: Screen, little: Little) -> None:
    """What the app does not accept is said under its field, which has the focus; nothing is lost."""
    await nina.types("/raise")
    await nina.press("Enter")
    await nina.at("#modal").get_by_label("Kind").select_option(label="Data")
    await nina.at("#modal").get_by_label("What do they disagree about?").fill("Pip")
    await nina.at("#modal").get_by_label("What it says").first.fill("4.2")
    await nina.click("Raise", inside="#modal")
    await nina.sees("Say a little more.", inside="#modal")
    assert await nina.focus() == "subject--subject"
    await nina.press("End")
    await nina.types("eline")
    assert await nina.value("What do they disagree about?") == "Pipeline"
    await nina.press("Enter")
    await nina.misses("#modal section")
    await nina.sees("Acknowledge", inside="#conversation")


async def test_a_dropped_sandbox_is_said_and_the_page_heals(opened: Opened, server: Server) -> None:
    """While nothing answers a line says so; what is typed waits, and goes out when the sandbox is back."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with serve(fresh(server), port=port, extend=page()):
        screen = await opened(f"http://127.0.0.1:{port}/?me=nina&at=C0SALES")
        await screen.types("still here?")
    await screen.sees("Trying again", inside="#offline")
    await screen.press("Enter")
    await screen.sees("Nothing is lost", inside="#toasts")
    assert await screen.at("#say").input_value() == "still here?"
    async with serve(fresh(server), port=port, extend=page()):
        await screen.misses("#offline")
        await screen.alive()
        assert await screen.at("#say").input_value() == "still here?"
        await screen.press("Enter")
        await screen.sees("still here?", inside="#conversation")
    # that connections fail while nothing listens is what this test is about
    screen.complaints[:] = [words for words in screen.complaints if "ERR_CONNECTION_REFUSED" not in words]


def fresh(server: Server) -> Slack:
    return example(server.slack.clock, load(MANIFEST))
