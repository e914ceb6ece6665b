"""Three months later: why somebody heard something is forgotten, what was decided is not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from council.notice import NoticeKind
from storage import messages, outbox
from storage.forgetting import BATCH, forget_notices
from storage.outbox import Waiting
from storage.tables import messages as table
from tests.stories.acting import LEADS, card_of, decides, newest, reported
from tests.stories.house import House
from tests.stories.test_actions import decides_with_an_item

LONG = outbox.KEPT + timedelta(days=1)


async def tidied(house: House) -> int:
    """Everything that may be forgotten now, as the bot does it every hour; how many notices those were."""
    forgotten = 0
    while batch := await house.bot.store.write(
        lambda unit: forget_notices(unit.connection, unit.clock()), team=house.team
    ):
        assert batch <= BATCH
        forgotten += batch
    return forgotten


async def said_about(house: House, id: str) -> list[Waiting]:
    return await house.bot.store.read(lambda c: outbox.history(c, house.team, id))


async def test_what_was_said_about_an_ended_conflict_is_forgotten_not_its_decision(house: House) -> None:
    """Its card and its words are there as before; the open one keeps all it said."""
    still_open, ended = await reported(house, LEADS), await reported(house)
    await decides(house, house.robot("vera"))
    await house.forward(days=1)
    about_ended, before = await said_about(house, ended.id), await said_about(house, still_open.id)
    assert await tidied(house) == 0
    house.clock.forward(LONG)
    assert await tidied(house) == len(about_ended) - 1
    [line] = await said_about(house, ended.id)
    assert line.notice.kind is NoticeKind.LOGGED  # its line in the log may have to be taken down one day
    assert await said_about(house, still_open.id) == before
    card = await house.bot.store.read(lambda c: messages.card(c, ended.id))
    assert card is not None
    nina = house.robot("nina")
    await nina.clicks("Details", card_of(nina))
    assert "Q4 pipeline for EMEA" in nina.modal.text


async def test_an_open_conflict_goes_on_after_tidying(house: House) -> None:
    """Its living direct message still follows it: acknowledged after three months, it says so."""
    await reported(house)
    house.clock.forward(LONG)
    await tidied(house)
    vera = house.robot("vera")
    await vera.clicks("Acknowledge", newest(vera))
    await house.bot.clock.look()
    assert any("You are on it since" in message.text for message in vera.inbox())


async def test_a_message_that_still_changes_keeps_what_it_says(house: House) -> None:
    """Slack was away when it ended; the message is brought up to date first and forgotten then."""
    conflict = await reported(house)
    vera = house.robot("vera")
    await decides(house, vera)
    await house.forward(days=1)
    house.clock.forward(LONG)
    waits = table.update().where(table.c.kind == "dm").values(state="waiting")
    await house.bot.store.write(lambda unit: unit.connection.execute(waits), team=house.team)
    await tidied(house)
    query = select(table.c.notice).where(table.c.conflict == conflict.id, table.c.kind != "card")
    changing = set(await house.bot.store.read(lambda c: list(c.execute(query).scalars())))
    assert changing == {each.id for each in await said_about(house, conflict.id)}
    assert changing


async def test_an_action_item_that_is_still_open_keeps_what_was_said_about_it(house: House) -> None:
    """Its message can still be pressed; once it is done, the same is forgotten."""
    await reported(house)
    vera, tess = house.robot("vera"), house.robot("tess")
    await decides_with_an_item(house, vera)
    await house.forward(days=1)
    house.clock.forward(LONG)
    await tidied(house)
    await tess.clicks("Done", newest(tess))
    await house.settle()
    assert newest(tess).text.endswith("✅ Fix the renewal double count: done.")
    assert await tidied(house) == len(["to do"])
