"""The drawer's buttons: trouble with Slack, and what admins do to people and channels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.acts import admin
from sandbox.faults import Fault
from sandbox.refusal import NotPossible

if TYPE_CHECKING:
    from sandbox.server import Server
    from sandbox.slack import Slack

SLOW_SECONDS = 4.0
RETRY_AFTER = 30
AWAY = timedelta(minutes=30)

PLANNED: dict[str, tuple[str, Callable[[str], Fault]]] = {
    "fail": ("Fail the next call", lambda method: Fault(method, status=500)),
    "slow": ("Answer it slowly", lambda method: Fault(method, delay=SLOW_SECONDS)),
    "late": ("Time out after the fact", lambda method: Fault(method, after_the_fact=True)),
    "limit": ("Rate-limit it", lambda method: Fault(method, retry_after=RETRY_AFTER)),
}
SUDDEN = {
    "socket": "Drop the socket",
    "events": "Deliver the next event twice",
    "clicks": "Deliver the next click twice",
    "acks": "Lose the next acknowledgement",
    "away": "Be away for 30 min",
    "end": "End all trouble",
}
METHODS = (
    "chat.postMessage chat.update views.open views.update views.publish conversations.open "
    "conversations.join users.info conversations.info response_url"
).split()


async def make_trouble(server: Server, kind: str, method: str) -> None:
    """Switch one kind of trouble on; `method` may be a pattern such as `chat.*`."""
    faults = server.slack.faults
    if kind in PLANNED:
        faults.plan(PLANNED[kind][1](method))
    elif kind == "socket":
        await server.sockets.drop()
    elif kind == "events":
        faults.double_events += 1
    elif kind == "clicks":
        faults.double_asking += 1
    elif kind == "acks":
        faults.lose_acks += 1
    elif kind == "away":
        faults.go_away(server.slack.now(), AWAY)
    elif kind == "end":
        faults.clear()
    else:
        raise NotPossible(f"no such trouble: {kind}")
    server.slack.changed()


def under_way(slack: Slack) -> list[str]:
    """The trouble that is switched on, in words."""
    faults = slack.faults
    planned = [f"{_named(fault)}: {fault.method}" for fault in faults.planned]
    counted = {
        "events twice": faults.double_events,
        "clicks twice": faults.double_asking,
        "acknowledgements lost": faults.lose_acks,
    }
    away = ["Slack is away"] if faults.is_away(slack.now()) else []
    return [*away, *planned, *(f"next {count} {name}" for name, count in counted.items() if count)]


def _named(fault: Fault) -> str:
    if fault.after_the_fact:
        return "time out after the fact"
    if fault.retry_after:
        return "rate-limit"
    return "slow" if fault.delay else "fail"


def administer(slack: Slack, by: str, kind: str, whom: str, text: str) -> None:
    """One act of an admin, on a person or a channel; `text` is the new name of a channel."""
    act = ADMIN.get(kind)
    if act is None:
        raise NotPossible(f"no such act: {kind}")
    act(slack, by, whom, text.strip())


def _deactivate(slack: Slack, _by: str, whom: str, _text: str) -> None:
    person = slack.workspace.people[whom]
    admin.deactivate(slack, whom, deactivated=not person.deactivated)


def _archive(slack: Slack, by: str, whom: str, _text: str) -> None:
    admin.archive(slack, whom, by, archived=not slack.workspace.channels[whom].archived)


def _share(slack: Slack, _by: str, whom: str, _text: str) -> None:
    if slack.workspace.channels[whom].ext_shared:
        raise NotPossible("this channel is shared already")
    admin.share(slack, whom, next(iter(slack.workspace.organisations), "Acme"))


def _rename(slack: Slack, _by: str, whom: str, text: str) -> None:
    name = "-".join(text.lower().removeprefix("#").split())
    if not name or len(name) > 80:
        raise NotPossible("a channel needs a name of up to 80 characters")
    admin.rename(slack, whom, name)


def _remove_bot(slack: Slack, _by: str, whom: str, _text: str) -> None:
    admin.remove(slack, whom, slack.app.bot_user)


def _invite_bot(slack: Slack, _by: str, whom: str, _text: str) -> None:
    channel = slack.workspace.channels[whom]
    admin.invite(slack, whom, slack.app.bot_user, channel.members[0] if channel.members else "")


ADMIN: dict[str, Callable[[Slack, str, str, str], None]] = {
    "deactivate": _deactivate,
    "archive": _archive,
    "share": _share,
    "rename": _rename,
    "remove": _remove_bot,
    "invite": _invite_bot,
}
