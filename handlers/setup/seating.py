"""Seats in forms: searched by name, shown with who sits there."""

from __future__ import annotations

from slack_sdk.models.blocks import Option

from council.roles import Role
from council.seats import role_of, seat_name
from council.words import fold
from council.workspace import Workspace
from handlers import kit
from handlers.answers import Answer, Options
from handlers.forms import MOST
from handlers.setup.names import SEAT
from handlers.setup.window import for_admin
from handlers.turn import Turn
from handlers.wording import name, plain_name

OWNER, OTHER, TOLD, CHAIN = (f"{SEAT}_{part}" for part in ("owner", "other", "told", "chain"))
RESERVED = {
    "chair": "Whoever chairs the council",
    "sponsor": "The council's sponsor",
    "account_owner": "The owner of the account",
    "council": "The whole council",
    "deputy": "The owner's deputy",
}
_OFFERED = {
    OWNER: ("chair", "sponsor", "account_owner"),
    OTHER: ("chair", "sponsor", "account_owner"),
    TOLD: ("council", "chair", "sponsor", "account_owner"),
    CHAIN: ("deputy", "chair", "sponsor", "account_owner"),
}


async def on_seat(turn: Turn) -> Answer:
    """Roles whose name, or whose holder's name, has what was typed; the council's own words come first."""
    workspace = await for_admin(turn)
    typed = fold(str(turn.payload.get("value") or "").strip())
    offered = _OFFERED.get(str(turn.payload.get("block_id")), _OFFERED[OWNER])
    words = [*offered, *(role.key for role in workspace.configuration.roles)]
    fitting = [word for word in words if typed in fold(_label(word, workspace))]
    return Options([option(word, workspace) for word in fitting[:MOST]])


def option(word: str, workspace: Workspace) -> Option:
    """A seat as a choice: *VP Sales (Marcus)*."""
    return kit.option(_label(word, workspace), word)


def _label(word: str, workspace: Workspace) -> str:
    role = workspace.configuration.role(word)
    if role is None:
        return RESERVED.get(word, word)
    who = plain_name(role.holder, workspace.people) if role.holder else "nobody yet"
    holder = f" ({kit.clip(who, 30)})"
    return kit.clip(role.name, kit.MOST_OPTION - len(holder)) + holder


def options(words: tuple[str, ...], workspace: Workspace) -> list[Option]:
    """Several seats as choices, in their order."""
    return [option(word, workspace) for word in words]


def owner_words(word: str, workspace: Workspace) -> str:
    """Who decides, in a list: *Marcus (VP Sales)*; with a sign where nobody does any more."""
    if word == "account_owner":
        return "the owner of the account"
    role = role_of(word, workspace)
    return f"{holder_words(role, workspace)} ({kit.quoted(seat_name(word, workspace), 80)})"


def holder_words(role: Role | None, workspace: Workspace) -> str:
    """Who holds the seat; with a sign where nobody does any more."""
    if role is None or role.holder is None:
        return "⚠ nobody yet"
    holder = name(role.holder, workspace.people)
    return f"⚠ {holder}, not here any more" if workspace.gone(role.holder) else holder
