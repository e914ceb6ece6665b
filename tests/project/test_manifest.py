"""The manifest says what the code registers and needs: nothing less, and nothing more."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from handlers.listeners import LISTENERS
from sandbox.manifest import load
from sandbox.methods import CATALOGUE

ROOT = Path(__file__).parents[2]
MANIFEST = load(ROOT / "app.yaml")

SCOPE_OF_METHOD = {
    "apps.connections.open": "",
    "auth.test": "",
    "bots.info": "users:read",
    "chat.delete": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.info": "channels:read",
    "conversations.join": "channels:join",
    "conversations.list": "channels:read",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "users.conversations": "groups:read",
    "users.info": "users:read",
    "users.lookupByEmail": "users:read.email",
    "views.open": "",
    "views.publish": "",
    "views.push": "",
    "views.update": "",
}
"""Every method the bot calls, with the scope it is called by; empty where Slack asks for none."""
SCOPE_OF_EVENT = {
    "app_home_opened": "",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "reaction_added": "reactions:read",
    "user_change": "users:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_rename": "channels:read",
    "channel_shared": "channels:read",
    "channel_unshared": "channels:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_rename": "groups:read",
}


def registered(kind: str) -> set[str]:
    """The ids the code listens to, of one kind."""
    return {str(listener.name) for listener in LISTENERS if listener.kind == kind}


def called() -> set[str]:
    """The Web API methods the code names, as attributes of a client or as text."""
    files = [file for room in ("handlers", "bot", "schedules") for file in (ROOT / room).rglob("*.py")]
    names = {name for file in files for name in _names(ast.parse(file.read_text(encoding="utf-8")))}
    return {method for method in _methods() if method in names or method.replace(".", "_") in names}


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _methods() -> set[str]:
    """Slack's methods as the client spells them, *views_open*, by Slack's own names, *views.open*."""
    return {name for name in CATALOGUE if hasattr(AsyncWebClient, name.replace(".", "_"))}


def test_commands_equal_the_manifest() -> None:
    """Slack delivers no command that the manifest does not name."""
    assert set(MANIFEST.commands) == registered("command")


def test_shortcuts_equal_the_manifest() -> None:
    """By their callback ids; both are called *Report AI conflict*."""
    assert {shortcut.callback_id for shortcut in MANIFEST.shortcuts} == registered("shortcut")
    assert {(shortcut.name, shortcut.type) for shortcut in MANIFEST.shortcuts} == {
        ("Report AI conflict", "global"),
        ("Report AI conflict", "message"),
    }


def test_events_equal_the_manifest() -> None:
    """The long names of messages arrive under one short one."""
    assert {name.partition(".")[0] for name in MANIFEST.events} == registered("event")
    assert set(MANIFEST.events) == set(SCOPE_OF_EVENT)


def test_every_method_called_has_its_scope_in_the_table() -> None:
    """A new call asks for a row here, and so for its scope in the manifest."""
    assert called() == set(SCOPE_OF_METHOD)


def test_scopes_equal_what_calls_events_and_commands_need() -> None:
    """No scope is missing, and none is asked of an admin without use."""
    needed = {*SCOPE_OF_METHOD.values(), *SCOPE_OF_EVENT.values(), "commands"} - {""}
    assert set(MANIFEST.scopes) == needed


def test_the_switches_fit_what_is_registered() -> None:
    """Buttons need interactivity, typed answers the messages tab; a Home tab nobody draws is switched off."""
    assert MANIFEST.interactivity
    assert MANIFEST.messages_tab
    assert not MANIFEST.messages_tab_read_only
    assert MANIFEST.home_tab == ("app_home_opened" in registered("event"))
    assert MANIFEST.socket_mode
