"""Slack's directory: who somebody is by address or id, and what a channel is by name or id."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from council.people import Channel, Person
from handlers.looking import channel_of, person_of

TIME_OUT = 20
"""Seconds a call may take; nobody waits for a form here."""
TRIES = 6
UNSURE_SECONDS = 1.0
PAGE = 500
KINDS = "public_channel,private_channel"
NOBODY = ("user_not_found", "users_not_found", "user_not_visible")

Wait = Callable[[float], Awaitable[None]]
Call = Callable[[], Awaitable[AsyncSlackResponse]]


class SlackUnwilling(Exception):
    """Slack refuses, or can't be reached; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Here:
    """The workspace the token belongs to, and the scopes it was given."""

    team: str
    name: str
    url: str
    bot_user: str
    scopes: frozenset[str]


class Directory:
    """Asks Slack, and asks again after as long as Slack wants when it is asked too often."""

    def __init__(self, token: str, api_url: str, wait: Wait = asyncio.sleep) -> None:
        self._client = AsyncWebClient(token=token, base_url=api_url, timeout=TIME_OUT, retry_handlers=[])
        self._wait = wait

    async def here(self) -> Here:
        """Whose token it is. Raises `SlackUnwilling`."""
        try:
            answer = await self._ask(self._client.auth_test)
        except SlackApiError as problem:
            raise SlackUnwilling(f"Slack does not accept SLACK_BOT_TOKEN ({_code(problem)})") from problem
        headers = {name.lower(): value for name, value in answer.headers.items()}
        granted = str(headers.get("x-oauth-scopes", "")).split(",")
        return Here(
            team=str(answer["team_id"]),
            name=str(answer.get("team", "")),
            url=str(answer.get("url", "")),
            bot_user=str(answer.get("user_id", "")),
            scopes=frozenset(scope.strip() for scope in granted if scope.strip()),
        )

    async def connect(self, app_token: str) -> None:
        """Try the app's token. Raises `SlackUnwilling`."""
        try:
            await self._ask(lambda: self._client.apps_connections_open(app_token=app_token))
        except SlackApiError as problem:
            raise SlackUnwilling(f"Slack does not accept SLACK_APP_TOKEN ({_code(problem)})") from problem

    async def person(self, word: str, team: str) -> Person | None:
        """Somebody by user id or e-mail address; None when there is nobody."""
        client = self._client
        try:
            if "@" in word:
                answer = await self._ask(lambda: client.users_lookupByEmail(email=word))
            else:
                answer = await self._ask(lambda: client.users_info(user=word))
        except SlackApiError as problem:
            if _code(problem) in NOBODY:
                return None
            raise _unwilling(problem) from problem
        return person_of(answer["user"], team)

    async def channels(self, words: Iterable[str]) -> dict[str, Channel]:
        """Those channels that are found, by the id or name asked for: the bot's own first, then all."""
        wanted = {word.casefold(): word for word in words}
        found: dict[str, Channel] = {}
        await _find(self._pages(self._client.users_conversations), wanted, found)
        for word in [word for word in wanted.values() if _is_id(word)]:
            if channel := await self._channel(word):
                found[wanted.pop(word.casefold())] = channel
        if any(not _is_id(word) for word in wanted.values()):
            await _find(self._pages(self._client.conversations_list), wanted, found)
        return found

    async def _channel(self, id_: str) -> Channel | None:
        try:
            answer = await self._ask(lambda: self._client.conversations_info(channel=id_))
        except SlackApiError as problem:
            if _code(problem) == "channel_not_found":
                return None
            raise _unwilling(problem) from problem
        return channel_of(answer["channel"])

    async def _pages(self, method: Callable[..., Awaitable[AsyncSlackResponse]]) -> AsyncIterator[list[Any]]:
        """One page of channels after the other; the next one is asked for only when it is needed."""
        options: dict[str, Any] = {"types": KINDS, "exclude_archived": False, "limit": PAGE}
        while True:
            try:
                answer = await self._ask(partial(method, **options))
            except SlackApiError as problem:
                raise _unwilling(problem) from problem
            yield answer["channels"]
            options["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
            if not options["cursor"]:
                return

    async def _ask(self, call: Call) -> AsyncSlackResponse:
        for _ in range(TRIES):
            try:
                return await call()
            except SlackApiError as problem:
                seconds = _pause(problem)
                if seconds is None:
                    raise
            except (aiohttp.ClientError, TimeoutError):
                seconds = UNSURE_SECONDS
            await self._wait(seconds)
        raise SlackUnwilling("Slack does not answer; check the network and SLACK_API_URL, then try again")


async def _find(pages: AsyncIterator[list[Any]], wanted: dict[str, str], found: dict[str, Channel]) -> None:
    """Move what the pages hold from `wanted` to `found`, until nothing is wanted."""
    if not wanted:
        return
    async for page in pages:
        for channel in map(channel_of, page):
            for name in (channel.id.casefold(), channel.name.casefold()):
                if name in wanted:
                    found[wanted.pop(name)] = channel
        if not wanted:
            return


def _is_id(word: str) -> bool:
    return word[:1] in ("C", "G") and word.isupper()


def _code(problem: SlackApiError) -> str:
    """Slack's own code; the status where the answer was no JSON."""
    data = getattr(problem.response, "data", None)
    return str(data["error"]) if isinstance(data, dict) and "error" in data else f"HTTP {_status(problem)}"


def _status(problem: SlackApiError) -> int:
    response = problem.response
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)


def _pause(problem: SlackApiError) -> float | None:
    """Seconds until the question may be asked again; None when asking again is of no use."""
    status = _status(problem)
    if status == 429:
        told = {str(name).lower(): value for name, value in problem.response.headers.items()}
        return float(told.get("retry-after", UNSURE_SECONDS))
    return UNSURE_SECONDS if status >= 500 else None


def _unwilling(problem: SlackApiError) -> SlackUnwilling:
    code = _code(problem)
    if code == "missing_scope":
        needed = problem.response.get("needed")
        return SlackUnwilling(
            f"the app lacks the scope {needed}; add what app.yaml names and install it again"
        )
    return SlackUnwilling(f"Slack refuses ({code})")
