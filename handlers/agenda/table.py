"""What is listened to about agendas, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.agenda import listeners, showing
from handlers.agenda.names import Acts, Views
from handlers.guard import Listener

AGENDAS: tuple[Listener, ...] = (
    Listener("action", Acts.SHOW, "show", Act.SEE, showing.on_show),
    Listener("action", Acts.OTHERS, "show", Act.SEE, showing.on_show),
    Listener("action", Acts.ADD, "show", Act.ADD_TO_AGENDA, listeners.on_add),
    Listener("view", Views.ADD, "change", Act.ADD_TO_AGENDA, listeners.on_added),
    Listener("action", Acts.PROPOSE, "show", Act.ADD_TO_AGENDA, listeners.on_propose),
    Listener("view", Views.PROPOSE, "change", Act.ADD_TO_AGENDA, listeners.on_proposed),
    Listener("action", Acts.ARRANGE, "show", Act.ARRANGE, listeners.on_arrange),
    Listener("action", Acts.CHANGED, "show", Act.ARRANGE, listeners.on_changed),
    Listener("view", Views.ARRANGE, "change", Act.ARRANGE, listeners.on_arranged),
    Listener("action", Acts.METRICS, "show", Act.ANSWER_METRIC, listeners.on_metrics),
    Listener("view", Views.METRICS, "change", Act.ANSWER_METRIC, listeners.on_answered),
)
