"""Every door into the form, and what those find there who may not come in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.guard import NOT_SHOWN
from sandbox.acts import admin
from sandbox.acts.speaking import bot_says
from sandbox.faults import Fault
from sandbox.refusal import Json
from tests.stories.acting import context_of
from tests.stories.company import GENERAL, PARTNERS, SALES
from tests.stories.house import House
from tests.stories.reports import FIRST, KIND, SAYS, SUBJECT, configured, conflict, methods, opens, signals

FORM = "Report an AI conflict"


async def test_the_command_alone_opens_the_form(house: House) -> None:
    """`/ai-conflict` opens an empty form whose last kind is *Not sure*."""
    form = await opens(house.robot("nina"))
    assert (form.title, form.submit_label) == (FORM, "Report")
    assert form.options(KIND)[-1] == "Not sure"
    assert form.value(SUBJECT) is None


async def test_free_text_stands_in_the_form(house: House) -> None:
    """`/ai-conflict` with words opens the form with the words in it."""
    form = await opens(house.robot("nina"), "ARR  in the board deck")
    assert form.value(SUBJECT) == "ARR in the board deck"


async def test_R22_a_known_person_in_a_known_channel_costs_one_call(house: House) -> None:
    """Opening the form for somebody known, somewhere known, is one call to Slack: the form itself."""
    await (await opens(house.robot("nina"))).close()
    before = len(house.slack.record.calls)
    await opens(house.robot("nina"))
    assert methods(house, before) == ["views.open"]


async def test_a_persons_message_becomes_the_first_signal(house: House) -> None:
    """The shortcut on a colleague's message: their words are the first signal, its source is asked for."""
    nina, omar = house.robot("nina"), house.robot("omar")
    message = await omar.says("Reps say *3.1 M€* for EMEA & <!channel> should know", "sales")
    await nina.shortcut("Report AI conflict", message)
    form = nina.modal
    assert "3.1 M€" in str(form.value(SAYS))
    assert form.value(FIRST) is None


async def test_of_a_long_message_nothing_is_lost(house: House) -> None:
    """It begins as the first signal; all of it stands below, and becomes context of the conflict."""
    words = " ".join(f"word{n}" for n in range(800))
    nina, omar = house.robot("nina"), house.robot("omar")
    await nina.shortcut("Report AI conflict", await omar.says(words, "sales"))
    form = nina.modal
    assert str(form.value(SAYS)).endswith("…")
    assert words.startswith(str(form.value(SAYS))[:-1])
    assert form.labels.count("… continued") == 2
    await form.choose(KIND, "Pipeline forecast discrepancy")
    await form.fill(SUBJECT, "Q4 pipeline for EMEA")
    await form.choose(FIRST, "Clari AI", query="Clari AI")
    await form.choose("Second source", "Rep roll-up", query="Rep roll-up")
    await form.fill(SAYS, "3.1 M€", nth=1)
    await form.submit()
    made = await conflict(house)
    assert made is not None
    assert " ".join(await context_of(house, made.id)) == words


async def test_an_apps_message_names_its_app_although_its_words_are_in_blocks(house: House) -> None:
    """The shortcut on another app's message: its blocks are read, its name is the first source."""
    nina = house.robot("nina")
    blocks: list[Json] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Webinar leads"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "Score *82* &amp; rising"}},
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "x", "text": {"type": "plain_text", "text": "Open"}}
            ],
        },
    ]
    bot_says(house.slack, "U0SCORER", SALES, "", blocks)
    await house.server.settle()
    message = nina.sees("sales")[-1]
    await nina.shortcut("Report AI conflict", message)
    assert nina.modal.value(FIRST) == "Lead Scorer"
    assert nina.modal.value(SAYS) == "Webinar leads Score *82* & rising"
    await nina.modal.choose(KIND, "Lead quality disagreement")
    await nina.modal.fill(SUBJECT, "Webinar leads")
    await nina.modal.choose("Second source", "Sales' judgment", query="Sales' judgment")
    await nina.modal.fill(SAYS, "unqualified", nth=1)
    await nina.modal.submit()
    await house.settle()
    [card] = [seen for seen in nina.sees("sales") if "#1" in seen.text]
    assert card.links["Lead Scorer"].endswith(f"/archives/{SALES}/p{message.ts.replace('.', '')}")


NAMELESS = [
    pytest.param("Weekly scores", "B0SCORER", "Weekly scores", id="posted under a name"),
    pytest.param("", "B0SCORER", "Lead Scorer", id="known to Slack"),
    pytest.param("", "B0GONE", None, id="unknown to Slack"),
]


@pytest.mark.parametrize(("username", "bot_id", "said"), NAMELESS)
async def test_an_apps_message_without_a_profile_is_named_as_well_as_can_be(
    house: House, username: str, bot_id: str, said: str | None
) -> None:
    """By the name it was posted under, else by what Slack calls the app, else the reporter is asked first."""
    nina = house.robot("nina")
    posted = bot_says(house.slack, "U0SCORER", SALES, "Score 82")
    posted.bot_profile, posted.username, posted.bot_id = None, username, bot_id
    posted.subtype = "bot_message"
    await house.server.settle()
    await nina.shortcut("Report AI conflict", nina.sees("sales")[-1])
    assert (nina.modal.value(FIRST), nina.modal.value(SAYS)) == (said, "Score 82")
    focused = [block["block_id"] for block in nina.modal.view.blocks if _focused(block)]
    assert focused == ([] if said else ["source_0"])
    await nina.modal.choose(KIND, "Lead quality disagreement")
    assert not [block for block in nina.modal.view.blocks if _focused(block)]
    if bot_id == "B0GONE":
        house.provoked("bot_not_found")


