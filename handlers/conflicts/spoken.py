"""What texts about a conflict may speak of: plain strings are escaped when shown, our markup is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from council.action_item import ActionItem
from council.conflict import Conflict, Ruling, State
from council.links import is_link
from council.notice import NoticeKind
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.decided import MOST_DECISION, MOST_WHY, day, holds, verdict
from handlers.conflicts.parts import asked_as
from handlers.conflicts.unnamed import hides, known_as
from handlers.texts import Mrkdwn, moment
from handlers.wording import name, read, upper_first

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Telling:
    """One message about a conflict: the fact, to whom, with which link, and a decided one like it.

    `missing` are the requests for data its owner waits for.

    `introduction` says in the very first message to a person who speaks.
    """

    kind: NoticeKind
    to: str
    facts: Mapping[str, str | int]
    card: str = ""
    similar: Conflict | None = None
    missing: tuple[ActionItem, ...] = ()
    introduction: str = ""

    @property
    def opening(self) -> list[Block]:
        """What stands above the words."""
        return [kit.small(self.introduction)] if self.introduction else []


def facts_for(telling: Telling, conflict: Conflict, workspace: Workspace, now: datetime) -> dict[str, Any]:
    """Everything the shipped texts speak of, for one reader."""
    return {
        **_report(conflict, workspace),
        **_people(telling.to, telling.facts, conflict, workspace),
        **_time(conflict, workspace, now),
        **_wished(telling, conflict, workspace),
        **_decision(conflict.ruling, workspace),
        "decided_there": bool(telling.facts.get("decided")),
        "meeting": str(telling.facts.get("meeting", "")),
        "why": kit.clip(str(telling.facts.get("why", conflict.ended_because)), MOST_DECISION),
        "reopened": bool(conflict.earlier),
        "items": conflict.items,
        **_call(telling, workspace),
        "place": str(telling.facts.get("place", "")),
        "too_late": bool(telling.facts.get("ask")),
        "others": int(telling.facts.get("others", 0)),
        "similar": _similar(telling.similar, workspace),
        "missing": [
            {"who": Mrkdwn(name(item.owner, workspace.people)), "by": Mrkdwn(day(item.due, workspace))}
            for item in telling.missing
        ],
    }


def _report(conflict: Conflict, workspace: Workspace) -> dict[str, Any]:
    facts, standing = conflict.facts, conflict.route.standing
    first = conflict.owner == conflict.route.owner
    substitutions = conflict.route.substitutions if first else ()
    return {
        "number": conflict.number,
        "kind": kit.clip(conflict.type_name, 80),
        "subject": kit.clip(facts.subject, MOST_SHOWN).replace("*", kit.STAR),
        "signals": [
            {"source": kit.clip(each.source, 80), "says": kit.clip(each.says, MOST_SHOWN)}
            for each in facts.signals
        ],
        "waiting": kit.clip(facts.waiting, MOST_SHOWN),
        "standing": kit.clip(standing.source, 80) if standing else "",
        "substitutions": [Mrkdwn(read(each, workspace)) for each in substitutions],
    }


def _people(
    reader: str, told: Mapping[str, str | int], conflict: Conflict, workspace: Workspace
) -> dict[str, Any]:
    def called(person: str | None) -> Mrkdwn:
        return Mrkdwn(name(person, workspace.people) if person else "")

    own = conflict.owner == conflict.route.owner
    return {
        "owner": called(conflict.owner),
        "reporter": called(None if hides(conflict, reader, workspace) else conflict.reporter),
        "yours": reader == conflict.owner,
        "unnamed": conflict.facts.unnamed,
        "before": called(str(told.get("before", "")) or None),
        "mover": called(str(told.get("by", "")) or None),
        "absent": called(None if own else conflict.stands_in_for),
        "part": asked_as(reader, conflict, workspace),
        "acknowledged": conflict.state is State.ACKNOWLEDGED,
    }


def _time(conflict: Conflict, workspace: Workspace, now: datetime) -> dict[str, Any]:
    deadline = read(conflict.deadline.because, workspace)
    return {
        "by": moment(conflict.deadline.limit, workspace.hours.zone),
        "since": moment(conflict.overdue_at, workspace.hours.zone),
        "overdue": conflict.overdue(now),
        "because": Mrkdwn(read(conflict.route.because, workspace)),
        "deadline": Mrkdwn(deadline),
        "deadline_first": Mrkdwn(upper_first(deadline)),
    }


def _wished(telling: Telling, conflict: Conflict, workspace: Workspace) -> dict[str, Any]:
    """A later deadline: until when, who agreed or keeps the present one, and why this reader hears of it."""
    facts, zone = telling.facts, workspace.hours.zone
    by, agreed, limit = (str(facts.get(key, "")) for key in ("by", "agreed", "limit"))

    def known(person: str) -> Mrkdwn:
        return Mrkdwn(known_as(person, telling.to, conflict, workspace) if person else "")

    return {
        "wished": moment(datetime.fromisoformat(limit), zone) if limit else "",
        "agreed": known(agreed if agreed != by else ""),
        "keeper": known(by),
        "as_you_asked": by == telling.to,
        "in_place": telling.to != conflict.reporter,
    }


def _decision(ruling: Ruling | None, workspace: Workspace) -> dict[str, Any]:
    if ruling is None:
        return {}
    return {
        "verdict": Mrkdwn(verdict(ruling)),
        "decision": _ended(kit.clip(ruling.decision, MOST_DECISION)),
        "reason": _ended(kit.clip(ruling.why, MOST_WHY)),
        "decider": Mrkdwn(name(ruling.by, workspace.people)),
        "role": ruling.role,
        "decided_at": moment(ruling.at, workspace.hours.zone),
        "decided_on": Mrkdwn(day(workspace.today(ruling.at), workspace)),
        "holds": Mrkdwn(holds(ruling, workspace)),
    }


def _call(telling: Telling, workspace: Workspace) -> dict[str, Any]:
    starts = str(telling.facts.get("starts", ""))
    at = moment(datetime.fromisoformat(starts), workspace.hours.zone) if starts else Mrkdwn("")
    where = str(telling.facts.get("where", ""))
    linked = is_link(where)
    return {"starts": at, "where": Mrkdwn(kit.link(where, "join")) if linked else kit.clip(where, 100)}


def _ended(words: str) -> str:
    """With a full stop when nothing ends it, because our own words follow."""
    return words if words.rstrip()[-1:] in ".!?…:;" else f"{words.rstrip()}."


def _similar(conflict: Conflict | None, workspace: Workspace) -> dict[str, Any] | None:
    if conflict is None or conflict.ruling is None:
        return None
    return {
        "number": conflict.number,
        "on": Mrkdwn(day(workspace.today(conflict.ruling.at), workspace)),
        "verdict": Mrkdwn(verdict(conflict.ruling)),
        "reason": kit.clip(conflict.ruling.why, MOST_SHOWN),
    }
