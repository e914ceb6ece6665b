"""A standup for somebody who wants to read its summary: what stands in a private channel is not for all."""

from __future__ import annotations

from council.errors import Unknown
from council.planning import channel_of
from council.standup import Standup
from council.standup_answering import NO_STANDUP, read_by
from council.workspace import Workspace
from handlers.conflicts.not_set_up import set_up
from handlers.turn import Turn
from storage import people, prepared


async def read(turn: Turn, id: str) -> tuple[Standup, Workspace]:
    """The standup and everybody named in it; raises `Unknown` for who may not read it."""
    standup = await turn.desk.store.read(lambda c: prepared.find_standup(c, turn.team, id))
    if standup is None:
        raise Unknown(NO_STANDUP)
    workspace = await set_up(turn, *standup.people)
    place = await private_place(turn, standup, workspace)
    here = turn.here is not None and turn.here == place
    return read_by(standup, turn.person_id, workspace, private=place is not None, here=here), workspace


async def private_place(turn: Turn, standup: Standup, workspace: Workspace) -> str | None:
    """The channel its summary stands in, when that is a private one."""
    ceremony = workspace.calendar.ceremony(standup.ceremony)
    channel = channel_of(ceremony, workspace) if ceremony else None
    if channel is None:
        return None
    known = await turn.desk.store.read(lambda c: people.find_channels(c, turn.team, [channel]))
    return channel if channel in known and known[channel].kind != "public" else None
