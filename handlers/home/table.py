"""What is listened to about App Home."""

from __future__ import annotations

from handlers.guard import Listener
from handlers.home import listeners

HOME: tuple[Listener, ...] = (Listener("event", "app_home_opened", "hear", None, listeners.on_opened),)
