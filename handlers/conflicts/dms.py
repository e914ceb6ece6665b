"""Messages to one person, and the line in the decision log: which words, which buttons."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from council.conflict import Conflict, State
from council.matrix import NOT_SURE
from council.notice import NoticeKind
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.card import ended_line
from handlers.conflicts.decided import verdict
from handlers.conflicts.names import Acts
from handlers.conflicts.spoken import Telling as Telling
from handlers.conflicts.spoken import facts_for
from handlers.conflicts.unnamed import known_as
from handlers.texts import Texts
from handlers.wording import name

TEMPLATES = {
    NoticeKind.OWNER_ASKED: "owner_asked",
    NoticeKind.CONCERNS_YOU: "concerns_you",
    NoticeKind.REMINDED: "reminded",
    NoticeKind.DUE: "due",
    NoticeKind.CHAIN_ASKED: "chain_asked",
    NoticeKind.STILL_OPEN: "still_open",
    NoticeKind.TAKEN_OVER: "taken_over",
    NoticeKind.HANDED_OVER: "handed_over",
    NoticeKind.DEADLINE_MOVED: "deadline_moved",
    NoticeKind.LATER_ASKED: "later_asked",
    NoticeKind.DEADLINE_KEPT: "deadline_kept",
    NoticeKind.CARRIED_OVER: "carried_over",
    NoticeKind.DECIDED: "decided",
    NoticeKind.WITHDRAWN: "withdrawn",
    NoticeKind.RESOLVED: "resolved",
    NoticeKind.LOGGED: "logged",
    NoticeKind.TAKE_OVER_OFFERED: "take_over_offered",
    NoticeKind.LOOKS_AWAY: "looks_away",
    NoticeKind.CARD_MOVED: "card_moved",
    NoticeKind.ON_IT: "on_it",
    NoticeKind.MERGED: "merged",
    NoticeKind.REOPENED: "reopened",
    NoticeKind.KIND_CHANGED: "kind_changed",
    NoticeKind.REROUTED: "rerouted",
    NoticeKind.RULE_PROPOSED: "rule_proposed",
    NoticeKind.SOLVED_IT: "solved_it",
    NoticeKind.NOT_SOLVED: "not_solved",
    NoticeKind.LOOK_AGAIN: "look_again",
    NoticeKind.CALL_ASKED: "call_asked",
    NoticeKind.CALLED: "called",
    NoticeKind.CALL_DECLINED: "call_declined",
    NoticeKind.CALL_OVER: "call_over",
    NoticeKind.CALL_CLOSED: "call_closed",
}
ENDINGS = frozenset(
    {NoticeKind.DECIDED, NoticeKind.WITHDRAWN, NoticeKind.RESOLVED, NoticeKind.LOGGED, NoticeKind.MERGED}
)
TO_LOOK_BACK = frozenset({NoticeKind.NOT_SOLVED, NoticeKind.LOOK_AGAIN})
LOOKING_BACK = TO_LOOK_BACK | {NoticeKind.SOLVED_IT, NoticeKind.RULE_PROPOSED}
TO_OWNER = frozenset(
    (
        NoticeKind.OWNER_ASKED,
        NoticeKind.HANDED_OVER,
        NoticeKind.REMINDED,
        NoticeKind.DUE,
        NoticeKind.ON_IT,
        NoticeKind.CARRIED_OVER,
    )
)
TO_CHAIN = frozenset(
    {NoticeKind.CHAIN_ASKED, NoticeKind.STILL_OPEN, NoticeKind.TAKE_OVER_OFFERED, NoticeKind.LOOKS_AWAY}
)


def direct_message(
    telling: Telling,
    conflict: Conflict,
    workspace: Workspace,
    texts: Texts,
    now: datetime,
    *,
    live: bool = True,
) -> tuple[str, list[Block]]:
    """Fallback and blocks. A living one has buttons; an older one keeps its words; an ended one shrinks."""
    passed = _passed(telling, conflict, workspace)
    if passed:
        wished = _wished(telling, conflict, workspace)
        left = [*_take_over(telling, conflict), *_answers(telling.to, conflict)]
        line = f"{passed} · {wished}" if wished and live else passed
        return passed, [kit.small(line), *kit.buttons(left if live else [])]
    words = texts.write(_template(telling, conflict), facts_for(telling, conflict, workspace, now))
    blocks = [*telling.opening, kit.text(words)]
    blocks += (
        [*kit.buttons(_buttons(telling, conflict)), *_footer(telling, conflict, workspace)] if live else []
    )
    return _fallback(telling, conflict), blocks


def in_a_line(
    telling: Telling, conflict: Conflict, workspace: Workspace, now: datetime
) -> tuple[str, list[kit.Pressable]]:
    """The same among other things: the fact, what matters of it, and what can be pressed."""
    passed = _passed(telling, conflict, workspace)
    if passed or (telling.kind in ENDINGS and conflict.ruling is None):
        return passed or ended_line(conflict, workspace), []
    link = _card_link(telling, conflict)
    said = " · ".join(filter(None, (_gist(telling, conflict, workspace, now), link)))
    mark = "✅ " if telling.kind is NoticeKind.DECIDED else ""
    words = _fallback(telling, conflict).replace("*", kit.STAR).replace("?: ", "? ", 1)
    fact = f"*{mark}{words}*"
    return f"{fact}\n{said}" if said else fact, _buttons(telling, conflict)


def _gist(telling: Telling, conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    """Of what is decided the verdict, of what is open by when; and why, when somebody said so."""
    why = str(telling.facts.get("why", ""))
    ruling = conflict.ruling
    if not conflict.is_open and ruling is not None:
        decided = f"{verdict(ruling)} {kit.quoted(ruling.decision, 200)}"
        return (
            f"{kit.quoted(why, 200)} · {decided}"
            if why
            else f"{decided} · {name(ruling.by, workspace.people)}"
        )
    at = kit.when(conflict.overdue_at, workspace.hours.zone)
    owner = (
        "You decide" if telling.to == conflict.owner else f"{name(conflict.owner, workspace.people)} decides"
    )
    due = f"*Overdue since {at}*" if conflict.overdue(now) else f"{owner} by {at}"
    return f"{kit.quoted(why, 200)} · {due}" if why else due


def log_line(
    telling: Telling, conflict: Conflict, workspace: Workspace, texts: Texts, now: datetime
) -> tuple[str, list[Block]]:
    """The line in the decision log."""
    words = texts.write(TEMPLATES[telling.kind], facts_for(telling, conflict, workspace, now))
    return ended_line(conflict, workspace), [kit.text(words)]


def _passed(telling: Telling, conflict: Conflict, workspace: Workspace) -> str:
    """The one line that is left of a message that asks for nothing any more; empty while it does."""
    if telling.kind in ENDINGS:
        return passed_line(conflict, workspace) if conflict.is_open else ""
    if telling.kind in LOOKING_BACK:
        return "" if _looks_back(telling, conflict) else passed_line(conflict, workspace)
    if not conflict.is_open or telling.kind is NoticeKind.TYPED_ANSWER:
        return passed_line(conflict, workspace)
    if telling.kind is NoticeKind.LATER_ASKED:
        asked = conflict.asks_to_agree(telling.to, telling.facts.get("limit"))
        return "" if asked else _due_line(conflict, workspace)
    moot = telling.kind in TO_OWNER or (telling.kind in TO_CHAIN and not _offered(telling, conflict))
    if telling.to == conflict.owner or not moot:
        return ""
    return passed_line(conflict, workspace)


def _may_call(telling: Telling, conflict: Conflict) -> bool:
    """True while this person is asked to call the meeting."""
    call = conflict.call
    return call is not None and call.state == "asked" and telling.to in call.asked


def _looks_back(telling: Telling, conflict: Conflict) -> bool:
    """True while a question about the decision stands."""
    answered = telling.kind is NoticeKind.SOLVED_IT and conflict.solved is not None
    return conflict.state is State.DECIDED and not answered


def passed_line(conflict: Conflict, workspace: Workspace) -> str:
    """How it ended, or with whom it is now."""
    if not conflict.is_open:
        return ended_line(conflict, workspace)
    does = "is on it" if conflict.state is State.ACKNOWLEDGED else "decides"
    owner, subject = name(conflict.owner, workspace.people), kit.quoted(conflict.facts.subject, 200)
    return f"#{conflict.number} {subject}: {owner} {does} now."


def _due_line(conflict: Conflict, workspace: Workspace) -> str:
    """By when it is decided, whatever was answered to the question whether it may be later."""
    owner, subject = name(conflict.owner, workspace.people), kit.quoted(conflict.facts.subject, 200)
    due = kit.when(conflict.deadline.limit, workspace.hours.zone)
    return f"#{conflict.number} {subject}: {owner} decides, due {due}."


def _offered(telling: Telling, conflict: Conflict) -> bool:
    """True while this person is wanted to take over: once the owner is asked again, they are not."""
    if telling.kind is NoticeKind.LOOKS_AWAY:
        answered = conflict.state is State.ACKNOWLEDGED and not telling.facts.get("acknowledged")
        return telling.to in conflict.reached and not answered
    return telling.to in conflict.reached and conflict.asked != conflict.owner


def _template(telling: Telling, conflict: Conflict) -> str:
    """Whom the chain asked, and who has taken over, is the owner now."""
    taken = telling.kind in TO_CHAIN and telling.to == conflict.owner
    return "yours_now" if taken else TEMPLATES[telling.kind]


def _fallback(telling: Telling, conflict: Conflict) -> str:
    """What a notification says: the fact in a few words."""
    words = {
        NoticeKind.OWNER_ASKED: "You decide #{n}",
        NoticeKind.HANDED_OVER: "#{n} was handed over to you",
        NoticeKind.REMINDED: "#{n} waits for you",
        NoticeKind.DUE: "#{n} is due",
        NoticeKind.CHAIN_ASKED: "You are asked on #{n}",
        NoticeKind.STILL_OPEN: "#{n} is still open",
        NoticeKind.TAKEN_OVER: "#{n} was taken over",
        NoticeKind.TAKE_OVER_OFFERED: "You can take over #{n}",
        NoticeKind.LOOKS_AWAY: "The owner of #{n} seems to be away",
        NoticeKind.DEADLINE_MOVED: "#{n} has another deadline",
        NoticeKind.LATER_ASKED: "A later deadline is asked for on #{n}",
        NoticeKind.DEADLINE_KEPT: "#{n} keeps its deadline",
        NoticeKind.CARRIED_OVER: "#{n} was carried over to the next meeting",
        NoticeKind.CARD_MOVED: "The card of #{n} stands elsewhere",
        NoticeKind.ON_IT: "You are on #{n} already",
        NoticeKind.DECIDED: "#{n} is decided",
        NoticeKind.WITHDRAWN: "#{n} was withdrawn",
        NoticeKind.RESOLVED: "#{n} is closed",
        NoticeKind.MERGED: "#{n} is the same as another one",
        NoticeKind.REOPENED: "#{n} is open again",
        NoticeKind.KIND_CHANGED: "#{n} went on to somebody else",
        NoticeKind.REROUTED: "#{n} went on to somebody else",
        NoticeKind.RULE_PROPOSED: "A standing rule is proposed by #{n}",
        NoticeKind.SOLVED_IT: "Did the decision on #{n} solve it?",
        NoticeKind.NOT_SOLVED: "#{n} is not solved",
        NoticeKind.LOOK_AGAIN: "Look again at #{n}",
        NoticeKind.CALL_ASKED: "An emergency meeting is asked for on #{n}",
        NoticeKind.CALLED: "Emergency meeting on #{n}",
        NoticeKind.CALL_DECLINED: "No emergency meeting on #{n}",
        NoticeKind.CALL_OVER: "Is #{n} decided?",
        NoticeKind.CALL_CLOSED: "The emergency meeting on #{n} is over",
    }.get(telling.kind, "#{n} concerns you")
    if telling.kind in TO_CHAIN and telling.to == conflict.owner:
        words = "You decide #{n} now"
    return f"{words.format(n=conflict.number)}: {kit.quoted(conflict.facts.subject, 200)}"


def _buttons(telling: Telling, conflict: Conflict) -> list[kit.Pressable]:
    """What this person can do about it now; whoever is asked has it first."""
    if telling.kind in ENDINGS:
        return [kit.button("Details", Acts.DETAILS, conflict.id)]
    if telling.kind is NoticeKind.SOLVED_IT:
        yes = kit.button("Yes", Acts.SOLVED, conflict.id, "primary")
        return [yes, kit.button("No", Acts.NOT_SOLVED, conflict.id)]
    if telling.kind is NoticeKind.RULE_PROPOSED:
        look = kit.button("Look at it", Acts.LOOK_AT_RULE, conflict.id, "primary")
        return [look, kit.button("Details", Acts.DETAILS, conflict.id)]
    if row := _of_call(telling, conflict):
        return row
    if telling.kind in TO_LOOK_BACK:
        reopen = kit.button("Reopen", Acts.REOPEN, conflict.id)
        return [reopen, kit.button("Details", Acts.DETAILS, conflict.id)]
    answers = _answers(telling.to, conflict)
    if telling.kind is NoticeKind.LATER_ASKED:
        return [*answers, *_take_over(telling, conflict)]
    if telling.to == conflict.owner:
        return [*_for_owner(telling, conflict), *answers]
    context = kit.button("Add context", Acts.ADD_CONTEXT, conflict.id)
    return [*(_take_over(telling, conflict) or [context]), *answers]


def _of_call(telling: Telling, conflict: Conflict) -> list[kit.Pressable]:
    """About an emergency meeting: to call it, to come to it, to say whether it decided; each is one tap."""
    decide = kit.button("Decide", Acts.DECIDE, conflict.id, "primary")
    own = [decide] if telling.to == conflict.owner else []
    if telling.kind is NoticeKind.CALL_ASKED and _may_call(telling, conflict):
        call = kit.button("Call it", Acts.CALL, conflict.id, "primary")
        return [call, kit.button("Decline", Acts.DECLINE_CALL, conflict.id)]
    if telling.kind is NoticeKind.CALLED:
        there = kit.button("I'll be there", Acts.COMING, conflict.id)
        return [*own, there, kit.button("I can't", Acts.NOT_COMING, conflict.id)]
    if telling.kind is NoticeKind.CALL_OVER and conflict.call and conflict.call.over == "asked":
        yes = own or [kit.button("Yes", Acts.CALL_DECIDED, conflict.id, "primary")]
        return [*yes, kit.button("Not decided", Acts.CALL_UNDECIDED, conflict.id)]
    return []


def _take_over(telling: Telling, conflict: Conflict) -> list[kit.Pressable]:
    if not conflict.is_open or not _offered(telling, conflict):
        return []
    return [kit.button("Take over", Acts.TAKE_OVER, conflict.id, "primary")]


def _answers(person: str, conflict: Conflict) -> list[kit.Pressable]:
    """For whom a later deadline is asked of; each button names the limit it speaks of."""
    wish = conflict.standing_wish
    if wish is None or wish.of != person:
        return []
    value = f"{conflict.id}:{int(wish.limit.timestamp())}"
    return [kit.button("Agree", Acts.AGREE, value), kit.button("Keep the deadline", Acts.KEEP, value)]


def _for_owner(telling: Telling, conflict: Conflict) -> list[kit.Pressable]:
    if conflict.facts.type == NOT_SURE:
        sort = kit.button("Change kind", Acts.CHANGE_KIND, conflict.id)
        return [*_acknowledge(conflict), sort, kit.button("Decide", Acts.DECIDE, conflict.id)]
    extend = telling.kind is NoticeKind.DUE and not conflict.extended
    offered = [("Acknowledge", Acts.ACKNOWLEDGE)] if conflict.state is State.OPEN else []
    offered += [("Decide", Acts.DECIDE)]
    offered += [("Extend deadline", Acts.EXTEND) if extend else ("Hand over", Acts.HAND_OVER)]
    return [
        kit.button(label, act, conflict.id, None if place else "primary")
        for place, (label, act) in enumerate(offered)
    ]


def _acknowledge(conflict: Conflict) -> list[kit.Pressable]:
    if conflict.state is not State.OPEN:
        return []
    return [kit.button("Acknowledge", Acts.ACKNOWLEDGE, conflict.id, "primary")]


def _footer(telling: Telling, conflict: Conflict, workspace: Workspace) -> list[Block]:
    lines = (
        _on_it(telling, conflict, workspace),
        _wished(telling, conflict, workspace),
        _card_link(telling, conflict),
    )
    return [kit.small(" · ".join(filter(None, lines)))] if any(lines) else []


def _on_it(telling: Telling, conflict: Conflict, workspace: Workspace) -> str:
    """The owner's own acknowledgement, so that they see it was heard."""
    on_it = conflict.state is State.ACKNOWLEDGED and telling.to == conflict.owner
    if not on_it or conflict.acknowledged_at is None:
        return ""
    return f"You are on it since {kit.when(conflict.acknowledged_at, workspace.hours.zone)}"


def _wished(telling: Telling, conflict: Conflict, workspace: Workspace) -> str:
    """A later deadline that is asked for, on every other living message to the two it concerns."""
    wish = conflict.standing_wish
    asking = telling.kind is NoticeKind.LATER_ASKED and telling.facts.get("limit")
    if wish is None or (asking and conflict.asks_to_agree(telling.to, asking)):
        return ""
    limit = kit.when(wish.limit, workspace.hours.zone)
    if telling.to == wish.by:
        return f"You asked {known_as(wish.of, wish.by, conflict, workspace)} for {limit}"
    asker = name(wish.by, workspace.people)
    return f"{asker} asks for {limit}: {kit.quoted(wish.why, 200)}" if telling.to == wish.of else ""


def _card_link(telling: Telling, conflict: Conflict) -> str:
    """Only for who can open it: a confidential card stands where the reporter is, others may not be."""
    hidden = conflict.facts.confidential and telling.to != conflict.reporter
    return kit.link(telling.card, "See the card") if telling.card and not hidden else ""
