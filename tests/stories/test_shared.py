"""A channel that is shared with another organisation: nothing is ever posted there, and nothing new shown."""

from __future__ import annotations

from dataclasses import replace

from bot.running import introduce
from sandbox.acts import admin
from storage import people
from storage.store import Unit
from tests.stories.acting import PIPELINE, card_of, decides, newest, now_of, reported
from tests.stories.company import COUNCIL, DECISIONS, SALES
from tests.stories.house import House
from tests.stories.reports import FORECAST, KIND, methods, opens, reports, signals

ACME = "T0ACME"
SPOKEN = ("chat.postMessage", "chat.update")


def spoken(house: House, channel: str, since: int = 0) -> int:
    """How often the bot has said or shown something there."""
    calls = [call for call in list(house.slack.record.calls)[since:] if call.method in SPOKEN]
    return sum(call.args.get("channel") == channel for call in calls)


def warnings(house: House) -> list[str]:
    """What Pavel, the admin, heard of channels in trouble."""
    return [seen.text for seen in house.robot("pavel").inbox() if "can't reach" in seen.text]


async def shared(house: House, channel: str) -> int:
    """An admin shares the channel; returns the number of calls up to then."""
    admin.share(house.slack, channel, ACME)
    await house.server.settle()
    return len(house.slack.record.calls)


async def seen_long_ago(house: House, channel: str) -> None:
    """What is known of the channel counts no more."""

    def forgotten(unit: Unit) -> None:
        known = people.find_channels(unit.connection, unit.team, [channel])[channel]
        old = house.clock.now() - people.FRESH
        people.save_channel(unit.connection, unit.team, replace(known, fetched_at=old))

    await house.bot.store.write(forgotten, team=house.team)


async def test_the_next_card_goes_home_and_the_form_says_so(house: House) -> None:
    """Slack's event counts at once, not what was seen when the channel was last looked at."""
    nina = house.robot("nina")
    await reports(nina)
    await house.settle()
    before = await shared(house, SALES)
    form = await opens(nina, "Webinar leads")
    await form.choose(KIND, FORECAST)
    assert "Seen by: #ai-council, because this channel is shared with others" in form.text
    await signals(form)
    await form.submit()
    await house.settle()
    assert "#2" in card_of(nina).text
    assert spoken(house, SALES, before) == 0


async def test_an_open_card_there_shows_nothing_new_and_goes_home(house: House) -> None:
    """The card of before stays as it was; the one at home follows, and the admin hears of it once."""
    nina, vera = house.robot("nina"), house.robot("vera")
    await reports(nina)
    await reports(nina, subject="Churn of the second quarter")
    await house.settle()
    old = [seen.text for seen in nina.sees("sales")]
    before = await shared(house, SALES)
    for asked in [seen for seen in vera.inbox() if "Acknowledge" in seen.buttons]:
        await vera.clicks("Acknowledge", asked)
    await house.forward(minutes=1)
    assert [seen.text for seen in nina.sees("sales")] == old
    assert spoken(house, SALES, before) == 0
    at_home = [seen.text for seen in nina.sees("ai-council") if "Details" in seen.buttons]
    assert len(at_home) == 2
    assert all("Vera is on it since" in text for text in at_home)
    [warning] = warnings(house)
    assert "#sales: it is shared with another organisation" in warning
    assert "#ai-council" in warning


async def test_a_decision_log_that_was_shared_gets_no_line(house: House) -> None:
    """The line goes to the council's channel."""
    await reported(house)
    before = await shared(house, DECISIONS)
    await decides(house, house.robot("vera"))
    await house.forward(minutes=1)
    assert spoken(house, DECISIONS, before) == 0
    lines = [seen.text for seen in house.robot("nina").sees("ai-council") if "Details" not in seen.buttons]
    assert "#1 Q4 pipeline for EMEA" in lines[-1]


