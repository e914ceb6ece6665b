"""Between the bot's process and Slack: calls take time, and answers reach only who still lives.

`Wire` stands where the SDK expects an aiohttp session, so that all of the SDK's own code is run.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.webhook import WebhookResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.answers import answer_response_url
from sandbox.slack import Slack
from sandbox.wire import Answer, Request
from tests.simulation.virtual import Loop

API_URL = "https://slack.test/api/"
FASTEST, SLOWEST = 0.02, 0.12
"""Seconds one way."""
FORM = "application/x-www-form-urlencoded"

Told = Callable[[str, Request, Answer], None]


@dataclass(slots=True)
class Network:
    """Carries calls from one process (`home`) to Slack, whose side runs on `world`.

    `before` and `after` are told of every call directly before and after Slack works on it.
    """

    slack: Slack
    world: Loop
    home: Loop
    random: Random
    before: Callable[[str, Request], None]
    after: Told

    async def call(self, url: str, request: Request) -> Answer:
        """What Slack answers; waits as long as it takes."""
        back: asyncio.Future[Answer] = self.home.create_future()
        self.world.call_later(self._while(), self._arrive, url, request, back)
        return await back

    def _arrive(self, url: str, request: Request, back: asyncio.Future[Answer]) -> None:
        path = urlsplit(url).path
        hook, _, key = path.removeprefix("/hooks/").partition("/")
        method = path.removeprefix("/api/") if path.startswith("/api/") else f"hooks.{hook}"
        self.before(method, request)
        if path.startswith("/api/"):
            answer = self.slack.call(method, request)
        else:
            answer = answer_response_url(self.slack, key, request.body)
        self.after(method, request, answer)
        self.world.call_later(self._while() + answer.delay, self._return, back, answer)

    def _return(self, back: asyncio.Future[Answer], answer: Answer) -> None:
        if not back.done() and not self.home.is_closed():
            back.set_result(answer)

    def _while(self) -> float:
        return self.random.uniform(FASTEST, SLOWEST)


class Wire:
    """As much of `aiohttp.ClientSession` as the SDK uses; `patience` is the client's time-out in seconds."""

    closed = False

    def __init__(self, network: Network, patience: Callable[[], float]) -> None:
        self._network, self._patience = network, patience

    def request(self, verb: str, url: str, **args: Any) -> Exchange:
        """One call; `async with` gives its response."""
        return Exchange(self._network, url, request_of(verb, args), self._patience())


@dataclass(slots=True)
class Exchange:
    """A request on its way."""

    network: Network
    url: str
    request: Request
    patience: float

    async def __aenter__(self) -> Response:
        async with asyncio.timeout(self.patience):
            answer = await self.network.call(self.url, self.request)
        if answer.cut:
            raise aiohttp.ServerDisconnectedError
        return Response(answer)

    async def __aexit__(self, *_: object) -> None:
        """Nothing is held open."""


@dataclass(slots=True)
class Response:
    """As much of aiohttp's response as the SDK reads."""

    answer: Answer
    content_type: str = "application/json"

    @property
    def status(self) -> int:
        return self.answer.status

    @property
    def headers(self) -> dict[str, str]:
        return self.answer.headers

    async def json(self) -> Any:
        return json.loads(json.dumps(self.answer.body)) if self.answer.body else None

    async def text(self) -> str:
        return json.dumps(self.answer.body)


def request_of(verb: str, args: dict[str, Any]) -> Request:
    """The request as it would arrive."""
    headers = {name.lower(): value for name, value in (args.get("headers") or {}).items()}
    query = {name: str(value) for name, value in (args.get("params") or {}).items() if value is not None}
    if args.get("json") is not None:
        body = json.dumps(args["json"])
        headers.setdefault("content-type", "application/json;charset=utf-8")
    elif isinstance(args.get("data"), str):
        body = args["data"]
    else:
        body = urlencode(args.get("data") or {})
        headers.setdefault("content-type", FORM)
    return Request(verb, query, headers, body.encode())


def through(network: Network) -> Callable[..., Any]:
    """bolt makes clients of its own for every delivery; this middleware puts them on this network."""

    async def connect(context: AsyncBoltContext, next: Callable[[], Any]) -> None:
        client = context.client
        session: Any = Wire(network, lambda: client.timeout)
        client.session = session
        url = context.response_url

        async def respond(**answer: Any) -> WebhookResponse:
            return await AsyncWebhookClient(url or "", session=session, retry_handlers=[]).send(**answer)

        context["respond"] = respond
        await next()

    return connect
