"""Who may do what in a meeting, listener by listener: the part of the table about meetings."""

from __future__ import annotations

from dataclasses import replace

from handlers.conflicts.names import Acts as Calls
from handlers.meeting.names import Acts as HeldActs
from handlers.meeting.names import Views as HeldViews
from tests.handlers.attempts import CHAIR, DAY, FULL, Attempt, chosen, picked, typed
from tests.handlers.permission_table import DECISION

IN_MEETING = frozenset({"owner", "chair", "sponsor"})
IN_THE_CHAIR = Attempt(
    CHAIR,
    value="{meeting}|conflict:{id}",
    meta='{{"meeting": "{meeting}", "item": "conflict:{id}"}}',
    about=False,
    meeting="running",
)
SEVERAL = {"type": "multi_users_select", "selected_users": ["U0TESS", "U0REMY"]}

CALLED = Attempt(frozenset({"owner", "asked", "reporter"}), meeting="called")

HELD: dict[tuple[str, str], Attempt] = {
    ("action", Calls.COMING): CALLED,
    ("action", Calls.CALL_DECIDED): replace(CALLED, who=CHAIR),
    ("action", Calls.CALL_UNDECIDED): replace(CALLED, who=CHAIR),
    ("action", Calls.NOT_COMING): CALLED,
    ("action", HeldActs.START): replace(IN_THE_CHAIR, value="{meeting}", meeting="planned"),
    ("action", HeldActs.RECORD_OUTCOMES): replace(IN_THE_CHAIR, value="{meeting}", meeting="planned"),
    ("action", HeldActs.NOT_HELD): replace(IN_THE_CHAIR, value="{meeting}", meeting="past"),
    ("action", HeldActs.NEXT): IN_THE_CHAIR,
    ("action", HeldActs.BACK): IN_THE_CHAIR,
    ("action", HeldActs.MENU): replace(IN_THE_CHAIR, value="arrange:{meeting}|conflict:{id}"),
    ("view", HeldViews.ATTENDANCE): replace(IN_THE_CHAIR, state={"people": SEVERAL}),
    ("view", HeldViews.ARRANGE): replace(
        IN_THE_CHAIR, state={"item": chosen("conflict:{id}"), "added": typed("Gong")}
    ),
    ("action", HeldActs.FINISH): IN_THE_CHAIR,
    ("action", HeldActs.FINISH_NOW): replace(IN_THE_CHAIR, value="{meeting}"),
    ("action", HeldActs.CARRY_REST): replace(IN_THE_CHAIR, value="{meeting}"),
    ("action", HeldActs.RECORD): replace(IN_THE_CHAIR, who=IN_MEETING, about=True),
    ("view", HeldViews.RECORD): replace(
        IN_THE_CHAIR,
        state={"decision": typed("Buy it."), "why": typed("It pays.")},
        meta='{{"meeting": "{meeting}", "item": "box:tools"}}',
    ),
    ("view", HeldViews.DECIDE): Attempt(
        IN_MEETING,
        state=DECISION,
        meta='{{"conflict": "{id}", "meeting": "{meeting}|conflict:{id}"}}',
        meeting="running",
    ),
    ("action", HeldActs.OWNER): IN_THE_CHAIR,
    ("view", HeldViews.OWNER): replace(
        IN_THE_CHAIR, state={"owner": picked("U0TESS"), "text": typed("Map it."), "due": DAY}
    ),
    ("action", HeldActs.CARRY): IN_THE_CHAIR,
    ("view", HeldViews.CARRY): replace(IN_THE_CHAIR, state={"owner": picked("U0TESS")}),
    ("action", HeldActs.EDIT): replace(IN_THE_CHAIR, value="{meeting}", meeting="finished"),
    ("action", HeldActs.CHOSEN): replace(
        IN_THE_CHAIR, who=FULL, within=HeldViews.EDIT, state={"what": chosen("note")}, meeting="finished"
    ),
    ("view", HeldViews.EDIT): replace(
        IN_THE_CHAIR, state={"what": chosen("note"), "words": typed("Well done.")}, meeting="finished"
    ),
    ("action", HeldActs.CONFIRM): replace(IN_THE_CHAIR, value="{meeting}", meeting="finished"),
    ("action", HeldActs.DOWNLOAD): replace(IN_THE_CHAIR, who=FULL, value="{meeting}", meeting="finished"),
    ("action", HeldActs.FILE): replace(IN_THE_CHAIR, who=FULL, value="{meeting}", meeting="finished"),
    ("action", HeldActs.HISTORY): replace(IN_THE_CHAIR, who=FULL, value="{meeting}", meeting="finished"),
}
