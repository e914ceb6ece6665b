"""Who may do what, listener by listener: the table that the test beside it holds against the bot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
from tests.stories.company import BOARD, COUNCIL, SALES

PEOPLE = {
    "member": "U0OMAR",
    "reporter": "U0NINA",
    "owner": "U0VERA",
    "asked": "U0DEAN",
    "chair": "U0REMY",
    "sponsor": "U0HUGO",
    "admin": "U0PAVEL",
    "guest": "U0GIL",
    "foreign": "U0OLGA",
    "deactivated": "U0LENA",
    "unknown": "U0WHO",
}
"""Every kind of person, towards a forecast reported by Nina that Vera owns and Dean was asked about."""
FULL = frozenset(PEOPLE) - {"guest", "foreign", "deactivated", "unknown"}
INSIDERS = frozenset({"reporter", "owner", "asked", "chair"})
"""Who sees it when it is confidential; the chair is RevOps lead, whom the route told."""
REFUSALS = (
    "Guests can't",
    "This belongs to another",
    "This account is deactivated",
    "I could not look you up",
    "There is no such conflict",
)
OWNER, REPORTER, CHAIR, ADMIN = (frozenset({who}) for who in ("owner", "reporter", "chair", "admin"))
SORTERS = OWNER | CHAIR
CONCERNED = frozenset({"reporter", "owner", "asked", "chair"})
ASKED = frozenset({"asked"})
PASSING_ON = ASKED | OWNER | CHAIR
"""The action item is Dean's, whom the chain asked; Vera, the owner, gave it to him."""
MAKING = ASKED | REPORTER | CHAIR
"""At the standup Dean was asked, and Nina has reported an issue."""
WISHED = 1795258800
"""The later deadline that Vera has asked Nina for: Saturday 21 November 2026, 12:00 in Berlin."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the card stands, where people try, and which of them see the conflict there."""

    name: str
    seeing: frozenset[str]
    confidential: bool = True
    home: str = BOARD
    place: str = BOARD

    def __str__(self) -> str:
        return self.name


SCENES = (
    Scene("for everybody", frozenset(PEOPLE), confidential=False, home=COUNCIL, place=SALES),
    Scene("confidential", INSIDERS, place=SALES),
    Scene("confidential, inside its private channel", FULL),
)


LINE = {"type": "plain_text_input"}


def typed(words: str) -> dict[str, Any]:
    """What an input of text holds."""
    return {**LINE, "value": words}


def chosen(value: str) -> dict[str, Any]:
    """What a select or radio holds."""
    return {
        "type": "static_select",
        "selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": value},
    }


def picked(person: str) -> dict[str, Any]:
    """What a list of people holds."""
    return {"type": "users_select", "selected_user": person}


COUNCIL_DAY = "council_meeting:2026-12-08"
COUNCIL_SEEN = '{{"ceremony": "council_meeting", "on": "2026-12-08", "starts": 1796720400}}'
FORECAST_SEEN = '{{"ceremony": "forecast_meeting", "on": "2026-11-19", "starts": 1795093200}}'
PREVIEWED = '{{"ceremony": "council_meeting", "based_on": 1, "draft": "cadence.{id}"}}'
ON_COUNCIL = '{{"ceremony": "council_meeting", "based_on": 1}}'
CADENCE = {
    "every": chosen("month"),
    "day": chosen("last tue"),
    "at": {"type": "timepicker", "selected_time": "10:00"},
    "minutes": {"type": "number_input", "value": "60"},
}
LATER_DAY = {
    "day": {"type": "datepicker", "selected_date": "2026-11-23"},
    "at": {"type": "timepicker", "selected_time": "14:00"},
}
CHANGED_TYPE = {
    "name": typed("Lead quality disagreement"),
    "seat_owner": chosen("coo"),
    "timeframe": chosen("within"),
    "limit": typed("24 hours"),
    "seat_chain": {
        "type": "multi_external_select",
        "selected_options": [{"text": {"type": "plain_text", "text": "x"}, "value": "chair"}],
    },
}
"""The form of a conflict type, with another owner."""
DAY = {"type": "datepicker", "selected_date": "2026-11-20"}
ABSENCE = {"since": DAY, "until": DAY}


@dataclass(frozen=True, slots=True)
class Attempt:
    """How it is tried, and who may. `value` and `meta` may name {id} and {draft} of the conflict tried on.

    `about` is False for what concerns no conflict: then it makes no difference whether one is confidential.
    """

    who: frozenset[str]
    value: str = "{id}"
    within: str = ""
    state: dict[str, dict[str, Any]] = field(default_factory=dict)
    meta: str = '{{"conflict": "{id}"}}'
    about: bool = True
    called: bool = False
    """True for what is tried while an emergency meeting is asked for."""
    decided: bool = False
    """True for what is tried on a conflict that is decided already."""
    linked: bool = False
    """True for what is tried while the council's calendar has a link."""
    agenda: bool = False
    """True for what is tried on the agenda of a meeting that is ahead."""
    meeting: str = ""
    """How far the meeting is in which it is tried, with this conflict on its agenda; empty for none."""
    answers: bool = False
    """True for what answers in words instead of with a window."""


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
