"""Where the card goes, and who sees it: what the form says before is what happens after."""

from __future__ import annotations

from dataclasses import replace

from sandbox.acts import admin
from sandbox.faults import Fault
from sandbox.robot import Robot
from sandbox.robot_modal import RobotModal
from tests.stories.company import BOARD, COUNCIL, SALES, juniper
from tests.stories.house import House
from tests.stories.reports import (
    FORECAST,
    KIND,
    LEADS,
    configured,
    conflict,
    methods,
    opens,
    reports,
    signals,
)

SECRET = "Keep it confidential"


def cards(robot: Robot, channel: str) -> list[str]:
    """The cards somebody sees in a channel."""
    return [seen.text for seen in robot.sees(channel) if "#1" in seen.text]


async def sent(form: RobotModal) -> None:
    """Fill in the signals and send it."""
    await signals(form)
    await form.submit()


async def test_a_public_channel_gets_the_card_and_the_bot_joins_it_silently(house: House) -> None:
    """Nobody has to invite the bot."""
    nina = house.robot("nina")
    receipt = await reports(nina)
    assert "The card is in #sales." in receipt.text
    await house.settle()
    assert len(cards(nina, "sales")) == 1
    assert house.slack.is_bot_in(SALES)


async def test_a_direct_message_starts_confidential_and_has_no_card(house: House) -> None:
    """Reported in the conversation with the bot: ticked in the first view, and only those concerned hear."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA", channel="")
    assert form.value("Privacy") == [SECRET]
    await form.choose(KIND, FORECAST)
    assert "Seen only by: Vera, Remy and you" in form.text
    await sent(form)
    assert "It is confidential and has no card; only Vera, Remy and you see it." in nina.modal.text
    await house.settle()
    assert [house.robot(name).inbox()[-1].text[:20] for name in ("vera", "remy")]
    assert not cards(nina, "sales")
    assert not cards(nina, "ai-council")
    assert not cards(nina, "ai-decisions")
    for name in ("omar", "hugo", "dean"):
        assert not house.robot(name).inbox()


async def test_a_private_channel_without_the_bot_starts_confidential(house: House) -> None:
    """The bot is not there, so there is no card; no call is made that Slack would refuse."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA", channel="board")
    await form.choose(KIND, FORECAST)
    assert "Seen only by: Vera, Remy and you" in form.text
    await sent(form)
    await house.settle()
    assert not cards(nina, "board")
    made = await conflict(house)
    assert made is not None
    assert (made.home, made.facts.confidential) == (None, True)


async def test_R29_unticked_in_a_private_channel_the_card_goes_home(house: House) -> None:
    """Not confidential after all: the card stands in the kind's home, and form and receipt say so."""
    nina = house.robot("nina")
    form = await opens(nina, "Webinar leads", channel="board")
    await form.choose(KIND, LEADS)
    await form.untick(SECRET)
    assert "Seen by: #ai-council, because this conversation is private" in form.text
    await sent(form)
    assert "The card is in #ai-council, because it can't stand where you reported it." in nina.modal.text
    await house.settle()
    assert len(cards(nina, "ai-council")) == 1


async def test_a_private_channel_with_the_bot_keeps_the_card(house: House) -> None:
    """Confidential, and still with a card: its members see it, and those concerned."""
    admin.invite(house.slack, BOARD, house.slack.app.bot_user, "U0HUGO")
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA", channel="board")
    await form.choose(KIND, FORECAST)
    assert "Seen only by: #board, Vera, Remy and you" in form.text
    await sent(form)
    assert "The card is in #board; only its members and those concerned see it." in nina.modal.text
    await house.settle()
    assert len(cards(nina, "board")) == 1
    assert not cards(nina, "ai-council")


