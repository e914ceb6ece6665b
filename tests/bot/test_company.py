"""`import` takes a company's file over whole or not at all; `export` gives it back the same."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from bot.company import CannotImport, Imported, NothingToExport, export_company, import_company, opened
from bot.settings import SettingsMistaken
from council.people import Person
from sandbox.faults import Fault
from storage import tables
from storage.company.keeping import in_force, installer
from storage.locks import only_one
from storage.migrate import migrate, pending
from storage.people import find_channels, find_people
from tests.bot.conftest import LARKSPUR, MONDAY, Larkspur

FILE = LARKSPUR.read_text("utf-8")


async def imported(it: Larkspur, text: str = FILE, *, dry_run: bool = False, admin: str = "") -> Imported:
    return await import_company(
        it.settings(TIEBREAK_ADMIN=admin),
        text.encode(),
        "company.yaml",
        dry_run=dry_run,
        directory=it.directory(),
        now=lambda: MONDAY,
    )


async def mistakes(it: Larkspur, text: str) -> list[str]:
    with pytest.raises(CannotImport) as problem:
        await imported(it, text)
    return list(problem.value.lines)


async def people(it: Larkspur, *ids: str) -> dict[str, Person]:
    async with opened(it.settings()) as store:
        return await store.read(lambda c: find_people(c, it.team, ids))


async def is_untouched(it: Larkspur) -> bool:
    return bool(await pending(it.settings().database_url)) or await versions(it) == 0


async def versions(it: Larkspur) -> int:
    async with opened(it.settings()) as store:
        count = select(func.count()).select_from(tables.configurations)
        return int(await store.read(lambda c: c.execute(count).scalar_one()))


async def test_a_company_is_taken_over_from_nothing(larkspur: Larkspur) -> None:
    """No database yet: it is made, and knows the company, its people and its channels afterwards."""
    told = await imported(larkspur)
    assert told.version == 1
    assert "New role: Operations lead; holder: Runa; deputy: Grey" in told.changes
    assert "Channel of the decision log: none → #signal-log" in told.changes
    assert told.remarks == ("Nobody holds Data; its deputy, the chair or an admin stands in.",)
    async with opened(larkspur.settings()) as store:
        company = await store.read(lambda c: in_force(c, larkspur.team))
        channels = await store.read(lambda c: find_channels(c, larkspur.team, ["C0SIGNALS", "C0LOG"]))
    assert company is not None
    assert company.admins == ("U0RUNA", "U0GREY")
    assert company.matrix[0].home_channel == "C0SIGNALS"
    assert {id_: (channel.name, channel.bot_in) for id_, channel in channels.items()} == {
        "C0SIGNALS": ("signals", True),
        "C0LOG": ("signal-log", False),
    }
    known = await people(larkspur, "U0BELA")
    assert (known["U0BELA"].zone, known["U0BELA"].fetched_at) == ("Europe/Oslo", MONDAY)


async def test_what_was_exported_comes_back_the_same(larkspur: Larkspur) -> None:
    """Export, import, export: the same text, no new version, and names beside the ids."""
    await imported(larkspur)
    text = await export_company(larkspur.settings())
    assert "holder: U0RUNA # Runa\n" in text
    again = await imported(larkspur, text)
    assert (again.changes, again.version) == ((), 1)
    assert await export_company(larkspur.settings(), team=larkspur.team) == text
    assert await versions(larkspur) == 1


async def test_somebody_without_an_address_is_named_by_id(larkspur: Larkspur) -> None:
    """Slack tells no e-mail of them: the id is enough, the file that is exported, and comes back the same."""
    larkspur.slack.workspace.people["U0MATEO"].email = ""
    told = await imported(larkspur)
    assert any("Head of Sales; holder: Mateo" in change for change in told.changes)
    assert (await people(larkspur, "U0MATEO"))["U0MATEO"].email is None
    text = await export_company(larkspur.settings())
    assert "holder: U0MATEO # Mateo\n" in text
    assert (await imported(larkspur, text)).changes == ()


async def test_an_address_that_slack_does_not_know_says_to_write_the_id(larkspur: Larkspur) -> None:
    """The line, the place and what to do instead."""
    larkspur.slack.workspace.people["U0BELA"].email = ""
    [told] = await mistakes(larkspur, FILE)
    assert told.startswith("company.yaml:12: roles.finance.holder: nobody in Slack has the address bela@")
    assert told.endswith("; whoever shows none there is named by their user id")


async def test_a_dry_run_says_what_would_change_and_changes_nothing(larkspur: Larkspur) -> None:
    """First on no database at all, which is not made; then one changed line against what is in force."""
    told = await imported(larkspur, dry_run=True)
    assert told.changes[0] == "A first configuration, for Europe/Oslo."
    assert told.version is None
    assert await is_untouched(larkspur)
    await imported(larkspur)
    changed = FILE.replace("name: Head of Sales, holder: U0MATEO", "name: Head of Sales, holder: U0GREY")
    told = await imported(larkspur, changed, dry_run=True)
    assert told.changes == ("Holder of Head of Sales: Mateo → Grey",)
    assert await versions(larkspur) == 1


MISTAKEN = """\
version: 1
workspace:
  time_zone: Europe/Bergen
  business_hours: {from: "17:00", to: "09:00"}
  holidays: {country: XX}
  channels: {council: old, decision_log: partners, wins: board}
  admins: [U0GUEST]
