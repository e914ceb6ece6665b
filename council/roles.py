"""Named seats with one holder and a deputy: shared ownership is no ownership."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A named seat; `holder` and `deputy` are Slack user ids, None while nobody is named."""

    key: str
    name: str
    holder: str | None = None
    deputy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """Who sits at the table: `chair`, `seats` and `sponsor` are role keys."""

    chair: str | None = None
    seats: tuple[str, ...] = ()
    sponsor: str | None = None
    charter: str = ""
