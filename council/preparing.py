"""Before a meeting: its shared metrics are asked for, and its agenda is put up in time.

An agenda goes out at the meeting's wall time, so many working days earlier; the holders of shared metrics
are asked one working day before that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from council.agenda import Agenda, Reading
from council.cadence import Calendar, Ceremony, Occurrence
from council.hours import instant_of, wall
from council.matrix import ConflictType
from council.notice import Notice, NoticeKind, tell
from council.post import Post
from council.seats import seat
from council.templates import TEMPLATES, Metric, Template
from council.workspace import Workspace

USUALLY = 2
"""Working days from the agenda to the meeting, where nobody chose."""
AT_LEAST = timedelta(hours=1)
LATE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """The agenda after a look at it, what follows, and when to look again (aware UTC).

    `redraw`: its message is drawn anew although nothing of it was changed, a new day shows it differently.
    """

    agenda: Agenda
    notices: tuple[Notice, ...] = ()
    posts: tuple[Post, ...] = ()
    redraw: bool = False
    wake_at: datetime | None = None


def template_of(ceremony: Ceremony | None) -> Template | None:
    """What its agenda begins with; None for what has none."""
    return TEMPLATES.get(ceremony.template) if ceremony and ceremony.template else None


def agenda_due(calendar: Calendar, ceremony: Ceremony, starts: datetime, *, earlier: int = 0) -> datetime:
    """When the agenda of a meeting goes out, `earlier` working days before that; an hour before at least."""
    zone, hours = calendar.zone_of(ceremony.key), calendar.hours
    local = wall(starts, zone)
    before = USUALLY if ceremony.agenda_before is None else ceremony.agenda_before
    day = hours.add_working_days(local.date(), -(before + earlier))
    return min(instant_of(day, local.time(), zone), starts - AT_LEAST)


def prepare(agenda: Agenda, occurrence: Occurrence, workspace: Workspace, now: datetime) -> Preparation:
    """What now, before the meeting? Whatever is due and still useful; what comes too late is recorded."""
    ceremony = workspace.calendar.ceremony(occurrence.ceremony)
    template = template_of(ceremony)
    if ceremony is None or template is None:
        return Preparation(agenda=agenda)
    due = agenda_due(workspace.calendar, ceremony, occurrence.starts)
    ask = agenda_due(workspace.calendar, ceremony, occurrence.starts, earlier=1)
    channel = ceremony.channel or workspace.configuration.channels.council
    if now >= occurrence.starts:
        return Preparation(agenda=replace(agenda, missed=agenda.posted_at is None))
    agenda = replace(agenda, due_at=due) if due > now else agenda
    asked, notices = _asked(agenda, template, occurrence, workspace, now) if ask <= now else (agenda, ())
    posted = _posted(asked, due, channel, now) if due <= now and channel else asked
    return Preparation(
        agenda=posted,
        notices=notices,
        posts=(Post("agenda", channel),) if channel and posted != asked else (),
        redraw=agenda.posted_at is not None,
        wake_at=min(at for at in _instants(posted, (ask, due), occurrence, workspace, now) if at > now),
    )


def _posted(agenda: Agenda, due: datetime, channel: str, now: datetime) -> Agenda:
    """Put up; once more where the configuration has its ceremony live somewhere else now."""
    if agenda.posted_at is not None:
        return replace(agenda, channel=channel)
    late = agenda.due_at == due and now - due > LATE
    return replace(agenda, posted_at=now, channel=channel, late=late)


def _instants(
    agenda: Agenda,
    ahead: tuple[datetime, ...],
    occurrence: Occurrence,
    workspace: Workspace,
    now: datetime,
) -> tuple[datetime, ...]:
    """When to look again: what is still ahead, and each morning while it stands in its channel."""
    hours = workspace.hours
    tomorrow = hours.opening_of(hours.add_working_days(hours.day_of(now), 1))
    mornings = (tomorrow,) if agenda.posted_at is not None else ()
    return (*ahead, *mornings, occurrence.starts)


def _asked(
    agenda: Agenda, template: Template, occurrence: Occurrence, workspace: Workspace, now: datetime
) -> tuple[Agenda, tuple[Notice, ...]]:
    """Each holder of shared metrics is asked once, for all of theirs."""
    if agenda.asked_at is not None or not template.metrics:
        return agenda, ()
    readings = tuple(
        Reading(metric=metric.key, of=_holder(metric, workspace, now)) for metric in template.metrics
    )
    told = tuple(
        replace(tell(NoticeKind.METRICS_ASKED, person, workspace, now), good_until=occurrence.starts)
        for person in dict.fromkeys(reading.of for reading in readings)
        if not workspace.gone(person)
    )
    return replace(agenda, asked_at=now, readings=readings), told


def _holder(metric: Metric, workspace: Workspace, now: datetime) -> str:
    """Whoever knows the data of such conflicts, or stands in; else the chair."""
    rows = (row for row in workspace.configuration.matrix if row.key == metric.type and not row.retired)
    row = next(rows, None)
    return seat(_data_owner(row) if row else "chair", workspace, now).person


def _data_owner(row: ConflictType) -> str:
    return row.owner if row.question == "data" else row.data_owner or row.owner


def still_asked(person: str, agenda: Agenda) -> bool:
    """False once this person has answered, or somebody for them."""
    return any(reading.of == person and not reading.value for reading in agenda.readings)


def presenter(workspace: Workspace, held: int, starts: datetime) -> str | None:
    """Who presents the handoff: the seats take turns; of one that is away the deputy, else the next."""
    seats = workspace.configuration.council.seats
    turn = held % len(seats) if seats else 0
    for key in (*seats[turn:], *seats[:turn]):
        role = workspace.configuration.role(key)
        for person in (role.holder, role.deputy) if role else ():
            if workspace.present(person, starts):
                return person
    return next(iter(workspace.chairing), None)
