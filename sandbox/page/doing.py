"""What somebody does on the page: one function for each word the browser may send."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.acts import clicking, commands, forms, shortcuts, speaking
from sandbox.acts.outcome import FINE, Outcome
from sandbox.methods.conversations import enter
from sandbox.page.choosing import chosen
from sandbox.page.making_trouble import administer, make_trouble
from sandbox.refusal import Json, NotPossible, Refused

if TYPE_CHECKING:
    from sandbox.page.window import Window

Act = Callable[["Window", Json], Awaitable[Outcome]]
SKIPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
ARCHIVE = re.compile(r"/archives/(?P<channel>\w+)(?:/p(?P<ts>\d{7,}))?(?:\?.*?thread_ts=(?P<thread>[\d.]+))?")


async def do(window: Window, said: Json) -> Json:
    """Do it, and answer what the browser has to know: trouble in words, and what a search found."""
    act = ACTS.get(str(said.get("do")))
    if act is None:
        return {"trouble": "The page asked for something unknown; reload it."}
    try:
        outcome = await act(window, said)
    except (NotPossible, Refused) as reason:
        return {"trouble": sentence(str(reason))}
    except (KeyError, ValueError):
        return {"trouble": "That is not there any more. Look again, it may have changed."}
    return {"trouble": outcome.trouble, "options": [_shown(option) for option in outcome.options]}


def sentence(words: str) -> str:
    """A reason as people read it: with a capital at its beginning and a full stop at its end."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def _shown(option: Json) -> Json:
    return {"value": option["value"], "text": option["text"]["text"]}


def _words(said: Json, name: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str):
        raise NotPossible(f"{name} is not a text")
    return value


def _values(said: Json) -> list[str]:
    values = said.get("values", [])
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


# Looking around


async def be(window: Window, said: Json) -> Outcome:
    """Be somebody else; `channel` is where to look then."""
    person = window.slack.workspace.people[_words(said, "person")]
    window.be(person.id, _words(said, "channel"))
    if window.home and not person.deactivated:
        shortcuts.open_app(window.slack, window.me)
    return FINE


async def go(window: Window, said: Json) -> Outcome:
    channel = window.slack.workspace.channel(_words(said, "channel"))
    if channel not in window.slack.workspace.visible_to(window.me):
        raise NotPossible(f"{window.person.first_name} does not see this channel")
    window.go(channel.id, _words(said, "thread"))
    return FINE


async def write_to(window: Window, said: Json) -> Outcome:
    person = window.slack.workspace.people[_words(said, "person")]
    window.go(window.slack.workspace.direct(window.me, person.id).id)
    return FINE


async def follow(window: Window, said: Json) -> Outcome:
    """A link to a message of this workspace."""
    found = ARCHIVE.search(_words(said, "url"))
    if found is None:
        raise NotPossible("this link leads nowhere here")
    ts = found["ts"] or ""
    message = f"{ts[:-6]}.{ts[-6:]}" if ts else ""
    await go(window, {"channel": found["channel"], "thread": found["thread"] or ""})
    shown = window.channel.messages.get(message)
    if shown is not None and shown.thread_ts:
        window.thread = shown.thread_ts
    return FINE


async def thread(window: Window, said: Json) -> Outcome:
    ts = _words(said, "ts")
    window.thread = ts if ts in window.channel.messages else ""
    return FINE


async def home(window: Window, said: Json) -> Outcome:
    """Open the app, at a tab or where there is something to see: new messages first, else its Home."""
    direct, has_home = window.app_channel, window.slack.manifest.home_tab
    news = window.page.unread(window.me, direct)
    tab = _words(said, "tab") or ("home" if has_home and not news else "messages")
    window.go(direct.id, home=tab == "home" and has_home)
    shortcuts.open_app(window.slack, window.me, tab)
    return FINE


async def drawer(window: Window, said: Json) -> Outcome:
    window.drawer = said.get("open") is True
    return FINE


# Speaking


async def say(window: Window, said: Json) -> Outcome:
    text, thread_ts = _words(said, "text").strip(), _words(said, "thread")
    window.page.welcomed = True
    if text.startswith("/"):
        return await commands.type_command(window.slack, window.me, window.at, text, thread_ts)
    speaking.say(window.slack, window.me, window.at, text, thread_ts)
    return FINE


async def react(window: Window, said: Json) -> Outcome:
    """Add a reaction, or take one's own back."""
    ts, name = _words(said, "ts"), _words(said, "name")
    message = window.channel.messages[ts]
    mine = window.me in message.reactions.get(name, [])
    change = speaking.take_reaction_back if mine else speaking.react
    change(window.slack, window.me, window.at, ts, name)
    return FINE


async def delete(window: Window, said: Json) -> Outcome:
    speaking.delete(window.slack, window.me, window.at, _words(said, "ts"))
    return FINE


