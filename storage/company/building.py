"""From the rows of a file to the configuration of the council."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from council.cadence import Ceremony
from council.hours import Holidays, Hours, Weekday
from council.matrix import ConflictType, PrecedenceRule
from council.roles import Council, Role
from council.timeframes import AtNext, Before, Timeframe, Within
from council.workspace import Channels, Configuration, Wordings
from storage.company.rows import (
    AtNextRow,
    BeforeRow,
    BetweenRow,
    CeremonyRow,
    CompanyRow,
    RuleRow,
    TypeRow,
    WithinRow,
    WorkspaceRow,
)


@dataclass(frozen=True, slots=True)
class Known:
    """Slack ids by the words people wrote. A word that is not known stands for itself."""

    people: Mapping[str, str]
    channels: Mapping[str, str]

    def person(self, word: str | None) -> str | None:
        return self.people.get(word, word) if word else None

    def channel(self, word: str | None) -> str | None:
        return self.channels.get(word, word) if word else None


def build(rows: CompanyRow, *, people: Mapping[str, str], channels: Mapping[str, str]) -> Configuration:
    """The configuration with Slack ids in the places of addresses and names."""
    known = Known(people, channels)
    spoken = rows.workspace.channels
    return Configuration(
        hours=_hours(rows.workspace),
        channels=Channels(
            council=known.channel(spoken.council),
            decision_log=known.channel(spoken.decision_log),
            wins=known.channel(spoken.wins),
        ),
        admins=tuple(dict.fromkeys(people.get(word, word) for word in rows.workspace.admins)),
        roles=tuple(
            Role(key=row.key, name=row.name, holder=known.person(row.holder), deputy=known.person(row.deputy))
            for row in rows.roles
        ),
        council=Council(**dict(rows.council)),
        matrix=tuple(_conflict_type(row, known) for row in rows.matrix),
        precedence=tuple(_rule(row) for row in rows.precedence),
        ceremonies=tuple(_ceremony(row, known) for row in rows.ceremonies),
        texts=Wordings(**dict(rows.texts)),
    )


def _hours(row: WorkspaceRow) -> Hours:
    off = row.holidays
    return Hours(
        zone=row.time_zone,
        days=cast("tuple[Weekday, ...]", row.business_hours.days),
        opens=row.business_hours.opens,
        closes=row.business_hours.closes,
        holidays=Holidays(off.country, off.subdivision, off.also),
    )


def _conflict_type(row: TypeRow, known: Known) -> ConflictType:
    values = dict(row)
    values |= {"timeframe": _timeframe(row), "home_channel": known.channel(row.home_channel)}
    return ConflictType(**values)


def _timeframe(row: TypeRow) -> Timeframe:
    match row.timeframe:
        case WithinRow(within=span, count=count):
            return Within(target=span, limit=span, count=count)
        case BetweenRow(target=target, limit=limit, count=count):
            return Within(target=target, limit=limit, count=count)
        case BeforeRow(before=ceremony, lead=lead, otherwise=otherwise):
            return Before(ceremony=ceremony, lead=lead, otherwise=otherwise)
        case AtNextRow(at_next=ceremony, or_emergency_call=call, otherwise=otherwise):
            return AtNext(ceremony=ceremony, or_emergency_call=call, otherwise=otherwise)


def _rule(row: RuleRow) -> PrecedenceRule:
    return PrecedenceRule(**dict(row))


def _ceremony(row: CeremonyRow, known: Known) -> Ceremony:
    values = dict(row)
    values["zone"] = values.pop("time_zone")
    values["channel"] = known.channel(row.channel)
    return Ceremony(**values)
