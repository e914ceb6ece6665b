"""What every listener is spared: who it is, how long it took, and what Slack shows when it goes wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import Errors
from handlers.desk import Desk
from handlers.guard import Listener, chosen
from handlers.saying import under_fields
from handlers.turn import Turn, delivery_key, metadata


def turn(*inputs: str) -> Turn:
    """A form sent with these inputs in it."""
    blocks = [{"type": "input", "block_id": block} for block in inputs]
    view = {"blocks": [{"type": "section", "block_id": "box"}, *blocks]}
    return Turn(
        kind="view",
        body={"view": view},
        payload=view,
        team="T1",
        person_id="U1",
        desk=cast("Desk", None),
        client=AsyncWebClient(),
        respond=cast("Callable[..., Awaitable[Any]]", None),
    )


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ({"why": "Say why."}, {"why": "Say why."}),
        ({"number": "Too long."}, {"number_3": "Too long."}),
        ({"account": "Say which."}, {"type": "Say which."}),
        ({"a": "One.", "b": "Two."}, {"type": "One. Two."}),
    ],
    ids=["its own field", "a field shown anew", "a field not shown", "two fields not shown"],
)
def test_a_sentence_stands_under_a_field_that_is_there(words: dict[str, str], shown: dict[str, str]) -> None:
    """Slack shows a general failure for an error under an input that the modal does not have."""
    assert under_fields(words, turn("type", "number_3", "why")) == Errors(shown)


def test_without_any_field_there_is_nowhere_to_put_it() -> None:
    """Then it is a window of its own."""
    assert under_fields({"why": "Say why."}, turn()) is None


async def nothing(_: Turn) -> None:
    return None


def test_of_many_listeners_the_one_that_is_meant_is_found() -> None:
    """By the id Slack sends; by its modal when several use the id; a search by what its block begins with."""
    press, field, other, search = (
        Listener("action", "acknowledge", "change", None, nothing),
        Listener("action", "field", "show", None, nothing, within="report"),
        Listener("action", "field", "show", None, nothing, within="decide"),
        Listener("options", "source", "show", None, nothing),
    )
    actions = (press, field, other)
    assert chosen(actions, {}, {"action_id": "acknowledge"}) is press
    assert chosen(actions, {"view": {"callback_id": "decide"}}, {"action_id": "field"}) is other
    assert chosen(actions, {"view": {"callback_id": "receipt"}}, {"action_id": "field"}) is None
    assert chosen(actions, {}, {"action_id": "ack"}) is None
    assert chosen([search], {}, {"block_id": "source_1"}) is search


def test_a_delivery_is_known_by_slacks_own_ids() -> None:
    """Delivered again it has the same key; pressed again it has another."""
    pressed = {"action_ts": "1.1", "action_id": "acknowledge"}
    assert delivery_key("action", {}, pressed, "U1") == "action:1.1:acknowledge:U1"
    form = {"id": "V1", "callback_id": "report"}
    assert delivery_key("view", {}, form, "U1") == "view:V1:report:0"
    assert delivery_key("event", {"event_id": "Ev1"}, {}, "U1") == "event:Ev1"
    assert delivery_key("command", {"trigger_id": "1.2"}, {}, "U1") == "trigger:1.2"
    assert delivery_key("options", {}, {}, "U1") is None


def test_a_window_saves_once_however_often_it_was_redrawn() -> None:
    """Its hash changes with every redraw; another form in it, or its next step, saves something else."""

    def key(saves: str = "", **more: str) -> str | None:
        sent = {"id": "V1", "hash": "1.a", "callback_id": "report", **more}
        return delivery_key("view", {}, sent, "U1", saves)

    assert key(hash="2.b") == key()
    assert key(callback_id="duplicates", saves="report") == key()
    others = {key(id="V2"), key(callback_id="late"), key(private_metadata='{"step": 1}')}
    assert len({key(), *others}) == 4


@pytest.mark.parametrize("carried", ["", "no json", "[1]", None])
def test_metadata_that_is_none_of_ours_is_empty(carried: str | None) -> None:
    """Another version may have opened the modal."""
    assert metadata({"private_metadata": carried}) == {}


def test_the_place_is_read_from_whatever_payload_it_came_in() -> None:
    """Commands name it flat, buttons inside, events in the event."""
    flat = turn()
    flat.body = {"channel_id": "C1", "channel_name": "privategroup"}
    assert (flat.channel_id, flat.channel_name) == ("C1", "privategroup")
    inside = turn()
    inside.body = {"channel": {"id": "C2", "name": "sales"}}
    assert (inside.channel_id, inside.channel_name) == ("C2", "sales")
    heard = turn()
    heard.body = {"event": {"channel": "C3"}}
    assert heard.channel_id == "C3"