roles:
  - {key: ops, name: Operations, holder: left@larkspur.example, deputy: U0OLGA}
  - {key: sales, name: Sales, holder: U0MATEO, deputy: mateo@larkspur.example}
  - {key: chair, name: operations, holder: U0NOBODY, deputy: U0LEFT}
  - {key: cs, name: CS, holdr: U0RUNA}
council: {chair: cfo}
matrix:
  - key: eta
    name: Arrival
    notify: [opps]
    owner: ops
    timeframe: {before: volume_call}
    chain: []
    home_channel: nowhere
precedence:
  - {type: etta, stands: Carrier}
ceremonies:
  - {key: call, name: Call, every: week, day: thu, at: 540}
"""


EXPECTED = """\
3: workspace.time_zone: “Europe/Bergen” is not a time zone; write it like Europe/Berlin
4: workspace.business_hours.to: they must end after they begin, not begin at 17:00 and end at 09:00
5: workspace.holidays: XX is not a country whose holidays are known
6: workspace.channels.council: the channel old is archived
6: workspace.channels.decision_log: the channel partners is shared with another organisation
6: workspace.channels.wins: I see no channel board; if it is private, type there: /invite @Tiebreak
7: workspace.admins.1: U0GUEST (Gus) is a guest in Slack, and guests can't hold a seat
9: roles.ops.deputy: U0OLGA (Olga) belongs to another organisation
9: roles.ops.holder: nobody in Slack has the address left@larkspur.example, or they were deactivated; \
whoever shows none there is named by their user id
10: roles.sales.deputy: Mateo can't be the deputy of their own seat
11: roles.chair.deputy: U0LEFT (Lea) was deactivated in Slack
11: roles.chair.holder: nobody in Slack has the id U0NOBODY
11: roles.chair.key: “chair” has a meaning of its own; choose another key
11: roles.chair.name: There are two of the name “operations”
12: roles.cs.holdr: “holdr” is not known here; did you mean “holder”?
13: council.chair: There is no role “cfo”
17: matrix.eta.notify.1: There is no role “opps”
19: matrix.eta.timeframe.before: There is no ceremony “volume_call”; there are: call
20: matrix.eta.chain: Nobody besides the owner would ever be asked; add a role, chair or sponsor
21: matrix.eta.home_channel: I see no channel nowhere; if it is private, type there: /invite @Tiebreak
23: precedence.1.type: There is no conflict type “etta”
25: ceremonies.call.at: “540” is not a time of day; write it like "09:00"
"""


async def test_twenty_mistakes_are_named_by_line_and_nothing_is_saved(larkspur: Larkspur) -> None:
    """What is wrong with the YAML, with Slack and with the sense of it, all at once; no database is made."""
    told = await mistakes(larkspur, MISTAKEN)
    assert [line.removeprefix("company.yaml:") for line in told] == EXPECTED.splitlines()
    assert await is_untouched(larkspur)


async def test_a_mistake_leaves_what_was_in_force(larkspur: Larkspur) -> None:
    """One wrong line in a file of fifty: nothing of the other forty-nine is taken."""
    await imported(larkspur)
    before = await export_company(larkspur.settings())
    changed = FILE.replace("name: Head of Sales", "name: Sales").replace("owner: ops", "owner: opps")
    assert await mistakes(larkspur, changed) == ["company.yaml:28: matrix.eta.owner: There is no role “opps”"]
    assert await export_company(larkspur.settings()) == before


async def test_names_are_found_in_a_workspace_of_thousands_of_channels(larkspur: Larkspur) -> None:
    """The bot's own channels first, then page by page, and no further than needed."""
    workspace = larkspur.slack.workspace
    for number in range(1200):
        workspace.add_channel(f"channel-{number}", "public", [], "U0RUNA")
    await imported(larkspur, FILE.replace("council: signals,", "council: channel-1100,"))
    asked = [call.method for call in larkspur.slack.record.calls]
    assert asked.index("users.conversations") < asked.index("conversations.list")
    assert asked.count("conversations.list") == 3
    await imported(larkspur, FILE.replace("'#signal-log'", "crew"))
    assert [call.method for call in larkspur.slack.record.calls].count("conversations.list") == 3


