"""Time-ordered ids from a clock and a source of chance that are both passed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class Ids:
    """`ids()` gives 26 characters: 10 of milliseconds, 16 of chance, so that newer ids sort later."""

    def __init__(self, clock: Callable[[], datetime], random: Random) -> None:
        self._clock = clock
        self._random = random

    def __call__(self) -> str:
        """A new id."""
        millis = int(self._clock().timestamp() * 1000)
        return _encode(millis, 10) + _encode(self._random.getrandbits(80), 16)


def _encode(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))
