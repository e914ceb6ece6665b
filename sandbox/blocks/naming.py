"""The ids Slack gives to blocks and elements that came without one."""

from __future__ import annotations

import json
import secrets
import string
from typing import TYPE_CHECKING

from sandbox.blocks.walk import Json, elements, objects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ALPHABET = string.ascii_letters + string.digits


def random_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def fill_ids(blocks: Sequence[Json], new_id: Callable[[], str] = random_id) -> list[Json]:
    """A deep copy in which every block has a block_id and every interactive element an action_id.

    New ids every time: as in Slack, a view rebuilt without ids forgets what was typed. The copy goes through
    JSON, so that one dict used twice becomes two elements.
    """
    named: list[Json] = json.loads(json.dumps(list(blocks)))
    for _, block in objects(named):
        block.setdefault("block_id", new_id())
        for _, element in elements(block):
            element.setdefault("action_id", new_id())
    return named
