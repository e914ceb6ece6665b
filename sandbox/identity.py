"""Ids, message timestamps and secrets, all from one seed."""

from __future__ import annotations

import random
import string
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.clock import Clock

_LETTERS = string.ascii_uppercase + string.digits


class Identity:
    """Gives out ids in Slack's shapes; the same seed gives the same ids in the same order."""

    def __init__(self, clock: Clock, seed: int) -> None:
        self._clock = clock
        self._chance = random.Random(seed)
        self._last_ts = 0

    def make(self, prefix: str, length: int = 10) -> str:
        """An id such as `C07AB12CD9E`."""
        return prefix + "0" + "".join(self._chance.choices(_LETTERS, k=length - 1))

    def uuid(self) -> str:
        """A version 4 UUID, as envelopes and client messages carry it."""
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))

    def word(self, length: int = 24) -> str:
        """Random lower-case letters and digits, for secrets and tickets."""
        return "".join(self._chance.choices(string.ascii_lowercase + string.digits, k=length))

    def ts(self) -> str:
        """The next message timestamp: a string, unique, never going back."""
        micros = int(self._clock.now().timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def dotted(self) -> str:
        """A trigger id: two numbers and some hexadecimal digits."""
        numbers = self._chance.randrange(10**12, 10**13), self._chance.randrange(10**11, 10**12)
        return f"{numbers[0]}.{numbers[1]}.{self._chance.getrandbits(128):032x}"
