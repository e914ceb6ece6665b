"""One line of the table: what was measured, what was promised, and whether it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with its unit. `met` is None for a floor, or a figure that nothing was promised about."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        """In one word."""
        return {None: "", True: "met", False: "not met"}[self.met]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of each is measured; `SMALLEST` only shows that everything still runs."""

    warm: int
    reports: int
    at_once: int
    due: int
    sizes: tuple[int, ...]
    idle_seconds: float
    idle_hours: int
    year: int
    """Conflicts of one year: four a week."""


FULL = Scale(
    warm=40,
    reports=300,
    at_once=50,
    due=100_000,
    sizes=(1_000, 100_000, 1_000_000),
    idle_seconds=5,
    idle_hours=72,
    year=208,
)
SMALLEST = Scale(
    warm=1, reports=40, at_once=3, due=20, sizes=(50, 60), idle_seconds=0.5, idle_hours=1, year=50
)


def p50(seconds: Sequence[float]) -> float:
    """Half of them took no longer."""
    return median(seconds)


def p99(seconds: Sequence[float]) -> float:
    """Of a hundred, one took longer."""
    return quantiles(seconds, n=100, method="inclusive")[98]


def ms(seconds: float) -> str:
    """In milliseconds."""
    return f"{seconds * 1000:.2f} ms"


def times(ratio: float) -> str:
    """A ratio."""
    return f"{ratio:.2f} ×"
