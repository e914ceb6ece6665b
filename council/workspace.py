"""One Slack workspace as the rules see it: its configuration, its people and who is away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from council.cadence import Calendar, Ceremony, Change
from council.errors import Unknown
from council.hours import Hours
from council.matrix import NOT_SURE, NOT_SURE_TYPE, ConflictType, PrecedenceRule
from council.people import Absence, Members, Person
from council.roles import Council, Role
from council.sentence import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Where the bot speaks unasked, as Slack channel ids."""

    council: str | None = None
    decision_log: str | None = None
    wins: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """Texts that the organisation has reworded, as templates; empty for one that is as shipped."""

    standup_prompt: str = ""
    agenda_intro: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything an admin can set: what `export` writes and `import` reads."""

    hours: Hours
    channels: Channels = field(default_factory=Channels)
    admins: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    council: Council = field(default_factory=Council)
    matrix: tuple[ConflictType, ...] = ()
    precedence: tuple[PrecedenceRule, ...] = ()
    ceremonies: tuple[Ceremony, ...] = ()
    texts: Wordings = field(default_factory=Wordings)

    def role(self, key: str | None) -> Role | None:
        """The seat of that key."""
        return next((role for role in self.roles if role.key == key), None)

    def conflict_type(self, key: str) -> ConflictType:
        """The row of that key, retired ones and *Not sure* included; raises `Unknown`."""
        if key == NOT_SURE:
            return NOT_SURE_TYPE
        for row in self.matrix:
            if row.key == key:
                return row
        raise Unknown(say("That kind of conflict is not in the matrix any more; please choose another."))

    @property
    def offered(self) -> tuple[ConflictType, ...]:
        """What the form offers, in order; *Not sure* is last."""
        return (*(row for row in self.matrix if not row.retired), NOT_SURE_TYPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A workspace at one moment; `people` holds whom the rules may meet, not everybody."""

    team: str
    configuration: Configuration
    version: int = 0
    url: str = ""
    """The workspace's address; links to messages are built from it."""
    people: Mapping[str, Person] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    changes: tuple[Change, ...] = ()
    installer: str | None = None
    members: Members = field(default_factory=dict)

    @property
    def hours(self) -> Hours:
        """The workspace's business hours."""
        return self.configuration.hours

    @property
    def calendar(self) -> Calendar:
        """Hours, ceremonies and their moved or skipped dates: all that deadlines depend on."""
        return Calendar(hours=self.hours, ceremonies=self.configuration.ceremonies, changes=self.changes)

    def today(self, now: datetime) -> date:
        """The workspace's calendar day at `now`."""
        return now.astimezone(ZoneInfo(self.hours.zone)).date()

    def zone_of(self, person: str) -> str:
        """The person's zone; the workspace's for somebody not looked up yet."""
        known = self.people.get(person)
        return known.zone if known else self.hours.zone

    def hours_of(self, person: str) -> Hours:
        """The workspace's hours by the person's own clock; their day begins when they chose."""
        known = self.people.get(person)
        return self.hours.in_zone(self.zone_of(person), known.morning if known else None)

    def morning(self, person: str, since: datetime) -> datetime:
        """When the person's day begins next, at `since` or later (UTC); the company's holidays have none."""
        hours = replace(self.hours_of(person), holidays=self.hours.holidays)
        day = hours.working_day_from(hours.day_of(since))
        begins = hours.opening_of(day)
        return begins if begins >= since else hours.opening_of(hours.add_working_days(day, 1))

    def absence(self, person: str, now: datetime) -> Absence | None:
        """The absence that holds at `now`, if any."""
        return next((a for a in self.absences if a.person == person and a.covers(now)), None)

    def absence_of(self, person: str) -> Absence | None:
        """The absence the person is in, else the next one that is planned."""
        return next((absence for absence in self.absences if absence.person == person), None)

    def gone(self, person: str) -> bool:
        """True for somebody who left, or who may do nothing here."""
        known = self.people.get(person)
        return known is not None and known.barred is not None

    def present(self, person: str | None, now: datetime) -> bool:
        """True when the person can be asked at `now`."""
        return person is not None and not self.gone(person) and self.absence(person, now) is None

    @property
    def chair(self) -> Role | None:
        """The seat that chairs the council."""
        return self.configuration.role(self.configuration.council.chair)

    @property
    def sponsor(self) -> Role | None:
        """The council's sponsor, its last resort."""
        return self.configuration.role(self.configuration.council.sponsor)

    @property
    def keepers(self) -> tuple[str, ...]:
        """Who holds what nobody else does: the installer, then the admins."""
        named = (self.installer, *self.configuration.admins)
        return tuple(dict.fromkeys(person for person in named if person and not self.gone(person)))

    @property
    def chairing(self) -> tuple[str, ...]:
        """Who chairs: the holder and, always, the deputy; of an empty seat whoever set the bot up."""
        return self._seated(self.chair)

    @property
    def sponsoring(self) -> tuple[str, ...]:
        """Who sponsors: the holder and the deputy; of an empty seat whoever set the bot up."""
        return self._seated(self.sponsor)

    def _seated(self, role: Role | None) -> tuple[str, ...]:
        named = (role.holder, role.deputy) if role else ()
        return tuple(person for person in named if person and not self.gone(person)) or self.keepers
