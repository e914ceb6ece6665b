"""Modals and App Homes as Slack keeps them while they are shown."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.refusal import Json


@dataclass(slots=True)
class View:
    """One modal or home; `state` is what the person has filled in so far."""

    id: str
    team: str
    person: str
    content: Json
    hash: str
    app_id: str
    bot_id: str
    state: Json = field(default_factory=dict)
    root: str = ""
    previous: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id", ""))

    @property
    def is_home(self) -> bool:
        return bool(self.content.get("type") == "home")

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content["blocks"]
        return blocks

    def as_json(self) -> Json:
        """The view object of answers and payloads."""
        return {
            "id": self.id,
            "team_id": self.team,
            "type": self.content["type"],
            "blocks": copy.deepcopy(self.blocks),
            "private_metadata": self.content.get("private_metadata", ""),
            "callback_id": self.content.get("callback_id", ""),
            "state": {"values": copy.deepcopy(self.state)},
            "hash": self.hash,
            "title": self.content.get("title"),
            "clear_on_close": self.content.get("clear_on_close", False),
            "notify_on_close": self.content.get("notify_on_close", False),
            "close": self.content.get("close"),
            "submit": self.content.get("submit"),
            "previous_view_id": self.previous or None,
            "root_view_id": self.root or self.id,
            "app_id": self.app_id,
            "external_id": self.external_id,
            "app_installed_team_id": self.team,
            "bot_id": self.bot_id,
        }


def view_hash(ts: str, content: Json) -> str:
    """The hash that views.update compares: it changes with every update."""
    digest = hashlib.sha256((ts + json.dumps(content, sort_keys=True)).encode()).hexdigest()
    return f"{ts.split('.')[0]}.{digest[:8]}"


def carry_over(old: Json, new: Json, blocks: list[Json]) -> Json:
    """What was typed stays where block_id, action_id and kind of element are the same."""
    offered = _offered_values(blocks)
    kept = copy.deepcopy(new)
    for block_id, actions in kept.items():
        for action_id, value in actions.items():
            before = old.get(block_id, {}).get(action_id)
            if before is None or before.get("type") != value.get("type"):
                continue
            if _still_offered(before, offered.get((block_id, action_id))):
                actions[action_id] = copy.deepcopy(before)
    return kept


def elements_of(block: Json) -> list[Json]:
    """The interactive elements of one block."""
    found = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
    return [e for e in found if isinstance(e, dict) and "action_id" in e]


def options_of(element: Json) -> list[Json]:
    """All options an element offers, groups flattened."""
    grouped = [o for group in element.get("option_groups") or [] for o in group["options"]]
    return [*(element.get("options") or []), *grouped]


def _offered_values(blocks: list[Json]) -> dict[tuple[str, str], set[str]]:
    return {
        (block["block_id"], element["action_id"]): {o["value"] for o in options_of(element) if "value" in o}
        for block in blocks
        for element in elements_of(block)
        if options_of(element)
    }


def _still_offered(value: Json, offered: set[str] | None) -> bool:
    if offered is None:
        return True
    chosen: list[Any] = [value.get("selected_option"), *(value.get("selected_options") or [])]
    return all(option["value"] in offered for option in chosen if option)
