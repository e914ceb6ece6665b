"""Answers to what somebody typed: the proposed decision, which one is meant, what can be done here."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from council.conflict import Conflict
from council.notice import NoticeKind
from handlers import kit
from handlers.conflicts.dms import Telling
from handlers.conflicts.names import Acts
from handlers.texts import Texts

ANSWERS = frozenset({NoticeKind.TYPED_ANSWER, NoticeKind.WHICH_ONE, NoticeKind.CAN_DO, NoticeKind.TROUBLE})
TEMPLATES = {
    NoticeKind.TYPED_ANSWER: "typed_answer",
    NoticeKind.WHICH_ONE: "which_one",
    NoticeKind.CAN_DO: "can_do",
    NoticeKind.TROUBLE: "trouble",
}
MOST_WORDS = 300


def typed_answer(telling: Telling, conflict: Conflict | None, texts: Texts) -> tuple[str, list[Block]]:
    """Fallback and blocks. A draft's id travels in the buttons, never its words."""
    facts = dict(telling.facts)
    shown = {key: kit.clip(str(value), MOST_WORDS) for key, value in facts.items()}
    words = texts.write(TEMPLATES[telling.kind], {"number": conflict.number if conflict else "", **shown})
    blocks: list[Block] = [kit.text(words)]
    if telling.kind is NoticeKind.TYPED_ANSWER and conflict:
        value = f"{conflict.id}:{facts['draft']}"
        decide = kit.button("Decide", Acts.DECIDE, value, "primary")
        blocks += kit.buttons([decide, kit.button("Just context", Acts.JUST_CONTEXT, value)])
    if telling.kind is NoticeKind.WHICH_ONE:
        blocks += kit.buttons(_choices(facts))
    return kit.clip(words.split("\n", 1)[0].replace("*", ""), 300), blocks


def _choices(facts: dict[str, str | int]) -> list[kit.Pressable]:
    """One button per open conflict: `choices` holds *number:id* pairs."""
    pairs = [pair.split(":", 1) for pair in str(facts["choices"]).split(",")]
    return [
        kit.button(f"#{number}", f"{Acts.CHOOSE}_{place}", f"{id}:{facts['draft']}")
        for place, (number, id) in enumerate(pairs)
    ]
