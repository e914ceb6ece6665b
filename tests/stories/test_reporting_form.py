"""Filling the form in: nothing typed is lost, mistakes stand under their fields, and anything fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sandbox.faults import Fault
from storage import sources
from storage.store import Unit
from storage.upserts import put
from tests.stories.company import juniper
from tests.stories.house import House
from tests.stories.reports import (
    FIRST,
    FORECAST,
    HEALTH,
    KIND,
    LEADS,
    SAYS,
    SECOND,
    SUBJECT,
    configured,
    conflict,
    opens,
    signals,
)

WAITING, ACCOUNT = "What is waiting on this?", "Account"


async def test_nothing_typed_is_lost_while_the_form_changes(house: House) -> None:
    """Another kind, more details, an account that is not asked for any more: everything stays as typed."""
    form = await opens(house.robot("nina"), "Q4 pipeline for EMEA")
    await signals(form)
    await form.choose(KIND, HEALTH)
    await form.fill(ACCOUNT, "Acme")
    await form.choose("Account owner", "omar")
    await form.choose(KIND, FORECAST)
    assert form.value(ACCOUNT) == "Acme"
    await form.click("Add details")
    await form.fill(WAITING, "board deck")
    await form.choose(KIND, LEADS)
    typed = [form.value(label) for label in (KIND, SUBJECT, FIRST, SAYS, SECOND, ACCOUNT, WAITING)]
    assert typed == [LEADS, "Q4 pipeline for EMEA", "Clari AI", "4.2 M€", "Rep roll-up", "Acme", "board deck"]
    assert form.value(SAYS, nth=1) == "3.1 M€"
    assert form.value("Account owner") == "U0OMAR"


async def test_add_details_asks_for_the_rest(house: House) -> None:
    """All of it reaches the conflict: two more sources, what waits, what it counts, urgency, no name."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form)
    await form.click("Add details")
    assert "Add details" not in form.buttons
    await form.choose("Third source", "Gong", query="Gong")
    await form.fill(SAYS, "3.9 M€", nth=2)
    await form.choose("Fourth source", "Ops report", query="Ops report")
    await form.fill(SAYS, "3.3 M€", nth=3)
    await form.fill(WAITING, "board deck")
    await form.fill("As of / what it counts", "Monday, renewals included")
    await form.choose("How urgent?", "Immediate")
    await form.tick("Keep my name off the card")
    assert "Your name stays off the card." in form.text
    await form.submit()
    made = await conflict(house)
    assert made is not None
    assert [signal.source for signal in made.facts.signals] == [
        "Clari AI",
        "Rep roll-up",
        "Gong",
        "Ops report",
    ]
    assert made.facts.signals[0].as_of == "Monday, renewals included"
    assert (made.facts.waiting, made.route.immediate, made.facts.unnamed) == ("board deck", True, True)
    await house.settle()
    [card] = [seen for seen in nina.sees("sales") if "#1" in seen.text]
    assert "Nina" not in card.text


@pytest.mark.parametrize(("team", "said"), [("Sales", "Sales"), ("", "a colleague")])
async def test_a_team_stands_on_the_card_instead_of_a_name(house: House, team: str, said: str) -> None:
    """Who keeps their name off says what is read instead; nothing is guessed from seats or sources."""
    dean = house.robot("dean")
    form = await opens(dean, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form)
    await form.click("Add details")
    assert "Shown instead of your name" not in form.labels
    await form.tick("Keep my name off the card")
    await form.fill("Shown instead of your name", team)
    await form.submit()
    await house.settle()
    omar = house.robot("omar")
    [card] = [seen for seen in omar.sees("sales") if "#1" in seen.text]
    assert f"reported by {said} ·" in card.text
    await omar.clicks("Details", card)
    assert f"By {said}, " in omar.modal.text
    assert "Dean" not in card.text + omar.modal.text


