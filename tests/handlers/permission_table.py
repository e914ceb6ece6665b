"""Who may do what, listener by listener: the table that the test beside it holds against the bot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers.actions.names import Acts as ItemActs
from handlers.actions.names import Views as ItemViews
from handlers.agenda.names import Acts as AgendaActs
from handlers.agenda.names import Views as AgendaViews
from handlers.away.names import Acts as AwayActs
from handlers.away.names import Views as AwayViews
from handlers.calendar.names import Acts as CalendarActs
from handlers.ceremonies.names import Acts as MeetingActs
from handlers.ceremonies.names import Views as MeetingViews
from handlers.conflicts.names import COMMAND, REPORT_MESSAGE, REPORT_SHORTCUT, Acts, Views
from handlers.council import names as council
from handlers.morning.names import Acts as MorningActs
from handlers.morning.names import Views as MorningViews
from handlers.setup import names as setup
from handlers.standup.names import Acts as StandupActs
from handlers.standup.names import Views as StandupViews
from tests.handlers.attempts import (
    ABSENCE,
    ADMIN,
    ASKED,
    CADENCE,
    CHAIR,
    CHANGED_TYPE,
    CONCERNED,
    COUNCIL_DAY,
    COUNCIL_SEEN,
    DAY,
    FORECAST_SEEN,
    FULL,
    LATER_DAY,
    MAKING,
    ON_COUNCIL,
    OWNER,
    PASSING_ON,
    PREVIEWED,
    REPORTER,
    SORTERS,
    WISHED,
    Attempt,
    chosen,
    picked,
    typed,
)

REPORT = {
    "type": chosen("pipeline_forecast"),
    "subject": typed("{id}"),
    "source_0": chosen("Gong"),
    "says_0": typed("1"),
    "source_1": chosen("Ledger"),
    "says_1": typed("2"),
}
DECISION = {"stands": chosen("neither"), "decision": typed("Use neither."), "why": typed("Both count twice.")}
NEW = Attempt(FULL, about=False)
LISTED = Attempt(FULL, about=False, answers=True)
SEARCHED = Attempt(FULL, state={"words": typed("pipeline")}, about=False)
IN_FORM = Attempt(FULL, within=Views.REPORT, state=REPORT, meta="{{}}", about=False)
IN_DECIDE = Attempt(FULL, within=Views.DECIDE, state=DECISION)
"""Redraws what is typed; whether they may decide is asked when it is opened and when it is sent."""
COUNCILS = Attempt(frozenset({"chair", "admin"}), value="council", about=False, answers=True)
"""The council's calendar; everybody may have a calendar of their own."""
ON_AGENDA = Attempt(FULL, value="{agenda}", meta='{{"meeting": "{agenda}"}}', about=False, agenda=True)
TOOL = {name: typed("Gong") for name in ("what", "whom", "data", "why")}
LATER = {"type": "datetimepicker", "selected_date_time": 1795200000}
SETTING_UP = Attempt(frozenset({"admin"}), value="customer_health", within=setup.Views.TYPES, about=False)
IN_TYPE = replace(SETTING_UP, within=setup.Views.TYPE, state=CHANGED_TYPE, meta='{{"type": "lead_quality"}}')
RETIRING = '{{"ask": "retire:customer_health", "based_on": {version}}}'

