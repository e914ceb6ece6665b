"""What became of a report, as it is kept for a repeated delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from council.conflict import Conflict
from council.workspace import Workspace
from storage.store import Answer

Kind = Literal["answers", "join"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a report, in ids; `fresh` is what the receipt tells, unless it is a repetition."""

    taken: str = ""
    joined: bool = False
    answered: str = ""
    draft: str = ""
    likely: tuple[tuple[str, Kind], ...] = ()
    fresh: tuple[Conflict, Workspace] | None = None


def _stored(done: Done) -> dict[str, Any]:
    kept = ("taken", "joined", "answered", "draft", "likely")
    return {name: getattr(done, name) for name in kept if getattr(done, name)}


def _again(kept: dict[str, Any]) -> Done:
    return Done(**{**kept, "likely": tuple((id, kind) for id, kind in kept.get("likely", ()))})


DONE = Answer(_stored, _again)
