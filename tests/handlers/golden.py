"""Messages as they were last looked at: one JSON file each under `tests/golden`.

`pytest tests/handlers --snapshot-update` writes them anew; a changed word is a visible difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from slack_sdk.models.blocks import Block
from syrupy.extensions.json import JSONSnapshotExtension
from syrupy.location import PyTestLocation

GOLDEN = Path(__file__).parents[1] / "golden"


class Golden(JSONSnapshotExtension):
    """JSON with sorted keys, in a folder named after the test's file."""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(GOLDEN / Path(test_location.filepath).stem)


def drawn(message: tuple[str, Iterable[Block]]) -> dict[str, Any]:
    """What is sent to Slack; its fallback text is never empty."""
    words, blocks = message
    assert words.strip()
    return {"text": words, "blocks": [block.to_dict() for block in blocks]}
