"""What is said where a ceremony lives when one of its dates is moved, skipped or added."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from council.notice import NoticeKind
from council.planning import Standing, still_stands
from council.workspace import Workspace
from handlers import kit
from handlers.ceremonies.listing import planning_buttons
from handlers.conflicts.spoken import Telling
from handlers.texts import Mrkdwn, Texts, moment
from handlers.wording import name

TEMPLATES = {
    NoticeKind.MEETING_MOVED: "meeting_moved",
    NoticeKind.MEETING_SKIPPED: "meeting_skipped",
    NoticeKind.MEETING_ADDED: "meeting_added",
    NoticeKind.CADENCE_CHANGED: "cadence_changed",
    NoticeKind.ON_HOLIDAY: "on_holiday",
}
MOST_NAME, MOST_REASON = 100, 300


def plan_line(
    telling: Telling, date: Standing, workspace: Workspace, texts: Texts, *, live: bool = True
) -> tuple[str, list[Block]]:
    """Fallback and blocks: from when to when, by whom, why, and how many deadlines move with it.

    Whoever is asked about a holiday can act on it there, as long as it stands where it stood.
    """
    facts, zone = telling.facts, workspace.hours.zone
    called = kit.clip(date.ceremony.name, MOST_NAME).replace("*", kit.STAR)

    def instant(key: str) -> Mrkdwn:
        told = str(facts.get(key, ""))
        return moment(datetime.fromisoformat(told), zone) if told else Mrkdwn("")

    later = str(facts.get("then", "")).split(",")
    words = texts.write(
        TEMPLATES[telling.kind],
        {
            "ceremony": called,
            "who": Mrkdwn(name(str(facts.get("by", "")), workspace.people)),
            "was": instant("was"),
            "starts": instant("starts"),
            "then": [moment(datetime.fromisoformat(each), zone) for each in later if each],
            "why": kit.clip(str(facts.get("why", "")), MOST_REASON),
            "deadlines": int(facts.get("deadlines", 0)),
            "again": bool(facts.get("again")),
            "stands": still_stands(telling.facts, date),
            "now_at": moment(date.occurrence.starts, zone) if date.occurrence else "",
        },
    )
    asks = live and telling.kind is NoticeKind.ON_HOLIDAY and still_stands(facts, date)
    row = planning_buttons(date.occurrence, telling.to, workspace) if asks and date.occurrence else []
    return words.split("\n")[0].replace("*", ""), [*telling.opening, kit.text(words), *kit.buttons(row)]
