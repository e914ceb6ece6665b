"""Saying things in Slack: a notice becomes a message, a conflict its card. Decides and remembers nothing.

Every call answers with what came of it; who keeps the outbox decides what follows.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient

from council.conflict import Conflict
from council.notice import NoticeKind
from council.speaking import Blocked, Deleted, Failed, Said, Spoken, Unknown, Unreachable
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.card import conflict_card
from handlers.conflicts.dms import Telling, direct_message, log_line
from handlers.conflicts.links import permalink
from handlers.conflicts.typed import ANSWERS, typed_answer
from handlers.texts import Mrkdwn, Texts
from handlers.wording import name
from storage.messages import Message
from storage.outbox import Waiting

EVENT = "tiebreak_notice"
"""The type of the metadata by which our own messages are found again."""
PERMANENT = frozenset(
    """is_archived channel_not_found user_disabled user_not_found account_inactive cannot_dm_bot
    not_in_channel restricted_action is_inactive method_not_supported_for_channel_type
    messages_tab_disabled user_not_visible restricted_action_read_only_channel""".split()
)
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
PAGES = 3


class Delivery:
    """Speaks for every workspace, through clients without retries of their own."""

    def __init__(self, client_of: Callable[[str], AsyncWebClient], texts: Texts) -> None:
        self._client_of = client_of
        self._texts = texts

    async def open_dm(self, team: str, person: str) -> Spoken:
        """The direct conversation with a person; `Said.channel` is its id."""
        return await self._call(team, "conversations.open", person, users=person)

    async def tell(
        self,
        waiting: Waiting,
        conflict: Conflict | None,
        workspace: Workspace,
        *,
        channel: str,
        first: bool,
        card: Message | None,
        similar: Conflict | None,
        now: datetime,
    ) -> Spoken:
        """Post a notice; its key goes along as metadata."""
        telling = _telling(waiting, workspace, card, similar)
        words, blocks = self._message(telling, conflict, workspace, now)
        if first:
            blocks = [self._introduction(workspace), *blocks]
        return await self._post(workspace.team, channel, words, blocks, waiting.key)

    async def show(
        self,
        message: Message,
        waiting: Waiting | None,
        conflict: Conflict,
        workspace: Workspace,
        *,
        key: str,
        card: Message | None,
        join: bool,
        now: datetime,
    ) -> Spoken:
        """Post the card, or bring a message that follows its conflict up to date; may `join` first."""
        if waiting is None:
            words, blocks = conflict_card(conflict, workspace, now)
        else:
            telling = _telling(waiting, workspace, card, None)
            words, blocks = direct_message(telling, conflict, workspace, self._texts, now, live=message.live)
        team, channel = workspace.team, message.channel or message.lane
        if message.ts is not None:
            return await self._update(team, channel, message.ts, words, blocks)
        if join:
            joined = await self._call(team, "conversations.join", channel, channel=channel)
            if not isinstance(joined, Said):
                return joined
        return await self._post(team, channel, words, blocks, key)

    def _message(
        self, telling: Telling, conflict: Conflict | None, workspace: Workspace, now: datetime
    ) -> tuple[str, list[Block]]:
        if conflict is None or telling.kind in ANSWERS:
            return typed_answer(telling, conflict, self._texts)
        if telling.kind is NoticeKind.LOGGED:
            return log_line(telling, conflict, workspace, self._texts, now)
        return direct_message(telling, conflict, workspace, self._texts, now)

    def _introduction(self, workspace: Workspace) -> Block:
        """The very first message to a person begins with who speaks, and who set it up."""
        installer = workspace.installer or next(iter(workspace.keepers), "")
        words = Mrkdwn(name(installer, workspace.people))
        return kit.small(self._texts.write("first_time", {"installer": words}))

    async def _post(self, team: str, channel: str, words: str, blocks: list[Block], key: str) -> Spoken:
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}
        return await self._call(
            team,
            "chat.postMessage",
            channel,
            channel=channel,
            text=words,
            blocks=blocks,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )

    async def _update(self, team: str, channel: str, ts: str, words: str, blocks: list[Block]) -> Spoken:
        return await self._call(
            team, "chat.update", channel, channel=channel, ts=ts, text=words, blocks=blocks
        )

    async def _call(self, team: str, method: str, place: str, **arguments: Any) -> Spoken:
        client = self._client_of(team)
        try:
            answer = await getattr(client, method.replace(".", "_"))(**arguments)
        except SlackApiError as problem:
            return judged(problem, method, place)
        except aiohttp.ClientConnectorError as problem:
            return Failed(type(problem).__name__)
        except (TimeoutError, aiohttp.ClientError) as problem:
            return Unknown(type(problem).__name__)
        channel = answer.get("channel")
        where = channel["id"] if isinstance(channel, Mapping) else str(channel or place)
        return Said(where, str(answer.get("ts") or ""))

    async def read_back(self, team: str, channel: str, keys: Iterable[str]) -> dict[str, str] | None:
        """Which of the keys stand in the conversation, newest first, with their ts; None when unreadable."""
        wanted, found, cursor = set(keys), dict[str, str](), ""
        for _ in range(PAGES):
            try:
                page = await self._client_of(team).conversations_history(
                    channel=channel,
                    include_all_metadata=True,
                    limit=100,
                    cursor=cursor or None,
                )
            except (SlackApiError, aiohttp.ClientError, TimeoutError):
                return None
            for message in page.get("messages") or []:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("key") in wanted:
                    found[str(payload["key"])] = str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor or wanted <= found.keys():
                break
        return found


def _telling(
    waiting: Waiting, workspace: Workspace, card: Message | None, similar: Conflict | None
) -> Telling:
    link = permalink(workspace.url, card.channel, card.ts) if card and card.state != "gone" else ""
    notice = waiting.notice
    return Telling(kind=notice.kind, to=notice.to, facts=notice.facts, card=link, similar=similar)


def judged(problem: SlackApiError, method: str, place: str) -> Spoken:
    """What an answer that is not ok means."""
    response = problem.response
    error = str(response.get("error") or f"http {getattr(response, 'status_code', '')}")
    status = int(getattr(response, "status_code", 200) or 200)
    if status == 429 or error in ("ratelimited", "rate_limited", "message_limit_exceeded"):
        wait = response.headers.get("Retry-After") or response.headers.get("retry-after") or "1"
        with contextlib.suppress(ValueError):
            return Blocked(float(wait), method, place)
        return Blocked(1.0, method, place)
    if error in GONE:
        return Deleted()
    if error in PERMANENT:
        return Unreachable(error)
    return Unknown(error) if status >= 500 and method == "chat.postMessage" else Failed(error)
