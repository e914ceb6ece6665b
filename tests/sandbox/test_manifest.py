"""An app manifest is taken or refused as Slack would."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from sandbox.manifest import SCOPES_OF_EVENT, SCOPES_OF_METHOD, Command, ManifestRefused, Shortcut, load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Json = dict[str, Any]

GOOD = """
display_information: {name: Tiebreak}
features:
  app_home: {home_tab_enabled: true}
  bot_user: {display_name: tiebreak}
  slash_commands:
    - {command: /conflict, description: Report a conflict, usage_hint: "[title]", should_escape: true}
  shortcuts:
    - {name: Report this, type: message, callback_id: report, description: Report a message}
oauth_config:
  scopes:
    bot: [commands, chat:write, channels:history, users:read]
settings:
  event_subscriptions:
    bot_events: [app_home_opened, message.channels, user_change]
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
"""


def changed(change: Callable[[Json], object]) -> str:
    document = YAML(typ="safe", pure=True).load(GOOD)
    change(document)
    text = StringIO()
    YAML(typ="safe", pure=True).dump(document, text)
    return text.getvalue()


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(ManifestRefused) as refused:
        load(text)
    return refused.value.faults


def scopes(document: Json) -> list[str]:
    listed: list[str] = document["oauth_config"]["scopes"]["bot"]
    return listed


def entry(document: Json, what: str) -> Json:
    first: Json = document["features"][what][0]
    return first


def test_a_good_manifest_is_read() -> None:
    """Names, scopes, commands, shortcuts, events and switches come out as written."""
    manifest = load(GOOD)
    assert (manifest.name, manifest.bot_display_name) == ("Tiebreak", "tiebreak")
    assert manifest.scopes == {"commands", "chat:write", "channels:history", "users:read"}
    assert manifest.commands == {
        "/conflict": Command("/conflict", "Report a conflict", "[title]", should_escape=True, url="")
    }
    assert manifest.shortcuts == (Shortcut("Report this", "message", "report", "Report a message"),)
    assert manifest.events == {"app_home_opened", "message.channels", "user_change"}
    assert (manifest.home_tab, manifest.messages_tab) == (True, False)
    assert manifest.interactivity
    assert manifest.socket_mode


def test_a_manifest_may_come_from_a_file(tmp_path: Path) -> None:
    """A path is read, a text is taken as it is."""
    path = tmp_path / "app.yaml"
    path.write_text(GOOD, "utf-8")
    assert load(path) == load(GOOD)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda d: d.update(colour="red"), "/colour"),
        (lambda d: d.pop("display_information"), "/display_information"),
        (lambda d: d["display_information"].update(name="x" * 36), "/display_information/name"),
        (lambda d: d["display_information"].update(name=""), "/display_information/name"),
        (lambda d: d["display_information"].update(long_description="x" * 174), "/display_information/long_"),
        (
            lambda d: entry(d, "slash_commands").update(command="conflict"),
            "/features/slash_commands/0/command",
        ),
        (
            lambda d: entry(d, "slash_commands").update(command="/" + "x" * 33),
            "/features/slash_commands/0/com",
        ),
        (lambda d: entry(d, "slash_commands").pop("description"), "/features/slash_commands/0/description"),
        (lambda d: entry(d, "slash_commands").update(usage_hint=""), "/features/slash_commands/0/usage_hint"),
        (lambda d: entry(d, "slash_commands").update(hint="x"), "/features/slash_commands/0/hint"),
        (lambda d: entry(d, "shortcuts").update(name="x" * 25), "/features/shortcuts/0/name"),
        (lambda d: entry(d, "shortcuts").update(type="channel"), "/features/shortcuts/0/type"),
        (lambda d: entry(d, "shortcuts").pop("description"), "/features/shortcuts/0/description"),
        (lambda d: d["features"].update(shortcuts=[]), "/features/shortcuts"),
        (lambda d: d["features"].update(shortcuts=[entry(d, "shortcuts")] * 11), "/features/shortcuts"),
        (lambda d: d["features"].update(slash_commands=[]), "/features/slash_commands"),
        (lambda d: d["features"].update(slash_commands=None), "/features/slash_commands"),
        (lambda d: d["features"].update(unfurl_domains=[]), "/features/unfurl_domains"),
        (lambda d: d["settings"].update(interactivity={}), "/settings/interactivity/is_enabled"),
        (lambda d: d["settings"].update(socket_mode_enabled="yes"), "/settings/socket_mode_enabled"),
        (lambda d: scopes(d).append("chat:wirte"), "/oauth_config/scopes/bot/4: unknown scope"),
        (lambda d: scopes(d).append("commands"), "/oauth_config/scopes/bot: commands is listed 2 times"),
        (lambda d: scopes(d).append("connections:write"), "/oauth_config/scopes/bot/4: unknown scope"),
        (lambda d: scopes(d).remove("commands"), "/features/slash_commands: slash commands need"),
        (
            lambda d: scopes(d).remove("channels:history"),
            "/settings/event_subscriptions/bot_events/1: mess",
        ),
        (lambda d: scopes(d).remove("users:read"), "/settings/event_subscriptions/bot_events/2: user_change"),
        (lambda d: d["features"].pop("bot_user"), "/features/bot_user"),
        (lambda d: d["settings"].pop("interactivity"), "/features/shortcuts: shortcuts need interactivity"),
        (
            lambda d: d["settings"]["event_subscriptions"]["bot_events"].append("message"),
            "/settings/event_subscriptions/bot_events/3: unknown event message",
        ),
    ],
)
def test_each_fault_is_named_with_its_place(change: Callable[[Json], object], pointer: str) -> None:
    """One thing made wrong in a good manifest is refused, and the fault begins with its pointer."""
    found = faults(changed(change))
    assert any(fault.startswith(pointer) for fault in found), found


def test_all_faults_are_listed() -> None:
    """Two mistakes are told at once."""

    def spoil(document: Json) -> None:
        document["display_information"]["name"] = ""
        entry(document, "shortcuts")["name"] = "x" * 25

    assert len(faults(changed(spoil))) == 2


def test_without_socket_mode_every_url_is_needed() -> None:
    """Over HTTP, a command, the events and the clicks each need to know where to go."""
    http = changed(lambda document: document["settings"].pop("socket_mode_enabled"))
    assert [fault.split(":")[0] for fault in faults(http)] == [
        "/features/slash_commands/0/url",
        "/settings/event_subscriptions/request_url",
        "/settings/interactivity/request_url",
    ]


def test_over_http_the_urls_are_kept() -> None:
    """With its urls the same manifest is taken over HTTP."""

    def move(document: Json) -> None:
        where = "https://example.org/slack/events"
        del document["settings"]["socket_mode_enabled"]
        entry(document, "slash_commands")["url"] = where
        document["settings"]["event_subscriptions"]["request_url"] = where
        document["settings"]["interactivity"]["request_url"] = where

    manifest = load(changed(move))
    assert manifest.events_url == manifest.interactivity_url == "https://example.org/slack/events"
    assert not manifest.socket_mode


@pytest.mark.parametrize("text", ["", "[]", "a: [", "a: 1\na: 2", "just words"])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    """Broken YAML, a repeated key and anything but an object are refused, not a crash."""
    assert faults(text)


def test_yaml_is_read_as_version_1_2() -> None:
    """`yes` is a word, not a truth, so it is refused where a truth is wanted."""
    text = GOOD.replace("home_tab_enabled: true", "home_tab_enabled: yes")
    assert faults(text)[0].startswith("/features/app_home/home_tab_enabled")


def test_scopes_are_known_by_method_and_event() -> None:
    """The tables answer what a call and an event need; an empty answer means nothing is needed."""
    assert SCOPES_OF_METHOD["chat.postMessage"] == {"chat:write"}
    assert SCOPES_OF_METHOD["views.open"] == frozenset()
    assert SCOPES_OF_EVENT["message.im"] == {"im:history"}
    assert "message" not in SCOPES_OF_EVENT
