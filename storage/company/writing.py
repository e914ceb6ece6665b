"""A configuration as the text of a company's file. Reading it again gives the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, ScalarString

from council.cadence import Ceremony
from council.hours import Hours
from council.matrix import ConflictType, PrecedenceRule
from council.roles import Council, Role
from council.timeframes import AtNext, Before, Timeframe, Within
from council.workspace import Configuration, Wordings
from storage.company.notation import write_clock, write_span, write_working_days

HEAD = """\
# The configuration of Tiebreak: edit it, then type: tiebreak import FILE --dry-run
# People are Slack user ids or e-mail addresses, channels are ids or names.
"""
_ENDLESS = 1 << 30
_SPECIAL = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_PLAIN = re.compile(r"[^\W\d_][\w ,./'’&+()%–-]*|\d+[mh]|\d+ working days?|\d[a-z]{2} [a-z]{3}")
_BLOCK = re.compile(r"(?:[^\s#][^\r\x85\u2028\u2029\ufeff]*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Names:
    """What the people and channels are called, as far as known; written as comments beside their ids."""

    people: Mapping[str, str]
    channels: Mapping[str, str]


def write(configuration: Configuration, names: Names | None = None) -> str:
    """The whole file."""
    names = names or Names({}, {})
    company = _block(
        version=1,
        workspace=_workspace(configuration, names),
        roles=[_role(role, names) for role in configuration.roles],
        council=_council(configuration.council),
        matrix=[_conflict_type(row, names) for row in configuration.matrix],
        precedence=[_rule(rule) for rule in configuration.precedence],
        ceremonies=[_ceremony(ceremony, names) for ceremony in configuration.ceremonies],
        texts=_texts(configuration.texts),
    )
    for section in list(company)[1:]:
        company.yaml_set_comment_before_after_key(section, before="\n")
    yaml = YAML()
    yaml.width = _ENDLESS
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(company, out)
    return HEAD + out.getvalue()


def _workspace(configuration: Configuration, names: Names) -> CommentedMap:
    hours, spoken = configuration.hours, configuration.channels
    channels = _block(council=spoken.council, decision_log=spoken.decision_log, wins=spoken.wins)
    written = _block(
        time_zone=hours.zone,
        business_hours=_flow(days=_list(hours.days), **{"from": hours.opens, "to": hours.closes}),
        holidays=_holidays(hours),
        channels=_named(channels, names.channels, *channels),
        admins=list(configuration.admins),
    )
    for index, admin in enumerate(configuration.admins):
        _remark(written["admins"], index, names.people.get(admin))
    return written


def _holidays(hours: Hours) -> CommentedMap | None:
    off = hours.holidays
    return _flow(country=off.country, subdivision=off.subdivision, also=_list(off.also)) or None


def _role(role: Role, names: Names) -> CommentedMap:
    written = _block(key=role.key, name=role.name, holder=role.holder, deputy=role.deputy)
    return _named(written, names.people, "holder", "deputy")


def _council(council: Council) -> CommentedMap | None:
    written = _block(
        chair=council.chair, seats=_list(council.seats), sponsor=council.sponsor, charter=council.charter
    )
    return written or None


def _conflict_type(row: ConflictType, names: Names) -> CommentedMap:
    written = _block(
        key=row.key,
        name=row.name,
        description=row.description,
        sides=_list(row.sides),
        examples=list(row.examples),
        notify=_list(row.notify),
        owner=row.owner,
        question=row.question,
        business_owner=row.business_owner,
        data_owner=row.data_owner,
        timeframe=_timeframe(row.timeframe),
        acknowledge_within=None if row.acknowledge_within is None else write_span(row.acknowledge_within),
        chain=_list(row.chain, always=True),
        home_channel=row.home_channel,
        retired=row.retired or None,
    )
    return _named(written, names.channels, "home_channel")


def _timeframe(timeframe: Timeframe) -> CommentedMap:
    match timeframe:
        case Within(target=target, limit=limit, count=count):
            counted = count if count != "working" else None
            if target == limit:
                return _flow(within=write_span(limit), count=counted)
            return _flow(target=write_span(target), limit=write_span(limit), count=counted)
        case Before(ceremony=ceremony, lead=lead, otherwise=otherwise):
            return _flow(before=ceremony, lead=write_span(lead), otherwise=write_span(otherwise))
        case AtNext(ceremony=ceremony, or_emergency_call=call, otherwise=otherwise):
            return _flow(at_next=ceremony, or_emergency_call=call or None, otherwise=write_span(otherwise))


def _rule(rule: PrecedenceRule) -> CommentedMap:
    return _block(
        type=rule.type,
        metric=rule.metric,
        segment=rule.segment,
        account=rule.account,
        stands=rule.stands,
        team=rule.team,
        because=rule.because,
        since=rule.since,
        until=rule.until,
        **{"from": rule.decision},
    )


def _ceremony(ceremony: Ceremony, names: Names) -> CommentedMap:
    lead = ceremony.agenda_before
    written = _block(
        key=ceremony.key,
        name=ceremony.name,
        every=ceremony.every,
        month=ceremony.month,
        day=ceremony.day,
        at=ceremony.at,
        minutes=ceremony.minutes,
        time_zone=ceremony.zone,
        channel=ceremony.channel,
        prompt_at=ceremony.prompt_at,
        where=ceremony.where,
        agenda_before=None if lead is None else write_working_days(lead),
        template=ceremony.template,
        representatives=_list(ceremony.representatives),
    )
    return _named(written, names.channels, "channel")


def _texts(texts: Wordings) -> CommentedMap | None:
    return _block(standup_prompt=texts.standup_prompt, agenda_intro=texts.agenda_intro) or None


def _block(**entries: Any) -> CommentedMap:
    """The entries that say something, each on a line of its own."""
    said = {key: value for key, value in entries.items() if value or isinstance(value, int | CommentedSeq)}
    return CommentedMap({key: _value(value) for key, value in said.items()})


def _flow(**entries: Any) -> CommentedMap:
    written = _block(**{key: value for key, value in entries.items() if value is not None})
    written.fa.set_flow_style()
    return written


def _list(items: Iterable[Any], *, always: bool = False) -> CommentedSeq | None:
    """The items on one line."""
    written = CommentedSeq(_value(item) for item in items)
    written.fa.set_flow_style()
    return written if written or always else None


def _value(value: Any) -> Any:
    match value:
        case ScalarString() | CommentedMap() | CommentedSeq():
            return value
        case list():
            return CommentedSeq(_value(item) for item in value)
        case time():
            return DoubleQuotedScalarString(write_clock(value))
        case date():
            return value
        case str():
            return _text(value)
    return value


def _text(text: str) -> str:
    """Quoted unless it can be read in one way only, in this and older versions of YAML."""
    if "\n" in text and _BLOCK.fullmatch(text) and not re.search(r"[ \t]$|\n{2}\Z", text, re.MULTILINE):
        block: str = LiteralScalarString(text)
        return block
    plain = _PLAIN.fullmatch(text) and not text.endswith(" ") and text.casefold() not in _SPECIAL
    quoted: str = text if plain else DoubleQuotedScalarString(text)
    return quoted


def _named(written: CommentedMap, names: Mapping[str, str], *keys: str) -> CommentedMap:
    for key in keys:
        _remark(written, key, names.get(written.get(key, "")))
    return written


def _remark(written: CommentedMap | CommentedSeq, key: Any, name: str | None) -> None:
    """A name as a comment; it is for people, and skipped by the reader."""
    spoken = " ".join("".join(c if c.isprintable() else " " for c in name or "").split())
    if spoken:
        written.yaml_add_eol_comment(f"# {spoken}", key, column=0)
