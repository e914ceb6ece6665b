"""The page in six pieces, each a piece of HTML; everything but Markup is escaped."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from sandbox.blocks.render import view_html
from sandbox.mrkdwn.emoji import picture
from sandbox.page import messages
from sandbox.page.elsewhere import elsewhere
from sandbox.page.making_trouble import METHODS, PLANNED, SUDDEN, under_way
from sandbox.page.messages import Eye, face

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.page.window import Due, Window
    from sandbox.record import Call
    from sandbox.refusal import Json
    from sandbox.views import View

PIECES = ("top", "left", "middle", "right", "modal", "drawer")
STYLES = ("look.css", "page.css", "talk.css", "blocks.css", "drawer.css")
MOST_CALLS = 60
REACTIONS = "eyes white_check_mark +1 tada heart thinking_face pray".split()
KEYBOARD = (
    (("Ctrl K",), "jump to a conversation, be somebody, run a command"),
    (("F6",), "to the next part of the page; back with Shift"),
    (("Alt ↑", "Alt ↓"), "the conversation above or below"),
    (("↑", "↓"), "from message to message; ↑ also in an empty message box"),
    (("E", "R"), "on a message: 👀, reply in its thread"),
    (("Enter",), "send; a new line with Shift"),
    (("Esc",), "close what is on top"),
    (("?",), "this list"),
)


def whole(window: Window, due: Due | None) -> str:
    """The page at its first showing; later only pieces are sent."""
    pieces = {name: Markup(html) for name, html in draw(window, due).items()}
    slack = window.slack
    commands = [
        {"command": c.command, "description": c.description, "hint": c.usage_hint}
        for c in slack.manifest.commands.values()
    ]
    shortcuts = [s for s in slack.manifest.shortcuts if s.type == "global"]
    return (
        _environment()
        .get_template("page.html")
        .render(
            pieces=pieces,
            styles=STYLES,
            keyboard=KEYBOARD,
            boot=window.page.boot,
            team=slack.workspace.name,
            web=slack.web_url,
            commands=commands,
            shortcuts=shortcuts,
        )
    )


def draw(window: Window, due: Due | None) -> dict[str, str]:
    """Every piece as this window shows it now."""
    facts = {
        "top": lambda: _top(window, due),
        "left": lambda: _left(window),
        "middle": lambda: _middle(window),
        "right": lambda: _right(window),
        "modal": lambda: _modal(window),
        "drawer": lambda: _drawer(window),
    }
    return {name: _environment().get_template(f"{name}.html").render(facts[name]()) for name in PIECES}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["reactions"] = [(name, picture(name)) for name in REACTIONS]
    return environment


def _top(window: Window, due: Due | None) -> Json:
    eye = Eye(window)
    next_up = None
    if due is not None:
        same_day = eye.local(due.at).date() == eye.now.date()
        at = f"{eye.local(due.at):%H:%M}" if same_day else " ".join(eye.moment(due.at))
        next_up = {"what": due.what, "at": at}
    now = window.slack.now()
    day, clock = eye.moment(now)
    return {
        "day": day,
        "clock": clock,
        "zone": eye.zone,
        "can_skip": window.page.can_skip,
        "next": next_up,
        "away": window.slack.faults.is_away(now),
    }


def _left(window: Window) -> Json:
    page, workspace = window.page, window.slack.workspace
    people = [person for person in workspace.people.values() if not person.bot]
    directs = [c for c in workspace.visible_to(window.me) if c.kind == "im" and c.messages]
    others = [c for c in directs if window.slack.app.bot_user not in c.members]
    return {
        "me": face(window.person),
        "people": [{**face(each), "waiting": page.waiting(each.id)} for each in people],
        "channels": [_row(window, each) for each in window.places],
        "app": {
            **face(workspace.people[window.slack.app.bot_user]),
            "unread": page.unread(window.me, window.app_channel),
            "here": window.at == window.app_channel.id,
        },
        "directs": [
            {**_row(window, each), "face": face(workspace.people[each.other(window.me)])} for each in others
        ],
        "elsewhere": elsewhere(window),
    }


def _row(window: Window, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "unread": window.page.unread(window.me, channel),
        "here": channel.id == window.at,
        "archived": channel.archived,
        "shared": channel.ext_shared,
        "member": window.me in channel.members,
    }


def _middle(window: Window) -> Json:
    slack, channel = window.slack, window.channel
    other = slack.workspace.people[channel.other(window.me)] if channel.kind == "im" else None
    home = slack.views.get(slack.homes.get(window.me, "")) if window.home else None
    with_app = channel.id == window.app_channel.id
    return {
        "channel": channel,
        "other": face(other) if other else None,
        "member": window.me in channel.members,
        "messages": [] if window.home else messages.conversation(window),
        "has_home": with_app and slack.manifest.home_tab,
        "home_open": window.home,
        "home": _view(window, home) if home else None,
        "on_message": [s.name for s in slack.manifest.shortcuts if s.type == "message"],
        "first_command": next(iter(slack.manifest.commands), ""),
        "welcome": not window.page.welcomed,
        "gone": window.person.deactivated,
        "me": window.person.first_name,
        "me_id": window.me,
        "connecting": _how_to_connect(window),
        "team": slack.workspace.name,
    }


def _how_to_connect(window: Window) -> tuple[str, ...]:
    """What a bot has to be started with, as long as none has ever called."""
    slack = window.slack
    if slack.record.calls or not slack.app.installed:
        return ()
    return (
        f"SLACK_API_URL={window.page.server.api_url}",
        f"SLACK_BOT_TOKEN={slack.bot_token()}",
        f"SLACK_APP_TOKEN={slack.app_token}",
    )


def _right(window: Window) -> Json:
    slack, channel, eye = window.slack, window.channel, Eye(window)
    people = [slack.workspace.people[member] for member in channel.members]
    members = [
        {**face(person), "local": f"{eye.now.astimezone(ZoneInfo(person.zone)):%H:%M}", "zone": person.zone}
        for person in people
    ]
    return {
        "thread": messages.thread(window) if window.thread else None,
        "thread_ts": window.thread,
        "channel": channel,
        "members": sorted(members, key=lambda member: (member["bot"], member["name"])),
        "bot_in": slack.app.bot_user in channel.members,
        "app": slack.app.name,
        "me": window.me,
        "on_message": [s.name for s in slack.manifest.shortcuts if s.type == "message"],
        "member": window.me in channel.members,
        "commands": list(slack.manifest.commands.values()),
        "organisations": [slack.workspace.organisations.get(team, team) for team in channel.with_teams],
    }


def _modal(window: Window) -> Json:
    view = window.slack.view_on_top(window.me)
    if view is None:
        return {"view": None}
    return {
        "view": _view(window, view),
        "id": view.id,
        "depth": len(window.slack.stacks[window.me]),
        "title": view.content["title"]["text"],
        "trouble": window.trouble.get(view.id, ""),
    }


def _view(window: Window, view: View) -> Markup:
    eye = Eye(window)
    shown = view.as_json()
    shown["blocks"] = [
        {**block, "error": view.errors.get(block["block_id"], "")} for block in shown["blocks"]
    ]
    return Markup(view_html(shown, eye.names, eye.zone, eye.now.date()))


def _drawer(window: Window) -> Json:
    record, slack = window.slack.record, window.slack
    calls = list(record.calls)[: -MOST_CALLS - 1 : -1] if window.drawer else []
    return {
        "open": window.drawer,
        "count": len(record.calls),
        "refused": sum(not call.answer.ok for call in record.calls),
        "calls": [_call(window, call) for call in calls],
        "planned": PLANNED,
        "sudden": SUDDEN,
        "methods": METHODS,
        "under_way": under_way(slack),
        "people": [face(p) for p in slack.workspace.people.values() if not p.bot],
        "channels": [c for c in slack.workspace.channels.values() if c.kind in {"public", "private"}],
        "bot_user": slack.app.bot_user,
        "app": slack.app.name,
        "connected": bool(window.page.server.sockets.open),
    }


def _call(window: Window, call: Call) -> Json:
    workspace = window.slack.workspace
    channel = workspace.channels.get(str(call.args.get("channel", "")))
    answer = call.answer
    return {
        "time": f"{Eye(window).local(call.at):%H:%M:%S}",
        "method": call.method,
        "where": (f"#{channel.name}" if channel.name else "direct message") if channel else "",
        "ok": answer.ok,
        "answer": "ok" if answer.ok else (answer.error or f"HTTP {answer.status}"),
        "note": "made trouble"
        if call.injected
        else ("slow" if answer.delay else "cut after the fact" if answer.cut else ""),
        "args": json.dumps(call.args, indent=1, ensure_ascii=False)[:4000],
        "body": json.dumps(answer.body, indent=1, ensure_ascii=False)[:1500],
    }
