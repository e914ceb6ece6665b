"""Who we are in Slack, asked once: taking a delivery must not depend on Slack answering a question first."""

from __future__ import annotations

from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse


class Identity(AsyncAuthorize):
    """bolt asks it for every delivery.

    By itself bolt would ask Slack at the first delivery, and acknowledge what it could not authorize: an
    event that came while Slack stumbled would be lost.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: AsyncSlackResponse | None = None

    async def ask(self) -> AsyncSlackResponse:
        """What Slack says of the token. Raises what the client raises."""
        if self._known is None:
            self._known = await self._client.auth_test()
        return self._known

    async def __call__(self, **_: Any) -> AuthorizeResult:
        """The workspace and its bot, as bolt wants to have them."""
        known = await self.ask()
        return AuthorizeResult(
            enterprise_id=known.get("enterprise_id"),
            team_id=known.get("team_id"),
            bot_user_id=known.get("user_id"),
            bot_id=known.get("bot_id"),
            bot_token=self._client.token,
        )
