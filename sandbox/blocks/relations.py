"""What must hold between the keys of one object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sandbox.blocks.fault import Fault

if TYPE_CHECKING:
    from sandbox.blocks.rules import Check

Object = Mapping[str, object]


def _either(keys: tuple[str, ...]) -> str:
    return "must define either " + " or ".join(f"`{key}`" for key in keys)


def some_of(*keys: str) -> Check:
    """At least one of the keys; Slack points at the type of the object that has none."""

    def check(value: Object, at: str) -> Iterator[Fault]:
        if not any(key in value for key in keys):
            yield Fault(_either(keys), f"{at}/type")

    return check


def one_of(*keys: str) -> Check:
    """Exactly one of the keys. The wording is ours, after Slack's sentence for sections."""

    def check(value: Object, at: str) -> Iterator[Fault]:
        held = sum(key in value for key in keys)
        if held != 1:
            yield Fault(_either(keys) + (", not both" if held else ""), at)

    return check


def not_more(low: str, high: str) -> Check:
    """The lower bound may not exceed the upper one; bounds are integers or decimal strings."""

    def check(value: Object, at: str) -> Iterator[Fault]:
        least, most = _number(value.get(low)), _number(value.get(high))
        if least is not None and most is not None and least > most:
            yield Fault(f"must be less than {value[high]}", f"{at}/{low}")

    return check


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def initial_is_offered(value: Object, at: str) -> Iterator[Fault]:
    """Whatever is chosen at first must equal one of the offered options, key for key."""
    offered = _offered(value)
    if "initial_option" in value and value["initial_option"] not in offered:
        yield Fault("must be one of the provided options", f"{at}/initial_option")
    chosen = value.get("initial_options")
    if isinstance(chosen, list) and any(option not in offered for option in chosen):
        yield Fault("must be one of the provided options", f"{at}/initial_options")


def _offered(value: Object) -> list[object]:
    options = value.get("options")
    offered = list(options) if isinstance(options, list) else []
    groups = value.get("option_groups")
    for group in groups if isinstance(groups, list) else ():
        inner = group.get("options") if isinstance(group, dict) else None
        offered += inner if isinstance(inner, list) else []
    return offered


def no_dispatch_with_files(value: Object, at: str) -> Iterator[Fault]:
    element = value.get("element")
    if isinstance(element, dict) and element.get("type") == "file_input" and value.get("dispatch_action"):
        yield Fault("invalid additional property: dispatch_action", at)
