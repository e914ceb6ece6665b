"""The two questions one asks of the tables: is this message, is this view one that Slack would take?"""

from __future__ import annotations

import json

from sandbox.blocks import whole
from sandbox.blocks.fault import NO_VARIANT, Fault, unsupported
from sandbox.blocks.layout import MESSAGE_BLOCKS, VIEWS

VIEW_BYTES = 250_000


def well_formed(blocks: object) -> bool:
    """False where Slack answers `invalid_blocks_format`: not a list of objects."""
    return isinstance(blocks, list) and all(isinstance(block, dict) for block in blocks)


def check_message(blocks: object, where: str = "/blocks") -> list[Fault]:
    """Every fault of a message's blocks; a second table is `only_one_table_allowed`."""
    return [
        *MESSAGE_BLOCKS.faults(blocks, where, "M"),
        *whole.duplicates(blocks, where),
        *whole.replies_only_to_inputs(blocks, where, "M"),
        *whole.one_table(blocks, where),
        *whole.markdown_in_all(blocks, where),
    ]


def check_view(view: object, where: str = "/view") -> list[Fault]:
    """Every fault of a modal or home view; its size is asked with `view_too_large`."""
    if not isinstance(view, dict):
        return [Fault("must provide an object", where)]
    kind = view.get("type", "modal")
    if not isinstance(kind, str):
        return [Fault("must provide a string", f"{where}/type")]
    if kind not in VIEWS:
        return [unsupported(kind, where)]
    surface, blocks = VIEWS[kind].surfaces, view.get("blocks")
    return [
        *_shape(view, kind, where),
        *whole.duplicates(blocks, f"{where}/blocks"),
        *whole.focused_once(blocks, f"{where}/blocks"),
        *whole.replies_only_to_inputs(blocks, f"{where}/blocks", surface),
        *whole.submit_for_inputs(view, where),
    ]


def _shape(view: dict[str, object], kind: str, where: str) -> list[Fault]:
    rest = {key: value for key, value in view.items() if key != "type"}
    found = list(VIEWS[kind].shape.faults(rest, where, VIEWS[kind].surfaces))
    if "type" not in view:
        return [*found, Fault("missing required field: type", where)]
    return [Fault(NO_VARIANT, where), *found] if found else []


def view_too_large(view: object) -> bool:
    """More than 250 kB as JSON, the size at which views.* answer `view_too_large`."""
    written = json.dumps(view, separators=(",", ":"), ensure_ascii=False)
    return len(written.encode(errors="surrogatepass")) > VIEW_BYTES
