"""`check`: is everything in place? One line each, and what to type or click where it is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.company import opened, spoken
from bot.directory import Directory, Here, SlackUnwilling
from bot.lookup import channel_fault, person_fault
from bot.settings import Settings, SettingsMistaken
from council.checks import warnings
from council.workspace import Configuration
from storage.company.keeping import channels_of, in_force, known_names, people_of
from storage.company.writing import Names
from storage.errors import NewerDatabase, Unavailable
from storage.migrate import pending

MANIFEST = Path(__file__).with_name("app.yaml")
DATABASE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `todo` says what to do about it; some of it can wait."""

    what: str
    todo: str = ""
    can_wait: bool = False

    @property
    def is_wrong(self) -> bool:
        """True when the bot can't work like this."""
        return bool(self.todo) and not self.can_wait

    def __str__(self) -> str:
        mark = "✗" if self.is_wrong else "!" if self.todo else "✓"
        return f"{mark} {self.what}: {self.todo}" if self.todo else f"{mark} {self.what}"


async def check(
    settings: Settings, *, directory: Directory | None = None, manifest: Path = MANIFEST
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
    if not database.todo:
        async for finding in _company(settings, directory, here):
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


async def _company(settings: Settings, directory: Directory, here: Here) -> AsyncIterator[Finding]:
    async with opened(settings) as store:
        configuration = await store.read(lambda c: in_force(c, here.team))
        if configuration is None:
            yield Finding("configuration", "nothing is set up yet; type: tiebreak import FILE")
            return
        names = await store.read(lambda c: known_names(c, here.team, [configuration]))
    yield Finding("configuration")
    try:
        for finding in await _channels(configuration, names, directory, here):
            yield finding
        async for finding in _people(configuration, names, directory, here):
            yield finding
    except SlackUnwilling as problem:
        yield Finding("people and channels", str(problem))
    for finding in _seats(configuration, names):
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


def _seats(configuration: Configuration, names: Names) -> Iterator[Finding]:
    found = warnings(configuration)
    for warning in found:
        yield Finding("seats", spoken(warning.sentence, names).rstrip("."), can_wait=True)
    if not found:
        yield Finding("seats")
