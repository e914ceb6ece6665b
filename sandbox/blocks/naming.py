"""The ids Slack gives to blocks and elements that came without one."""

from __future__ import annotations

import json
import secrets
import string
from typing import TYPE_CHECKING

from sandbox.blocks.walk import Json, elements, objects

if TYPE_CHECKING:
    from collections.abc import Sequence

ALPHABET = string.ascii_letters + string.digits


def fill_ids(blocks: Sequence[Json]) -> list[Json]:
    """A deep copy in which every block has a block_id and every interactive element an action_id.

    The ids are random: as in Slack, a view rebuilt without ids forgets what was typed. The copy goes through
    JSON, so that one dict used twice becomes two elements.
    """
    named: list[Json] = json.loads(json.dumps(list(blocks)))
    for _, block in objects(named):
        block.setdefault("block_id", _new_id())
        for _, element in elements(block):
            element.setdefault("action_id", _new_id())
    return named


def _new_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(8))
