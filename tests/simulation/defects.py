"""What Slack, or a person, minded: only what was provoked may be among it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sandbox.record import Defect

if TYPE_CHECKING:
    from tests.simulation.world import World

LOST = 3.5
"""Seconds before a time-out within which the socket may have broken, or the process died."""
REPEATED = frozenset({"exchanged_trigger_id", "expired_trigger_id", "expired_url"})
"""What the second delivery of a click comes to: its trigger was used, its window redrawn."""
OF_LIFE = frozenset(
    """user_disabled is_archived not_in_channel message_not_found cant_update_message
    channel_not_found""".split()
)
"""What is met when a channel, a message or somebody is gone, and no event said so in time."""
OVERTAKEN = frozenset({"hash_conflict", "not_found"})
"""What a form comes to that was changed, or closed, meanwhile."""


def unprovoked(world: World) -> Iterator[str]:
    """All defects that nobody made on purpose."""
    for defect in world.slack.record.defects:
        if not _provoked(world, defect):
            yield f"{defect.at:%Y-%m-%d %H:%M:%S} {defect.kind}: {defect.code}: {defect.what}"


def _provoked(world: World, defect: Defect) -> bool:
    at = (defect.at - world.start).total_seconds()
    if defect.kind == "not acknowledged":
        return defect.code == "connection_failed" or any(0 <= at - broke <= LOST for broke in world.breaks)
    if defect.kind != "refused":
        return False
    if defect.code in REPEATED:
        return any(abs(at - doubled) <= 2 * LOST for doubled in world.doubled)
    return (
        defect.code == "ratelimited"
        or defect.code in OF_LIFE
        or (defect.code in OVERTAKEN and defect.what.startswith("views.update"))
    )
