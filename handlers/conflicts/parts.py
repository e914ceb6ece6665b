"""Which part somebody plays in a conflict, in words."""

from __future__ import annotations

from council.conflict import Conflict, State
from council.seats import role_of
from council.workspace import Workspace


def asked_as(person: str, conflict: Conflict, workspace: Workspace) -> str:
    """In which part the chain reached this person, unescaped; empty for somebody without a seat."""
    role = role_of(conflict.seat, workspace)
    if role is not None and role.deputy == person:
        return "deputy"
    for seat, words in ((workspace.chair, "council chair"), (workspace.sponsor, "sponsor")):
        if seat is not None and seat.holder == person:
            return words
    held = next((role for role in workspace.configuration.roles if role.holder == person), None)
    return held.name if held else ""


def took_over(conflict: Conflict) -> bool:
    """True while the owner is the owner by **Take over**: acknowledged by the act that began the ladders."""
    began = conflict.acknowledged_at == conflict.acknowledge.since
    return conflict.state is State.ACKNOWLEDGED and conflict.previous_owner is not None and began


def seen_by(conflict: Conflict) -> str:
    """Who sees a confidential one, in a few words."""
    members = ", and the members of its channel," if conflict.home else ""
    return f"Confidential: only those who take part{members} see it"
