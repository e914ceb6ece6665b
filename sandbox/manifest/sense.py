"""What a manifest of the right shape may still get wrong: things Slack would then never deliver."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sandbox.manifest.scopes import BOT_SCOPES, SCOPES_OF_EVENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sandbox.manifest.schema import Document

EVENTS = "/settings/event_subscriptions"
COMMANDS = "/features/slash_commands"
SHORTCUTS = "/features/shortcuts"


def contradictions(document: Document) -> Iterator[str]:
    """Every contradiction between the parts, each with the pointer of the part to mend."""
    yield from _scopes(document)
    yield from _events(document)
    yield from _commands(document)
    yield from _shortcuts(document)
    if not document.settings.socket_mode_enabled:
        yield from _urls(document)


def _scopes(document: Document) -> Iterator[str]:
    scopes = document.oauth_config.scopes.bot
    yield from _repeated("/oauth_config/scopes/bot", scopes)
    for number, scope in enumerate(scopes):
        if scope not in BOT_SCOPES:
            yield f"/oauth_config/scopes/bot/{number}: unknown scope {scope}"
    if scopes and document.features.bot_user is None:
        yield "/features/bot_user: required by the bot scopes"


def _events(document: Document) -> Iterator[str]:
    events = document.settings.event_subscriptions.bot_events
    granted = set(document.oauth_config.scopes.bot)
    yield from _repeated(f"{EVENTS}/bot_events", events)
    for number, event in enumerate(events):
        at, needs = f"{EVENTS}/bot_events/{number}", SCOPES_OF_EVENT.get(event)
        if needs is None:
            yield f"{at}: unknown event {event}"
        elif needs and not needs & granted:
            yield f"{at}: {event} needs the scope {' or '.join(sorted(needs))}"


def _commands(document: Document) -> Iterator[str]:
    commands = document.features.slash_commands
    yield from _repeated(COMMANDS, [entry.command for entry in commands])
    if commands and "commands" not in document.oauth_config.scopes.bot:
        yield f"{COMMANDS}: slash commands need the scope commands"


def _shortcuts(document: Document) -> Iterator[str]:
    shortcuts = document.features.shortcuts
    yield from _repeated(SHORTCUTS, [entry.callback_id for entry in shortcuts])
    if shortcuts and "commands" not in document.oauth_config.scopes.bot:
        yield f"{SHORTCUTS}: shortcuts need the scope commands"
    if shortcuts and not document.settings.interactivity.is_enabled:
        yield f"{SHORTCUTS}: shortcuts need interactivity"


def _urls(document: Document) -> Iterator[str]:
    settings = document.settings
    for number, entry in enumerate(document.features.slash_commands):
        if not entry.url:
            yield f"{COMMANDS}/{number}/url: required without Socket Mode"
    if settings.event_subscriptions.bot_events and not settings.event_subscriptions.request_url:
        yield f"{EVENTS}/request_url: required without Socket Mode"
    if settings.interactivity.is_enabled and not settings.interactivity.request_url:
        yield "/settings/interactivity/request_url: required without Socket Mode"


def _repeated(at: str, names: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{at}: {name} is listed {times} times"
