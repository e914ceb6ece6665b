"""What is listened to about the council, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.council import commands
from handlers.council.names import COMMAND
from handlers.guard import Listener

COUNCIL: tuple[Listener, ...] = (Listener("command", COMMAND, "show", Act.SEE, commands.on_command),)
