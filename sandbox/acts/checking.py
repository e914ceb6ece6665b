"""What Slack's own window refuses before it sends a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.refusal import Json
    from sandbox.views import View

MISSING = "Please complete this required field."
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CHOICES = (
    "value selected_option selected_options selected_user selected_users selected_channel selected_channels "
    "selected_conversation selected_conversations selected_date selected_time selected_date_time "
    "rich_text_value files"
).split()


def faults_before_sending(view: View) -> dict[str, str]:
    """The message under each input that cannot be sent yet, by block id."""
    found = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        held = view.state[block["block_id"]][element["action_id"]]
        fault = _fault(block, element, chosen_in(held))
        if fault:
            found[block["block_id"]] = fault
    return found


def chosen_in(held: Json) -> Any:
    """What an entry of the state holds, None when it is empty."""
    values = [held[key] for key in _CHOICES if key in held]
    return values[0] or None if values else None


def _fault(block: Json, element: Json, value: Any) -> str:
    if value is None:
        return "" if block.get("optional") else MISSING
    check = _CHECKS.get(element["type"])
    return check(element, value) if check else ""


def _text(element: Json, value: str) -> str:
    if len(value) < element.get("min_length", 0):
        return f"This must be at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"This must be less than {element.get('max_length', 3000) + 1} characters."
    return ""


def _mail(element: Json, value: str) -> str:
    return "" if _MAIL.fullmatch(value) else "Please enter a valid email address."


def _url(element: Json, value: str) -> str:
    return "" if re.match(r"https?://\S+\.\S+", value) else "Please enter a valid URL."


def _number(element: Json, value: str) -> str:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""


_CHECKS: dict[str, Callable[[Json, str], str]] = {
    "plain_text_input": _text,
    "email_text_input": _mail,
    "url_text_input": _url,
    "number_input": _number,
}
