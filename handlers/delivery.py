"""Saying things in Slack: a notice becomes a message, a conflict its card. Decides and remembers nothing.

Every call answers with what came of it; who keeps the outbox decides what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient

from council.action_item import ActionItem
from council.calendar_series import Dates
from council.coming_back import WhileAway
from council.conflict import Conflict
from council.meeting import Meeting
from council.notice import NoticeKind
from council.people import Channel
from council.planning import Standing
from council.quiet import MOST_SHOWN
from council.speaking import (
    Refused,
    Said,
    Spoken,
    Trouble,
    Unreachable,
)
from council.standup import Standup, Theirs
from council.succeeding import Vacated
from council.workspace import Workspace
from handlers import kit
from handlers.actions.item_message import item_message
from handlers.agenda.message import agenda_message
from handlers.agenda.metrics import metrics_message
from handlers.away.message import back_message
from handlers.calendar.file import dates_file
from handlers.ceremonies.lines import plan_line
from handlers.conflicts.card import conflict_card
from handlers.conflicts.dms import Telling, direct_message, log_line
from handlers.conflicts.links import permalink
from handlers.conflicts.typed import ANSWERS, typed_answer
from handlers.files import Document, key_of_files, share
from handlers.home.view import home
from handlers.judging import POST, judged, unreadable
from handlers.looking import channel_of
from handlers.meeting.dms import meeting_dm
from handlers.meeting.minutes_message import minutes_file, minutes_message
from handlers.meeting.now_message import now_message
from handlers.morning.digest import digest, in_its_line
from handlers.setup.succession import succession_message
from handlers.standup.message import standup_message
from handlers.standup.summary import summary
from handlers.texts import Mrkdwn, Texts
from handlers.wording import name
from storage.messages import Message
from storage.outbox import Waiting
from storage.overview import Overview
from storage.people import is_person
from storage.subject import Gathered, Subject

EVENT = "tiebreak_notice"
"""The type of the metadata by which our own messages are found again."""
FILES = frozenset({NoticeKind.CALENDAR_FILE, NoticeKind.MINUTES_FILE})
"""What is put there as a file."""
PAGES = 3
log = structlog.get_logger(__name__)

T = TypeVar("T")
Written = tuple[str, list[Block]]
"""The fallback and the blocks."""


class Delivery:
    """Speaks for every workspace, through clients without retries of their own."""

    def __init__(self, client_of: Callable[[str], AsyncWebClient], texts: Texts) -> None:
        self._client_of = client_of
        self._texts = texts

    async def open_dm(self, team: str, person: str) -> Spoken:
        """The direct conversation with a person; `Said.channel` is its id."""
        return await self._call(team, "conversations.open", person, users=person)

    async def look(self, team: str, channel: str) -> Channel | Spoken:
        """How a channel is now, or why Slack does not show it."""
        try:
            answer = await self._client_of(team).conversations_info(channel=channel)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
            return judged(problem, "conversations.info", channel)
        return channel_of(answer["channel"])

    async def join(self, team: str, channel: str) -> Spoken:
        """Join a public channel; what Slack refuses for good is no place for us."""
        joined = await self._call(team, "conversations.join", channel, channel=channel)
        return Unreachable(joined.error) if isinstance(joined, Refused) else joined

    async def tell(
        self, subject: Subject, workspace: Workspace, *, channel: str, first: bool, now: datetime
    ) -> Spoken:
        """Post a notice; its key goes along as metadata. What is a file is put there as one."""
        if subject.waiting is not None and subject.waiting.notice.kind in FILES:
            return await self._hand(subject.waiting, subject, workspace, channel, first=first)
        written = self._written(lambda: self._message(subject, workspace, now, first=first))
        return await self._posted(subject, workspace, channel, written)

    async def _hand(
        self, waiting: Waiting, subject: Subject, workspace: Workspace, channel: str, *, first: bool
    ) -> Spoken:
        """Put a file there; what Slack does not take as a file is at least explained."""
        greeting = self._introduction(workspace, waiting.notice.to) if first else ""
        document = self._written(lambda: self._document(subject, greeting, workspace))
        if isinstance(document, Refused):
            return document
        came = await share(self._client_of(workspace.team), channel, document, waiting.key)
        if not isinstance(came, Refused):
            return came
        log.warning("file refused", why=came.error)
        words = self._texts.write("file_refused", {"error": came.error})
        return await self._post(workspace.team, channel, (words, [kit.text(words)]), waiting.key)

    def _document(self, subject: Subject, greeting: str, workspace: Workspace) -> Document:
        match subject.other:
            case Dates() as dates:
                return dates_file(dates, greeting, self._texts)
            case Meeting() as meeting:
                return minutes_file(meeting, subject.conflicts, greeting, workspace)
            case _:
                raise LookupError("a file of nothing")

    async def tell_together(
        self, parts: Sequence[Subject], workspace: Workspace, *, channel: str, first: bool, now: datetime
    ) -> Spoken:
        """Post several notices as one message, a line each; it carries the key of the first."""
        live = frozenset(part.waiting.id for part in parts if part.waiting)
        gathered = Gathered(parts=tuple(parts[:MOST_SHOWN]), count=len(parts), live=live)
        written = self._written(lambda: self._gathered(gathered, workspace, now, first=first))
        return await self._posted(parts[0], workspace, channel, written)

    async def _posted(
        self, subject: Subject, workspace: Workspace, channel: str, written: Written | Refused
    ) -> Spoken:
        if isinstance(written, Refused) or subject.waiting is None:
            return written if isinstance(written, Refused) else Refused("there is nothing to say")
        return await self._post(workspace.team, channel, written, subject.waiting.key)

    async def show(
        self,
        message: Message,
        subject: Subject | Gathered,
        workspace: Workspace,
        *,
        key: str,
        now: datetime,
    ) -> Spoken:
        """Post the card, or bring a message up to date that follows what it is about."""
        written = self._written(lambda: self._shown(message, subject, workspace, now))
        if isinstance(written, Refused):
            return written
        team, channel = workspace.team, message.channel or message.lane
        if message.ts is not None:
            return await self._update(team, channel, message.ts, written)
        return await self._post(team, channel, written, key)

    def _written(self, write: Callable[[], T]) -> T | Refused:
        """What cannot be put into words must not hold up everything behind it."""
        try:
            return write()
        except Exception as slip:
            log.exception("could not be put into words")
            return Refused(f"could not be put into words: {type(slip).__name__}")

    def _shown(
        self, message: Message, subject: Subject | Gathered, workspace: Workspace, now: datetime
    ) -> Written:
        if isinstance(subject, Gathered):
            leader = subject.parts[0].waiting
            introduces = leader is not None and leader.notice.introduces
            return self._gathered(subject, workspace, now, first=introduces)
        conflict, waiting, live = subject.conflict, subject.waiting, message.live
        telling = self._telling(subject, workspace, first=bool(waiting and waiting.notice.introduces))
        if isinstance(subject.other, ActionItem) and telling is not None:
            return item_message(telling, subject.other, workspace, self._texts, live=live)
        if isinstance(subject.other, Standing) and telling is not None:
            return plan_line(telling, subject.other, workspace, self._texts, live=live)
        if isinstance(subject.other, Meeting):
            return self._of_meeting(message, subject, subject.other, workspace)
        if isinstance(subject.other, Standup):
            return self._of_standup(telling, subject, subject.other, workspace, now, live=live)
        if conflict is None:
            raise LookupError("a message about nothing")
        if telling is None:
            return conflict_card(conflict, workspace, now)
        proposed = telling.kind is NoticeKind.TYPED_ANSWER
        if proposed and conflict.is_open and conflict.owner == telling.to:
            return typed_answer(telling, conflict, self._texts, live=live)
        return direct_message(telling, conflict, workspace, self._texts, now, live=live)

    def _of_meeting(
        self, message: Message, subject: Subject, meeting: Meeting, workspace: Workspace
    ) -> Written:
        """A message that follows a meeting: what was put up in a channel, or what one person was asked."""
        waiting = subject.waiting
        telling = self._telling(subject, workspace, first=bool(waiting and waiting.notice.introduces))
        if telling is not None:
            return self._about_meeting(telling, meeting, workspace, live=message.live)
        if message.kind == "minutes" and meeting.course is not None:
            return minutes_message(meeting, meeting.course, subject.conflicts, workspace)
        if message.kind == "meeting":
            return now_message(meeting, subject.conflicts, workspace)
        if subject.material is None:
            raise LookupError("an agenda of nothing")
        return agenda_message(meeting, subject.material, workspace, self._texts)

    def _about_meeting(
        self, telling: Telling, meeting: Meeting, workspace: Workspace, *, live: bool = True
    ) -> Written:
        """What one person is told about a meeting."""
        if telling.kind is NoticeKind.METRICS_ASKED:
            return metrics_message(telling, meeting, workspace, self._texts, live=live)
        return meeting_dm(telling, meeting, workspace, self._texts, live=live)

    def _gathered(self, gathered: Gathered, workspace: Workspace, now: datetime, *, first: bool) -> Written:
        told = [
            (telling, about, part.waiting.id in gathered.live)
            for part in gathered.parts
            if part.waiting and (telling := self._telling(part, workspace)) and (about := in_its_line(part))
        ]
        leader = gathered.parts[0].waiting
        if leader is None:
            raise LookupError("there is nothing to say")
        opening = [kit.small(self._introduction(workspace, leader.notice.to))] if first else []
        return digest(told, gathered.count, leader.id, opening, workspace, self._texts, now)

    def _message(self, subject: Subject, workspace: Workspace, now: datetime, *, first: bool) -> Written:
        telling, conflict = self._telling(subject, workspace, first=first), subject.conflict
        if telling is None:
            raise LookupError("there is nothing to say")
        match subject.other:
            case ActionItem() as item:
                return item_message(telling, item, workspace, self._texts)
            case WhileAway() as away:
                return back_message(telling, away, workspace, self._texts, now)
            case Vacated() as left:
                return succession_message(telling, left, workspace, self._texts)
            case Standing() as date:
                return plan_line(telling, date, workspace, self._texts)
            case Meeting() as meeting:
                return self._about_meeting(telling, meeting, workspace)
            case Standup() as standup:
                return self._of_standup(telling, subject, standup, workspace, now)
            case Dates():
                raise LookupError("a file is no message")
            case None:
                return self._of_conflict(telling, conflict, workspace, now)

    def _of_standup(
        self,
        telling: Telling | None,
        subject: Subject,
        standup: Standup,
        workspace: Workspace,
        now: datetime,
        *,
        live: bool = True,
    ) -> Written:
        if telling is None:
            return summary(standup, workspace)
        theirs = subject.theirs or Theirs()
        return standup_message(telling, standup, theirs, workspace, self._texts, now, live=live)

    def _of_conflict(
        self, telling: Telling, conflict: Conflict | None, workspace: Workspace, now: datetime
    ) -> Written:
        if conflict is None or telling.kind in ANSWERS:
            return typed_answer(telling, conflict, self._texts)
        if not is_person(telling.to):
            return log_line(telling, conflict, workspace, self._texts, now)
        return direct_message(telling, conflict, workspace, self._texts, now)

    def _telling(self, subject: Subject, workspace: Workspace, *, first: bool = False) -> Telling | None:
        """The notice as it is told; None for a card, which tells none."""
        if subject.waiting is None:
            return None
        notice, card = subject.waiting.notice, subject.card
        return Telling(
            kind=notice.kind,
            to=notice.to,
            facts=notice.facts,
            card=permalink(workspace.url, card.channel, card.ts) if card and card.state != "gone" else "",
            similar=subject.similar,
            missing=subject.missing,
            introduction=self._introduction(workspace, notice.to) if first else "",
        )

    def _introduction(self, workspace: Workspace, to: str) -> str:
        """The very first message to a person begins with who speaks, and who set it up."""
        installer = workspace.installer or next(iter(workspace.keepers), "")
        words = Mrkdwn(name(installer, workspace.people))
        return self._texts.write("first_time", {"installer": words, "yours": installer == to})

    async def _post(self, team: str, channel: str, written: Written, key: str) -> Spoken:
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}
        return await self._call(
            team,
            POST,
            channel,
            channel=channel,
            text=written[0],
            blocks=written[1],
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )

    async def _update(self, team: str, channel: str, ts: str, written: Written) -> Spoken:
        words, blocks = written
        return await self._call(
            team, "chat.update", channel, channel=channel, ts=ts, text=words, blocks=blocks
        )

    async def publish(
        self, team: str, person: str, seen: Overview, workspace: Workspace | None, now: datetime
    ) -> Spoken:
        """Draw somebody's App Home."""
        known = workspace.people.get(person) if workspace else None
        try:
            view = home(seen, person, known, workspace, now)
        except Exception as slip:
            log.exception("could not be drawn")
            return Refused(f"could not be drawn: {type(slip).__name__}")
        return await self._call(team, "views.publish", person, user_id=person, view=view)

    async def take_down(self, team: str, message: Message) -> Spoken:
        """Delete a message of ours."""
        channel = message.channel or message.lane
        return await self._call(team, "chat.delete", channel, channel=channel, ts=message.ts)

    async def _call(self, team: str, method: str, place: str, **arguments: Any) -> Spoken:
        try:
            answer = await getattr(self._client_of(team), method.replace(".", "_"))(**arguments)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
            return judged(problem, method, place)
        channel = answer.get("channel")
        where = channel["id"] if isinstance(channel, Mapping) else str(channel or place)
        return Said(where, str(answer.get("ts") or ""))

    async def read_back(
        self, team: str, channel: str, keys: Iterable[str]
    ) -> dict[str, str] | Unreachable | Trouble:
        """Which of the keys stand in the conversation, newest first, with their ts; or why nobody can say."""
        wanted, found, cursor = set(keys), dict[str, str](), ""
        for _ in range(PAGES):
            try:
                page = await self._history(team, channel, cursor)
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
                return unreadable(problem, channel)
            for message in page.get("messages") or []:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                for key in wanted & {payload.get("key"), *key_of_files(message, wanted)}:
                    found[key] = str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor or wanted <= found.keys():
                break
        return found

    async def _history(self, team: str, channel: str, cursor: str) -> Any:
        return await self._client_of(team).conversations_history(
            channel=channel, include_all_metadata=True, limit=100, cursor=cursor or None
        )