async def test_a_name_that_is_shown_after_all_takes_the_team_away(house: House) -> None:
    """The box is unticked again: the field goes, and the card names the reporter."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form)
    await form.click("Add details")
    await form.tick("Keep my name off the card")
    await form.fill("Shown instead of your name", "Sales")
    await form.untick("Keep my name off the card")
    assert "Shown instead of your name" not in form.labels
    await form.submit()
    made = await conflict(house)
    assert made is not None
    assert (made.facts.unnamed, made.facts.team) == (False, "")


async def test_a_source_cannot_disagree_with_itself(house: House) -> None:
    """The same source twice is marked under the second one; another as-of for the first makes them two."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form)
    await form.choose(SECOND, "clari ai", query="clari ai")
    await form.submit()
    assert form.errors == {SECOND: "Name another source; these two are the same."}
    await form.click("Add details")
    await form.fill("As of / what it counts", "Monday")
    await form.submit()
    assert "#1 is with Vera" in nina.modal.text


async def test_mistakes_stand_under_their_own_fields(house: House) -> None:
    """A fourth source without its words is marked there, although no third was named."""
    form = await opens(house.robot("nina"), "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form)
    await form.click("Add details")
    await form.choose("Fourth source", "Gong", query="Gong")
    await form.submit()
    assert form.errors == {"What it says (4)": "Say what this source says."}
    await form.fill(SUBJECT, "   ")
    await form.fill(SAYS, "3.9 M€", nth=3)
    await form.submit()
    assert form.errors == {SUBJECT: "Say in a few words what they disagree about."}
    await form.fill(SUBJECT, "Q4")
    await form.submit()
    assert "#1 is with Vera" in house.robot("nina").modal.text


async def test_a_form_sent_before_it_could_follow_is_asked_again_with_everything_in_it(house: House) -> None:
    """The kind was chosen, Slack could not redraw, the form was sent: now it asks for the account."""
    nina = house.robot("nina")
    form = await opens(nina, "Acme is about to leave")
    await signals(form)
    house.slack.faults.plan(Fault(method="views.update", error="hash_conflict"))
    await form.choose(KIND, HEALTH)
    assert ACCOUNT not in form.labels
    await form.submit()
    assert "Say which account it is about. Choose who owns the account." in nina.modal.text
    assert nina.modal.value(SUBJECT) == "Acme is about to leave"
    await nina.modal.fill(ACCOUNT, "Acme")
    await nina.modal.choose("Account owner", "omar")
    await nina.modal.submit()
    assert "#1 is with Carla" in nina.modal.text


async def test_a_redraw_that_comes_too_late_is_nobodys_trouble(house: House) -> None:
    """Slack says `hash_conflict`: the newest choice draws the form itself, and nothing is said."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline")
    house.slack.faults.plan(Fault(method="views.update", error="hash_conflict"))
    await form.choose(KIND, FORECAST)
    assert nina.modal.id == form.id
    assert not nina.inbox()
    assert all("hash" in call.args for call in house.slack.record.calls_of("views.update"))


async def test_slack_failing_to_redraw_is_said_over_the_form_which_stays(house: House) -> None:
    """The box could not follow: a small window says so, and below it everything is as typed."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline")
    house.slack.faults.plan(Fault(method="views.update", error="internal_error"))
    await form.choose(KIND, FORECAST)
    assert "please try again in a moment. Nothing is lost." in nina.modal.text
    await nina.modal.close()
    assert nina.modal.value(SUBJECT) == "Q4 pipeline"


async def test_R19_sixty_kinds_and_six_hundred_sources_open_the_form(house: House) -> None:
    """Everything can be chosen: kinds from the list, sources by searching."""
    kinds = tuple(replace(juniper().matrix[0], key=f"kind_{n}", name=f"Kind {n}") for n in range(60))
    await configured(house, matrix=kinds)
    await house.bot.store.write(_many_sources, team=house.team)
    nina = house.robot("nina")
    form = await opens(nina, "Leads")
    assert len(form.options(KIND)) == 61
    await form.choose(KIND, "Kind 59")
    await signals(form)
    await form.choose(FIRST, "Source 649", query="649")
    await form.submit()
    assert "#1 is with Remy" in nina.modal.text


async def test_R19_more_kinds_than_one_list_holds_still_open_the_form(house: House) -> None:
    """A hundred and fifty kinds: in groups, *Not sure* still last."""
    kinds = tuple(replace(juniper().matrix[0], key=f"kind_{n}", name=f"Kind {n}") for n in range(150))
    await configured(house, matrix=kinds)
    form = await opens(house.robot("nina"))
    assert form.options(KIND)[-1] == "Not sure"
    await form.choose(KIND, "Kind 149")
    assert "Remy (RevOps lead) decides by" in form.text


