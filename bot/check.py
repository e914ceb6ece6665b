"""`check`: is everything in place? One line each, and what to type or click where it is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.company import Now, opened, spoken, utc_now
from bot.directory import Directory, Here, SlackUnwilling
from bot.finding import Finding
from bot.lookup import channel_fault, person_fault
from bot.settings import Settings, SettingsMistaken
from bot.standstill import standstill
from council.checks import hints, warnings
from council.vacancies import vacancies
from council.workspace import Configuration, Workspace
from storage import workspaces
from storage.company.keeping import channels_of, known_names, people_of
from storage.company.writing import Names
from storage.errors import NewerDatabase, Unavailable
from storage.migrate import pending

MANIFEST = Path(__file__).with_name("app.yaml")
DATABASE_SECONDS = 10
HORIZON = timedelta(days=30)
"""So far ahead absences are compared."""


async def check(
    settings: Settings, *, directory: Directory | None = None, manifest: Path = MANIFEST, now: Now = utc_now
) -> AsyncIterator[Finding]:
    """Everything that can be wrong from outside, in the order in which it has to be mended."""
    database = await _database(settings)
    yield database
    try:
        directory = directory or Directory(settings.bot_token, settings.api_url)
        here = await directory.here()
    except (SettingsMistaken, SlackUnwilling) as problem:
        yield Finding("bot token", str(problem))
        yield await _app_token(settings, directory)
        return
    yield Finding(f"bot token, of {here.name}")
    yield await _app_token(settings, directory)
    yield _scopes(here, manifest)
    if settings.http_url and settings.http_port is None:
        todo = "TIEBREAK_HTTP_URL is set, but TIEBREAK_HTTP_PORT is not, so nobody is offered any"
        yield Finding("links to calendars", todo, can_wait=True)
    if not database.todo:
        async for finding in _company(settings, directory, here, now):
            yield finding


async def _database(settings: Settings) -> Finding:
    what = "database"
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            behind = await pending(settings.database_url)
    except NewerDatabase as problem:
        return Finding(what, f"{problem}; install a newer Tiebreak")
    except (Unavailable, OSError, TimeoutError) as problem:
        return Finding(what, f"can't be reached ({problem}); look at DATABASE_URL")
    except Exception as problem:  # noqa: BLE001 - drivers have errors of their own, and this command explains
        return Finding(what, f"can't be used ({type(problem).__name__}); look at DATABASE_URL")
    return Finding(what, "not prepared yet, or behind this program; type: tiebreak migrate" if behind else "")


async def _app_token(settings: Settings, directory: Directory | None) -> Finding:
    what = "app token, for Socket Mode"
    try:
        token = settings.app_token
        if directory is not None:
            await directory.connect(token)
    except (SettingsMistaken, SlackUnwilling) as problem:
        return Finding(what, str(problem))
    return Finding(what)


def _scopes(here: Here, manifest: Path) -> Finding:
    """What app.yaml asks for and Slack gave."""
    if not manifest.is_file():
        return Finding(f"scopes: {', '.join(sorted(here.scopes))}")
    from ruamel.yaml import YAML

    wanted = YAML(typ="safe").load(manifest)["oauth_config"]["scopes"]["bot"]
    missing = [scope for scope in wanted if scope not in here.scopes]
    todo = (
        f"missing {', '.join(missing)}; update the app from app.yaml and install it again" if missing else ""
    )
    return Finding("scopes", todo)


async def _company(
    settings: Settings, directory: Directory, here: Here, clock: Now
) -> AsyncIterator[Finding]:
    now = clock()
    async with opened(settings) as store:
        workspace = await store.read(lambda c: workspaces.load(c, here.team, now=now))
        if workspace is None:
            yield Finding("configuration", "nothing is set up yet; type: tiebreak import FILE")
            return
        names = await store.read(lambda c: known_names(c, here.team, [workspace.configuration]))
        stands = await store.read(lambda c: list(standstill(c, here.team, now)))
    yield Finding("configuration")
    for finding in stands:
        yield finding
    try:
        for finding in await _channels(workspace.configuration, names, directory, here):
            yield finding
        async for finding in _people(workspace.configuration, names, directory, here):
            yield finding
    except SlackUnwilling as problem:
        yield Finding("people and channels", str(problem))
    for finding in _seats(workspace, names, now):
        yield finding


async def _channels(
    configuration: Configuration, names: Names, directory: Directory, here: Here
) -> list[Finding]:
    """Exists, not archived, not shared, and the bot can get in."""
    ids = list(dict.fromkeys(channels_of(configuration)))
    found = await directory.channels(ids)
    findings = []
    for id_ in ids:
        channel = found.get(id_)
        what = f"channel #{channel.name if channel else names.channels.get(id_, id_)}"
        todo = channel_fault(f"#{channel.name}" if channel else id_, channel) or ""
        if todo and channel:
            todo += "; choose another and import it"
        elif channel and channel.kind == "private" and not channel.bot_in:
            todo = f"I am not in it; type there: /invite <@{here.bot_user}>"
        elif channel and not channel.bot_in:
            what += " (public; I join it with my first message there)"
        findings.append(Finding(what, todo))
    return findings


async def _people(
    configuration: Configuration, names: Names, directory: Directory, here: Here
) -> AsyncIterator[Finding]:
    ids = list(dict.fromkeys(people_of(configuration)))
    wrong = 0
    for id_ in ids:
        if fault := person_fault(id_, await directory.person(id_, here.team)):
            wrong += 1
            yield Finding(f"person {names.people.get(id_, id_)}", f"{fault}; name somebody else")
    if not wrong:
        yield Finding(f"people, all {len(ids)}")


def _seats(workspace: Workspace, names: Names, now: datetime) -> Iterator[Finding]:
    """Empty now, or one day in the next weeks: somebody else in the chain gets it, so it can wait."""
    configuration = workspace.configuration
    said = [spoken(warning.sentence, names).rstrip(".") for warning in warnings(configuration)]
    empty = vacancies(workspace, now, now + HORIZON)
    said += [f"{spoken(vacancy.words(now), names)}; name somebody who stands in" for vacancy in empty]
    said += [f"{spoken(hint.sentence, names).rstrip('.')}; name one" for hint in hints(configuration)]
    for words in said:
        yield Finding("seats", words, can_wait=True)
    if not said:
        yield Finding("seats")
