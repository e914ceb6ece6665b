"""Acknowledging: by button, by word, by 👀; only from the person who is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from council.conflict import State
from sandbox.clock import HandClock
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.server import serve
from storage import conflicts
from storage.migrate import migrate
from storage.tables import replies
from tests.stories.acting import LEADS, card_of, decides, hand_over, newest, now_of, reported, told
from tests.stories.company import juniper, juniper_slack
from tests.stories.house import MANIFEST, TUESDAY, House, furnish, running_bot
from tests.stories.reports import configured


async def test_the_owner_acknowledges_in_one_tap(house: House) -> None:
    """Card and message lose the button and say who is on it; nobody is told anything new."""
    conflict = await reported(house)
    vera, nina = house.robot("vera"), house.robot("nina")
    assert "to be acknowledged by" in card_of(nina).text
    assert newest(vera).buttons == ("Acknowledge", "Decide", "Hand over")
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    assert "Vera is on it since" in card_of(nina).text
    assert card_of(nina).buttons == ("Decide", "Details")
    assert newest(vera).buttons == ("Decide", "Hand over")
    assert "You are on it since" in newest(vera).text
    assert told(vera) == ["You decide #1: Q4 pipeline for EMEA"]
    assert len(told(house.robot("remy"))) == 1
    assert (await now_of(house, conflict.id)).state is State.ACKNOWLEDGED


async def test_the_first_message_goes_on_to_say_who_speaks(house: House) -> None:
    """The introduction stays while the message asks for something; only the very first one has it."""
    await reported(house)
    vera = house.robot("vera")
    hello = "I am Tiebreak; Pavel set me up so that conflicting AI signals get decided."
    first = newest(vera)
    assert first.text.startswith(hello)
    await vera.clicks("Acknowledge", first)
    await house.settle()
    assert "You are on it since" in vera.again(first).text
    assert vera.again(first).text.startswith(hello)
    await reported(house, LEADS, by="omar")
    await hand_over(house, house.robot("remy"), "vera")
    assert newest(vera).text.startswith("Remy handed #2 to you")
    await decides(house, vera, first)
    assert "I am Tiebreak" not in vera.again(first).text


async def test_a_message_goes_on_to_name_the_last_similar_decision(house: House) -> None:
    """*Last similar* is there before the acknowledgement and after it."""
    await reported(house)
    vera = house.robot("vera")
    await decides(house, vera)
    await reported(house, subject="Q1 pipeline for EMEA")
    asked = newest(vera)
    await vera.clicks("Acknowledge", asked)
    await house.settle()
    assert "You are on it since" in vera.again(asked).text
    assert "Last similar: #1, decided" in vera.again(asked).text


async def test_what_became_confidential_is_not_named_as_similar_any_more(house: House) -> None:
    """Tess, who had no part in the first one, reads of it only while everybody may."""
    before = await reported(house)
    await decides(house, house.robot("vera"))
    roles = (replace(role, holder="U0TESS") if role.key == "vp_sales" else role for role in juniper().roles)
    await configured(house, roles=tuple(roles))
    await reported(house, subject="Q1 pipeline for EMEA")
    tess = house.robot("tess")
    assert "Last similar: #1, decided" in newest(tess).text
    hidden = await now_of(house, before.id)
    hidden = replace(hidden, facts=replace(hidden.facts, confidential=True))
    await house.bot.store.write(lambda unit: conflicts.save(unit.connection, hidden), team=house.team)
    await tess.clicks("Acknowledge", newest(tess))
    await house.settle()
    assert "You are on it since" in newest(tess).text
    assert "#1" not in newest(tess).text


async def test_ack_in_the_direct_message_acknowledges(house: House) -> None:
    """Typing `ack` to the bot is as good as the button."""
    conflict = await reported(house)
    await house.robot("vera").says("Ack")
    await house.settle()
    assert (await now_of(house, conflict.id)).state is State.ACKNOWLEDGED
    assert len(told(house.robot("vera"))) == 1


async def test_ack_in_the_thread_of_the_card_acknowledges(house: House) -> None:
    """The owner answers `ack` under the card."""
    conflict = await reported(house)
    vera = house.robot("vera")
    await vera.says("ack", thread=card_of(vera))
    await house.settle()
    assert (await now_of(house, conflict.id)).state is State.ACKNOWLEDGED


async def test_eyes_on_the_card_or_on_the_message_acknowledge(house: House) -> None:
    """👀 on the card counts for one conflict, 👀 on the direct message for another; other emoji for none."""
    first, vera = await reported(house), house.robot("vera")
    await vera.reacts("thumbsup", card_of(vera))
    await house.settle()
    assert (await now_of(house, first.id)).state is State.OPEN
    await vera.reacts("eyes", card_of(vera))
    second = await reported(house, subject="Q1 outlook for LATAM")
    await vera.reacts("eyes", newest(vera))
    await house.settle()
    assert (await now_of(house, first.id)).state is State.ACKNOWLEDGED
    assert (await now_of(house, second.id)).state is State.ACKNOWLEDGED


async def test_words_and_eyes_of_others_are_left_alone(house: House) -> None:
    """Of their replies author, time and place are kept; nothing happens, and nothing is said."""
    conflict = await reported(house)
    omar = house.robot("omar")
    await omar.reacts("eyes", card_of(omar))
    await omar.says("ack", thread=card_of(omar))
    said = await omar.says("I would trust the reps here", thread=card_of(omar))
    await house.settle()
    assert (await now_of(house, conflict.id)).state is State.OPEN
    assert not omar.inbox()
    assert not omar.ephemerals
    rows = await house.bot.store.read(lambda c: c.execute(replies.select().order_by(replies.c.ts)).all())
    kept = [(row.by, row.ts, row.at) for row in rows]
    assert kept[-1] == (omar.id, said.ts, datetime.fromtimestamp(float(said.ts), UTC))
    assert len(kept) == 2
    assert not any("trust the reps" in str(row) for row in rows)


async def test_a_deputys_eyes_get_the_button_and_never_take_over_silently(house: House) -> None:
    """Once the chain asks Dean, his 👀 brings *Take over*; Vera stays the owner until he presses it."""
    conflict = await reported(house)
    await house.forward(hours=24)
    dean = house.robot("dean")
    assert "You are asked as deputy" in newest(dean).text
    await dean.reacts("eyes", newest(dean))
    await house.settle()
    assert told(dean)[-1] == "#1 is with Vera: Q4 pipeline for EMEA"
    assert newest(dean).buttons == ("Take over",)
    assert [message.buttons for message in dean.inbox()][:-1] == [()]
    assert (await now_of(house, conflict.id)).owner == house.robot("vera").id
    await dean.clicks("Take over", newest(dean))
    await house.settle()
    assert (await now_of(house, conflict.id)).owner == dean.id
    assert "Dean decides now; Vera did not answer" in card_of(dean).text
    assert newest(dean).buttons == ("Decide", "Hand over")
    assert told(house.robot("vera"))[-1] == "Dean took over #1: Q4 pipeline for EMEA"


async def test_who_is_not_asked_can_neither_acknowledge_nor_take_over(house: House) -> None:
    """The card's button refuses kindly, names who can, and offers what is possible instead."""
    conflict = await reported(house)
    omar = house.robot("omar")
    await omar.clicks("Acknowledge", card_of(omar))
    refusal = omar.ephemerals[-1]
    assert refusal.text.split("\n")[0] == "Only Vera can acknowledge #1 now. You can add context."
    assert refusal.buttons == ("Add context",)
    assert (await now_of(house, conflict.id)).state is State.OPEN
    await omar.clicks("Add context", refusal)
    assert omar.modal.title == "Add context"