async def test_a_group_message_starts_confidential(house: House) -> None:
    """Three people talk among themselves: nothing of it goes anywhere else."""
    group = house.slack.workspace.add_channel(
        "mpdm-nina--omar--lena-1", "mpim", ["U0NINA", "U0OMAR", "U0LENA"], "U0NINA"
    )
    nina = house.robot("nina")
    before = len(house.slack.record.calls)
    form = await opens(nina, "Q4 pipeline for EMEA", channel=group.id)
    assert methods(house, before)[-1] == "views.open"
    assert "conversations.info" not in methods(house, before)
    await form.choose(KIND, FORECAST)
    assert "Seen only by: Vera, Remy and you" in form.text
    await sent(form)
    await house.settle()
    assert not cards(nina, "ai-council")


async def test_nothing_is_posted_into_a_channel_shared_with_another_organisation(house: House) -> None:
    """The card goes home, and the form says why before it is sent."""
    nina = house.robot("nina")
    form = await opens(nina, "Webinar leads", channel="partners")
    await form.choose(KIND, LEADS)
    assert "Seen by: #ai-council, because this channel is shared with others" in form.text
    await sent(form)
    assert "The card is in #ai-council" in nina.modal.text
    await house.settle()
    assert not cards(nina, "partners")
    assert len(cards(nina, "ai-council")) == 1


async def test_an_archived_home_gives_way_to_the_councils_channel(house: House) -> None:
    """The kind's own channel is archived: the council's gets the card."""
    kinds = tuple(replace(row, home_channel=SALES) for row in juniper().matrix)
    await configured(house, matrix=kinds)
    nina = house.robot("nina")
    admin.invite(house.slack, SALES, house.slack.app.bot_user, "U0NINA")
    await (await opens(nina)).close()
    admin.archive(house.slack, SALES, "U0PAVEL")
    await house.server.settle()
    await nina.shortcut("Report AI conflict")
    await nina.modal.choose(KIND, LEADS)
    assert "Seen by: #ai-council" in nina.modal.text


async def test_a_channel_slack_does_not_describe_in_time_counts_as_private(house: House) -> None:
    """The look-up takes too long: confidential in the form, and looked up again when it is sent."""
    nina = house.robot("nina")
    house.slack.faults.plan(Fault(method="conversations.info", delay=2.0, times=2))
    form = await opens(nina, "Q4 pipeline for EMEA")
    assert form.value("Privacy") == [SECRET]
    await form.choose(KIND, FORECAST)
    assert "Seen only by: Vera, Remy and you" in form.text
    await form.untick(SECRET)
    await sent(form)
    assert "The card is in #sales." in nina.modal.text
    await house.settle()
    assert len(cards(nina, "sales")) == 1


async def test_a_channel_made_private_since_it_was_seen_is_private_at_once(house: House) -> None:
    """What Slack calls the place in the command counts, not what was remembered."""
    nina = house.robot("nina")
    await (await opens(nina)).close()
    admin.make_private(house.slack, SALES, "U0HUGO")
    form = await opens(nina, "Q4 pipeline for EMEA")
    assert form.value("Privacy") == [SECRET]


async def test_without_any_channel_those_concerned_are_told_directly(house: House) -> None:
    """No home and no council channel: said plainly, before and after."""
    channels = replace(juniper().channels, council=None)
    kinds = tuple(replace(row, home_channel=None) for row in juniper().matrix)
    await configured(house, channels=channels, matrix=kinds)
    nina = house.robot("nina")
    await nina.shortcut("Report AI conflict")
    form = nina.modal
    await form.choose(KIND, FORECAST)
    assert "there is no channel for its card" in form.text
    await form.fill("What do they disagree about?", "Q4 pipeline")
    await sent(form)
    assert "There is no channel for its card; those concerned are told directly." in nina.modal.text
    await house.settle()
    assert "You decide #1" in house.robot("vera").inbox()[-1].text


async def test_ticked_in_a_public_channel_there_is_no_card_at_all(house: House) -> None:
    """Confidential from the details: only those concerned are told."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await form.click("Add details")
    await form.tick(SECRET)
    assert "Seen only by: Vera, Remy and you" in form.text
    await sent(form)
    await house.settle()
    assert not cards(nina, "sales")
    assert COUNCIL not in {
        call.args.get("channel") for call in house.slack.record.calls_of("chat.postMessage")
    }
