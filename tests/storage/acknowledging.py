"""A program that writes without end and says of each entry when it is saved, until it is killed.

    python -m tests.storage.acknowledging <database url>

Every tenth function fails after it wrote; its entry must never be seen.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from functools import partial

from storage.store import Store, Unit
from tests.storage.ledger import TEAM, entering, new_store

CALLERS = 16


async def main(url: str) -> None:
    store = await new_store(url)
    await asyncio.gather(*(write(store, caller) for caller in range(CALLERS)))


async def write(store: Store, caller: int) -> None:
    for n in itertools.count():
        id = f"{'failed' if n % 10 == 9 else 'saved'}-{caller}-{n}"
        try:
            await store.write(partial(enter, id), team=TEAM)
        except LookupError:
            continue
        sys.stdout.write(f"{id}\n")
        sys.stdout.flush()


def enter(id: str, unit: Unit) -> None:
    entering(id)(unit)
    if id.startswith("failed"):
        raise LookupError(id)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
