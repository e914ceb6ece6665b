"""What lets somebody act for a while: tokens, trigger ids, response urls, OAuth codes, sockets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

TRIGGER_LIFETIME = timedelta(seconds=3)
RESPONSE_URL_LIFETIME = timedelta(minutes=30)
RESPONSE_URL_USES = 5
CODE_LIFETIME = timedelta(minutes=10)

TokenKind = Literal["bot", "app", "user"]


@dataclass(slots=True)
class Token:
    """A token and what it may; `revoked` and `expires` end it."""

    text: str
    kind: TokenKind
    team: str
    person: str
    scopes: frozenset[str]
    revoked: bool = False
    expires: datetime | None = None


@dataclass(slots=True)
class Trigger:
    """The right to open one view within three seconds; `view` is set when it came out of a view."""

    id: str
    person: str
    given: datetime
    view: str = ""
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """The right to answer five times within half an hour where something was typed or clicked."""

    key: str
    person: str
    channel: str
    given: datetime
    kind: Literal["commands", "actions"]
    message_ts: str = ""
    ephemeral: bool = False
    thread_ts: str = ""
    uses: int = 0


@dataclass(slots=True)
class OAuthCode:
    """The code of one installation, good for ten minutes and one exchange."""

    code: str
    redirect_uri: str
    scopes: frozenset[str]
    installer: str
    given: datetime
    used: bool = False


@dataclass(slots=True)
class Upload:
    """A file on its way: url given, bytes received, or shared."""

    id: str
    ticket: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    shared: bool = False
    channels: list[str] = field(default_factory=list)
