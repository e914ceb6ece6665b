"""A message in a channel that is put up once and then follows its subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PostKind = Literal["agenda", "meeting", "minutes", "summary"]


@dataclass(frozen=True, slots=True)
class Post:
    """Which one, and in which channel; put up again it stays the one that stands."""

    kind: PostKind
    channel: str
