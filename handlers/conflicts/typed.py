"""Answers to what somebody typed: the proposed decision, which one is meant, what can be done here."""

from __future__ import annotations

import json
from typing import Any

from slack_sdk.models.blocks import Block

from council.conflict import Conflict
from council.notice import NoticeKind
from handlers import kit
from handlers.conflicts.names import Acts
from handlers.conflicts.spoken import Telling
from handlers.texts import Texts

ANSWERS = frozenset({NoticeKind.TYPED_ANSWER, NoticeKind.WHICH_ONE, NoticeKind.CAN_DO, NoticeKind.TROUBLE})
TEMPLATES = {
    NoticeKind.TYPED_ANSWER: "typed_answer",
    NoticeKind.WHICH_ONE: "which_one",
    NoticeKind.CAN_DO: "can_do",
    NoticeKind.TROUBLE: "trouble",
    NoticeKind.GUARD_RAIL: "guard_rail",
}
MOST_WORDS = 300


def typed_answer(
    telling: Telling, conflict: Conflict | None, texts: Texts, *, live: bool = True
) -> tuple[str, list[Block]]:
    """Fallback and blocks. A draft's id travels in the buttons, never its words; an older one has none."""
    choices: list[dict[str, Any]] = json.loads(str(telling.facts.get("choices", "[]")))
    shown = {key: kit.clip(str(value), MOST_WORDS) for key, value in telling.facts.items()}
    number = conflict.number if conflict else ""
    more = int(telling.facts.get("total", 0)) > len(choices)
    words = texts.write(
        TEMPLATES[telling.kind], {**shown, "number": number, "choices": choices, "more": more}
    )
    blocks = [*telling.opening, kit.text(words)]
    if telling.kind is NoticeKind.TYPED_ANSWER and conflict and live:
        value = f"{conflict.id}:{shown['draft']}"
        decide = kit.button("Decide", Acts.DECIDE, value, "primary")
        blocks += kit.buttons([decide, kit.button("Just context", Acts.JUST_CONTEXT, value)])
    if telling.kind is NoticeKind.WHICH_ONE:
        blocks += _choices(choices, shown["draft"])
    return _fallback(telling.kind, words), blocks


def _choices(choices: list[dict[str, Any]], draft: str) -> list[Block]:
    """One button per open conflict; without a draft it was an acknowledgement, perhaps of several."""
    if draft:
        return kit.buttons(
            [
                kit.button(f"#{each['number']}", f"{Acts.CHOOSE}_{place}", f"{each['id']}:{draft}")
                for place, each in enumerate(choices)
            ]
        )
    return [
        row
        for each in choices
        for row in kit.buttons([kit.button(f"Acknowledge #{each['number']}", Acts.ACKNOWLEDGE, each["id"])])
    ]


def _fallback(kind: NoticeKind, words: str) -> str:
    """What a notification says: the first line, without the marks that make it bold."""
    if kind is NoticeKind.TYPED_ANSWER:
        return words.partition("*? ")[0].replace("*", "") + "?"
    return words.split("\n", 1)[0].replace("*", "")
