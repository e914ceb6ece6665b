"""`check` looks at everything that can be wrong from outside and says what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.check import check
from bot.company import import_company, opened
from bot.finding import Finding
from council.people import Absence
from sandbox.acts import admin
from sandbox.installing import revoke_tokens
from storage import lanes, wakes, workspaces
from storage.migrate import migrate
from storage.store import Unit
from tests.bot.conftest import LARKSPUR, MANIFEST, MONDAY, Larkspur

SHARED = "is shared with another organisation"


async def ready(it: Larkspur) -> None:
    """Everybody holds a seat and has a deputy, and the file is imported."""
    text = LARKSPUR.read_text("utf-8").replace("holder: ~", "holder: U0GREY, deputy: U0BELA")
    text = text.replace("holder: U0MATEO", "holder: U0MATEO, deputy: U0BELA")
    await import_company(it.settings(), text.encode(), "company.yaml", directory=it.directory())


async def found(it: Larkspur, manifest: Path = MANIFEST, **settings: str) -> list[Finding]:
    looked = check(it.settings(**settings), directory=it.directory(), manifest=manifest, now=lambda: MONDAY)
    return [finding async for finding in looked]


async def wrong(it: Larkspur, manifest: Path = MANIFEST, **settings: str) -> list[str]:
    return [str(finding) for finding in await found(it, manifest, **settings) if finding.is_wrong]


async def test_all_is_well(larkspur: Larkspur) -> None:
    """One line for each thing that was looked at."""
    await ready(larkspur)
    assert [str(finding) for finding in await found(larkspur)] == [
        "✓ database",
        "✓ bot token, of Larkspur",
        "✓ app token, for Socket Mode",
        "✓ scopes",
        "✓ configuration",
        "✓ channel #signals",
        "✓ channel #signal-log (public; I join it with my first message there)",
        "✓ people, all 4",
        "✓ seats",
    ]


async def test_somebody_without_an_address_is_nothing_wrong(larkspur: Larkspur) -> None:
    """A seat is held by whoever has the id; the address was only a way to find them."""
    await ready(larkspur)
    for id_ in ("U0MATEO", "U0BELA"):
        larkspur.slack.workspace.people[id_].email = ""
    assert await wrong(larkspur) == []
    assert "✓ people, all 4" in [str(finding) for finding in await found(larkspur)]


async def test_a_channel_with_a_new_name_is_nothing_wrong(larkspur: Larkspur) -> None:
    """It is known by its id; the line says what it is called now."""
    await ready(larkspur)
    admin.rename(larkspur.slack, "signals", "numbers")
    assert await wrong(larkspur) == []
    assert "✓ channel #numbers" in [str(finding) for finding in await found(larkspur)]


async def test_a_database_that_was_never_prepared(larkspur: Larkspur, tmp_path: Path) -> None:
    """Said with the command to type; nothing is made by looking."""
    file = tmp_path / "none.sqlite3"
    told = await wrong(larkspur, DATABASE_URL=f"sqlite:///{file}")
    assert told == ["✗ database: not prepared yet, or behind this program; type: tiebreak migrate"]
    assert not file.exists()


async def test_a_server_that_is_not_there(larkspur: Larkspur) -> None:
    """The database's server does not answer."""
    told = await wrong(larkspur, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert len(told) == 1
    assert told[0].startswith("✗ database: can't be ")
    assert told[0].endswith("; look at DATABASE_URL")


async def test_nothing_is_set_up(larkspur: Larkspur) -> None:
    """A prepared database without a company."""
    await migrate(larkspur.settings().database_url)
    assert await wrong(larkspur) == ["✗ configuration: nothing is set up yet; type: tiebreak import FILE"]


async def test_tokens_that_do_not_work(larkspur: Larkspur) -> None:
    """Revoked, mixed up with another app's, or not set at all."""
    larkspur.refusals |= {"account_inactive", "invalid_auth"}
    await ready(larkspur)
    told = await wrong(larkspur, SLACK_APP_TOKEN="xapp-1-other")
    assert told == ["✗ app token, for Socket Mode: Slack does not accept SLACK_APP_TOKEN (invalid_auth)"]
    directory = larkspur.directory()
    revoke_tokens(larkspur.slack)
    told = [str(f) async for f in check(larkspur.settings(), directory=directory) if f.is_wrong]
    assert told == ["✗ bot token: Slack does not accept SLACK_BOT_TOKEN (account_inactive)"]


async def test_tokens_that_are_not_set(larkspur: Larkspur) -> None:
    """Both are named, each with where it goes."""
    told = check(larkspur.settings(SLACK_BOT_TOKEN="", SLACK_APP_TOKEN=""))
    assert [str(f).split(";")[0] async for f in told if "token" in f.what] == [
        "✗ bot token: SLACK_BOT_TOKEN is not set",
        "✗ app token, for Socket Mode: SLACK_APP_TOKEN is not set",
    ]


async def test_R49_scopes_that_were_not_given(larkspur: Larkspur, tmp_path: Path) -> None:
    """An app installed before app.yaml asked for more; then one that may not even look people up."""
    await ready(larkspur)
    newer = tmp_path / "app.yaml"
    newer.write_text(MANIFEST.read_text("utf-8").replace("- commands", "- commands\n      - pins:read"))
    assert await wrong(larkspur, newer) == [
        "✗ scopes: missing pins:read; update the app from app.yaml and install it again"
    ]
    larkspur.refusals |= {"missing_scope"}
    token = larkspur.slack.tokens[larkspur.slack.bot_token()]
    token.scopes = frozenset({"commands", "users:read"})
    last = (await wrong(larkspur))[-1]
    assert last.startswith("✗ people and channels: the app lacks the scope channels:read")
    assert last.endswith("; add what app.yaml names and install it again")


async def test_what_changed_in_slack_since_the_import(larkspur: Larkspur) -> None:
    """A channel archived, another shared, a private one left, somebody gone: each with what to do."""
    crew = (
        LARKSPUR.read_text("utf-8")
        .replace("'#signal-log'", "crew")
        .replace("channel: C0SIGNALS", "channel: C0LOG")
    )
    await import_company(larkspur.settings(), crew.encode(), "company.yaml", directory=larkspur.directory())
    workspace = larkspur.slack.workspace
    workspace.channels["C0SIGNALS"].archived = True
    workspace.channels["C0LOG"].with_teams.append("T0ACME")
    workspace.channels["C0CREW"].members.remove(larkspur.slack.app.bot_user)
    workspace.people["U0MATEO"].deactivated = True
    assert await wrong(larkspur) == [
        "✗ channel #signals: the channel #signals is archived; choose another and import it",
        "✗ channel #crew: I see no channel C0CREW; if it is private, type there: /invite @Tiebreak",
        f"✗ channel #signal-log: the channel #signal-log {SHARED}; choose another and import it",
        "✗ person Mateo: U0MATEO (Mateo) was deactivated in Slack; name somebody else",
    ]


async def test_R48_an_empty_seat_can_wait(larkspur: Larkspur) -> None:
    """Somebody stands in: worth a line, but the bot works."""
    content = LARKSPUR.read_bytes()
    await import_company(larkspur.settings(), content, "company.yaml", directory=larkspur.directory())
    assert await wrong(larkspur) == []
    [empty, no_deputy] = [finding for finding in await found(larkspur) if finding.what == "seats"]
    assert str(empty) == "! seats: Nobody holds Data; its deputy, the chair or an admin stands in"
    assert str(no_deputy) == "! seats: Head of Sales has no deputy; name one"
    assert replace(empty, can_wait=False).is_wrong


async def kept(it: Larkspur, *changes: Callable[[Unit], object]) -> None:
    """Something that happened while the bot was running."""
    async with opened(it.settings(), lambda: MONDAY) as store:
        for change in changes:
            await store.write(change, team=it.team)


def away(person: str, first: int, last: int) -> Callable[[Unit], None]:
    """Away from one day after Monday until another."""
    absence = Absence(person=person, since=MONDAY + timedelta(first), until=MONDAY + timedelta(last))
    return lambda unit: workspaces.save_absence(unit.connection, unit.team, unit.ids(), absence, MONDAY)


async def test_R48_seats_that_will_stand_empty(larkspur: Larkspur) -> None:
    """Holder and deputy are away at once in the weeks to come; after that it is said when it is nearer."""
    await ready(larkspur)
    await kept(larkspur, away("U0RUNA", 3, 10), away("U0GREY", 8, 12), away("U0BELA", 40, 50))
    assert await wrong(larkspur) == []
    [seats] = [finding for finding in await found(larkspur) if finding.what == "seats"]
    assert seats.todo == (
        "Nobody sits on Operations lead from 2026-11-24 09:00 UTC until 2026-11-26 09:00 UTC: "
        "Runa and Grey are both missing; name somebody who stands in"
    )


async def test_R6_what_stands_still_is_named(larkspur: Larkspur) -> None:
    """A channel that takes nothing and a subject whose rule raised: both are wrong, with since when."""
    await ready(larkspur)

    def stand_still(unit: Unit) -> None:
        early = MONDAY - timedelta(hours=1)
        lanes.ready(unit.connection, unit.team, [("C0LOG", early, 2)])
        [lane] = lanes.claim(unit.connection, "me", early)
        lanes.postpone(unit.connection, lane, MONDAY + timedelta(minutes=1), early, "invalid_auth")
        wakes.arm(unit.connection, unit.team, "c1", early)
        for _ in range(wakes.MOST_TRIES):
            [due] = wakes.claim(unit.connection, "me", early)
            wakes.failed(unit.connection, due, early)

    await kept(larkspur, stand_still)
    messages, looking = await wrong(larkspur)
    assert messages == (
        "✗ messages to #signal-log: nothing was taken since 2026-11-16 08:00 UTC (invalid_auth); "
        "mend that, nothing is lost and I try every minute"
    )
    assert looking == (
        "✗ looking after c1: it went wrong five times; look into the log, then do something with it in Slack"
    )


async def test_a_bot_that_does_not_run_is_hinted_at(larkspur: Larkspur) -> None:
    """Something has been due for longer than any look takes; before the first start nothing is."""
    await ready(larkspur)
    hour_ago = MONDAY - timedelta(hours=1)
    await kept(larkspur, lambda unit: wakes.arm(unit.connection, unit.team, "c1", hour_ago))
    assert await wrong(larkspur) == []
    told = [str(finding) for finding in await found(larkspur) if finding.todo]
    assert told == ["! what is due: it waits since 2026-11-16 08:00 UTC; type: tiebreak run"]


async def test_an_address_without_a_port_is_hinted_at(larkspur: Larkspur) -> None:
    """Links to calendars need both; it can wait, everything else works."""
    await ready(larkspur)
    told = await found(larkspur, TIEBREAK_HTTP_URL="https://tiebreak.example")
    [hint] = [finding for finding in told if finding.what == "links to calendars"]
    assert "TIEBREAK_HTTP_PORT is not" in hint.todo
    assert not hint.is_wrong
    both: dict[str, Any] = {
        "TIEBREAK_HTTP_URL": "https://tiebreak.example",
        "TIEBREAK_HTTP_PORT": "8080",
    }
    assert "links to calendars" not in {finding.what for finding in await found(larkspur, **both)}
