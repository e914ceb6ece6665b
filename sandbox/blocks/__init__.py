"""Block Kit as strict as Slack itself: tables of what is allowed, faults in Slack's own words."""

from sandbox.blocks.check import VIEW_BYTES, check_message, check_view, view_too_large, well_formed
from sandbox.blocks.fault import Fault, refusal
from sandbox.blocks.naming import fill_ids
from sandbox.blocks.size import MESSAGE_TEXT_LIMIT, message_text_size
from sandbox.blocks.state import initial_value, inputs_of, state_of

__all__ = [
    "MESSAGE_TEXT_LIMIT",
    "VIEW_BYTES",
    "Fault",
    "check_message",
    "check_view",
    "fill_ids",
    "initial_value",
    "inputs_of",
    "message_text_size",
    "refusal",
    "state_of",
    "view_too_large",
    "well_formed",
]
