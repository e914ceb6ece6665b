"""What is wrong with a company's file, and where."""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""The way to a value: names of keys, and positions in lists counted from 0."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to mend: its line (counted from 1), where that is in the file, and why, in plain words."""

    line: int
    where: str
    reason: str
