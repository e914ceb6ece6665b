"""Clicking and choosing, below messages, in modals and on App Home; typing ahead in searches."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox import payloads
from sandbox.acts.outcome import TROUBLE_CONNECTING, WARNING_TRIANGLE, Outcome, of_reply
from sandbox.acts.speaking import must_be_active
from sandbox.blocks import check_message, state_of
from sandbox.messages import Message
from sandbox.refusal import Json, NotPossible
from sandbox.views import View, carry_over, elements_of

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.messages import Ephemeral
    from sandbox.slack import Slack

MOST_OPTIONS = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where something can be clicked: a message, an ephemeral message, or a view."""

    person: str
    state: Json
    view: View | None = None
    channel: Channel | None = None
    message: Message | None = None
    ephemeral: Ephemeral | None = None

    @property
    def blocks(self) -> list[Json]:
        if self.view is not None:
            return self.view.blocks
        shown = self.message or self.ephemeral
        return shown.blocks if shown else []

    def element(self, block_id: str, action_id: str) -> Json:
        """The element somebody means; raises NotPossible when it is not shown any more."""
        for block in self.blocks:
            for element in elements_of(block):
                if (block.get("block_id"), element["action_id"]) == (block_id, action_id):
                    return element
        raise NotPossible(f"there is no {action_id} here any more")


def in_view(slack: Slack, person: str, view: str) -> Place:
    """A modal somebody looks at, or their App Home."""
    must_be_active(slack, person)
    found = slack.views.get(view)
    if found is None or found.person != person:
        raise NotPossible("this window is closed")
    return Place(person, found.state, view=found)


def at_message(slack: Slack, person: str, channel: str, ts: str) -> Place:
    """A message somebody can see, ephemeral ones of their own included."""
    must_be_active(slack, person)
    place = slack.workspace.channels[channel]
    if place not in slack.workspace.visible_to(person):
        raise NotPossible(f"{person} cannot see {place.name or place.id}")
    whispered = next((m for m in slack.ephemerals.get(person, []) if m.ts == ts), None)
    message = place.messages.get(ts)
    if message is None and whispered is None:
        raise NotPossible("this message is gone")
    blocks = (message or whispered or Message("", "", "", "")).blocks
    return Place(person, _chosen_so_far(slack, person, ts, blocks), None, place, message, whispered)


def _chosen_so_far(slack: Slack, person: str, ts: str, blocks: list[Json]) -> Json:
    """What somebody has chosen in a message; their window keeps it as long as the ids stay."""
    fresh = state_of({"blocks": blocks})
    if not fresh:
        return {}
    kept = carry_over(slack.choices.get((person, ts), {}), fresh, blocks)
    slack.choices[person, ts] = kept
    return kept


async def act(
    slack: Slack, place: Place, block_id: str, action_id: str, chosen: Json | None = None
) -> Outcome:
    """Click a button, or choose in anything that tells the app at once; `chosen` is what is chosen now."""
    element = place.element(block_id, action_id)
    keep(place, block_id, element, chosen or {})
    told = payloads.action(slack, block_id, element, chosen or {})
    more = {**_surroundings(slack, place), "actions": [told]}
    view = place.view.id if place.view else ""
    trigger = slack.trigger(place.person, view)
    envelope = payloads.interaction(slack, "block_actions", place.person, trigger_id=trigger, **more)
    reply = await slack.ask(envelope)
    return of_reply(reply, TROUBLE_CONNECTING if place.view else WARNING_TRIANGLE)


def keep(place: Place, block_id: str, element: Json, chosen: Json) -> None:
    """Remember what was typed or chosen."""
    held = place.state.get(block_id, {})
    if chosen and element["action_id"] in held:
        held[element["action_id"]] = {"type": element["type"], **chosen}


def _surroundings(slack: Slack, place: Place) -> Json:
    if place.view is not None:
        return payloads.of_view(place.view)
    channel = place.channel
    if channel is None:
        raise NotPossible("nothing to click")
    at: dict[str, Any] = {}
    if place.ephemeral is not None:
        told = payloads.of_ephemeral(slack, channel, place.ephemeral)
        at = {"message_ts": place.ephemeral.ts, "ephemeral": True, "thread_ts": place.ephemeral.thread_ts}
    elif place.message is not None:
        told = payloads.of_message(slack, channel, place.message)
        at = {"message_ts": place.message.ts, "thread_ts": place.message.thread_ts}
    url = slack.response_url("actions", place.person, channel.id, **at)
    return {**told, "state": {"values": copy.deepcopy(place.state)}, "response_url": url}


async def suggest(slack: Slack, place: Place, block_id: str, action_id: str, typed: str) -> Outcome:
    """Type into an external select and see what the app offers."""
    element = place.element(block_id, action_id)
    if len(typed) < element.get("min_query_length", 3):
        raise NotPossible(f"nothing is searched before {element.get('min_query_length', 3)} characters")
    more = _surroundings(slack, place)
    more.pop("response_url", None)
    more.pop("state", None)
    asked = {"action_id": action_id, "block_id": block_id, "value": typed, **more}
    reply = await slack.ask(payloads.interaction(slack, "block_suggestion", place.person, **asked))
    if not reply.taken:
        return Outcome("Oops, something went wrong.")
    return _offered(slack, reply.body)


def _offered(slack: Slack, body: Any) -> Outcome:
    body = body if isinstance(body, dict) else {}
    groups = body.get("option_groups")
    options = [o for g in groups for o in g["options"]] if groups else body.get("options")
    if not isinstance(options, list) or _faults(options):
        slack.defect("bad answer", "invalid_options", f"options: {_faults(options) or body}")
        return Outcome("Oops, something went wrong.")
    return Outcome(options=tuple(options))


def _faults(options: Any) -> list[str]:
    if not options or not isinstance(options, list):
        return []
    select = {"type": "static_select", "action_id": "a", "options": options}
    found = check_message([{"type": "actions", "elements": [select]}], "")
    return [f"{fault.message} {fault.pointer}" for fault in found]
