"""Numbers of record by form: added, narrowed, ended; and a decision that is to hold the next time as well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from council.matrix import PrecedenceRule
from sandbox.robot import Robot
from storage import workspaces
from storage.store import Unit
from tests.stories.acting import PIPELINE, fill_decision, newest, reported, told
from tests.stories.house import House


async def opens(person: Robot) -> None:
    """The list, from the command on."""
    await person.types("/ai-council setup", channel="general")
    await person.modal.click("Numbers of record")


async def saves(person: Robot) -> None:
    """From the form over what it changes to the receipt."""
    if person.modal.submit_label == "Next":
        await person.modal.submit()
        assert not person.modal.errors, person.modal.errors
    await person.modal.submit()
    assert person.modal.title == "Saved", person.modal.text


async def agreed(house: House, type: str = "pipeline_forecast") -> list[PrecedenceRule]:
    """What stands for a kind."""
    found = await house.bot.store.read(
        lambda connection: workspaces.load(connection, house.team, now=house.clock.now())
    )
    assert found is not None
    return [rule for rule in found.configuration.precedence if rule.type == type]


async def test_a_narrower_one_holds_for_a_part(house: House) -> None:
    """The general one goes on to hold for everything else; what is reported follows at once."""
    pavel = house.robot("pavel")
    await opens(pavel)
    assert "Pipeline forecast discrepancy: Rep roll-up\nSales: Sales owns the pipeline forecast" in (
        pavel.modal.text
    )
    await pavel.modal.click("Edit", 1)
    await pavel.modal.click("Narrow it")
    assert "Rep roll-up goes on to hold for everything else." in pavel.modal.text
    await pavel.modal.fill("Which source stands?", "Clari AI")
    await pavel.modal.submit()
    assert pavel.modal.errors == {
        "Only for the metric": "Another one holds for just this already; change that one, or narrow this."
    }
    await pavel.modal.fill("Only for the segment", "EMEA")
    await pavel.modal.fill("Because", "Finance <!channel> compared *both*")
    await pavel.modal.submit()
    assert (
        "• New number of record: Pipeline forecast discrepancy, EMEA; what stands: Clari AI"
        in pavel.modal.text
    )
    assert "Of the last" not in pavel.modal.text
    await pavel.modal.click("Back")
    assert pavel.modal.value("Only for the segment") == "EMEA"
    await saves(pavel)
    standing = (await reported(house)).route.standing
    assert standing is not None
    assert (standing.source, standing.because) == ("Clari AI", "Finance <!channel> compared *both*")
    elsewhere = (await reported(house, subject="Q4 pipeline for LATAM")).route.standing
    assert elsewhere is not None
    assert elsewhere.source == "Rep roll-up"


async def test_retired_it_held_until_yesterday(house: House) -> None:
    """It stays in the list, below, and can be given more time."""
    pavel = house.robot("pavel")
    await opens(pavel)
    await pavel.modal.click("Edit", 1)
    await pavel.modal.click("Retire")
    assert "• Until of Pipeline forecast discrepancy: none → 2026-11-16" in pavel.modal.text
    await pavel.modal.click("Back")
    await pavel.modal.click("Edit", 1)
    await pavel.modal.click("Retire")
    await saves(pavel)
    assert (await reported(house)).route.standing is None
    await pavel.modal.click("Numbers of record")
    assert "Ended" in pavel.modal.texts
    await pavel.modal.click("Edit", 3)
    await pavel.modal.clear("Until")
    await saves(pavel)
    assert [rule.until for rule in await agreed(house)] == [None]


async def test_one_that_would_end_before_it_begins_is_refused(house: House) -> None:
    """Under the field it is about."""
    pavel = house.robot("pavel")
    await opens(pavel)
    await pavel.modal.click("Add a number of record")
    await pavel.modal.choose("Which kind of conflict?", "Lead quality disagreement")
    await pavel.modal.fill("Which source stands?", "CRM lead score")
    await pavel.modal.choose("From", "2026-12-01")
    await pavel.modal.choose("Until", "2026-11-20")
    await pavel.modal.submit()
    assert pavel.modal.errors == {"Until": "The rule would end before it begins."}


async def test_a_decision_is_proposed_as_a_standing_rule_and_an_admin_makes_it_one(house: House) -> None:
    """The owner ticks a box; the admin gets one message, and the form with everything in it."""
    await reported(house, PIPELINE, account="Acme")
    vera, pavel = house.robot("vera"), house.robot("pavel")
    await vera.clicks("Decide", newest(vera))
    await fill_decision(vera.modal, stands="Clari AI")
    await vera.modal.click("Add more")
    await vera.modal.tick("Make this a standing rule")
    await vera.modal.submit()
    await house.settle()
    await house.forward(hours=1)
    assert told(pavel) == ["A standing rule from #1: Q4 pipeline for EMEA"]
    await pavel.clicks("Look at it", newest(pavel))
    form = pavel.modal
    assert form.value("Which source stands?") == "Clari AI"
    assert form.value("Only for the account") == "Acme"
    assert form.value("Because") == "Clari counts renewals twice since October (0.9 M€)."
    await saves(pavel)
    rule = (await agreed(house))[-1]
    assert (rule.stands, rule.account, rule.decision) == ("Clari AI", "Acme", 1)
    await pavel.modal.click("Numbers of record")
    assert "from #1" in pavel.modal.text


async def test_nothing_is_proposed_unless_it_is_ticked_or_of_what_is_confidential(house: House) -> None:
    """What only a few may see becomes nobody's rule by a box."""
    await reported(house, PIPELINE, confidential=True)
    vera, pavel = house.robot("vera"), house.robot("pavel")
    await vera.clicks("Decide", newest(vera))
    await vera.modal.click("Add more")
    assert "Next time" not in vera.modal.labels
    await fill_decision(vera.modal)
    await vera.modal.submit()
    await house.forward(hours=1)
    assert told(pavel) == []


async def test_two_change_one_and_neither_is_lost(house: House) -> None:
    """Of one rule each keeps what they changed themselves."""
    pavel = house.robot("pavel")
    await opens(pavel)
    await pavel.modal.click("Edit", 1)
    await pavel.modal.fill("Because", "Agreed in June")

    def meanwhile(unit: Unit) -> None:
        connection, team, now = unit.connection, unit.team, unit.clock()
        here = workspaces.load(connection, team, now=now)
        assert here is not None
        rules = list(here.configuration.precedence)
        rules[1] = replace(rules[1], until=date(2027, 1, 31))
        after = replace(here.configuration, precedence=tuple(rules))
        workspaces.save_configuration(connection, team, after, author="U0REMY", reason="", now=now)

    await house.bot.store.write(meanwhile, team=house.team)
    await saves(pavel)
    [rule] = await agreed(house)
    assert (rule.because, rule.until) == ("Agreed in June", date(2027, 1, 31))