async def dismiss(window: Window, said: Json) -> Outcome:
    speaking.dismiss(window.slack, window.me, _words(said, "ts"))
    return FINE


async def join(window: Window, said: Json) -> Outcome:
    enter(window.slack, window.channel, window.me)
    return FINE


async def shortcut(window: Window, said: Json) -> Outcome:
    name, ts = _words(said, "name"), _words(said, "ts")
    window.page.welcomed = True
    if ts:
        return await shortcuts.use_on_message(window.slack, window.me, name, window.at, ts)
    return await shortcuts.use_global(window.slack, window.me, name)


# Clicking and filling in


def _place(window: Window, said: Json) -> clicking.Place:
    view = _words(said, "view")
    if view:
        return clicking.in_view(window.slack, window.me, view)
    return clicking.at_message(window.slack, window.me, window.at, _words(said, "ts"))


def _key(said: Json) -> tuple[str, str, str]:
    return _words(said, "view") or _words(said, "ts"), _words(said, "block"), _words(said, "action")


def _choice(window: Window, said: Json, place: clicking.Place) -> Json:
    _, block, action = _key(said)
    held = place.state.get(block, {}).get(action, {})
    known = [*window.found.get(_key(said), []), *(held.get("selected_options") or [])]
    known += [held["selected_option"]] if held.get("selected_option") else []
    return chosen(window.slack, window.me, place.element(block, action), _values(said), known)


async def act(window: Window, said: Json) -> Outcome:
    """Click a button, or choose below a message or in a view."""
    place = _place(window, said)
    where, block, action = _key(said)
    choice = _choice(window, said, place)
    button = place.element(block, action)["type"] in {"button", "overflow", "feedback_buttons"}
    if place.view is None or button:
        outcome = await clicking.act(window.slack, place, block, action, choice)
    else:
        enter_pressed = said.get("enter") is True
        outcome = await forms.fill_in(
            window.slack, window.me, where, block, action, choice, enter=enter_pressed
        )
    return _told(window, where, outcome) if place.view else outcome


async def suggest(window: Window, said: Json) -> Outcome:
    """Type into a searching select."""
    place = _place(window, said)
    _, block, action = _key(said)
    outcome = await clicking.suggest(window.slack, place, block, action, _words(said, "typed"))
    window.found.setdefault(_key(said), []).extend(outcome.options)
    return outcome


async def submit(window: Window, said: Json) -> Outcome:
    """Press the submit button; what stands in the fields comes along."""
    view = _words(said, "view")
    place = clicking.in_view(window.slack, window.me, view)
    fields = said.get("fields", [])
    for field in fields if isinstance(fields, list) else []:
        # a field that the app has just taken away has nothing to say any more
        with contextlib.suppress(NotPossible):
            _keep_typed(window, {**field, "view": view}, place)
    return _told(window, view, await forms.submit(window.slack, window.me))


def _keep_typed(window: Window, typed: Json, place: clicking.Place) -> None:
    _, block, action = _key(typed)
    clicking.keep(place, block, place.element(block, action), _choice(window, typed, place))


async def close(window: Window, said: Json) -> Outcome:
    await forms.close(window.slack, window.me, everything=said.get("everything") is True)
    return FINE


def _told(window: Window, view: str, outcome: Outcome) -> Outcome:
    """Trouble in a window stands in that window until the next try."""
    window.trouble.pop(view, None)
    if outcome.trouble:
        window.trouble[view] = outcome.trouble
        return Outcome(errors=outcome.errors)
    return outcome


# Time and trouble


async def skip(window: Window, said: Json) -> Outcome:
    """Let time pass: `to` the next thing due, or an hour, a day, a week."""
    to = _words(said, "to")
    if not window.page.can_skip:
        raise NotPossible("this sandbox follows the computer's clock")
    if to in SKIPS:
        await window.page.forward(SKIPS[to])
        return FINE
    due = await window.page.next_due()
    if due is None:
        raise NotPossible("nothing is waiting for a time")
    await window.page.forward(max(due.at - window.slack.now(), timedelta(0)))
    return FINE


async def trouble(window: Window, said: Json) -> Outcome:
    await make_trouble(window.page.server, _words(said, "kind"), _words(said, "method") or "*")
    return FINE


async def admin(window: Window, said: Json) -> Outcome:
    administer(window.slack, window.me, _words(said, "kind"), _words(said, "whom"), _words(said, "text"))
    return FINE


ACTS: dict[str, Act] = {
    function.__name__: function
    for function in (
        be, go, write_to, follow, thread, home, drawer, say, react, delete, dismiss, join, shortcut,
        act, suggest, submit, close, skip, trouble, admin,
    )
}  # fmt: skip
