"""`import` and `export`: a company's file, Slack's directory and the database brought together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from bot.directory import Directory, Here
from bot.keeper import find_admin
from bot.lookup import Found, look_up
from bot.settings import Settings
from council.checks import problems, warnings
from council.differences import differences
from council.people import Person
from council.sentence import Sentence, When, Where, Who
from council.workspace import Configuration, Workspace
from handlers.reworded import mistakes as worded_badly
from storage.company.keeping import Brought, in_force, installer, keep, known_names, teams
from storage.company.mistake import Mistake, Path
from storage.company.reading import CompanyFile, read
from storage.company.writing import Names, write
from storage.ids import Ids
from storage.migrate import pending, prepare
from storage.store import Store, open_store

ADMINS: Path = ("workspace", "admins")
NO_NAMES = Names({}, {})
Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The present instant, aware UTC."""
    return datetime.now(UTC)


class CannotImport(Exception):
    """The file can't be taken as it is; one line for each mistake."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


class NothingToExport(Exception):
    """There is no configuration, or it is not clear which."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed, or would change, in words; `remarks` are worth knowing, but no mistakes."""

    changes: tuple[str, ...]
    remarks: tuple[str, ...]
    version: int | None


async def import_company(
    settings: Settings,
    content: bytes,
    name: str,
    *,
    dry_run: bool = False,
    team: str | None = None,
    directory: Directory | None = None,
    now: Now = utc_now,
) -> Imported:
    """Take the file over, whole or not at all. Raises `CannotImport` with every mistake of the file."""
    file = read(content)
    if file.rows is None or (file.mistakes and settings.slack_bot_token is None):
        raise CannotImport(lines(name, file.mistakes))
    directory = directory or Directory(settings.bot_token, settings.api_url)
    here = await directory.here()
    if team not in (None, here.team):
        raise CannotImport([f"SLACK_BOT_TOKEN belongs to {here.name} ({here.team}), not to {team}"])
    found = await look_up(directory, file, here.team)
    admin = await find_admin(directory, settings.admin, here.team)
    was = await _before(settings, here.team)
    configuration = found.configuration(file.rows)
    mistakes = [*file.mistakes, *found.mistakes]
    mistakes += _senseless(file, configuration, found.names, needs_admin=not (admin or was.installer))
    if mistakes:
        raise CannotImport(lines(name, mistakes))
    names = _both(was.names, found.names)
    changes = tuple(spoken(each, names) for each in differences(was.configuration, configuration))
    remarks = tuple(spoken(warning.sentence, names) for warning in warnings(configuration))
    brought = _brought(here, configuration, found, admin, f"import of {name}", now())
    version = None if dry_run else await _take(settings, here.team, brought, now)
    return Imported(changes, remarks, version)


async def export_company(settings: Settings, *, team: str | None = None) -> str:
    """The configuration in force as a file's text. Raises `NothingToExport`."""
    if await pending(settings.database_url):
        raise NothingToExport("the database is not there yet, or behind this program; type: tiebreak migrate")
    async with opened(settings) as store:
        there = await store.read(teams)
        if team is None and len(there) > 1:
            raise NothingToExport(f"there are several workspaces; add --team and one of {', '.join(there)}")
        chosen = team or next(iter(there), "")
        configuration = await store.read(lambda c: in_force(c, chosen))
        if configuration is None:
            raise NothingToExport("nothing is set up yet; type: tiebreak import FILE")
        names = await store.read(lambda c: known_names(c, chosen, [configuration]))
    return write(configuration, names)


def lines(name: str, mistakes: Iterable[Mistake]) -> list[str]:
    """company.yaml:12: matrix.lead_quality.owner: reason."""
    return [
        f"{name}:{mistake.line}: " + ": ".join(filter(None, (mistake.where, mistake.reason)))
        for mistake in sorted(set(mistakes))
    ]


def spoken(sentence: Sentence, names: Names) -> str:
    """A sentence on a terminal: names instead of ids, where they are known."""
    facts: dict[str, object] = {}
    for key, fact in sentence.facts.items():
        match fact:
            case Who(person):
                facts[key] = names.people.get(person) or person
            case Where(channel):
                facts[key] = f"#{names.channels.get(channel) or channel}"
            case When(instant):
                facts[key] = f"{instant:%Y-%m-%d %H:%M} UTC"
            case _:
                facts[key] = fact
    return sentence.text.format_map(facts)


@asynccontextmanager
async def opened(settings: Settings, now: Now = utc_now) -> AsyncIterator[Store]:
    """The store, for a short while."""
    store = await open_store(settings.database_url, ids=Ids(now, Random()), clock=now)
    try:
        yield store
    finally:
        await store.close()


def _senseless(
    file: CompanyFile, configuration: Configuration, names: Names, *, needs_admin: bool
) -> list[Mistake]:
    """What the council has against it, without what was said already."""
    found = []
    for problem in problems(configuration):
        if file.is_mended(problem.path) or (problem.path == ADMINS and not needs_admin):
            continue
        found.append(file.mistake(problem.path, spoken(problem.sentence, names).rstrip(".")))
    sample = Workspace(team="", configuration=configuration)
    for text, sentence in worded_badly(configuration.texts, sample, utc_now()).items():
        found.append(file.mistake(("texts", text), spoken(sentence, names).rstrip(".")))
    return found


@dataclass(frozen=True, slots=True)
class _Before:
    """What is in force, who holds empty seats, and the names that are known."""

    configuration: Configuration | None
    installer: str | None
    names: Names


async def _before(settings: Settings, team: str) -> _Before:
    """Read only; a database that is not there yet stays away."""
    if await pending(settings.database_url):
        return _Before(None, None, NO_NAMES)
    async with opened(settings) as store:
        configuration = await store.read(lambda c: in_force(c, team))
        holder = await store.read(lambda c: installer(c, team))
        named = [configuration] if configuration else []
        names = await store.read(lambda c: known_names(c, team, named))
    return _Before(configuration, holder, names)


def _brought(
    here: Here, configuration: Configuration, found: Found, admin: Person | None, reason: str, at: datetime
) -> Brought:
    people = {person.id: replace(person, fetched_at=at) for person in found.people.values()}
    if admin:
        people[admin.id] = replace(admin, fetched_at=at)
    channels = {channel.id: replace(channel, fetched_at=at) for channel in found.channels.values()}
    return Brought(
        name=here.name,
        url=here.url,
        bot_user=here.bot_user,
        configuration=configuration,
        people=tuple(people.values()),
        channels=tuple(channels.values()),
        installer=admin.id if admin else None,
        reason=reason,
    )


async def _take(settings: Settings, team: str, brought: Brought, now: Now) -> int:
    await prepare(settings.database_url)
    async with opened(settings, now) as store:
        return await store.write(lambda unit: keep(unit, brought), team=team)


def _both(one: Names, other: Names) -> Names:
    return Names({**one.people, **other.people}, {**one.channels, **other.channels})
