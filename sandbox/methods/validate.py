"""blocks.validate: the same faults as a refused call, as objects; needs no token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox.blocks import Fault, check_message, check_view
from sandbox.methods.registry import method
from sandbox.refusal import Json, Refused, bad_arguments

if TYPE_CHECKING:
    from sandbox.methods.registry import Caller
    from sandbox.slack import Slack
    from sandbox.wire import Arguments

SUBJECTS = ("blocks", "view", "message")
_CODES = {"missing required field": "missing_field", "invalid additional property": "additional_property"}


@method("blocks.validate", tier=5, kinds=())
def validate(slack: Slack, caller: Caller, args: Arguments) -> Json:
    given = [name for name in SUBJECTS if args.has(name)]
    if len(given) != 1:
        raise bad_arguments("must provide exactly one of `blocks`, `view`, or `message`")
    name = given[0]
    faults = _faults(name, args)
    if faults:
        raise Refused(f"invalid_{name}", errors=[_as_object(fault) for fault in faults])
    return {}


def _faults(name: str, args: Arguments) -> list[Fault]:
    subject = args.thing(name)
    if name == "blocks":
        return [f for f in check_message(subject, "") if not f.message.startswith("only_one")]
    if name == "message":
        blocks = subject.get("blocks") if isinstance(subject, dict) else None
        return check_message(blocks)
    return [Fault(f.message, f.pointer.removeprefix("/view")) for f in check_view(subject)]


def _as_object(fault: Fault) -> Json:
    kind, _, field = fault.message.partition(": ")
    found: Json = {"code": _CODES.get(kind, "failed_constraint"), "message": fault.message}
    found["pointer"] = fault.pointer
    if kind in _CODES and re.fullmatch(r"\w+", field):
        found["field"] = field
    return found