def _many_sources(unit: Unit) -> None:
    put(unit.connection, [sources.used(unit.team, [f"Source {n}" for n in range(650)], unit.clock())])


async def test_R20_a_search_gives_at_most_a_hundred_and_says_how_to_see_others(house: House) -> None:
    """Slack takes a hundred options; what is typed comes first, and a heading says to type more."""
    await house.bot.store.write(_many_sources, team=house.team)
    form = await opens(house.robot("nina"))
    offered = await form.search(FIRST, "Source")
    assert offered[0] == "Source"
    assert 2 < len(offered) <= 100
    narrow = await form.search(FIRST, "source 64")
    assert {f"Source {n}" for n in (64, *range(640, 650))} <= set(narrow)


async def test_R21_a_source_longer_than_an_option_is_cut_where_slack_cuts(house: House) -> None:
    """Option texts and values stay within Slack's 75 and 150 characters."""
    form = await opens(house.robot("nina"), "Q4")
    await form.choose(KIND, FORECAST)
    await signals(form)
    [option] = await form.search(FIRST, "Ω" * 200)
    assert option == "Ω" * 74 + "…"
    await form.choose(FIRST, option, query="Ω" * 200)
    await form.submit()
    assert "#1 is with Vera" in house.robot("nina").modal.text


HOSTILE = {
    "pings": "<!channel> <@U0VERA> <!subteam^S1> & co",
    "markup": "*bold* _it_ `code` ```fence``` ~no~ > quote",
    "templates": "{{ 7 * 7 }} {% for x in y %} {owner} %s",
    "sql": "'; drop table conflicts; --",
    "right to left": "\u202eخط الأنابيب\u202c Q4 תחזית",
    "emoji": "🔥" * 40,
    "link": "<https://evil.example|sales.example>",
}


@pytest.mark.parametrize("words", HOSTILE)
async def test_R42_whatever_is_typed_is_shown_as_typed_and_pings_nobody(house: House, words: str) -> None:
    """In every field, on the card, in the messages and in the receipt."""
    typed = HOSTILE[words]
    nina, vera = house.robot("nina"), house.robot("vera")
    form = await opens(nina)
    await form.choose(KIND, FORECAST)
    await form.fill(SUBJECT, typed)
    await form.choose(FIRST, typed[:75], query=typed[:75])
    await form.fill(SAYS, typed)
    await form.choose(SECOND, "Rep roll-up", query="Rep roll-up")
    await form.fill(SAYS, typed, nth=1)
    await form.click("Add details")
    await form.fill(WAITING, typed)
    await form.fill(ACCOUNT, typed)
    await form.submit()
    assert "#1 is with Vera" in nina.modal.text
    await house.settle()
    made = await conflict(house)
    assert made is not None
    assert made.facts.subject == typed
    assert "#1" in vera.inbox()[-1].text
    assert not house.slack.record.pings


async def test_R36_texts_at_slacks_limits_fit(house: House) -> None:
    """Every field as long as it may be, of the characters that grow most when escaped."""
    nina, vera = house.robot("nina"), house.robot("vera")
    form = await opens(nina)
    await form.choose(KIND, FORECAST)
    await form.click("Add details")
    for nth, label in enumerate((FIRST, SECOND, "Third source", "Fourth source")):
        await form.choose(label, f"{nth}" + "&" * 74, query=f"{nth}" + "&" * 74)
        await form.fill(SAYS, "&" * 500, nth=nth)
    for label, most in {SUBJECT: 300, WAITING: 300, ACCOUNT: 150, "As of / what it counts": 200}.items():
        await form.fill(label, "&" * most)
    await form.submit()
    assert "#1 is with Vera" in nina.modal.text
    await house.settle()
    assert [seen for seen in nina.sees("sales") if "#1" in seen.text]
    assert "#1" in vera.inbox()[-1].text


async def test_forty_thousand_characters_behind_the_command_fit(house: House) -> None:
    """What is too long for a subject is cut where everybody can see it, in the form."""
    form = await opens(house.robot("nina"), "pipeline " * 4000)
    assert len(str(form.value(SUBJECT))) <= 300
