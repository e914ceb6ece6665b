"""The shape of an app manifest, closed and with its lengths.

Source: slackapi/manifest-schema, version 1.0.0. A list that may be left out may not be empty.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


def _words(shortest: int, longest: int, pattern: str | None = None) -> StringConstraints:
    return StringConstraints(min_length=shortest, max_length=longest, pattern=pattern)


WebUrl = Annotated[str, _words(1, 3000, r"^https?://\S+$")]
EventsUrl = Annotated[str, _words(1, 3500, r"^https?://\S+$")]
Scopes = Annotated[list[Annotated[str, _words(1, 255)]], Field(max_length=255)]
Events = Annotated[list[Annotated[str, _words(1, 255)]], Field(max_length=100)]


class Closed(BaseModel):
    """An object that refuses every key it does not know, and every value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Display(Closed):
    name: Annotated[str, _words(1, 35)]
    description: Annotated[str, _words(1, 140)] = ""
    long_description: Annotated[str, _words(175, 4000)] = ""
    background_color: Annotated[str, _words(4, 7, r"^#([0-9a-fA-F]{3}){1,2}$")] = ""


class AppHome(Closed):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = False
    messages_tab_read_only_enabled: bool = False


class BotUser(Closed):
    display_name: Annotated[str, _words(1, 80)]
    always_online: bool = False


class SlashCommand(Closed):
    command: Annotated[str, _words(2, 32, r"^/\S+$")]
    description: Annotated[str, _words(1, 2000)]
    url: WebUrl = ""
    usage_hint: Annotated[str, _words(1, 1000)] = ""
    should_escape: bool = False


class ShortcutEntry(Closed):
    name: Annotated[str, _words(1, 24)]
    type: Literal["global", "message"]
    callback_id: Annotated[str, _words(1, 255)]
    description: Annotated[str, _words(1, 150)]


class Features(Closed):
    app_home: AppHome = Field(default_factory=lambda: AppHome())
    bot_user: BotUser | None = None
    slash_commands: Annotated[list[SlashCommand], Field(min_length=1, max_length=50)] = []
    shortcuts: Annotated[list[ShortcutEntry], Field(min_length=1, max_length=10)] = []
    unfurl_domains: Annotated[list[str], Field(min_length=1, max_length=5)] = []


class ScopeLists(Closed):
    bot: Scopes = []
    user: Scopes = []
    bot_optional: Scopes = []
    user_optional: Scopes = []


class OAuth(Closed):
    redirect_urls: Annotated[list[WebUrl], Field(max_length=1000)] = []
    scopes: ScopeLists = Field(default_factory=lambda: ScopeLists())


class MetadataSubscription(Closed):
    app_id: Annotated[str, _words(1, 255)]
    event_type: Annotated[str, _words(1, 50)]


class EventSubscriptions(Closed):
    request_url: EventsUrl = ""
    bot_events: Events = []
    user_events: Events = []
    metadata_subscriptions: Annotated[list[MetadataSubscription], Field(min_length=1, max_length=20)] = []


class Interactivity(Closed):
    is_enabled: bool
    request_url: WebUrl = ""
    message_menu_options_url: WebUrl = ""


class Settings(Closed):
    event_subscriptions: EventSubscriptions = Field(default_factory=lambda: EventSubscriptions())
    interactivity: Interactivity = Field(default_factory=lambda: Interactivity(is_enabled=False))
    org_deploy_enabled: bool = False
    socket_mode_enabled: bool = False
    token_rotation_enabled: bool = False
    allowed_ip_address_ranges: Annotated[list[str], Field(min_length=1, max_length=50)] = []


class Version(Closed):
    major_version: Literal[1, 2] = 1
    minor_version: int = 0


class Document(Closed):
    """The whole file."""

    metadata: Version = Field(default_factory=lambda: Version(), alias="_metadata")
    display_information: Display
    features: Features = Field(default_factory=lambda: Features())
    oauth_config: OAuth = Field(default_factory=lambda: OAuth())
    settings: Settings = Field(default_factory=lambda: Settings())