def _focused(block: Json) -> bool:
    return bool(block.get("element", {}).get("focus_on_load"))


async def test_the_global_shortcut_opens_the_form(house: House) -> None:
    """From anywhere, without a channel: the card goes to the kind's home."""
    nina = house.robot("nina")
    await nina.shortcut("Report AI conflict")
    await nina.modal.choose(KIND, "Lead quality disagreement")
    assert "Seen by: #ai-council" in nina.modal.text


async def test_whoever_owns_their_own_report_may_decide_now(house: House) -> None:
    """The owner reports: nobody is told, it counts as acknowledged, and the receipt offers *Decide now*."""
    vera = house.robot("vera")
    form = await opens(vera, "Q4 pipeline for EMEA")
    await form.choose(KIND, "Pipeline forecast discrepancy")
    assert "You (VP Sales) decide by" in form.text
    await signals(form)
    await form.submit()
    assert "#1 is with you" in vera.modal.text
    await vera.modal.click("Decide now")
    assert vera.modal.title == "Decide #1"
    await house.settle()
    assert not vera.inbox()


REFUSALS = {
    "gil": "Guests can't take part here; please ask a colleague who is a full member.",
    "olga": "This belongs to another organisation; please ask your contact here.",
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_R31_who_is_no_full_member_is_told_so_kindly_at_every_door(house: House, name: str) -> None:
    """Guests and people of other organisations get one polite sentence, and nothing else happens."""
    channel = {"gil": "sales", "olga": "partners"}[name]
    somebody = house.robot(name)
    admin.invite(house.slack, PARTNERS, house.slack.app.bot_user, "U0NINA")
    message = await house.robot("nina").says("4.2 M€", channel)
    await somebody.types("/ai-conflict anything", channel=channel)
    assert somebody.ephemerals[-1].text == REFUSALS[name]
    await somebody.shortcut("Report AI conflict", message)
    assert [seen.text for seen in somebody.ephemerals] == [REFUSALS[name]] * 2
    await somebody.shortcut("Report AI conflict")
    assert somebody.modal.text == REFUSALS[name]
    assert await conflict(house) is None


async def test_R31_somebody_slack_does_not_show_the_bot_is_of_another_organisation(house: House) -> None:
    """The bot shares no channel with them, so Slack does not describe them: refused all the same."""
    olga = house.robot("olga")
    await olga.types("/ai-conflict", channel="partners")
    await olga.types("/ai-conflict", channel="partners")
    assert [seen.text for seen in olga.ephemerals] == [REFUSALS["olga"]] * 2
    assert len(house.slack.record.calls_of("users.info")) == 1
    house.provoked("user_not_found")


async def test_somebody_slack_does_not_describe_is_asked_to_try_again(house: House) -> None:
    """Who somebody is stays unknown: not allowed, and said without blame."""
    nina = house.slack.workspace.people["U0NINA"]
    admin.join_team(house.slack, replace(nina, id="U0NEW", name="newcomer", real_name="New Comer"))
    house.slack.workspace.channels[GENERAL].members.append("U0NEW")
    house.slack.faults.plan(Fault(method="users.info", error="internal_error"))
    new = house.robot("newcomer")
    await new.types("/ai-conflict", channel="general")
    assert "I could not look you up in Slack just now" in new.ephemerals[-1].text
    await new.types("/ai-conflict", channel="general")
    assert new.modal.title == FORM


async def test_before_anything_is_set_up_every_door_says_by_whom_it_can_be(house: House) -> None:
    """Nothing to decide by yet: a kind word that names who installed the bot."""
    await configured(house, matrix=())
    nina = house.robot("nina")
    message = await nina.says("4.2 M€", "sales")
    await nina.types("/ai-conflict", channel="sales")
    await nina.shortcut("Report AI conflict", message)
    for seen in nina.ephemerals:
        assert "Tiebreak is not set up here yet. Pavel, who installed it, can do that" in seen.text
    assert len(nina.ephemerals) == 2
    await nina.shortcut("Report AI conflict")
    assert "not set up here yet" in nina.modal.text


async def test_slack_failing_to_open_the_form_is_said_where_the_person_looks(house: House) -> None:
    """Slack fails at the very call that opens the form: the command's own answer, the response address of a
    message's shortcut, and a message for the shortcut that has neither."""
    nina = house.robot("nina")
    message = await nina.says("4.2 M€", "sales")
    house.slack.faults.plan(Fault(method="views.open", error="internal_error", times=3))
    await nina.types("/ai-conflict", channel="sales")
    await nina.shortcut("Report AI conflict", message)
    assert [seen.text for seen in nina.ephemerals] == [NOT_SHOWN] * 2
    await nina.shortcut("Report AI conflict")
    assert [seen.text for seen in nina.inbox()] == [NOT_SHOWN]
    assert not nina.has_modal


async def test_R22_an_expired_trigger_is_told_and_not_tried_again(house: House) -> None:
    """The trigger was gone when the form was to open: told once, and no second call with it."""
    nina = house.robot("nina")
    house.slack.faults.plan(Fault(method="views.open", error="expired_trigger_id"))
    await nina.types("/ai-conflict", channel="sales")
    assert nina.ephemerals[-1].text == NOT_SHOWN
    assert len(house.slack.record.calls_of("views.open")) == 1


async def test_R23_slack_being_slow_is_answered_within_three_seconds(house: House) -> None:
    """Slack takes four seconds to open the form: the command is acknowledged in time, with a kind word."""
    nina = house.robot("nina")
    await (await opens(nina)).close()
    house.slack.faults.plan(Fault(method="views.open", delay=4.0))
    await nina.types("/ai-conflict", channel="sales")
    assert nina.ephemerals[-1].text == NOT_SHOWN
