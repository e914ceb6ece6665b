"""What is listened to about calendars, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.calendar import listeners
from handlers.calendar.names import Acts
from handlers.guard import Listener

CALENDAR: tuple[Listener, ...] = (
    Listener("action", Acts.SHOW_LINK, "change", Act.SUBSCRIBE, listeners.on_show_link),
    Listener("action", Acts.NEW_LINK, "change", Act.SUBSCRIBE, listeners.on_new_link),
    Listener("action", Acts.REMOVE_LINK, "change", Act.SUBSCRIBE, listeners.on_remove_link),
    Listener("action", Acts.DOWNLOAD, "change", Act.SUBSCRIBE, listeners.on_download),
)
