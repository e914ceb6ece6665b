"""What is listened to about the council, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.conflicts.names import Acts as OnCards
from handlers.council import asking, commands, decisions
from handlers.council.names import COMMAND, Acts, Views
from handlers.guard import Listener

COUNCIL: tuple[Listener, ...] = (
    Listener("command", COMMAND, "show", Act.SEE, commands.on_command),
    Listener("action", OnCards.WHICH, "show", Act.SEE, asking.on_card),
    Listener("action", Acts.ASK_WHICH, "show", Act.SEE, asking.on_ask),
    Listener("view", Views.WHICH, "show", Act.SEE, asking.on_asked),
    Listener("action", Acts.DECISIONS, "show", Act.SEE, decisions.on_newest),
    Listener("action", Acts.OLDER, "show", Act.SEE, decisions.on_page),
    Listener("action", Acts.NEWER, "show", Act.SEE, decisions.on_page),
    Listener("action", Acts.SEARCH, "show", Act.SEE, decisions.on_search),
    Listener("view", Views.SEARCH, "show", Act.SEE, decisions.on_searched),
)
