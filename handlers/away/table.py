"""What is listened to about being away, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.away import listeners
from handlers.away.names import Acts, Views
from handlers.guard import Listener

AWAY: tuple[Listener, ...] = (
    Listener("action", Acts.AWAY, "show", Act.SET_ABSENCE, listeners.on_away),
    Listener("action", Acts.CHANGED, "show", Act.SET_ABSENCE, listeners.on_changed),
    Listener("view", Views.AWAY, "change", Act.SET_ABSENCE, listeners.on_sent),
    Listener("action", Acts.BACK, "change", Act.SET_ABSENCE, listeners.on_back),
)
