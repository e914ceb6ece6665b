"""An admin who has never read a manual changes who decides what, sees what it does, and takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from council.conflict import State
from council.workspace import Configuration
from sandbox.robot import Robot
from sandbox.robot_modal import RobotModal
from storage import workspaces
from tests.stories.acting import LEADS, decides, newest, now_of, reported, told
from tests.stories.company import juniper
from tests.stories.house import House, open_house


async def opens(person: Robot, entry: str = "Lead quality disagreement") -> RobotModal:
    """The form of a type, from the command on."""
    await person.types("/ai-council matrix", channel="general")
    names = [text.split("\n")[0].strip("*") for text in person.modal.texts if "\n" in text]
    await person.modal.click("Edit", names.index(entry))
    return person.modal


async def in_force(house: House) -> Configuration:
    found = await house.bot.store.read(
        lambda connection: workspaces.load(connection, house.team, now=house.clock.now())
    )
    assert found is not None
    return found.configuration


async def saves(person: Robot, why: str = "") -> None:
    """From the form over what it changes to the receipt."""
    if person.modal.submit_label == "Next":
        await person.modal.submit()
        assert not person.modal.errors, person.modal.errors
    if why:
        await person.modal.fill("Why?", why)
    await person.modal.submit()
    assert not person.modal.errors, person.modal.errors
    assert person.modal.title == "Saved", person.modal.text


async def test_the_list_says_who_decides_what_and_how_fast(house: House) -> None:
    """For everybody to read; only admins can change it."""
    await reported(house, LEADS)
    nina, pavel = house.robot("nina"), house.robot("pavel")
    await nina.types("/ai-council matrix", channel="general")
    assert (
        "Lead quality disagreement\nRemy (RevOps lead) · 48 hours on working days · 1 open · confirmed Nov 17"
        "\nMarketing's score against Sales' judgment" in nina.modal.text
    )
    assert "Not sure is always the last one: Remy (RevOps lead) sorts it" in nina.modal.text
    assert nina.modal.buttons == []
    await pavel.types("/ai-council matrix", channel="general")
    assert pavel.modal.buttons == ["Edit"] * 4 + ["Add a type", "Reorder", "Versions", "Set up"]


async def test_another_owner_with_the_open_conflict_staying_or_going(house: House) -> None:
    """What it changes is read first; each open conflict moves only when the admin says so."""
    first, second = await reported(house, LEADS), await reported(house, LEADS, subject="Trial leads of May")
    pavel, remy, vera = (house.robot(each) for each in ("pavel", "remy", "vera"))
    form = await opens(pavel)
    assert form.title == "Edit conflict type"
    assert form.value("Who decides?") == "RevOps lead (Remy)"
    await form.choose("Who decides?", "VP Sales (Vera)", query="vera")
    await form.clear("Who decides when it turns out to be the other kind?")
    await form.submit()
    preview = pavel.modal
    assert preview.title == "What this changes"
    assert "• Owner of Lead quality disagreement: RevOps lead → VP Sales" in preview.text
    assert "Nothing to replay yet: 2 conflicts." in preview.text
    assert preview.options("#1 Are webinar leads any good?") == [
        "Stays with Remy",
        "Goes to Vera, who will be told",
    ]
    assert preview.value("#2 Trial leads of May") == "Stays with Remy"
    await preview.choose("#2 Trial leads of May", "Goes to Vera, who will be told")
    before = len(told(remy))
    await saves(pavel, "Sales owns its leads now")
    assert "Saved as version 2." in pavel.modal.text
    assert "#2 goes to Vera." in pavel.modal.text
    await house.settle()
    assert (await now_of(house, first.id)).owner == remy.id
    moved = await now_of(house, second.id)
    assert (moved.owner, moved.deadline.limit) == (vera.id, second.deadline.limit)
    assert told(vera)[-1] == "You decide #2: Trial leads of May"
    assert told(remy)[before:] == ["#2 went on to Vera: Trial leads of May"]
    await decides(house, vera, newest(vera))
    assert (await now_of(house, second.id)).state is State.DECIDED
    third = await reported(house, LEADS, subject="Leads from the fair")
    assert third.owner == vera.id


async def test_back_keeps_what_was_typed_and_nothing_is_saved_before_save(house: House) -> None:
    """Looking costs nothing."""
    pavel = house.robot("pavel")
    form = await opens(pavel)
    await form.fill("What is it called?", "Lead quality <!channel> 🔥 שלום")
    await form.fill("Examples", "one\n\n two ")
    await form.submit()
    await pavel.modal.click("Back")
    assert pavel.modal.value("What is it called?") == "Lead quality <!channel> 🔥 שלום"
    assert pavel.modal.value("Examples") == "one\ntwo"
    assert await in_force(house) == juniper()
    await saves(pavel)
    row = (await in_force(house)).matrix[0]
    assert (row.name, row.examples, row.key) == (
        "Lead quality <!channel> 🔥 שלום",
        ("one", "two"),
        "lead_quality",
    )


async def test_what_can_not_be_stands_under_its_field(house: House) -> None:
    """Each in the words of an import, with everything typed still there."""
    pavel = house.robot("pavel")
    form = await opens(pavel)
    await form.fill("What is it called?", "PIPELINE forecast discrepancy")
    await form.fill("At the latest within", "soon")
    await form.submit()
    assert pavel.modal.errors == {
        "At the latest within": "Write a span of time like 48 hours, 90 minutes or 2 days."
    }
    await form.fill("At the latest within", "91 days")
    await form.clear("Who is asked when the owner does not answer?")
    await form.submit()
    assert pavel.modal.errors == {
        "What is it called?": "There are two of the name “Pipeline forecast discrepancy”.",
        "Who is asked when the owner does not answer?": "Nobody besides the owner would ever be asked; "
        "add a role, chair or sponsor.",
        "At the latest within": "More than 90 days is no deadline any more.",
    }
    assert await in_force(house) == juniper()


async def test_a_new_type_before_a_meeting_is_offered_at_once(house: House) -> None:
    """Its form changes with the kind of deadline, and nothing typed is lost by that."""
    pavel = house.robot("pavel")
    await pavel.types("/ai-council matrix", channel="general")
    await pavel.modal.click("Add a type")
    form = pavel.modal
    await form.fill("What is it called?", "Chair")
    await form.choose("Who decides?", "The owner of the account", query="account")
    await form.choose("By when is it decided?", "Before a meeting")
    form = pavel.modal
    assert form.value("What is it called?") == "Chair"
    assert form.value("Who decides?") == "The owner of the account"
    await form.submit()
    assert form.errors == {"Which meeting?": "Please complete this required field."}
    await form.choose("Which meeting?", "Forecast meeting")
    await form.fill("How long before it begins?", "2h")
    await saves(pavel)
    row = (await in_force(house)).matrix[-1]
    assert (row.key, row.name) == ("chair_2", "Chair")
    nina = house.robot("nina")
    await nina.types("/ai-conflict", channel="general")
    assert nina.modal.options("What kind of conflict?")[-2:] == ["Chair", "Not sure"]


async def test_retired_it_is_not_offered_and_restored_it_is(house: House) -> None:
    """What is open of it goes on as it is, and that is said."""
    conflict = await reported(house, LEADS)
    pavel, nina = house.robot("pavel"), house.robot("nina")
    form = await opens(pavel)
    await form.click("Retire")
    assert "• Retired: Lead quality disagreement" in pavel.modal.text
    assert "⚠ What is open of it goes on as it is: #1" in pavel.modal.text
    await saves(pavel)
    await nina.types("/ai-conflict", channel="general")
    assert "Lead quality disagreement" not in nina.modal.options("What kind of conflict?")
    assert (await now_of(house, conflict.id)).is_open
    await pavel.modal.click("Conflict types")
    assert "Retired: not offered any more" in pavel.modal.text
    await pavel.modal.click("Restore")
    await saves(pavel)
    assert (await in_force(house)) == juniper()


async def test_the_order_is_the_forms(house: House) -> None:
    """One at a time."""
    pavel = house.robot("pavel")
    await pavel.types("/ai-council matrix", channel="general")
    await pavel.modal.click("Reorder")
    await pavel.modal.choose("Which one?", "Customer health conflict")
    await pavel.modal.choose("Where to?", "Below Customer health conflict")
    await pavel.modal.submit()
    assert pavel.modal.errors == {"Where to?": "It can't stand below itself."}
    await pavel.modal.choose("Where to?", "Below Lead quality disagreement")
    await pavel.modal.submit()
    assert "• The order of the conflict types changes" in pavel.modal.text
    await saves(pavel)
    assert [row.key for row in (await in_force(house)).matrix] == [
        "lead_quality",
        "customer_health",
        "pipeline_forecast",
        "metric_contradiction",
    ]


async def test_of_many_each_goes_as_it_was_chosen_and_what_came_meanwhile_stays(house: House) -> None:
    """Twenty are asked about one by one, the others together; nobody has read of the newest."""
    open_ones = [await reported(house, LEADS, subject=f"Leads of week {week}") for week in range(23)]
    pavel, vera, remy = (house.robot(each) for each in ("pavel", "vera", "remy"))
    form = await opens(pavel)
    await form.choose("Who decides?", "VP Sales (Vera)", query="vera")
    await form.clear("Who decides when it turns out to be the other kind?")
    await form.submit()
    assert "Of the last 90 days' 23 conflicts 23 would have gone elsewhere." in pavel.modal.text
    await pavel.modal.choose("#1 Leads of week 0", "Goes to Vera, who will be told")
    await pavel.modal.choose("The other 3", "Go to their new owners, who will be told")
    newest_one = await reported(house, LEADS, subject="Leads of today")
    await saves(pavel)
    await house.settle()
    owners = [(await now_of(house, each.id)).owner for each in (*open_ones, newest_one)]
    assert owners == [vera.id, *[remy.id] * 19, *[vera.id] * 3, remy.id]


async def test_what_a_button_can_not_do_any_more_is_said(house: House) -> None:
    """Two windows of the same admin: the second learns that it is done."""
    pavel = house.robot("pavel")
    await (await opens(pavel)).click("Retire")
    await saves(pavel)
    await pavel.modal.click("Versions")
    await pavel.modal.click("Go back to this one")
    await saves(pavel)
    await pavel.modal.click("Versions")
    await pavel.modal.click("Go back to this one", 1)
    assert pavel.modal.text == "Nothing is changed by this."


async def test_two_admins_at_once_lose_nothing(database_url: str) -> None:
    """Who saves second reads what the first has changed; both changes stand in the end."""
    company = replace(juniper(), admins=("U0PAVEL", "U0REMY"))
    async with open_house(database_url, configuration=company) as house:
        pavel, remy = house.robot("pavel"), house.robot("remy")
        one, other = await opens(pavel), await opens(remy)
        await one.choose("Who decides?", "VP Sales (Vera)", query="vera")
        await one.clear("Who decides when it turns out to be the other kind?")
        await other.fill("At the latest within", "24 hours")
        await other.submit()
        await saves(pavel)
        await remy.modal.submit()
        assert remy.modal.title == "What this changes"
        assert "Nothing is saved yet: Pavel has changed the set-up meanwhile." in remy.modal.text
        assert "• Owner of Lead quality disagreement: RevOps lead → VP Sales" in remy.modal.text
        assert "48 hours on working days → 24 hours on working days" in remy.modal.text
        await saves(remy)
        row = (await in_force(house)).matrix[0]
        assert row.owner == "vp_sales"
        assert row.timeframe.limit == timedelta(hours=24)  # type: ignore[union-attr]
        assert not house.slack.record.defects


async def test_every_version_is_a_way_back(house: House) -> None:
    """Who, when, why and what; going back is a new version, by the same steps."""
    pavel = house.robot("pavel")
    form = await opens(pavel)
    await form.choose("Who decides?", "VP Sales (Vera)", query="vera")
    await form.clear("Who decides when it turns out to be the other kind?")
    await saves(pavel, "Sales owns *its* leads now")
    await pavel.modal.click("Versions")
    assert "2 · Pavel, Today at 10:00 AM: Sales owns" in pavel.modal.text
    assert "• Owner of Lead quality disagreement: RevOps lead → VP Sales" in pavel.modal.text
    await pavel.modal.click("Go back to this one")
    assert pavel.modal.title == "What this changes"
    assert "• Owner of Lead quality disagreement: VP Sales → RevOps lead" in pavel.modal.text
    await pavel.modal.click("Back")
    assert pavel.modal.title == "Versions"
    await pavel.modal.click("Go back to this one")
    await saves(pavel)
    assert await in_force(house) == juniper()
    await pavel.modal.click("Versions")
    assert pavel.modal.text.count(" · Pavel, ") == 3


async def test_home_leads_admins_there_and_nobody_else(house: House) -> None:
    """*Set up* stands for those who look after it."""
    pavel, nina = house.robot("pavel"), house.robot("nina")
    for each in (pavel, nina):
        await each.opens_home()
    await house.settle()
    assert "Conflict types" not in nina.home.buttons
    await pavel.home.click("Conflict types")
    assert pavel.modal.title == "Conflict types"
    await nina.types("/ai-council setup", channel="general")
    assert "Only Pavel can change the set-up; please ask there." in nina.ephemerals[-1].text
    await pavel.types("/ai-council setup", channel="general")
    assert pavel.modal.title == "Set up"


async def test_saved_twice_it_is_one_version(house: House) -> None:
    """A double click, or an acknowledgement that was lost."""
    pavel = house.robot("pavel")
    form = await opens(pavel)
    await form.fill("At the latest within", "24")
    await form.submit()
    await pavel.modal.submit()
    await pavel.modal.click("Versions")
    assert "3 ·" not in pavel.modal.text
    assert "2 ·" in pavel.modal.text


async def test_R19_sixty_types_and_hundreds_of_roles_fit(database_url: str) -> None:
    """Long names, many of everything: each window is one that Slack shows."""
    roles = tuple(
        replace(juniper().roles[0], key=f"role_{number}", name=f"{number} {'role' * 20}"[:75])
        for number in range(300)
    )
    types = tuple(
        replace(juniper().matrix[0], key=f"type_{number}", name=f"{number} {'kind 🔥' * 20}"[:75])
        for number in range(60)
    )
    company = replace(
        juniper(), roles=(*juniper().roles, *roles), matrix=(*juniper().matrix[:3], *types), precedence=()
    )
    async with open_house(database_url, configuration=company) as house:
        pavel = house.robot("pavel")
        await pavel.types("/ai-council matrix", channel="general")
        assert pavel.modal.buttons.count("Edit") == 40
        await pavel.modal.click("More")
        assert pavel.modal.buttons.count("Edit") == 23
        await pavel.modal.click("Previous")
        await pavel.modal.click("Reorder")
        assert len(pavel.modal.options("Where to?")) == 64
        await pavel.modal.click("Back")
        await pavel.modal.click("Edit", 30)
        assert len(await pavel.modal.search("Who decides?", "")) == 100
        assert len(await pavel.modal.search("Who decides?", "role")) == 100
        [found] = await pavel.modal.search("Who decides?", "299 role")
        assert found.endswith("… (Remy)")
        await pavel.modal.fill("At the latest within", "24 hours")
        await saves(pavel)
        assert not house.slack.record.defects


HOSTILE = "<!channel> <@U0VERA> *b* `c` {owner} {{ 7*7 }} %s &amp; \u202e\u0000 שלום 🔥 ```"


async def test_R42_hostile_words_in_every_field_stay_words(house: House) -> None:
    """In the form, in what it changes, in lists and versions: nothing turns, pings or breaks."""
    pavel = house.robot("pavel")
    form = await opens(pavel)
    for label, _, kind in form.inputs:
        if kind == "plain_text_input" and "within" not in label and "How long" not in label:
            await form.fill(label, f"{HOSTILE}\n{HOSTILE} x"[: 60 if "called" in label else 400])
    await form.submit()
    assert pavel.modal.title == "What this changes"
    await pavel.modal.fill("Why?", HOSTILE)
    await pavel.modal.submit()
    assert pavel.modal.title == "Saved"
    for step in ("Versions", "Set up", "Conflict types"):
        await pavel.modal.click(step)
    await pavel.modal.click("Edit")
    await pavel.modal.click("Back")
    assert pavel.modal.texts.count("Conflict types") == 0
    assert "<!channel> <@U0VERA> ∗b∗" in pavel.modal.text
    nina = house.robot("nina")
    await nina.types("/ai-conflict", channel="general")
    assert any("{owner}" in each for each in nina.modal.options("What kind of conflict?"))


async def test_a_text_is_worded_anew_and_tried_before_it_is_kept(council: House) -> None:
    """A broken one is refused with its line; the preview reads as it will be said, and so it is said."""
    pavel, remy = council.robot("pavel"), council.robot("remy")
    await pavel.types("/ai-council setup", channel="general")
    await pavel.modal.click("Texts")
    assert "Anything between tools or teams that does not work?" in str(
        pavel.modal.value("Prompt of the standup")
    )
    await pavel.modal.fill("Prompt of the standup", "Morning!\n{{ standup.upper() }}")
    await pavel.modal.submit()
    assert pavel.modal.errors == {
        "Prompt of the standup": "It does not work: line 2: Call is not possible in a text."
    }
    await pavel.modal.fill("Prompt of the standup", "*{{ standup }}*: what is broken between your tools?")
    await pavel.modal.submit()
    assert "AI integration standup: what is broken between your tools?" in pavel.modal.text
    await saves(pavel, "Shorter")
    await council.forward(days=5, hours=23, minutes=30)
    assert "AI integration standup: what is broken between your tools?" in told(remy)
    await pavel.types("/ai-council setup", channel="general")
    await pavel.modal.click("Texts")
    await pavel.modal.clear("Prompt of the standup")
    await saves(pavel)
    assert (await in_force(council)).texts == juniper().texts
