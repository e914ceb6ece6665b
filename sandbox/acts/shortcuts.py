"""Shortcuts, of the whole workspace and of a message, and opening the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import events, payloads
from sandbox.acts.clicking import at_message
from sandbox.acts.outcome import TROUBLE_CONNECTING, Outcome, of_reply
from sandbox.acts.speaking import must_be_active
from sandbox.refusal import Json, NotPossible

if TYPE_CHECKING:
    from sandbox.slack import Slack


def callback_of(slack: Slack, name: str, kind: str) -> str:
    """The callback id of a shortcut by its visible name."""
    if not slack.granted("commands"):
        raise NotPossible("the app has no shortcuts: it lacks the scope `commands`")
    named = [shortcut for shortcut in slack.manifest.shortcuts if shortcut.type == kind]
    for shortcut in named:
        if shortcut.name == name:
            return shortcut.callback_id
    raise NotPossible(f"no {kind} shortcut {name!r}; there are {[s.name for s in named]}")


async def use_global(slack: Slack, person: str, name: str) -> Outcome:
    """Choose a shortcut from the lightning menu."""
    must_be_active(slack, person)
    callback = callback_of(slack, name, "global")
    more = {"callback_id": callback, "trigger_id": slack.trigger(person), "action_ts": slack.ids.ts()}
    return of_reply(
        await slack.ask(payloads.interaction(slack, "shortcut", person, **more)), TROUBLE_CONNECTING
    )


async def use_on_message(slack: Slack, person: str, name: str, channel: str, ts: str) -> Outcome:
    """Choose a shortcut from a message's menu, wherever the person can see the message."""
    callback = callback_of(slack, name, "message")
    place = at_message(slack, person, channel, ts)
    if place.message is None or place.channel is None:
        raise NotPossible("a message only you see has no shortcuts")
    told = payloads.of_message(slack, place.channel, place.message)
    told.pop("container")
    more = {
        "callback_id": callback,
        "trigger_id": slack.trigger(person),
        "action_ts": slack.ids.ts(),
        "message_ts": ts,
        "response_url": slack.response_url("actions", person, channel, message_ts=ts),
        **told,
    }
    reply = await slack.ask(payloads.interaction(slack, "message_action", person, **more))
    return of_reply(reply, TROUBLE_CONNECTING)


def open_app(slack: Slack, person: str, tab: str = "home") -> None:
    """Look at the app's Home or Messages tab; the app is told at every opening."""
    if tab == "home" and not slack.manifest.home_tab:
        raise NotPossible("this app has no Home tab")
    must_be_active(slack, person)
    direct = slack.workspace.direct(slack.app.bot_user, person)
    inner: Json = {
        "type": "app_home_opened",
        "user": person,
        "channel": direct.id,
        "tab": tab,
        "event_ts": slack.ids.ts(),
    }
    shown = slack.views.get(slack.homes.get(person, ""))
    if tab == "home" and shown is not None:
        inner["view"] = shown.as_json()
    events.publish(slack, "app_home_opened", inner)
    slack.changed()