async def test_R39_a_message_from_before_a_restart_still_works(database_url: str) -> None:
    """The bot is stopped and started anew: the button it posted before does what it says."""
    clock = HandClock(TUESDAY)
    slack = juniper_slack(clock, load(MANIFEST), Rates(0))
    await migrate(database_url)
    async with serve(slack) as server:
        async with running_bot(server, slack, database_url, clock) as bot:
            await bot.store.write(lambda unit: furnish(unit, slack), team=slack.workspace.team)
            conflict = await reported(House(slack, server, bot, clock))
        async with running_bot(server, slack, database_url, clock) as again:
            house = House(slack, server, again, clock)
            await house.robot("vera").clicks("Acknowledge", newest(house.robot("vera")))
            await house.settle()
            assert (await now_of(house, conflict.id)).state is State.ACKNOWLEDGED
            assert told(house.robot("vera")) == ["You decide #1: Q4 pipeline for EMEA"]


async def test_R41_the_card_follows_within_five_seconds_and_names_who_did_it(house: House) -> None:
    """By button, by the clock and by another's decision: the card is never older than five seconds."""
    await reported(house)
    nina, vera = house.robot("nina"), house.robot("vera")
    await vera.clicks("Acknowledge", card_of(vera))
    began = house.clock.now()
    await house.settle()
    assert "Vera is on it" in card_of(nina).text
    assert (house.clock.now() - began).total_seconds() <= 5


async def test_R24_a_double_click_and_a_doubled_delivery_count_once(house: House) -> None:
    """The same press delivered twice gets the same answer and one line in the story."""
    conflict = await reported(house)
    vera = house.robot("vera")
    house.slack.faults.double_asking = 1
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    after = await now_of(house, conflict.id)
    assert (after.state, after.version) == (State.ACKNOWLEDGED, conflict.version + 1)
