"""Whom the operator named with TIEBREAK_ADMIN: who may configure before anybody else is named."""

from __future__ import annotations

from dataclasses import replace

import structlog
from sqlalchemy import Connection

from bot.compose import Bot
from bot.directory import Directory
from bot.lookup import person_fault
from bot.settings import Settings, SettingsMistaken
from council.people import Person
from storage import people, workspaces
from storage.company.keeping import installer
from storage.store import Unit

log = structlog.get_logger(__name__)


async def find_admin(directory: Directory, word: str | None, team: str) -> Person | None:
    """The person of that e-mail address or Slack id; None for no word. Raises `SettingsMistaken`."""
    if not word:
        return None
    person = await directory.person(word, team)
    if fault := person_fault(word, person):
        raise SettingsMistaken([f"TIEBREAK_ADMIN: {fault}"])
    return person


async def name_keeper(bot: Bot, settings: Settings, team: str) -> None:
    """When nobody holds what nobody else does, or who did has left, TIEBREAK_ADMIN does from now on.

    Raises `SettingsMistaken` at the first start; later a name that leads nowhere must not stop the bot.
    """
    if not settings.admin:
        return
    known = await bot.store.read(lambda connection: _keeper(connection, team))
    if known is not None and known.barred is None:
        return
    try:
        found = await find_admin(Directory(settings.bot_token, settings.api_url), settings.admin, team)
    except SettingsMistaken:
        if known is None:
            raise
        log.warning("TIEBREAK_ADMIN leads nowhere, and whoever kept the workspace has left")
        return
    if found is not None:
        await bot.store.write(lambda unit: _keep(unit, found), team=team)


def _keeper(connection: Connection, team: str) -> Person | None:
    """Who is named already; somebody never looked up counts as present."""
    id_ = installer(connection, team)
    return people.find_people(connection, team, [id_]).get(id_, Person(id=id_, name="")) if id_ else None


def _keep(unit: Unit, person: Person) -> None:
    people.save_person(unit.connection, unit.team, replace(person, fetched_at=unit.clock()))
    workspaces.keep_installer(unit.connection, unit.team, person.id)
