"""One whole Slack: a workspace, the app installed in it, and everything that is open at the moment."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sandbox.envelopes import Envelope, Reply
from sandbox.faults import Faults
from sandbox.grants import OAuthCode, ResponseUrl, Token, Trigger, Upload
from sandbox.identity import Identity
from sandbox.methods.answering import answer
from sandbox.people import Person
from sandbox.rates import Rates
from sandbox.record import Defect, Record
from sandbox.snapshot import snapshot
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from datetime import datetime

    from sandbox.clock import Clock
    from sandbox.manifest import Manifest
    from sandbox.messages import Ephemeral
    from sandbox.refusal import Json
    from sandbox.views import View
    from sandbox.wire import Answer, Request

KEPT_GRANTS = 10_000


@dataclass(slots=True)
class App:
    """The app as Slack knows it; `installed` is false until OAuth is done or tokens are handed out."""

    id: str
    name: str
    bot_id: str
    bot_user: str
    client_id: str
    client_secret: str
    signing_secret: str
    verification_token: str
    redirect_urls: tuple[str, ...] = ()
    installed: bool = False
    installer: str = ""


class Slack:
    """The state of one Slack and the one door apps come in by: `call`.

    `clock` gives every instant; `seed` every id and secret. `rates` of scale 0 switches rate limits off.
    """

    def __init__(
        self,
        clock: Clock,
        manifest: Manifest,
        seed: int = 1,
        *,
        name: str = "Northwind",
        domain: str = "northwind",
        rates: Rates | None = None,
        paid: bool = False,
    ) -> None:
        self.clock = clock
        self.manifest = manifest
        self.ids = Identity(clock, seed)
        self.workspace = Workspace(clock, self.ids, self.ids.make("T"), name, domain, paid)
        self.rates = rates or Rates()
        self.record = Record()
        self.faults = Faults()
        self.base_url = "http://127.0.0.1"
        self.web_url = f"https://{domain}.slack.com"
        self.tokens: dict[str, Token] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.codes: dict[str, OAuthCode] = {}
        self.tickets: set[str] = set()
        self.uploads: dict[str, Upload] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.ephemerals: dict[str, list[Ephemeral]] = {}
        self.choices: dict[tuple[str, str], Json] = {}
        self.scheduled: dict[str, Json] = {}
        self.send_event: Callable[[Envelope], None] = _to_nobody
        self.ask: Callable[[Envelope], Awaitable[Reply]] = _nobody_answers
        self.settle: Callable[[], Awaitable[None]] = _nothing_to_wait_for
        self._watchers: list[Callable[[], None]] = []
        self.app = self._new_app(manifest.bot_display_name)
        self.app_token = self._give("app", "", frozenset({"connections:write"})).text

    def now(self) -> datetime:
        return self.clock.now()

    def twin(self) -> Slack:
        """The same once more, its clock too: nothing is shared, nothing is connected and nobody watches."""
        twin = copy.copy(self)
        twin.send_event, twin.ask, twin.settle = _to_nobody, _nobody_answers, _nothing_to_wait_for
        twin._watchers = []
        vars(twin).update(copy.deepcopy(vars(twin)))
        return twin

    def call(self, method: str, request: Request) -> Answer:
        """Answer one Web API call; changes nothing but this state, and needs no loop."""
        return answer(self, method, request)

    def install(self, installer: str = "") -> str:
        """Install the app and give its bot token; tells nobody."""
        self.app.installed = True
        self.app.installer = installer
        return self._give("bot", self.app.bot_user, frozenset(self.manifest.scopes)).text

    def bot_token(self) -> str:
        """The newest bot token that still holds."""
        held = [t.text for t in self.tokens.values() if t.kind == "bot" and not t.revoked]
        return held[-1] if held else self.install()

    def granted(self, scope: str) -> bool:
        """Whether the installed app holds a scope."""
        return self.app.installed and scope in self.manifest.scopes

    def trigger(self, person: str, view: str = "") -> str:
        """A fresh trigger id for something `person` just did, perhaps inside a view."""
        trigger = Trigger(self.ids.dotted(), person, self.now(), view)
        self.triggers[trigger.id] = trigger
        while len(self.triggers) > KEPT_GRANTS:
            del self.triggers[next(iter(self.triggers))]
        return trigger.id

    def response_url(self, kind: Literal["commands", "actions"], person: str, channel: str, **at: Any) -> str:
        """A fresh address to answer at; `at` says which message was clicked."""
        key = f"{self.workspace.team}/{self.ids.word(12)}/{self.ids.word(24)}"
        self.response_urls[key] = ResponseUrl(key, person, channel, self.now(), kind, **at)
        while len(self.response_urls) > KEPT_GRANTS:
            del self.response_urls[next(iter(self.response_urls))]
        return f"{self.base_url}/hooks/{kind}/{key}"

    def view_on_top(self, person: str) -> View | None:
        """The modal somebody is looking at."""
        stack = self.stacks.get(person)
        return self.views[stack[-1]] if stack else None

    def is_bot_in(self, channel: str) -> bool:
        found = self.workspace.channels.get(channel)
        return found is not None and self.app.bot_user in found.members

    def defect(self, kind: str, code: str, what: str) -> None:
        """Note something a real Slack, or a person, would mind."""
        self.record.defects.append(Defect(self.now(), kind, code, what))

    def subscribe(self, watcher: Callable[[], None]) -> Callable[[], None]:
        """Be told after every change anybody could see; returns how to stop."""
        self._watchers.append(watcher)

        def stop() -> None:
            with contextlib.suppress(ValueError):
                self._watchers.remove(watcher)

        return stop

    def changed(self) -> None:
        """Tell every watcher."""
        for watcher in list(self._watchers):
            watcher()

    def snapshot(self, person: str) -> Json:
        """Everything one person can see, as plain values."""
        return snapshot(self, person)

    def _new_app(self, name: str) -> App:
        make = self.ids.make
        app = App(
            id=make("A"),
            name=name,
            bot_id=make("B"),
            bot_user=make("U"),
            client_id=f"{self.ids.word(10)}.{self.ids.word(10)}",
            client_secret=self.ids.word(32),
            signing_secret=self.ids.word(32),
            verification_token=self.ids.word(24),
            redirect_urls=self.manifest.redirect_urls,
        )
        bot = Person(
            app.bot_user, self.workspace.team, name.lower(), name, zone="America/Los_Angeles", bot=True
        )
        bot.bot_id, bot.app_id = app.bot_id, app.id
        self.workspace.add_person(bot)
        return app

    def _give(self, kind: Literal["bot", "app", "user"], person: str, scopes: frozenset[str]) -> Token:
        prefix = {"bot": "xoxb", "app": "xapp-1", "user": "xoxp"}[kind]
        text = f"{prefix}-{self.ids.word(12)}-{self.ids.word(24)}"
        token = Token(text, kind, self.workspace.team, person, scopes)
        self.tokens[text] = token
        return token


def _to_nobody(_envelope: Envelope) -> None:
    """Events while nothing is connected to carry them."""


async def _nobody_answers(_envelope: Envelope) -> Reply:
    return Reply(failure="connection_failed")


async def _nothing_to_wait_for() -> None:
    """While nothing is connected nothing is under way."""
