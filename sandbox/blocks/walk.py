"""Finding the elements of blocks that may be of any shape, well formed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.blocks.elements import ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

NAMED_ELEMENTS = frozenset(
    name for name, kind in ELEMENTS.items() if "action_id" in {**kind.shape.must, **kind.shape.may}
)


def objects(value: object) -> Iterator[tuple[int, Json]]:
    """The objects of a list, with their positions; anything else is passed over."""
    for number, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield number, item


def elements(block: Json) -> Iterator[tuple[str, Json]]:
    """The elements of one block that take an action_id, each with its pointer inside the block."""
    for key in ("accessory", "element"):
        if _is_named(block.get(key)):
            yield f"/{key}", block[key]
    for number, element in objects(block.get("elements")):
        if _is_named(element):
            yield f"/elements/{number}", element


def _is_named(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("type"), str) and value["type"] in NAMED_ELEMENTS
