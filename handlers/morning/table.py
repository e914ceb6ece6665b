"""What is listened to about mornings, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.guard import Listener
from handlers.morning import listeners
from handlers.morning.names import Acts, Views

MORNING: tuple[Listener, ...] = (
    Listener("action", Acts.HOUR, "show", Act.SET_MORNING, listeners.on_hour),
    Listener("view", Views.HOUR, "change", Act.SET_MORNING, listeners.on_hour_sent),
    Listener("action", Acts.ALL, "show", Act.SEE, listeners.on_all),
)
