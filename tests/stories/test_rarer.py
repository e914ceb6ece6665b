"""The rarer endings behind **Details**: correct, change kind, put together, make confidential."""

from __future__ import annotations

from council.conflict import Signal, State
from sandbox.robot import Robot
from tests.stories.acting import (
    LEADS,
    card_of,
    context_of,
    decides,
    newest,
    now_of,
    reported,
    story,
    told,
)
from tests.stories.house import House

LOG = "ai-decisions"
OTHERS = (Signal(source="Gong", says="3.9 M€"), Signal(source="Ledger", says="3.2 M€"))


async def details(person: Robot, channel: str = "ai-council") -> list[str]:
    """Open **Details** from the newest card; which buttons it offers this person."""
    await person.clicks("Details", card_of(person, channel))
    return person.modal.buttons


async def test_details_offers_only_what_this_person_may(house: House) -> None:
    """Reporter, owner, chair and a colleague see different buttons, and no refused one."""
    await reported(house)
    offered = {}
    for name in ("nina", "vera", "remy", "omar"):
        robot = house.robot(name)
        offered[name] = await details(robot)
        await robot.modal.close(everything=True)
    assert offered == {
        "nina": ["Correct"],
        "vera": ["Change kind", "Ask for data", "Make confidential"],
        "remy": ["Change kind", "Same as …"],
        "omar": [],
    }


async def test_before_anybody_is_at_it_a_correction_just_shows_what_is_right(house: House) -> None:
    """Card and message follow, nobody is pinged, and the story keeps what it was."""
    conflict = await reported(house)
    nina, vera = house.robot("nina"), house.robot("vera")
    await details(nina)
    await nina.modal.click("Correct")
    await nina.modal.fill("What Clari AI says", "4.0 M€")
    await nina.modal.fill("What do they disagree about?", "Q4 pipeline for EMEA and UK")
    await nina.modal.submit()
    await house.settle()
    assert not nina.has_modal
    assert "4.0 M€" in card_of(nina).text
    assert "corrected" not in card_of(nina).text
    assert "Clari AI says 4.0 M€" in newest(vera).text
    assert len(told(vera)) == 1
    assert (await story(house, conflict.id))[-2:] == [
        "Nina corrected what they disagree about: Q4 pipeline for EMEA → Q4 pipeline for EMEA and UK",
        "Nina corrected what Clari AI says: 4.2 M€ → 4.0 M€",
    ]


async def test_after_the_acknowledgement_the_old_value_stays_beside_it(house: House) -> None:
    """The owner sees that it changed under their hands."""
    await reported(house)
    nina, vera = house.robot("nina"), house.robot("vera")
    await vera.clicks("Acknowledge", newest(vera))
    await details(nina)
    await nina.modal.click("Correct")
    await nina.modal.fill("What Rep roll-up says", "3.0 M€")
    await nina.modal.submit()
    await house.settle()
    assert "3.0 M€" in card_of(nina).text
    assert "corrected, was 3.1 M€" in card_of(nina).text


async def test_a_correction_without_a_difference_is_told_so(house: House) -> None:
    """The form stays open with a sentence."""
    await reported(house)
    nina = house.robot("nina")
    await details(nina)
    await nina.modal.click("Correct")
    await nina.modal.submit()
    assert "Nothing is different yet" in next(iter(nina.modal.errors.values()))


async def test_what_nobody_could_name_is_sorted_by_the_chair(house: House) -> None:
    """*Not sure* goes to the chair; sorted, it goes to the owner of its kind by that kind's deadline."""
    conflict = await reported(house, type="not_sure")
    remy, vera, nina = house.robot("remy"), house.robot("vera"), house.robot("nina")
    assert newest(remy).buttons == ("Acknowledge", "Change kind", "Decide")
    await remy.clicks("Change kind", newest(remy))
    await remy.modal.choose("What kind is it?", "Pipeline forecast discrepancy")
    assert "Vera (VP Sales) would decide by" in remy.modal.text
    await remy.modal.submit()
    await house.settle()
    sorted_ = await now_of(house, conflict.id)
    assert (sorted_.owner, sorted_.state, sorted_.type_name) == (
        "U0VERA",
        State.OPEN,
        "Pipeline forecast discrepancy",
    )
    assert told(vera) == ["You decide #1: Q4 pipeline for EMEA"]
    assert "Pipeline forecast discrepancy" in card_of(nina).text
    assert "did not answer" not in card_of(nina).text
    assert newest(remy).buttons == ()


