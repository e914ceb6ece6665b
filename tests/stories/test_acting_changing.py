"""Context, handing over, withdrawing, leaving, taking over: each by its small form."""

from __future__ import annotations

from datetime import timedelta

from council.conflict import State
from council.people import Absence
from sandbox.acts import admin
from storage import workspaces
from storage.store import Unit
from tests.stories.acting import (
    card_of,
    context_of,
    hand_over,
    newest,
    now_of,
    reported,
    story,
    told,
)
from tests.stories.house import House


async def test_anybody_adds_context_and_nobody_is_pinged(house: House) -> None:
    """Kept beside the conflict with its link; a link that is none is refused beside its field."""
    conflict = await reported(house)
    omar, vera = house.robot("omar"), house.robot("vera")
    await omar.picks("Add context", card_of(omar))
    form = omar.modal
    assert form.title == "Add context"
    assert "#1 Q4 pipeline for EMEA" in form.text
    await form.fill("What should the owner know?", "Clari counts renewals twice")
    await form.fill("Link", "wiki")
    await form.submit()
    assert form.errors == {"Link": "A link begins with https://."}
    await form.fill("Link", "https://wiki.example/renewals")
    await form.submit()
    await house.settle()
    assert await context_of(house, conflict.id) == ["Clari counts renewals twice"]
    assert len(told(vera)) == 1
    await vera.clicks("Decide", newest(vera))
    assert "1 piece of context" in vera.modal.text


async def test_the_owner_hands_over_to_the_other_owner(house: House) -> None:
    """The form offers the data owner and the deputy; the deadline stays, both ladders begin anew."""
    conflict = await reported(house)
    vera, remy, nina = house.robot("vera"), house.robot("remy"), house.robot("nina")
    await vera.picks("Hand over", card_of(vera))
    form = vera.modal
    assert form.options("To whom?") == [
        "Remy, RevOps lead: it is a question of data",
        "Dean, your deputy",
        "Somebody else",
    ]
    assert form.value("To whom?") == "Remy, RevOps lead: it is a question of data"
    await form.fill("Why?", "Renewals are counted in the warehouse")
    await form.submit()
    await house.settle()
    now = await now_of(house, conflict.id)
    assert (now.owner, now.role) == (remy.id, "RevOps lead")
    assert now.deadline == conflict.deadline
    assert told(remy)[-1] == "Vera handed #1 to you: Q4 pipeline for EMEA"
    assert "Why: Renewals are counted in the warehouse" in newest(remy).text
    assert newest(remy).buttons == ("Acknowledge", "Decide", "Hand over")
    assert "it was with Vera before" in card_of(nina).text
    assert newest(vera).text.endswith("#1 Q4 pipeline for EMEA: Remy decides now.")
    assert newest(vera).buttons == ()
    last = (await story(house, conflict.id))[-1]
    assert last == "Vera handed it to Remy: Renewals are counted in the warehouse"


async def test_guests_leavers_and_who_is_away_are_refused_in_words(house: House) -> None:
    """Each refusal stands beside its field and says who or until when."""
    await reported(house)
    vera = house.robot("vera")
    await away(house, "U0LENA")
    await vera.clicks("Hand over", newest(vera))
    form = vera.modal
    await form.choose("To whom?", "Somebody else")
    await form.fill("Why?", "because")
    await form.submit()
    assert form.errors == {"Somebody else": "Choose who decides instead."}
    for name, refusal in (
        ("gil", "Gil can't decide here; choose a full member."),
        ("vera", "It is with Vera already."),
        ("lena", "Lena is away until"),
    ):
        await form.choose("Somebody else", name)
        await form.submit()
        assert form.errors["Somebody else"].startswith(refusal)
    await form.choose("To whom?", "Dean, your deputy")
    await form.submit()
    assert form.errors == {"Somebody else": "Choose “Somebody else” above for that, or leave this empty."}


async def away(house: House, person: str) -> None:
    """For three days from now."""
    now = house.clock.now()
    absence = Absence(person=person, since=now, until=now + timedelta(days=3))

    def keep(unit: Unit) -> None:
        workspaces.save_absence(unit.connection, unit.team, unit.ids(), absence, now)

    await house.bot.store.write(keep, team=house.team)


