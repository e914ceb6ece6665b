"""How Slack says no: an error code, sometimes with details."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A Web API call Slack refuses; `code` and `details` become the answer's body."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details: Json = details

    def body(self) -> Json:
        """What the app reads."""
        return {"ok": False, "error": self.code, **self.details}


class NotPossible(Exception):
    """Something a person tried that Slack's own window would not let them do."""


def bad_arguments(*messages: str) -> Refused:
    """`invalid_arguments` in Slack's wording, one `[ERROR]` line per fault."""
    return Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})


def missing(field: str) -> Refused:
    """A required argument that was not given."""
    return bad_arguments(f"missing required field: {field}")
