"""What is said where a ceremony lives when one of its dates is moved, skipped or added."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from council.notice import NoticeKind
from council.planning import Standing
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.spoken import Telling
from handlers.texts import Mrkdwn, Texts, moment
from handlers.wording import name

TEMPLATES = {
    NoticeKind.MEETING_MOVED: "meeting_moved",
    NoticeKind.MEETING_SKIPPED: "meeting_skipped",
    NoticeKind.MEETING_ADDED: "meeting_added",
    NoticeKind.CADENCE_CHANGED: "cadence_changed",
}
MOST_NAME, MOST_REASON = 100, 300


def plan_line(
    telling: Telling, date: Standing, workspace: Workspace, texts: Texts
) -> tuple[str, list[Block]]:
    """Fallback and blocks: from when to when, by whom, why, and how many deadlines move with it."""
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
            "who": Mrkdwn(name(str(facts["by"]), workspace.people)),
            "was": instant("was"),
            "starts": instant("starts"),
            "then": [moment(datetime.fromisoformat(each), zone) for each in later if each],
            "why": kit.clip(str(facts.get("why", "")), MOST_REASON),
            "deadlines": int(facts["deadlines"]),
            "again": bool(facts.get("again")),
        },
    )
    return words.replace("*", ""), [kit.text(words)]