async def test_with_the_councils_channel_shared_those_concerned_are_told_directly(house: House) -> None:
    """There is no further place: no card at all, and everybody still hears."""
    before = await shared(house, COUNCIL)
    conflict = await reported(house)
    assert "You decide #1" in newest(house.robot("vera")).text
    assert spoken(house, COUNCIL, before) == 0
    assert not (await now_of(house, conflict.id)).ruling


async def test_shared_with_one_organisation_less_is_still_shared(house: House) -> None:
    """Only when the last one has left may the card stand there again."""
    nina = house.robot("nina")
    await reports(nina)
    await house.settle()
    for organisation in (ACME, "T0BOLT"):
        admin.share(house.slack, SALES, organisation)
    admin.unshare(house.slack, SALES, ACME)
    await house.server.settle()
    form = await opens(nina, "Webinar leads")
    await form.choose(KIND, FORECAST)
    assert "because this channel is shared with others" in form.text
    await form.close()
    admin.unshare(house.slack, SALES, "T0BOLT")
    await house.server.settle()
    form = await opens(nina, "Webinar leads")
    await form.choose(KIND, FORECAST)
    assert "Seen by: #sales" in form.text


async def test_what_no_event_told_is_looked_at_before_it_is_spoken_there(house: House) -> None:
    """Shared while nobody listened, a day ago: one look, and the card goes to its fallback."""
    await reported(house, home=SALES)
    house.slack.workspace.channels[SALES].with_teams.append(ACME)
    await seen_long_ago(house, SALES)
    before = len(house.slack.record.calls)
    await house.robot("vera").clicks("Acknowledge", newest(house.robot("vera")))
    await house.forward(minutes=1)
    assert spoken(house, SALES, before) == 0
    assert methods(house, before).count("conversations.info") == 1
    assert "Vera is on it since" in card_of(house.robot("nina")).text


async def test_shared_while_the_bot_was_stopped_it_is_seen_at_the_start(house: House) -> None:
    """What happened meanwhile nobody told: the channel is looked at once before the card changes there."""
    await reported(house, home=SALES)
    house.slack.workspace.channels[SALES].with_teams.append(ACME)
    await introduce(house.bot)
    before = len(house.slack.record.calls)
    await house.robot("vera").clicks("Acknowledge", newest(house.robot("vera")))
    await house.forward(minutes=1)
    assert spoken(house, SALES, before) == 0
    assert "Vera is on it since" in card_of(house.robot("nina")).text


async def test_a_channel_the_bot_is_not_in_is_looked_at_before_it_joins(house: House) -> None:
    """Slack tells nothing of it; the form was filled in for minutes, and meanwhile it was shared."""
    form = await opens(house.robot("nina"), PIPELINE.subject)
    await form.choose(KIND, FORECAST)
    await signals(form)
    house.slack.workspace.channels[SALES].with_teams.append(ACME)
    await house.forward(minutes=3)
    await form.submit()
    await house.settle()
    assert not house.slack.is_bot_in(SALES)
    assert spoken(house, SALES) == 0
    assert "#1" in card_of(house.robot("nina")).text


async def test_a_channel_that_is_well_known_is_not_looked_at_again(house: House) -> None:
    """Quiet: events say what changes, so a card costs one call and no look."""
    await reported(house)
    assert "conversations.info" not in methods(house)


async def test_what_slack_does_not_show_is_remembered_as_it_was(house: House) -> None:
    """A private channel the bot was thrown out of without hearing of it: the card goes on to its fallback."""
    await seen_long_ago(house, DECISIONS)
    place = house.slack.workspace.channels[DECISIONS]
    place.kind = "private"
    place.members.remove(house.slack.app.bot_user)
    await reported(house, home=DECISIONS)
    await house.forward(minutes=1)
    assert "#1" in card_of(house.robot("nina")).text
    assert len(warnings(house)) == 1
    house.provoked("channel_not_found")  # that it may not look and not post there is Slack's to say
