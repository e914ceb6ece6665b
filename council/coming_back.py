"""What happened while somebody was away, told in one message on their return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from council.action_item import ActionItem
from council.conflict import Conflict
from council.notice import Notice, NoticeKind, tell
from council.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class WhileAway:
    """What others decided instead, what is theirs again, what a stand-in keeps; and what there is to do."""

    decided: tuple[Conflict, ...] = ()
    again: tuple[Conflict, ...] = ()
    kept: tuple[Conflict, ...] = ()
    items: tuple[ActionItem, ...] = ()
    fell_due: bool = False
    """True when one of the action items fell due meanwhile."""

    @property
    def nothing(self) -> bool:
        """True when there is nothing to tell."""
        return not (self.decided or self.again or self.kept or self.fell_due)

    @property
    def people(self) -> Iterator[str]:
        """Everybody who may be named in what is said about it."""
        for conflict in (*self.decided, *self.again, *self.kept):
            yield conflict.owner
            yield from (conflict.ruling.by,) if conflict.ruling else ()


def returned(person: str, since: datetime, workspace: Workspace, now: datetime) -> Notice:
    """Said in their first working hour back; whether there is anything to tell is asked then."""
    return tell(NoticeKind.RETURNED, person, workspace, now, priority=1, since=since.isoformat())