async def test_slack_is_asked_again_after_as_long_as_it_wants(larkspur: Larkspur) -> None:
    """Too many questions, a hiccup, a cut line: patience, and no mistake."""
    faults = larkspur.slack.faults
    faults.plan(Fault("users.info", retry_after=30))
    faults.plan(Fault("users.lookupByEmail", status=503))
    faults.plan(Fault("auth.test", after_the_fact=True))
    assert (await imported(larkspur)).version == 1
    assert sorted(larkspur.waited) == [1.0, 1.0, 30.0]


async def test_the_operators_admin_holds_what_nobody_holds(larkspur: Larkspur) -> None:
    """TIEBREAK_ADMIN is looked up like everybody; with it the file needs no admins."""
    bare = FILE.replace("admins: [runa@larkspur.example, U0GREY]", "admins: []")
    assert await mistakes(larkspur, bare) == [
        "company.yaml:8: workspace.admins: At least one admin is needed"
    ]
    with pytest.raises(SettingsMistaken, match="TIEBREAK_ADMIN: nobody in Slack has the address left@"):
        await imported(larkspur, bare, admin="left@larkspur.example")
    await imported(larkspur, bare, admin="bela@larkspur.example")
    async with opened(larkspur.settings()) as store:
        assert await store.read(lambda c: installer(c, larkspur.team)) == "U0BELA"
    assert (await imported(larkspur, bare)).changes == ()


async def test_another_workspace_is_not_touched(larkspur: Larkspur) -> None:
    """Whoever names a team and has another one's token is told so."""
    with pytest.raises(CannotImport, match="belongs to Larkspur"):
        await import_company(
            larkspur.settings(), FILE.encode(), "company.yaml", team="T0OTHER", directory=larkspur.directory()
        )


async def test_import_and_export_work_while_the_bot_runs(larkspur: Larkspur) -> None:
    """The lock of `run` is no lock for them."""
    settings = larkspur.settings()
    await migrate(settings.database_url)
    with only_one(settings.database_url, now=datetime.now(UTC)):
        async with opened(settings) as store:
            assert await store.read(lambda c: in_force(c, larkspur.team)) is None
            await imported(larkspur)
            assert await store.read(lambda c: in_force(c, larkspur.team)) is not None
            assert "Operations lead" in await export_company(settings)


async def test_before_anything_is_set_up_there_is_nothing_to_export(larkspur: Larkspur) -> None:
    """No database, then an empty one, then a workspace that is not there: each is said, with what to type."""
    with pytest.raises(NothingToExport, match="type: tiebreak"):
        await export_company(larkspur.settings())
    await migrate(larkspur.settings().database_url)
    with pytest.raises(NothingToExport, match="type: tiebreak import"):
        await export_company(larkspur.settings())
    await imported(larkspur)
    with pytest.raises(NothingToExport, match="nothing is set up yet"):
        await export_company(larkspur.settings(), team="T0OTHER")


async def test_a_text_that_could_not_be_said_is_named_by_line(larkspur: Larkspur) -> None:
    """Tried as the form in Slack tries it; one that works is taken over and said in the changes."""
    texts = 'texts:\n  standup_prompt: "{{ standup.upper() }}"\n  agenda_intro: Be brief.\n'
    [mistake] = await mistakes(larkspur, FILE + texts)
    line = FILE.count("\n") + 2
    assert mistake == (
        f"company.yaml:{line}: texts.standup_prompt: It does not work: line 1: Call is not possible in a text"
    )
    told = await imported(larkspur, FILE + texts.replace("{{ standup.upper() }}", "What is broken?"))
    assert "Intro of the agenda: none → Be brief." in told.changes