async def test_a_later_deadline_by_another_kind_needs_a_reason(house: House) -> None:
    """Never later than promised without saying why; the timeline keeps it, and the owner stays on it."""
    conflict = await reported(house, LEADS)
    remy = house.robot("remy")
    await remy.clicks("Acknowledge", newest(remy))
    await details(remy)
    await remy.modal.click("Change kind")
    await remy.modal.choose("What kind is it?", "Cross-functional metric contradiction")
    await remy.modal.submit()
    assert "say why" in remy.modal.errors["Why?"]
    await remy.modal.fill("Why?", "Three systems count leads differently.")
    await remy.modal.submit()
    await house.settle()
    changed = await now_of(house, conflict.id)
    assert (changed.owner, changed.state) == ("U0REMY", State.ACKNOWLEDGED)
    assert changed.deadline.limit > conflict.deadline.limit
    assert "Three systems count leads differently." in (await story(house, conflict.id))[-1]


async def test_a_kind_that_asks_whose_account_it_is_asks_here_too(house: House) -> None:
    """Account and its owner are asked in place, and required."""
    await reported(house)
    vera = house.robot("vera")
    await details(vera)
    await vera.modal.click("Change kind")
    await vera.modal.choose("What kind is it?", "Customer health conflict")
    assert "Account owner" in vera.modal.labels
    await vera.modal.fill("Account", "Northgate Logistics")
    await vera.modal.choose("Account owner", "Omar Haddad")
    await vera.modal.submit()
    await house.settle()
    assert told(house.robot("omar"))[-1] == "#1 concerns you: Q4 pipeline for EMEA"


async def test_two_reports_of_the_same_thing_are_put_together(house: House) -> None:
    """Its signals and people go to the other one; everybody who took part hears it once."""
    first = await reported(house)
    second = await reported(house, by="dean", subject="EMEA pipeline of the fourth quarter", signals=OTHERS)
    remy, dean = house.robot("remy"), house.robot("dean")
    before = {name: len(told(house.robot(name))) for name in ("vera", "remy", "dean", "nina")}
    await details(remy)
    await remy.modal.click("Same as …")
    await remy.modal.choose("Same as", "#1 Q4 pipeline for EMEA", query="emea")
    await remy.modal.submit()
    await house.settle()
    over, kept = await now_of(house, second.id), await now_of(house, first.id)
    assert (over.state, over.merged_into) == (State.MERGED, 1)
    assert "U0DEAN" in kept.joined
    assert [signal.source for signal in kept.facts.signals] == ["Clari AI", "Rep roll-up", "Gong", "Ledger"]
    await house.forward(days=1)
    after = {name: told(house.robot(name))[count:] for name, count in before.items()}
    heard = {name for name, lines in after.items() if "#2 is the same as #1: Q4 pipeline for EMEA" in lines}
    assert heard == {"vera", "dean"}
    assert "the same as #1: Q4 pipeline for EMEA" in dean.sees("ai-council")[-1].text


async def test_put_into_a_decided_one_its_signals_become_context(house: House) -> None:
    """The decision answers it; nothing that was said is lost."""
    first = await reported(house)
    await decides(house, house.robot("vera"))
    await reported(house, by="dean", subject="EMEA pipeline again", signals=OTHERS)
    remy = house.robot("remy")
    await details(remy)
    await remy.modal.click("Same as …")
    await remy.modal.choose("Same as", "#1 Q4 pipeline for EMEA", query="1")
    await remy.modal.submit()
    await house.settle()
    assert sorted(await context_of(house, first.id)) == ["Gong: 3.9 M€", "Ledger: 3.2 M€"]
    assert (await now_of(house, first.id)).state is State.DECIDED


async def test_made_confidential_card_and_log_line_are_taken_down(house: House) -> None:
    """Only those who take part see it from then on; their messages stay."""
    conflict = await reported(house)
    vera, omar, nina = house.robot("vera"), house.robot("omar"), house.robot("nina")
    await decides(house, vera)
    assert any("#1" in message.text for message in omar.sees(LOG))
    await details(vera)
    await vera.modal.click("Make confidential")
    assert "copies may remain" in vera.modal.text
    await vera.modal.submit()
    await house.settle()
    assert not any("#1" in message.text for message in omar.sees(LOG))
    assert not any("#1" in message.text for message in omar.sees("ai-council"))
    await omar.types("/ai-conflict show 1", channel="general")
    assert "There is no such conflict here that you can see." in omar.ephemerals[-1].text
    await nina.types("/ai-conflict show 1", channel="general")
    assert "Q4 pipeline for EMEA" in nina.ephemerals[-1].text
    assert (await now_of(house, conflict.id)).home is None
