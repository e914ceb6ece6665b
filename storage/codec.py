"""Values of the council to and from JSON, by their types alone."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from council.action_item import ActionItem
from council.calendar_series import Edition
from council.configuring import Proposal
from council.conflict import Conflict, Facts
from council.meeting import Meeting
from council.sentence import Sentence
from council.standup import Standup
from council.workspace import Configuration

T = TypeVar("T")


@cache
def _built(kind: Any) -> TypeAdapter[Any]:
    """Built at first use: building looks for plugins on disk."""
    return TypeAdapter(kind)


def _of(kind: type[T]) -> TypeAdapter[T]:
    return cast("TypeAdapter[T]", _built(cast("Hashable", kind)))


Json = dict[str, Any]


def dump_conflict(conflict: Conflict) -> Json:
    """The whole conflict as plain JSON values."""
    dumped: Json = _of(Conflict).dump_python(conflict, mode="json")
    return dumped


def load_conflict(body: Json) -> Conflict:
    """The conflict as it was dumped."""
    return _of(Conflict).validate_python(body)


def dump_item(item: ActionItem) -> Json:
    """An action item as plain JSON values."""
    dumped: Json = _of(ActionItem).dump_python(item, mode="json")
    return dumped


def load_item(body: Json) -> ActionItem:
    """The action item as it was dumped."""
    return _of(ActionItem).validate_python(body)


def dump_prepared(prepared: Meeting | Standup) -> Json:
    """A meeting or a standup as plain JSON values."""
    kind = Meeting if isinstance(prepared, Meeting) else Standup
    dumped: Json = _of(kind).dump_python(prepared, mode="json")
    return dumped


def load_meeting(body: Json) -> Meeting:
    """The meeting as it was dumped."""
    return _of(Meeting).validate_python(body)


def load_standup(body: Json) -> Standup:
    """The standup as it was dumped."""
    return _of(Standup).validate_python(body)


def dump_facts(facts: Facts) -> Json:
    """A report as plain JSON values."""
    dumped: Json = _of(Facts).dump_python(facts, mode="json")
    return dumped


def load_facts(body: Json) -> Facts:
    """The report as it was dumped."""
    return _of(Facts).validate_python(body)


def dump_configuration(configuration: Configuration) -> Json:
    """The configuration as plain JSON values."""
    dumped: Json = _of(Configuration).dump_python(configuration, mode="json")
    return dumped


def load_configuration(body: Json) -> Configuration:
    """The configuration as it was dumped."""
    return _of(Configuration).validate_python(body)


def dump_proposal(proposal: Proposal) -> Json:
    """A change of the configuration that somebody is about to save, as plain JSON values."""
    dumped: Json = _of(Proposal).dump_python(proposal, mode="json")
    return dumped


def load_proposal(body: Json) -> Proposal:
    """The proposal as it was dumped."""
    return _of(Proposal).validate_python(body)


def load_edition(version: int, at: datetime, body: Json) -> Edition:
    """What a dumped configuration says of time."""
    parts = {"version": version, "at": at, "hours": body["hours"], "ceremonies": body["ceremonies"]}
    return _of(Edition).validate_python(parts)


def dump_sentence(sentence: Sentence) -> Json:
    """A sentence with its facts."""
    dumped: Json = _of(Sentence).dump_python(sentence, mode="json")
    return dumped


def load_sentence(body: Json) -> Sentence:
    """The sentence as it was dumped."""
    return _of(Sentence).validate_python(body)
