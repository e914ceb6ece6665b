"""What a message may consist of: text, blocks, attachments, metadata."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.blocks import check_message, message_text_size
from sandbox.refusal import Json, Refused

if TYPE_CHECKING:
    from sandbox.wire import Arguments

TEXT_POSTED = 40_000
TEXT_UPDATED = 4_000
# Slack measures about 13,200 and documents nothing: an app that stays below 12,000 is safe.
TEXT_OF_BLOCKS = 12_000
MARKDOWN = 12_000
ATTACHMENTS = 100
METADATA_BYTES = 8_000
NO_WORDS = "This content can't be displayed."


@dataclass(frozen=True, slots=True)
class Content:
    """Checked content; `blocks` and `attachments` are None when they were not given."""

    text: str
    blocks: list[Json] | None
    attachments: list[Json] | None
    metadata: Json | None

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.blocks and not self.attachments


def read_content(args: Arguments, *, longest: int = TEXT_POSTED) -> Content:
    """Read and check what shall be shown; raises the error Slack would answer."""
    text = args.text("text")
    markdown = args.text("markdown_text")
    blocks = _blocks(args)
    if markdown and (text or blocks is not None):
        raise Refused("markdown_text_conflict")
    if len(text) > longest or len(markdown) > MARKDOWN:
        raise Refused("msg_too_long")
    check_blocks(blocks)
    return Content(text or markdown, blocks, _attachments(args), _metadata(args))


def _blocks(args: Arguments) -> list[Json] | None:
    if not args.has("blocks"):
        return None
    blocks = args.thing("blocks", "invalid_blocks_format")
    if blocks is None:
        return []
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refused("invalid_blocks_format")
    return blocks


def check_blocks(blocks: list[Json] | None) -> None:
    """Refuse blocks Slack would not show, naming every fault."""
    if not blocks:
        return
    faults = [f"{fault.message} [json-pointer:{fault.pointer}]" for fault in check_message(blocks)]
    tables = [fault for fault in faults if fault.startswith("only_one_table_allowed")]
    if tables:
        raise Refused("invalid_attachments", response_metadata={"messages": _as_errors(tables)})
    if faults:
        raise Refused("invalid_blocks", errors=faults, response_metadata={"messages": _as_errors(faults)})
    if message_text_size(blocks) > TEXT_OF_BLOCKS:
        raise Refused("msg_blocks_too_long")


def _as_errors(faults: list[str]) -> list[str]:
    return [f"[ERROR] {fault}" for fault in faults]


def _attachments(args: Arguments) -> list[Json] | None:
    if not args.has("attachments"):
        return None
    found = args.thing("attachments", "invalid_attachments")
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise Refused("invalid_attachments")
    if len(found) > ATTACHMENTS:
        raise Refused("too_many_attachments")
    for attachment in found:
        check_blocks(attachment.get("blocks"))
    return found


def _metadata(args: Arguments) -> Json | None:
    if not args.has("metadata"):
        return None
    found = args.thing("metadata", "invalid_metadata_format")
    if not isinstance(found, dict):
        raise Refused("invalid_metadata_format")
    if not found:
        return {}
    _check_metadata(found)
    return found


def _check_metadata(found: Json) -> None:
    name, payload = found.get("event_type"), found.get("event_payload")
    if not isinstance(name, str) or not re.fullmatch(r"\w{1,50}", name, re.ASCII):
        raise Refused("invalid_metadata_format")
    if not isinstance(payload, dict) or set(found) - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_format")
    if not all(_is_flat(value, depth=1) for value in payload.values()):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(found).encode()) > METADATA_BYTES:
        raise Refused("metadata_too_large")


def _is_flat(value: Any, *, depth: int) -> bool:
    if isinstance(value, str | int | float | bool):
        return True
    if isinstance(value, dict) and depth:
        return all(_is_flat(item, depth=0) for item in value.values())
    if isinstance(value, list) and depth:
        return all(_is_flat(item, depth=1 if isinstance(item, dict) else 0) for item in value)
    return False
