"""What must hold across the blocks of one message or view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.blocks.fault import Fault, duplicate
from sandbox.blocks.layout import MARKDOWN_LIMIT
from sandbox.blocks.walk import Json, elements, objects

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_TABLE = "only_one_table_allowed"


def duplicates(blocks: object, where: str) -> Iterator[Fault]:
    """A block_id is unique in the whole, an action_id within its block."""
    seen: set[str] = set()
    for number, block in objects(blocks):
        at = f"{where}/{number}"
        yield from _repeated(seen, "block_id", block, at)
        inside: set[str] = set()
        for path, element in elements(block):
            yield from _repeated(inside, "action_id", element, at + path)


def _repeated(seen: set[str], key: str, held: Json, at: str) -> Iterator[Fault]:
    value = held.get(key)
    if not isinstance(value, str):
        return
    if value in seen:
        yield duplicate(key, value, f"{at}/{key}")
    seen.add(value)


def focused_once(blocks: object, where: str) -> Iterator[Fault]:
    """Only one element may take the focus; the wording is ours."""
    focused = [
        f"{where}/{number}{path}/focus_on_load"
        for number, block in objects(blocks)
        for path, element in elements(block)
        if element.get("focus_on_load") is True
    ]
    for pointer in focused[1:]:
        yield Fault("`focus_on_load` can only be set on one element", pointer)


def submit_for_inputs(view: Json, where: str) -> Iterator[Fault]:
    if view.get("type") != "modal" or "submit" in view:
        return
    for number, block in objects(view.get("blocks")):
        if block.get("type") == "input":
            text = "must define `submit` to use an `input` block in modals"
            yield Fault(text, f"{where}/blocks/{number}/input")


def replies_only_to_inputs(blocks: object, where: str, surface: str) -> Iterator[Fault]:
    """A select may ask for a response_url only as the input of a modal."""
    for number, block in objects(blocks):
        for path, element in elements(block):
            if element.get("response_url_enabled") and (surface != "D" or path != "/element"):
                yield Fault("invalid additional property: response_url_enabled", f"{where}/{number}{path}")


def one_table(blocks: object, where: str) -> Iterator[Fault]:
    tables = [number for number, block in objects(blocks) if block.get("type") == "table"]
    for number in tables[1:]:
        yield Fault(ONE_TABLE, f"{where}/{number}")


def markdown_in_all(blocks: object, where: str) -> Iterator[Fault]:
    texts = [block.get("text") for _, block in objects(blocks) if block.get("type") == "markdown"]
    lengths = [len(text) for text in texts if isinstance(text, str)]
    if sum(lengths) > MARKDOWN_LIMIT >= max(lengths, default=0):
        yield Fault(f"must be less than {MARKDOWN_LIMIT + 1} characters", where)