ISSUE = {"system": typed("Gong"), "what": typed("No calls since Monday"), "severity": chosen("annoying")}
AT_STANDUP: dict[str, Any] = {"value": "{standup}", "meta": '{{"standup": "{standup}"}}', "about": False}
OF_ISSUE: dict[str, Any] = {
    "value": "{standup}:i1",
    "meta": '{{"standup": "{standup}", "issue": "i1"}}',
    "about": False,
}
STANDUP: dict[tuple[str, str], Attempt] = {
    ("action", StandupActs.NOTHING): Attempt(ASKED, **AT_STANDUP),
    ("action", StandupActs.REPORT): Attempt(FULL, **AT_STANDUP),
    ("view", StandupViews.ISSUE): Attempt(FULL, state=ISSUE, **AT_STANDUP),
    ("action", StandupActs.CHANGE): Attempt(FULL, **AT_STANDUP),
    ("action", StandupActs.CHANGE_ISSUE): Attempt(REPORTER, **OF_ISSUE),
    ("view", StandupViews.CHANGE): Attempt(REPORTER, state=ISSUE, **OF_ISSUE),
    ("action", StandupActs.SPARE): NEW,
    ("action", StandupActs.ALWAYS): NEW,
    ("action", StandupActs.CONFLICT): Attempt(FULL, **OF_ISSUE),
    ("action", StandupActs.ITEM): Attempt(MAKING, **OF_ISSUE),
    ("view", StandupViews.ITEM): Attempt(
        MAKING, state={"text": typed("Mend it"), "owner": picked("U0TESS"), "due": DAY}, **OF_ISSUE
    ),
    ("action", StandupActs.ALL): Attempt(FULL, **AT_STANDUP),
    ("action", StandupActs.BEFORE): Attempt(
        FULL, value="{standup}:0", within=StandupViews.ISSUES, about=False
    ),
    ("action", StandupActs.MORE): Attempt(FULL, value="{standup}:0", within=StandupViews.ISSUES, about=False),
}

