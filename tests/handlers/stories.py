"""The largest and the most hostile there can be, for what is drawn of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from council.action_item import ActionItem, ItemState
from council.conflict import Conflict, Context, Event, Facts, Signal
from council.sentence import Who, say
from council.workspace import Workspace
from handlers.conflicts.seeing import Story
from storage.messages import Message
from storage.replies import Reply
from tests.council.builders import RULING, TUESDAY, decided, northwind, person, reported

HOSTILE = {
    "ampersands": "&" * 3000,
    "angles": "<!channel>" * 300,
    "fences": "```" * 1000,
    "stars": "*_~`" * 750,
    "emoji": "🔥" * 3000,
    "right to left": "\u202eשלום " * 500,
    "lines": "x\n" * 1500,
    "one word": "x" * 3000,
    "templates": "{{ 7 * 7 }}{owner}{0}%s" * 130,
}


def company() -> Workspace:
    """Northwind, whose people have the longest names."""
    plain = northwind()
    people = {name: replace(known, name=f"{name} & " * 20) for name, known in plain.people.items()}
    return replace(plain, people={**people, "nina": person("nina", name="Nina")}, url="https://n.example/")


def largest(words: str) -> Conflict:
    """A decided conflict of which every text is these words."""
    signals = tuple(Signal(source=words, says=words, as_of=f"{n} {words}") for n in range(4))
    outcome = reported(company(), by="nina", subject=words, signals=signals, waiting=words, account=words)
    ruling = replace(RULING, source=words, decision=words, why=words, trade_offs=words, lesson=words)
    ended = decided(outcome.conflict, company(), TUESDAY, ruling)
    return replace(ended.conflict, joined=tuple(f"U{n}" for n in range(60)), number=123_456_789)


def told(conflict: Conflict, words: str) -> Story:
    """Its story, as long as storage ever gives it."""
    events = tuple(
        Event(
            kind="handed over",
            at=TUESDAY + timedelta(minutes=n),
            by="marcus",
            words=say("{who} handed it over {n}: {why}", who=Who("nina"), n=n, why=words),
        )
        for n in range(60)
    )
    context = Context(conflict=conflict.id, by="nina", at=TUESDAY, words=words, link=words)
    reply = Reply(channel="C1", ts="1.2", by="nina", at=TUESDAY)
    return Story(
        conflict=conflict,
        events=events,
        events_in_all=101,
        contexts=(context,) * 40,
        contexts_in_all=400,
        replies=(reply,) * 20,
        replies_in_all=61,
        items=tuple(_item(n, words, "kim" if n < 10 else "nina") for n in range(100)),
        card=card(),
    )


def _item(n: int, words: str, owner: str) -> ActionItem:
    return ActionItem(
        id=f"{n:026}",
        team="T1",
        text=words,
        owner=owner,
        due=TUESDAY.date(),
        asked_by="marcus",
        at=TUESDAY,
        state=ItemState.OPEN if n < 50 else ItemState.DONE,
        ended_at=None if n < 50 else TUESDAY,
    )


def card() -> Message:
    """A card that stands in a channel."""
    return Message(
        id="m1",
        team="T1",
        conflict="c12",
        subject=None,
        kind="card",
        lane="C1",
        person=None,
        notice=None,
        channel="C1",
        ts="1.2",
        live=True,
        wanted=1,
        shown=1,
        state="shown",
        reposted=0,
        called_at=None,
        updated_at=None,
    )


def facts_of(conflict: Conflict, **more: object) -> Conflict:
    """The conflict with other facts."""
    facts: Facts = replace(conflict.facts, **more)  # type: ignore[arg-type]
    return replace(conflict, facts=facts)
