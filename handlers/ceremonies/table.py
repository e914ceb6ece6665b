"""What is listened to about ceremonies, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.ceremonies import cadence, listing, planning
from handlers.ceremonies.names import Acts, Views
from handlers.guard import Listener

CEREMONIES: tuple[Listener, ...] = (
    Listener("action", Acts.NEXT, "show", Act.SEE, listing.on_next),
    Listener("action", Acts.MOVE, "show", Act.PLAN, planning.on_move),
    Listener("action", Acts.SKIP, "show", Act.PLAN, planning.on_skip),
    Listener("action", Acts.EXTRA, "show", Act.PLAN, planning.on_extra),
    Listener("action", Acts.CHANGED, "show", Act.PLAN, planning.on_changed),
    Listener("view", Views.MOVE, "change", Act.PLAN, planning.on_move_sent),
    Listener("view", Views.SKIP, "change", Act.PLAN, planning.on_skip_sent),
    Listener("view", Views.EXTRA, "change", Act.PLAN, planning.on_extra_sent),
    Listener("action", Acts.CADENCES, "show", Act.CONFIGURE, cadence.on_cadences),
    Listener("action", Acts.CADENCE_EDIT, "show", Act.CONFIGURE, cadence.on_edit),
    Listener("action", Acts.CADENCE_CHANGED, "show", Act.CONFIGURE, cadence.on_changed),
    Listener("action", Acts.CADENCE_BACK, "show", Act.CONFIGURE, cadence.on_back),
    Listener("view", Views.CADENCE, "change", Act.CONFIGURE, cadence.on_next),
    Listener("view", Views.CADENCE_PREVIEW, "change", Act.CONFIGURE, cadence.on_save),
)
