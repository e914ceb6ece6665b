"""The table of everything the bot listens to. What is not here does not exist for Slack."""

from __future__ import annotations

from handlers.actions.table import ACTIONS
from handlers.agenda.table import AGENDAS
from handlers.away.table import AWAY
from handlers.calendar.table import CALENDAR
from handlers.ceremonies.table import CEREMONIES
from handlers.conflicts.table import CONFLICTS
from handlers.council.table import COUNCIL
from handlers.guard import Listener
from handlers.home.table import HOME
from handlers.meeting.table import MEETING
from handlers.morning.table import MORNING
from handlers.setup.table import SETUP
from handlers.standup.table import STANDUP

LISTENERS: tuple[Listener, ...] = (
    *CONFLICTS,
    *ACTIONS,
    *AGENDAS,
    *AWAY,
    *CEREMONIES,
    *CALENDAR,
    *STANDUP,
    *COUNCIL,
    *MEETING,
    *HOME,
    *SETUP,
    *MORNING,
)