TABLE: dict[tuple[str, str], Attempt] = {
    ("command", COMMAND): NEW,
    ("command", council.COMMAND): LISTED,
    ("action", Acts.WHICH): Attempt(FULL, answers=True),
    ("action", council.Acts.ASK_WHICH): NEW,
    ("view", council.Views.WHICH): SEARCHED,
    ("action", council.Acts.DECISIONS): LISTED,
    ("action", council.Acts.OLDER): LISTED,
    ("action", council.Acts.NEWER): LISTED,
    ("action", council.Acts.SEARCH): NEW,
    ("view", council.Views.SEARCH): SEARCHED,
    ("shortcut", REPORT_SHORTCUT): NEW,
    ("shortcut", REPORT_MESSAGE): NEW,
    ("action", Acts.REPORT_INSTEAD): NEW,
    ("action", Acts.REPORT): NEW,
    ("action", Acts.LIST_OPEN): LISTED,
    ("action", Acts.LIST_MINE): LISTED,
    ("action", Acts.LIST_OVERDUE): LISTED,
    ("action", Acts.ADD_DETAILS): IN_FORM,
    ("action", Acts.FIELD): IN_FORM,
    ("options", "source"): IN_FORM,
    ("view", Views.REPORT): IN_FORM,
    ("view", Views.DUPLICATES): Attempt(
        FULL, state={"choice": chosen("separate")}, meta='{{"draft": "{draft}"}}', about=False
    ),
    ("action", Acts.DETAILS): Attempt(FULL),
    ("action", Acts.ACKNOWLEDGE): Attempt(OWNER),
    ("action", Acts.TAKE_OVER): Attempt(frozenset({"asked"})),
    ("action", Acts.DECIDE): Attempt(OWNER),
    ("action", Acts.DECIDE_FURTHER): Attempt(OWNER, within="receipt"),
    ("action", Acts.ADD_MORE): IN_DECIDE,
    ("action", Acts.STANDS): IN_DECIDE,
    ("view", Views.DECIDE): Attempt(OWNER, state=DECISION),
    ("action", Acts.MENU): Attempt(FULL, value="add_context:{id}"),
    ("action", Acts.ADD_CONTEXT): Attempt(FULL),
    ("action", Acts.JUST_CONTEXT): Attempt(FULL),
    ("action", Acts.HAND_OVER): Attempt(OWNER),
    ("action", Acts.EXTEND): Attempt(OWNER),
    ("action", Acts.AGREE): Attempt(REPORTER, value=f"{{id}}:{WISHED}"),
    ("action", Acts.KEEP): Attempt(REPORTER, value=f"{{id}}:{WISHED}"),
    ("view", Views.CONTEXT): Attempt(FULL, state={"words": typed("Renewals count twice.")}),
    ("view", Views.HAND_OVER): Attempt(OWNER, state={"to": chosen("U0TESS"), "why": typed("Her ground.")}),
    ("view", Views.EXTEND): Attempt(OWNER, state={"limit": LATER, "why": typed("The export is late.")}),
    ("view", Views.WITHDRAW): Attempt(REPORTER, state={"why": typed("A mistake of mine.")}),
    ("action", Acts.CORRECT): Attempt(REPORTER),
    ("view", Views.CORRECT): Attempt(
        REPORTER,
        state={"subject": typed("Q4 pipeline"), "says_0": typed("4.0 M€"), "says_1": typed("3.1 M€")},
    ),
    ("action", Acts.CHANGE_KIND): Attempt(SORTERS),
    ("action", Acts.KIND_CHOSEN): Attempt(
        FULL, within=Views.KIND, state={"type": chosen("lead_quality"), "why": typed("It is one.")}
    ),
    ("view", Views.KIND): Attempt(
        SORTERS, state={"type": chosen("lead_quality"), "why": typed("It is one.")}
    ),
    ("action", Acts.SAME_AS): Attempt(CHAIR),
    ("options", "into"): Attempt(FULL, within=Views.SAME_AS, about=False),
    ("view", Views.SAME_AS): Attempt(CHAIR, state={"into": chosen("{other}")}),
    ("action", Acts.MAKE_CONFIDENTIAL): Attempt(OWNER),
    ("view", Views.CONFIDENTIAL): Attempt(OWNER, about=False),
    ("action", Acts.CALL): Attempt(CONCERNED),
    ("view", Views.ASK_FOR_CALL): Attempt(CONCERNED, state={"why": typed("The board meets tomorrow.")}),
    ("action", Acts.DECLINE_CALL): Attempt(CHAIR),
    ("view", Views.CALL): Attempt(
        CHAIR, state={"starts": LATER, "needed": {"type": "multi_users_select", "selected_users": ["U0TESS"]}}
    ),
    ("view", Views.DECLINE_CALL): Attempt(CHAIR, state={"why": typed("It can wait.")}, called=True),
    ("action", Acts.REOPEN): Attempt(SORTERS, decided=True),
    ("view", Views.REOPEN): Attempt(SORTERS, state={"why": typed("It was wrong.")}, decided=True),
    ("action", Acts.SOLVED): Attempt(REPORTER, decided=True),
    ("action", Acts.NOT_SOLVED): Attempt(REPORTER, decided=True),
    ("view", Views.NOT_SOLVED): Attempt(REPORTER, state={"why": typed("Still two numbers.")}, decided=True),
    ("action", Acts.ADD_ITEM): IN_DECIDE,
    ("action", Acts.ASK_FOR_DATA): Attempt(OWNER),
    ("view", ItemViews.ASK): Attempt(
        OWNER, state={"owner": picked("U0TESS"), "text": typed("Which?"), "due": DAY}
    ),
    ("action", ItemActs.MINE): LISTED,
    ("action", ItemActs.DONE): Attempt(ASKED, value="{item}", about=False),
    ("action", ItemActs.ANSWER): Attempt(ASKED, value="{item}", about=False),
    ("view", ItemViews.ANSWER): Attempt(
        ASKED, state={"words": typed("0.9 M€.")}, meta='{{"item": "{item}"}}', about=False
    ),
    ("action", ItemActs.SNOOZE): Attempt(ASKED, value="{item}", about=False),
    ("view", ItemViews.SNOOZE): Attempt(
        ASKED, state={"until": chosen("tomorrow")}, meta='{{"item": "{item}"}}', about=False
    ),
    ("action", ItemActs.PASS_ON): Attempt(PASSING_ON, value="{item}", about=False),
    ("view", ItemViews.PASS_ON): Attempt(
        PASSING_ON,
        state={"owner": picked("U0TESS"), "due": DAY},
        meta='{{"item": "{item}"}}',
        about=False,
    ),
    **{("action", f"{Acts.CHOOSE}_{place}"): Attempt(OWNER) for place in range(5)},
    ("action", AgendaActs.SHOW): replace(ON_AGENDA, answers=True),
    ("action", AgendaActs.OTHERS): replace(ON_AGENDA, answers=True),
    ("action", AgendaActs.ADD): ON_AGENDA,
    ("view", AgendaViews.ADD): replace(ON_AGENDA, state={"text": typed("Dashboards")}),
    ("action", AgendaActs.PROPOSE): ON_AGENDA,
    ("view", AgendaViews.PROPOSE): replace(ON_AGENDA, state=TOOL),
    ("action", AgendaActs.ARRANGE): replace(ON_AGENDA, who=CHAIR),
    ("action", AgendaActs.CHANGED): replace(ON_AGENDA, who=CHAIR, within=AgendaViews.ARRANGE),
    ("view", AgendaViews.ARRANGE): replace(ON_AGENDA, who=CHAIR, state={"minutes:tools": chosen("5")}),
    ("action", AgendaActs.METRICS): replace(ON_AGENDA, who=SORTERS),
    ("view", AgendaViews.METRICS): replace(ON_AGENDA, who=SORTERS, state={"pipeline": typed("91 %")}),
    ("action", MeetingActs.NEXT): NEW,
    ("action", MeetingActs.MOVE): Attempt(CHAIR, value=COUNCIL_DAY, about=False),
    ("action", MeetingActs.SKIP): Attempt(CHAIR, value=COUNCIL_DAY, about=False),
    ("action", MeetingActs.EXTRA): Attempt(CHAIR, about=False),
    ("action", MeetingActs.CHANGED): Attempt(
        CHAIR, within=MeetingViews.MOVE, state=LATER_DAY, meta=FORECAST_SEEN, about=False
    ),
    ("view", MeetingViews.MOVE): Attempt(CHAIR, state=LATER_DAY, meta=FORECAST_SEEN, about=False),
    ("view", MeetingViews.SKIP): Attempt(
        CHAIR, state={"reason": typed("A fair.")}, meta=COUNCIL_SEEN, about=False
    ),
    ("view", MeetingViews.EXTRA): Attempt(
        CHAIR, state={"ceremony": chosen("council_meeting"), **LATER_DAY}, meta="{{}}", about=False
    ),
    ("action", CalendarActs.SHOW_LINK): COUNCILS,
    ("action", CalendarActs.NEW_LINK): replace(COUNCILS, linked=True),
    ("action", CalendarActs.DOWNLOAD): COUNCILS,
    ("action", CalendarActs.REMOVE_LINK): replace(COUNCILS, linked=True),
    ("action", MeetingActs.CADENCES): Attempt(ADMIN, about=False),
    ("action", MeetingActs.CADENCE_EDIT): Attempt(ADMIN, value="council_meeting", about=False),
    ("action", MeetingActs.CADENCE_CHANGED): Attempt(
        ADMIN, within=MeetingViews.CADENCE, state=CADENCE, meta=ON_COUNCIL, about=False
    ),
    ("action", MeetingActs.CADENCE_BACK): Attempt(
        ADMIN, within=MeetingViews.CADENCE_PREVIEW, meta=PREVIEWED, about=False
    ),
    ("view", MeetingViews.CADENCE): Attempt(ADMIN, state=CADENCE, meta=ON_COUNCIL, about=False),
    ("view", MeetingViews.CADENCE_PREVIEW): Attempt(ADMIN, meta=PREVIEWED, about=False),
    ("action", AwayActs.AWAY): NEW,
    ("action", AwayActs.CHANGED): Attempt(FULL, within=AwayViews.AWAY, state=ABSENCE, about=False),
    ("view", AwayViews.AWAY): Attempt(FULL, state=ABSENCE, meta="{{}}", about=False),
    ("action", AwayActs.BACK): Attempt(OWNER, value="{absence}", about=False),
    ("action", setup.Acts.HUB): SETTING_UP,
    ("action", setup.Acts.TYPES): Attempt(FULL, value="0", within=setup.Views.TYPES, about=False),
    ("action", setup.Acts.TYPES_PAGE): Attempt(FULL, value="-0", within=setup.Views.TYPES, about=False),
    ("action", setup.Acts.EDIT_TYPE): SETTING_UP,
    ("action", setup.Acts.ADD_TYPE): SETTING_UP,
    ("action", setup.Acts.TIMEFRAME): IN_TYPE,
    ("options", setup.SEAT): IN_TYPE,
    ("view", setup.Views.TYPE): IN_TYPE,
    ("action", setup.Acts.RETIRE): SETTING_UP,
    ("action", setup.Acts.RESTORE): replace(SETTING_UP, value="resting"),
    ("action", setup.Acts.REORDER): SETTING_UP,
    ("view", setup.Views.ORDER): replace(
        SETTING_UP, state={"which": chosen("customer_health"), "below": chosen(":first")}
    ),
    ("action", setup.Acts.BACK): replace(SETTING_UP, within=setup.Views.PREVIEW, meta=RETIRING),
    ("view", setup.Views.PREVIEW): replace(SETTING_UP, state={"why": typed("Enough.")}, meta=RETIRING),
    ("action", setup.Acts.VERSIONS): SETTING_UP,
    ("action", setup.Acts.OLDER_VERSIONS): replace(SETTING_UP, value="2"),
    ("action", setup.Acts.GO_BACK): replace(SETTING_UP, value="1"),
    **STANDUP,
    ("action", setup.Acts.RULES): replace(SETTING_UP, value="0"),
    ("action", setup.Acts.EDIT_RULE): replace(SETTING_UP, value="1.0"),
    ("action", setup.Acts.ADD_RULE): SETTING_UP,
    ("action", setup.Acts.NARROW_RULE): replace(SETTING_UP, value="1.0"),
    ("action", setup.Acts.END_RULE): replace(SETTING_UP, value="1.0"),
    ("view", setup.Views.RULE): replace(
        SETTING_UP, state={"type": chosen("pipeline_forecast"), "stands": typed("AI"), "metric": typed("x")}
    ),
    ("action", Acts.LOOK_AT_RULE): Attempt(frozenset({"admin"}), decided=True, about=False),
    ("action", setup.Acts.SUCCEED): replace(SETTING_UP, value="U0HUGO"),
    ("view", setup.Views.SUCCESSOR): replace(
        SETTING_UP, state={"to": picked("U0TESS")}, meta='{{"gone": "U0HUGO"}}'
    ),
    ("action", setup.Acts.TEXTS): SETTING_UP,
    ("view", setup.Views.TEXTS): replace(SETTING_UP, state={"agenda_intro": typed("Hello.")}),
    ("action", setup.Acts.ROLES): replace(SETTING_UP, value="0"),
    ("action", setup.Acts.EDIT_ROLE): replace(SETTING_UP, value="coo"),
    ("action", setup.Acts.ADD_ROLE): SETTING_UP,
    ("view", setup.Views.ROLE): replace(SETTING_UP, state={"name": typed("CFO"), "holder": picked("U0TESS")}),
    ("action", MorningActs.HOUR): NEW,
    ("view", MorningViews.HOUR): Attempt(FULL, state={"hour": chosen("08:00")}, meta="{{}}", about=False),
    ("action", MorningActs.ALL): Attempt(ASKED, value="{gathered}", about=False),
    ("event", "message"): Attempt(OWNER),
    ("event", "reaction_added"): Attempt(OWNER),
}
BOOKKEEPING = frozenset(
    """app_home_opened user_change channel_archive channel_unarchive channel_rename channel_shared
    channel_unshared group_archive group_unarchive group_rename member_joined_channel
    member_left_channel""".split()
)
"""Events in which Slack tells how people and channels are: nobody does anything by them."""
