"""Every listener, tried by every kind of person: what the table allows happens, all else is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from council.people import Channel
from handlers.guard import Listener
from handlers.listeners import LISTENERS
from sandbox.acts import admin
from sandbox.envelopes import Reply
from sandbox.faults import Fault
from sandbox.record import Call
from storage.people import save_channel
from tests.handlers.attempts import FULL, PEOPLE, REFUSALS, SCENES, Attempt, Scene
from tests.handlers.held_table import HELD
from tests.handlers.permission_table import BOOKKEEPING, TABLE
from tests.handlers.trying import Trial, fingerprint, prepare, retire_one, version_of
from tests.stories.company import BOARD, PARTNERS, whole_juniper
from tests.stories.house import House, open_house

WHOLE = TABLE | HELD
PARTS = 3
"""The listeners are tried in so many runs, each shorter for it."""
SHOWN = frozenset({"views.open", "views.push", "views.update"})


def test_every_listener_has_a_row_and_every_row_a_listener() -> None:
    """A listener nobody thought about fails here; without a permission there are only Slack's own news."""
    registered = {(listener.kind, str(listener.name)) for listener in LISTENERS if listener.act is not None}
    assert registered == {(kind, str(name)) for kind, name in WHOLE}
    assert {listener.name for listener in LISTENERS if listener.act is None} == BOOKKEEPING


def test_no_listener_is_hidden_behind_another() -> None:
    """The first one that fits is called, so no id stands twice."""
    ids = [(listener.kind, str(listener.name), listener.within) for listener in LISTENERS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("scene", SCENES, ids=str)
async def test_R37_every_listener_by_every_kind_of_person(tmp_path: Path, scene: Scene, part: int) -> None:
    """Whoever may, does; whoever may not changes nothing and reads why.

    On one database: who may what is decided above them, and each listener has its story on both.
    """
    wrong: list[str] = []
    database_url = f"sqlite+aiosqlite:///{tmp_path / 'tiebreak.sqlite3'}"
    async with open_house(
        database_url, address="https://tiebreak.example", configuration=whole_juniper()
    ) as house:
        await _let_in(house)
        begins, ends = (len(LISTENERS) * each // PARTS for each in (part, part + 1))
        for listener in sorted(LISTENERS[begins:ends], key=lambda each: each.kind != "event"):
            attempt = WHOLE.get((listener.kind, str(listener.name)))
            if attempt is None or (scene.confidential and not attempt.about):
                continue
            for kind in FULL if scene.confidential else PEOPLE:
                wrong += await _tried(house, listener, attempt, kind, scene)
        codes = {defect.code for defect in house.slack.record.defects}
    assert not wrong, "\n".join(wrong)
    assert not codes


async def _let_in(house: House) -> None:
    """Somebody deactivated, somebody Slack never describes, a shared and a private channel the bot is in."""
    people = house.slack.workspace.people
    admin.deactivate(house.slack, "U0LENA")
    await house.server.settle()
    house.slack.workspace.add_person(replace(people["U0OMAR"], id="U0WHO", name="who", real_name="Who Knows"))
    for channel in (PARTNERS, BOARD):
        house.slack.workspace.channels[channel].members.append(house.slack.app.bot_user)
    board = Channel(id=BOARD, kind="private", bot_in=True, fetched_at=house.clock.now())
    await house.bot.store.write(lambda unit: save_channel(unit.connection, unit.team, board), team=house.team)
    await house.bot.store.write(retire_one, team=house.team)


async def _tried(house: House, listener: Listener, attempt: Attempt, kind: str, scene: Scene) -> list[str]:
    person = PEOPLE[kind]
    ways: dict[str, Any] = {"ended": attempt.decided, "called": attempt.called, "linked": attempt.linked}
    ways |= {"agenda": attempt.agenda, "two": "{other}" in str(attempt.state), "meeting": attempt.meeting}
    id, draft, other = await house.bot.store.write(
        lambda unit: prepare(unit, person, scene, **ways), team=house.team
    )
    if listener.kind == "event":
        await house.settle()
    house.slack.stacks.clear()
    unknown = [Fault(method="users.info", error="internal_error")] if kind == "unknown" else []
    house.slack.faults.planned = unknown
    before, calls = await _look(house, id), len(house.slack.record.calls)
    version = await house.bot.store.read(lambda c: version_of(c, house.team))
    reply = await Trial(house, listener, attempt, person, id, draft, other, scene, version).run()
    after, fresh = await _look(house, id), list(house.slack.record.calls)[calls:]
    house.slack.faults.planned = []
    return _judged(
        f"{listener.kind} {listener.name} by {kind}",
        may=kind in (attempt.who & scene.seeing if attempt.about else attempt.who),
        did=_showed(listener, attempt, reply, fresh) if listener.beat == "show" else before != after,
        told=listener.beat == "hear" or _told(reply, fresh),
    )


async def _look(house: House, id: str) -> tuple[Any, ...]:
    return await house.bot.store.read(lambda connection: fingerprint(connection, house.team, id))


def _judged(what: str, *, may: bool, did: bool, told: bool) -> list[str]:
    if may and not did:
        return [f"{what}: may, but nothing happened"]
    if not may and did:
        return [f"{what}: may not, but it happened"]
    return [] if may or told else [f"{what}: refused without a word"]


def _showed(listener: Listener, attempt: Attempt, reply: Reply, calls: list[Call]) -> bool:
    if listener.kind == "options":
        return bool((reply.body or {}).get("options"))
    if attempt.answers:
        words = [str(call.args["text"]) for call in calls if call.method == "response_url"]
        words += [str(reply.body["text"])] if isinstance(reply.body, dict) and "text" in reply.body else []
        return bool(words) and not any(text.startswith(REFUSALS) for text in words)
    became = reply.body.get("view") if isinstance(reply.body, dict) else None
    shown = [call.args.get("view") for call in calls if call.method in SHOWN]
    return any(view and not _is_word(view) for view in (became, *shown))


def _is_word(view: Any) -> bool:
    return bool(view and view.get("callback_id") == "told")


def _told(reply: Reply, calls: list[Call]) -> bool:
    """A sentence for their eyes: at the response address, in a window, under a field, or as the answer."""
    said = any(call.method in (*SHOWN, "response_url") for call in calls)
    body = reply.body if isinstance(reply.body, dict) else {}
    return said or bool(body.get("text") or body.get("errors") or body.get("view")) or body == {"options": []}
