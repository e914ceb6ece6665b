"""A fault is one sentence of Slack's validator and the place it points at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_VARIANT = "failed to match all allowed schemas"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong (`message`) and where (`pointer`, a JSON pointer such as `/blocks/0/text`)."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


def refusal(faults: Iterable[Fault]) -> dict[str, object]:
    """The detail fields of Slack's answer; the caller adds `ok` and `error` (views leave out `errors`)."""
    sentences = [str(fault) for fault in faults]
    messages = [f"[ERROR] {sentence}" for sentence in sentences]
    return {"errors": sentences, "response_metadata": {"messages": messages}}


def duplicate(key: str, value: str, pointer: str) -> Fault:
    return Fault(f'`{key}` "{value}" already exists', pointer)


def unsupported(kind: str, at: str) -> Fault:
    return Fault(f"unsupported type: {kind}", f"{at}/type")
