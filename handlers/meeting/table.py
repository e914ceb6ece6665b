"""What is listened to about meetings, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.guard import Listener
from handlers.meeting import keeping, recording, running
from handlers.meeting.names import Acts, Views

MEETING: tuple[Listener, ...] = (
    Listener("action", Acts.START, "change", Act.HOLD, running.on_start),
    Listener("action", Acts.RECORD_OUTCOMES, "change", Act.HOLD, running.on_record_outcomes),
    Listener("action", Acts.NOT_HELD, "change", Act.HOLD, running.on_not_held),
    Listener("action", Acts.NEXT, "change", Act.HOLD, running.on_next),
    Listener("action", Acts.BACK, "change", Act.HOLD, running.on_back),
    Listener("action", Acts.MENU, "show", Act.HOLD, running.on_menu),
    Listener("view", Views.ATTENDANCE, "change", Act.HOLD, running.on_attendance_sent),
    Listener("view", Views.ARRANGE, "change", Act.HOLD, running.on_arranged),
    Listener("action", Acts.FINISH, "change", Act.HOLD, running.on_finish),
    Listener("action", Acts.FINISH_NOW, "change", Act.HOLD, running.on_finish_now),
    Listener("action", Acts.CARRY_REST, "change", Act.HOLD, running.on_carry_rest),
    Listener("action", Acts.RECORD, "show", Act.HOLD, recording.on_record),
    Listener("view", Views.RECORD, "change", Act.HOLD, recording.on_recorded),
    Listener("view", Views.DECIDE, "change", Act.DECIDE_IN_MEETING, recording.on_decided),
    Listener("action", Acts.OWNER, "show", Act.HOLD, recording.on_owner),
    Listener("view", Views.OWNER, "change", Act.HOLD, recording.on_owner_named),
    Listener("action", Acts.CARRY, "show", Act.HOLD, recording.on_carry),
    Listener("view", Views.CARRY, "change", Act.HOLD, recording.on_carried),
    Listener("action", Acts.EDIT, "show", Act.HOLD, keeping.on_edit),
    Listener("action", Acts.CHOSEN, "show", Act.HOLD, keeping.on_chosen),
    Listener("view", Views.EDIT, "change", Act.HOLD, keeping.on_edited),
    Listener("action", Acts.CONFIRM, "change", Act.HOLD, keeping.on_confirm),
    Listener("action", Acts.DOWNLOAD, "show", Act.SEE, keeping.on_download),
    Listener("action", Acts.FILE, "change", Act.SEE, keeping.on_file),
    Listener("action", Acts.HISTORY, "show", Act.SEE, keeping.on_history),
)
