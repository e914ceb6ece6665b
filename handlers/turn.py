"""One thing a person did in Slack, read from whatever payload it came in."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from council.people import Channel, Person
from council.permissions import admit
from handlers.desk import Desk
from storage.store import Answer, Unit

T = TypeVar("T")
Kind = Literal["command", "action", "view", "shortcut", "options", "event"]
HERE = "here"
"""The key of the conversation among the ids a window carries."""
STEP = "step"
"""The key of the counter among the ids a window carries when it takes one thing after another."""
_ID = re.compile(r"\b[0-9a-z]{26}\b")


@dataclass(slots=True)
class Turn:
    """Who did what, where; with what is needed to answer. Made anew for each delivery."""

    kind: Kind
    body: Mapping[str, Any]
    payload: Mapping[str, Any]
    team: str
    person_id: str
    desk: Desk
    client: AsyncWebClient
    respond: Callable[..., Awaitable[Any]]
    bot: str = ""
    """The bot's own user id."""
    key: str | None = None
    person: Person | None = None
    unchecked: bool = False
    """True while who it is was only remembered: the write asks again."""
    channel: Channel | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    """What a modal carries in its private metadata: ids, never state."""

    spent: bool = False
    """True once the trigger id may have been used up."""

    @property
    def trigger(self) -> str:
        """The trigger id of the interaction; lives three seconds."""
        return str(self.body.get("trigger_id", ""))

    @property
    def view(self) -> Mapping[str, Any]:
        """The modal it happened in."""
        found: Mapping[str, Any] = self.body.get("view") or {}
        return found

    @property
    def value(self) -> str:
        """The value of what was pressed or chosen."""
        action = self.payload
        chosen = action.get("selected_option") or {}
        return str(action.get("value") or chosen.get("value") or "")

    @property
    def subject(self) -> str | None:
        """The id of what it is about, as far as the payload says: of a modal, or of what was pressed."""
        carried = self.meta.get("conflict") or self.meta.get("item")
        pressed = self.value if self.payload.get("type") in ("button", "overflow") else ""
        found = _ID.search(str(carried or pressed))
        return found[0] if found else None

    @property
    def channel_id(self) -> str | None:
        """Where it happened, when it happened in a conversation."""
        here = self.body.get("channel")
        found = here.get("id") if isinstance(here, Mapping) else None
        event = self.body.get("event")
        in_event = event.get("channel") if isinstance(event, Mapping) else None
        return found or self.body.get("channel_id") or in_event

    @property
    def here(self) -> str | None:
        """Where it happened; inside a window, where the first one of its stack was opened."""
        return self.channel_id or self.meta.get(HERE)

    @property
    def channel_name(self) -> str:
        """What the payload calls the place; Slack names only public channels."""
        here = self.body.get("channel")
        return str((here.get("name") if isinstance(here, Mapping) else self.body.get("channel_name")) or "")

    @property
    def inputs(self) -> list[str]:
        """The block ids of the modal's inputs: where a sentence can stand in red."""
        blocks = self.view.get("blocks") or []
        return [block["block_id"] for block in blocks if block.get("type") == "input"]

    def carried(self, view: View) -> View:
        """The window with the place it comes from: whoever goes on in it is still a member there."""
        if self.here is None:
            return view
        carrying = copy.copy(view)
        carrying.private_metadata = json.dumps({**_ids(view.private_metadata), HERE: self.here})
        return carrying

    async def show(self, view: View) -> None:
        """A new window, on top of the one it was asked for in."""
        inside = self.view.get("type") == "modal"
        opening = self.client.views_push if inside else self.client.views_open
        await opening(trigger_id=self.trigger, view=self.carried(view))

    async def redraw(self, view: View) -> None:
        """Show the modal anew, in place; a newer one than ours stays."""
        id, digest = str(self.view["id"]), str(self.view["hash"])
        await self.client.views_update(view_id=id, hash=digest, view=self.carried(view))

    async def write(self, fn: Callable[[Unit], T], answer: Answer[T] | None = None) -> T:
        """Change something, once for this delivery; `answer` makes plain JSON of what is none."""

        def change(unit: Unit) -> T:
            if self.unchecked:
                self.person = admit(unit.known.people([self.person_id]).get(self.person_id))
            return fn(unit)

        done = await self.desk.store.write(change, team=self.team, key=self.key, answer=answer)
        self.desk.stirred()
        return done


def delivery_key(
    kind: Kind, body: Mapping[str, Any], payload: Mapping[str, Any], person: str, saves: str = ""
) -> str | None:
    """What makes a delivery the same delivery, from Slack's own ids.

    One window saves once what its form is for, however often it was redrawn meanwhile. `saves`: the form
    that this one goes on with. A form that is shown again to be filled in anew counts its steps.
    """
    if kind == "view":
        form = saves or payload.get("callback_id")
        return f"view:{payload.get('id')}:{form}:{metadata(payload).get(STEP, 0)}"
    if kind == "action":
        return f"action:{payload.get('action_ts')}:{payload.get('action_id')}:{person}"
    if kind == "event":
        return f"event:{body.get('event_id')}"
    if kind in ("command", "shortcut"):
        return f"trigger:{body.get('trigger_id')}"
    return None


def metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    """The ids a modal carries; empty for what is none of ours."""
    return _ids(view.get("private_metadata"))


def _ids(carried: str | None) -> dict[str, Any]:
    try:
        found = json.loads(carried or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