async def test_who_has_left_slack_cannot_be_given_it(house: House) -> None:
    """Omar left between two clicks."""
    await reported(house)
    vera = house.robot("vera")
    await vera.clicks("Hand over", newest(vera))
    form = vera.modal
    await form.choose("To whom?", "Somebody else")
    await form.choose("Somebody else", "omar")
    await form.fill("Why?", "because")
    admin.deactivate(house.slack, "U0OMAR")
    await house.settle()
    await form.submit()
    assert form.errors == {"Somebody else": "Omar can't decide here; choose a full member."}


async def test_the_reporter_withdraws_and_everybody_hears_it_once(house: House) -> None:
    """One quiet line where the card stood; others are told who can withdraw."""
    conflict = await reported(house)
    nina, vera, remy = house.robot("nina"), house.robot("vera"), house.robot("remy")
    await remy.picks("Withdraw", card_of(remy))
    assert remy.ephemerals[-1].text.startswith("Only Nina can withdraw #1. You can add context.")
    await nina.picks("Withdraw", card_of(nina))
    await nina.modal.fill("Why?", "Clari corrected it")
    await nina.modal.submit()
    await house.settle()
    assert card_of(nina).text.startswith("#1 Q4 pipeline for EMEA: withdrawn by Nina. Clari corrected it")
    await house.forward(days=1)
    for person in (vera, remy):
        assert told(person)[-1] == "#1 was withdrawn: Q4 pipeline for EMEA"
        assert len(told(person)) == 2
    assert not nina.inbox()
    assert (await now_of(house, conflict.id)).state is State.WITHDRAWN


async def test_who_joined_can_leave_again(house: House) -> None:
    """**Withdraw** offers them to leave: what they added stays, and they hear no more of it."""
    conflict = await reported(house)
    omar = house.robot("omar")
    await omar.types("/ai-conflict Q4 pipeline for EMEA", channel="sales")
    form = omar.modal
    await form.choose("What kind of conflict?", "Pipeline forecast discrepancy")
    await form.choose("First source", "Clari AI", query="Clari AI")
    await form.fill("What it says", "4.4 M€")
    await form.choose("Second source", "Rep roll-up", query="Rep roll-up")
    await form.fill("What it says", "3.1 M€", nth=1)
    await form.submit()
    step = omar.modal
    await step.choose(step.labels[0], "Join #1 (open)")
    await step.submit()
    await omar.modal.close()
    assert omar.id in (await now_of(house, conflict.id)).joined
    await omar.picks("Withdraw", card_of(omar))
    assert omar.modal.title == "Leave"
    await omar.modal.submit()
    await house.settle()
    now = await now_of(house, conflict.id)
    assert (now.joined, now.state) == ((), State.OPEN)
    assert (await story(house, conflict.id))[-1] == "Omar left again"


async def test_only_whom_the_chain_reached_takes_over(house: House) -> None:
    """Before the chain asks him, the deputy is told when he can; the sponsor the same."""
    conflict = await reported(house)
    await house.forward(hours=24)
    dean, vera = house.robot("dean"), house.robot("vera")
    asked = newest(dean)
    await vera.clicks("Acknowledge", newest(vera))
    await house.settle()
    assert newest(dean).text.endswith("#1 Q4 pipeline for EMEA: Vera is on it now.")
    assert newest(dean).buttons == ()
    assert asked.buttons == ("Take over",)
    assert (await now_of(house, conflict.id)).asked == vera.id


async def test_a_handed_over_conflict_goes_on_with_its_new_owner(house: House) -> None:
    """Handed to somebody without a seat: they decide, and their silence asks the same chain."""
    await reported(house)
    await hand_over(house, house.robot("vera"), "lena")
    lena, dean = house.robot("lena"), house.robot("dean")
    assert "Lena decides by" in card_of(lena).text
    await house.forward(hours=25)
    assert told(lena)[1:] == ["#1 waits for you: Q4 pipeline for EMEA"]
    assert told(dean) == ["Lena has not answered on #1: Q4 pipeline for EMEA"]
