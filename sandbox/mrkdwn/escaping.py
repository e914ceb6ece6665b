"""The three characters that mrkdwn escapes, and nothing else."""

from __future__ import annotations

import re

_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ENTITIES))


def escape(text: str) -> str:
    """What a person typed, made inert: it can neither mention anybody nor become a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The way back, once: `&amp;lt;` becomes `&lt;`."""
    return _ENTITY.sub(lambda match: _ENTITIES[match.group()], text)
