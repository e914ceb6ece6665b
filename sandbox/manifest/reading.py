"""From a manifest file to what the sandbox needs to know about the app."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from sandbox.manifest.schema import Document
from sandbox.manifest.sense import contradictions

if TYPE_CHECKING:
    from collections.abc import Mapping


class ManifestRefused(Exception):
    """A manifest that Slack would not take; `faults` lists every reason, pointer first."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("the app manifest is refused:\n" + "\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `command` starts with its slash, `url` is empty in Socket Mode."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool
    url: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut of the whole workspace (`global`) or of a message (`message`)."""

    name: str
    type: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the app is called, may do and wants to hear. Events have their long names (`message.im`)."""

    name: str
    bot_display_name: str
    scopes: frozenset[str]
    user_scopes: frozenset[str]
    commands: Mapping[str, Command]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    redirect_urls: tuple[str, ...]
    events_url: str
    interactivity_url: str
    options_url: str
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    interactivity: bool
    socket_mode: bool


def load(source: Path | str) -> Manifest:
    """Read a manifest from a file, or from its YAML 1.2 text; raises ManifestRefused."""
    document = _document(_parsed(source.read_text("utf-8") if isinstance(source, Path) else source))
    faults = tuple(contradictions(document))
    if faults:
        raise ManifestRefused(faults)
    return _manifest(document)


def _parsed(text: str) -> object:
    try:
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise ManifestRefused((f"not YAML: {error}",)) from error


def _document(parsed: object) -> Document:
    try:
        return Document.model_validate(parsed)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise ManifestRefused(
            tuple(f"{_pointer(fault['loc'])}: {fault['msg']}" for fault in faults)
        ) from error


def _pointer(location: tuple[int | str, ...]) -> str:
    return "".join(f"/{step}" for step in location) or "/"


def _manifest(document: Document) -> Manifest:
    features, settings, scopes = document.features, document.settings, document.oauth_config.scopes
    name = document.display_information.name
    return Manifest(
        name=name,
        bot_display_name=features.bot_user.display_name if features.bot_user else name,
        scopes=frozenset(scopes.bot),
        user_scopes=frozenset(scopes.user),
        commands={entry.command: Command(**entry.model_dump()) for entry in features.slash_commands},
        shortcuts=tuple(Shortcut(**entry.model_dump()) for entry in features.shortcuts),
        events=frozenset(settings.event_subscriptions.bot_events),
        redirect_urls=tuple(document.oauth_config.redirect_urls),
        events_url=settings.event_subscriptions.request_url,
        interactivity_url=settings.interactivity.request_url,
        options_url=settings.interactivity.message_menu_options_url,
        home_tab=features.app_home.home_tab_enabled,
        messages_tab=features.app_home.messages_tab_enabled,
        messages_tab_read_only=features.app_home.messages_tab_read_only_enabled,
        interactivity=settings.interactivity.is_enabled,
        socket_mode=settings.socket_mode_enabled,
    )
