"""A small bolt app to try the sandbox with."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Server

Json = dict[str, Any]

EVENTS = (
    "message app_mention reaction_added user_change member_joined_channel member_left_channel "
    "channel_archive channel_rename group_archive"
).split()


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def form(*, note: str = "") -> Json:
    """A form with everything a form can have."""
    options = [{"text": plain(name), "value": name.lower()} for name in ("Data", "Business")]
    kinds = {"type": "static_select", "action_id": "kind", "options": options}
    blocks: list[Json] = [
        {
            "type": "input",
            "block_id": "kind",
            "label": plain("Kind"),
            "element": kinds,
            "dispatch_action": True,
        },
        text_input("subject", "What do they disagree about?"),
        text_input("one", "What it says"),
        text_input("two", "What it says", optional=True),
        {
            "type": "input",
            "block_id": "source",
            "label": plain("Source"),
            "optional": True,
            "element": {"type": "external_select", "action_id": "source", "min_query_length": 1},
        },
    ]
    if note:
        blocks.insert(1, {"type": "section", "block_id": "note", "text": {"type": "mrkdwn", "text": note}})
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Raise it"),
        "submit": plain("Raise"),
        "notify_on_close": True,
        "blocks": blocks,
    }


def text_input(name: str, label: str, *, optional: bool = False) -> Json:
    element = {"type": "plain_text_input", "action_id": name}
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": element,
        "optional": optional,
    }


def card(subject: str) -> list[Json]:
    """A card with a button and a menu."""
    menu = [{"text": plain(name), "value": name} for name in ("Hand over", "Withdraw")]
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": subject}},
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "ack", "text": plain("Acknowledge"), "value": "1"},
                {"type": "overflow", "action_id": "menu", "options": menu},
            ],
        },
    ]


class Little:
    """An app with one listener for each kind of delivery; `heard` collects what came."""

    def __init__(self, server: Server) -> None:
        client = AsyncWebClient(token=server.slack.bot_token(), base_url=server.api_url)
        secret = server.slack.app.signing_secret
        self.app = AsyncApp(client=client, signing_secret=secret, process_before_response=True)
        self.heard: list[Json] = []
        self.fail_next = 0
        self.app.command("/raise")(self.on_raise)
        self.app.command("/tell")(self.on_tell)
        self.app.options("source")(self.on_source)
        self.app.view("form")(self.on_form)
        self.app.view_closed("form")(self.on_other)
        self.app.action("kind")(self.on_kind)
        self.app.action("ack")(self.on_ack)
        self.app.action("menu")(self.on_other)
        for shortcut in ("raise_message", "raise_global"):
            self.app.shortcut(shortcut)(self.on_raise)
        self.app.event("app_home_opened")(self.on_home)
        for event in EVENTS:
            self.app.event(event)(self.on_event)

    def of(self, kind: str) -> list[Json]:
        """The inner events of one type."""
        return [body["event"] for body in self.heard if body.get("event", {}).get("type") == kind]

    async def on_raise(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        self.heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    async def on_tell(self, ack: Any, body: Json) -> None:
        self.heard.append(body)
        await ack(text=f"heard {body['text']}")

    async def on_kind(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        view = body["view"]
        chosen = view["state"]["values"]["kind"]["kind"]["selected_option"]["value"]
        note = f"*{chosen}* is decided by <@U0MARCUS>"
        await client.views_update(view_id=view["id"], hash=view["hash"], view=form(note=note))
        await ack()

    async def on_source(self, ack: Any, payload: Json) -> None:
        await ack(options=[{"text": plain(payload["value"]), "value": payload["value"]}])

    async def on_form(self, ack: Any, view: Json, client: AsyncWebClient) -> None:
        subject = view["state"]["values"]["subject"]["subject"]["value"]
        if len(subject) < 5:
            await ack(response_action="errors", errors={"subject": "Say a little more."})
            return
        await client.conversations_join(channel="C0SALES")
        await client.chat_postMessage(channel="C0SALES", text=subject, blocks=card(subject))
        opened = await client.conversations_open(users="U0MARCUS")
        await client.chat_postMessage(channel=opened["channel"]["id"], text=f"You decide: {subject}")
        await ack()

    async def on_ack(self, ack: Any, body: Json, respond: Any, client: AsyncWebClient) -> None:
        self.heard.append(body)
        at = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**at, text="taken", blocks=[])
        await respond(text="Thank you.", replace_original=False)
        await ack()

    async def on_other(self, ack: Any, body: Json) -> None:
        self.heard.append(body)
        await ack()

    async def on_home(self, event: Json, client: AsyncWebClient) -> None:
        home = {"type": "home", "blocks": card("Nothing is waiting for you.")}
        await client.views_publish(user_id=event["user"], view=home)

    async def on_event(self, body: Json) -> None:
        self.heard.append(body)
        if self.fail_next:
            self.fail_next -= 1
            raise RuntimeError("not this time")


@contextlib.asynccontextmanager
async def running(server: Server) -> AsyncIterator[Little]:
    """The app, connected over the real loopback socket."""
    little = Little(server)
    handler = AsyncSocketModeHandler(little.app, server.slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await server.connected()
    try:
        yield little
    finally:
        await server.settle()
        await handler.close_async()  # type: ignore[no-untyped-call]
