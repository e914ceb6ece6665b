"""A file put into a conversation: three calls to Slack, of which only the last can be seen by anybody.

A message with a file takes no metadata, so the end of its key goes into the file's name, by which it is
found again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from council.speaking import Failed, Refused, Said, Spoken
from handlers.judging import NO_RIGHT, SHARE, judged

ADDRESS = "files.getUploadURLExternal"
TROUBLE = (SlackApiError, aiohttp.ClientError, TimeoutError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file, and the words it comes with."""

    stem: str
    ending: str
    title: str
    words: str
    content: bytes

    def name(self, key: str) -> str:
        """What it is called where it is saved."""
        return f"{self.stem}{_mark(key)}{self.ending}"


def _mark(key: str) -> str:
    return f"-{key[-8:]}."


def key_of_files(message: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    """Those of the keys that a message with files was sent under."""
    names = [str(each.get("name")) for each in message.get("files") or []]
    return (key for key in keys if any(_mark(key) in name for name in names))


async def share(client: AsyncWebClient, channel: str, document: Document, key: str) -> Spoken:
    """Put it there. Up to the last call nothing can be seen, and all may be done again."""
    try:
        place = await client.files_getUploadURLExternal(
            filename=document.name(key), length=len(document.content)
        )
        status = await _upload(client, str(place["upload_url"]), document.content)
    except TROUBLE as problem:
        return _not_held_up(judged(problem, ADDRESS, channel))
    if status != 200:
        return Failed(f"http {status}")
    try:
        files: list[dict[str, str | None]] = [{"id": str(place["file_id"]), "title": document.title}]
        await client.files_completeUploadExternal(
            files=files, channel_id=channel, initial_comment=document.words
        )
    except TROUBLE as problem:
        return _not_held_up(judged(problem, SHARE, channel))
    return Said(channel, "")


def _not_held_up(came: Spoken) -> Spoken:
    """An app that was not given this right may say all else: nothing waits until it is."""
    lacking = isinstance(came, Failed) and came.error in NO_RIGHT
    return Refused(came.error) if lacking and isinstance(came, Failed) else came


async def _upload(client: AsyncWebClient, url: str, content: bytes) -> int:
    patience = aiohttp.ClientTimeout(total=client.timeout)
    async with (
        _session(client) as session,
        session.request("POST", url, data=content, timeout=patience, proxy=client.proxy) as answer,
    ):
        return answer.status


@asynccontextmanager
async def _session(client: AsyncWebClient) -> AsyncIterator[aiohttp.ClientSession]:
    """The client's own, else one for this file."""
    if client.session is not None:
        yield client.session
    else:
        async with aiohttp.ClientSession() as session:
            yield session
