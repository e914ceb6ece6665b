"""Signed HTTP requests to an app's request url, and the same without a network for simulations."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp

from sandbox.envelopes import Envelope, Reply

if TYPE_CHECKING:
    from sandbox.slack import Slack

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
MOST_REDIRECTS = 2
FORM = "application/x-www-form-urlencoded"

Dispatch = Callable[[str, dict[str, str]], Awaitable[tuple[int, str]]]


def request_of(slack: Slack, envelope: Envelope) -> tuple[str, dict[str, str]]:
    """Body and signed headers of one delivery."""
    if envelope.kind == "events_api":
        body, content_type = json.dumps(envelope.payload), "application/json"
    elif envelope.kind == "slash_commands":
        fields = {key: value for key, value in envelope.payload.items() if value is not None}
        body, content_type = urlencode(fields), FORM
    else:
        body, content_type = urlencode({"payload": json.dumps(envelope.payload)}), FORM
    headers = {"Content-Type": content_type, "User-Agent": AGENT, **signed(slack, body)}
    if envelope.attempt:
        headers["X-Slack-Retry-Num"] = str(envelope.attempt)
        headers["X-Slack-Retry-Reason"] = envelope.reason
    return body, headers


def signed(slack: Slack, body: str) -> dict[str, str]:
    """Slack's signature v0; the timestamp is the computer's, as apps check it against theirs."""
    stamp = str(int(time.time() + slack.faults.clock_skew.total_seconds()))
    base = f"v0:{stamp}:{body}".encode()
    digest = hmac.new(slack.app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def reply_of(status: int, text: str, *, no_retry: bool = False) -> Reply:
    """What an HTTP answer means: 2xx takes it, a body is JSON or plain text."""
    if not 200 <= status < 300:
        return Reply(failure="http_error", no_retry=no_retry)
    if not text.strip():
        return Reply()
    try:
        return Reply(json.loads(text))
    except ValueError:
        return Reply(text)


@dataclass(slots=True)
class HttpLine:
    """Posts every delivery to one address."""

    slack: Slack
    url: str
    session: aiohttp.ClientSession

    async def carry(self, envelope: Envelope, seconds: float) -> Reply:
        body, headers = request_of(self.slack, envelope)
        try:
            async with asyncio.timeout(seconds), self._post(body, headers) as answer:
                no_retry = answer.headers.get("X-Slack-No-Retry") == "1"
                return reply_of(answer.status, await answer.text(), no_retry=no_retry)
        except TimeoutError:
            return Reply(failure="http_timeout")
        except aiohttp.TooManyRedirects:
            return Reply(failure="too_many_redirects")
        except aiohttp.ClientSSLError:
            return Reply(failure="ssl_error")
        except aiohttp.ClientError:
            return Reply(failure="connection_failed")

    async def verify(self) -> bool:
        """The `url_verification` handshake: whether the challenge comes back."""
        body = json.dumps(
            {
                "type": "url_verification",
                "token": self.slack.app.verification_token,
                "challenge": self.slack.ids.word(40),
            }
        )
        headers = {"Content-Type": "application/json", "User-Agent": AGENT, **signed(self.slack, body)}
        async with self._post(body, headers) as answer:
            return answer.status == 200 and json.loads(body)["challenge"] in await answer.text()

    def _post(self, body: str, headers: dict[str, str]) -> aiohttp.client._RequestContextManager:
        return self.session.post(self.url, data=body.encode(), headers=headers, max_redirects=MOST_REDIRECTS)


@dataclass(slots=True)
class DirectLine:
    """Hands every delivery to a function that answers (status, body): no network, no threads."""

    slack: Slack
    dispatch: Dispatch

    async def carry(self, envelope: Envelope, seconds: float) -> Reply:
        body, headers = request_of(self.slack, envelope)
        try:
            async with asyncio.timeout(seconds):
                return reply_of(*await self.dispatch(body, headers))
        except TimeoutError:
            return Reply(failure="http_timeout")
