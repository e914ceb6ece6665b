"""Looking one conflict up for somebody who may see it, with its whole story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from council.action_item import ActionItem
from council.conflict import Conflict, Context, Event
from council.people import Members
from council.sentence import Sentence, Who
from council.visibility import NOBODY, seen
from handlers.turn import Turn
from storage import actions, conflicts, messages, replies
from storage.messages import Message
from storage.people import find_channels
from storage.replies import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A conflict with everything that is kept of it; of long parts the newest, and how many there are."""

    conflict: Conflict
    events: tuple[Event, ...] = ()
    events_in_all: int = 0
    contexts: tuple[Context, ...] = ()
    contexts_in_all: int = 0
    replies: tuple[Reply, ...] = ()
    replies_in_all: int = 0
    items: tuple[ActionItem, ...] = ()
    card: Message | None = None

    @property
    def people(self) -> frozenset[str]:
        """Everybody who is named in it."""
        facts = self.conflict.facts
        named = (facts.account_owner, self.conflict.route.owner, self.conflict.previous_owner)
        acting = [event.by for event in self.events]
        adding = (*(context.by for context in self.contexts), *(reply.by for reply in self.replies))
        doing = (item.owner for item in self.items)
        people = (*self.conflict.insiders, *named, *acting, *adding, *doing, *self._spoken_of())
        return frozenset(person for person in people if person)

    def _spoken_of(self) -> Iterator[str]:
        for sentence in (*(event.words for event in self.events), *sentences(self.conflict)):
            yield from (fact.person for fact in sentence.facts.values() if isinstance(fact, Who))


def sentences(conflict: Conflict) -> tuple[Sentence, ...]:
    """Every because of its route and deadline."""
    route = conflict.route
    told = (each.because for each in route.told)
    return (
        route.because,
        route.deadline.because,
        conflict.deadline.because,
        *route.substitutions,
        *told,
    )


async def see(turn: Turn, find: Callable[[Any], Conflict | None]) -> Conflict:
    """What `find` finds, when this person may see it; raises the same `Unknown` for hidden and missing."""
    conflict, _ = await turn.desk.store.read(lambda connection: seen_here(connection, turn, find(connection)))
    return conflict


def seen_here(connection: Any, turn: Turn, conflict: Conflict | None) -> tuple[Conflict, Members]:
    """The conflict, when this person may see it here, and the membership by which the rules let them.

    Raises the same `Unknown` for hidden and missing.
    """
    hidden = conflict is not None and conflict.facts.confidential
    place = private_place(connection, turn) if hidden else None
    members: Members = {place: frozenset((turn.person_id,))} if place else NOBODY
    return seen(turn.person_id, conflict, members), members


def private_place(connection: Any, turn: Turn) -> str:
    """The private channel this is done in, empty elsewhere: whoever acts there is one of its members."""
    here = turn.here
    channel = find_channels(connection, turn.team, [here]).get(here) if here else None
    return channel.id if channel is not None and channel.kind == "private" else ""


async def read_story(turn: Turn, id: str) -> Story:
    """The whole story; raises `Unknown` like `see`."""
    conflict = await see(turn, lambda connection: conflicts.find(connection, turn.team, id))

    def look(connection: Any) -> Story:
        events, events_in_all = conflicts.events(connection, id)
        contexts, contexts_in_all = conflicts.contexts(connection, id)
        written, replies_in_all = replies.newest(connection, id)
        return Story(
            conflict=conflict,
            events=events,
            events_in_all=events_in_all,
            contexts=contexts,
            contexts_in_all=contexts_in_all,
            replies=written,
            replies_in_all=replies_in_all,
            items=actions.of_conflict(connection, id, most=actions.MOST_LISTED),
            card=messages.card(connection, id),
        )

    return await turn.desk.store.read(look)
