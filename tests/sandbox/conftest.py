"""A workspace to try the sandbox in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from sandbox.clock import HandClock
from sandbox.delivery import Delivery
from sandbox.example import example
from sandbox.manifest import load
from sandbox.rates import Rates
from sandbox.server import Server, serve
from sandbox.slack import Slack
from tests.sandbox.asking import Asking, Ear

MANIFEST = """
display_information: {name: Tiebreak}
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true}
  bot_user: {display_name: Tiebreak}
  slash_commands:
    - {command: /raise, description: Raise it}
    - {command: /tell, description: Tell it, should_escape: true}
  shortcuts:
    - {name: Raise from here, type: message, callback_id: raise_message, description: Raise it}
    - {name: Raise, type: global, callback_id: raise_global, description: Raise it}
oauth_config:
  redirect_urls: ["https://bot.example/slack/oauth_redirect"]
  scopes:
    bot: [commands, chat:write, im:write, im:history, channels:read, groups:read, channels:join,
          channels:history, groups:history, reactions:read, reactions:write, users:read, users:read.email,
          app_mentions:read, files:write, pins:write, bookmarks:write, usergroups:read, channels:manage]
settings:
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
  event_subscriptions:
    bot_events: [app_home_opened, app_mention, app_uninstalled, tokens_revoked, channel_archive,
                 channel_rename, group_archive, member_joined_channel, member_left_channel,
                 message.channels, message.groups, message.im, reaction_added, user_change]
"""


@pytest.fixture
def clock() -> HandClock:
    return HandClock(datetime(2026, 11, 18, 10, 0, tzinfo=UTC))


@pytest.fixture
def slack(clock: HandClock) -> Slack:
    return example(clock, load(MANIFEST), rates=Rates(0))


@pytest.fixture
async def server(slack: Slack) -> AsyncIterator[Server]:
    async with serve(slack) as server:
        yield server


@pytest.fixture
def asking(slack: Slack) -> Asking:
    return Asking(slack)


@pytest.fixture
def ear(slack: Slack) -> Ear:
    """An app that acknowledges everything at once; what it hears is kept."""
    ear = Ear(slack)
    Delivery(slack, ear)
    return ear
