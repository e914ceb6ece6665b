"""Slack statuses that say somebody is away, and who may take over what such an owner has open.

Nothing is assumed from a status: the owner stays asked, and one colleague is told once per conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from council.conflict import Conflict, Event
from council.deadlines import said_at
from council.notice import NoticeKind, tell
from council.outcome import Outcome
from council.permissions import Act, may
from council.seats import role_of
from council.sentence import Who, say
from council.words import fold
from council.workspace import Workspace

EMOJI = frozenset(
    """palm_tree desert_island beach_with_umbrella umbrella_on_ground airplane airplane_departure
    small_airplane luggage camping tent face_with_thermometer face_with_head_bandage mask sneezing_face
    nauseated_face hospital baby baby_bottle breast-feeding no_entry ooo""".split()
)
"""Names without colons, as Slack sends them; skin tones are left out."""
PHRASES = (
    # English
    "vacation",
    "holiday",
    "holidays",
    "annual leave",
    "parental leave",
    "maternity leave",
    "paternity leave",
    "sick leave",
    "on leave",
    "out of office",
    "out of the office",
    "ooo",
    "pto",
    "sabbatical",
    "out sick",
    "off sick",
    "sick day",
    # German
    "urlaub",
    "im urlaub",
    "elternzeit",
    "mutterschutz",
    "krank",
    "krankgeschrieben",
    "abwesend",
    # French
    "vacances",
    "en conge",
    "conges",
    "conge maternite",
    "conge paternite",
    "arret maladie",
    "absent",
    "absente",
    # Spanish and Portuguese
    "vacaciones",
    "de baja",
    "ferias",
    "de ferias",
    "licenca",
    # Italian and Dutch
    "ferie",
    "in ferie",
    "malattia",
    "vakantie",
    "met verlof",
    "ziek",
    # Swedish, Danish, Norwegian
    "semester",
    "foraldraledig",
    "syg",
    "sykmeldt",
    # Polish and Turkish
    "urlop",
    "izinli",
)
_SAYS = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(phrase) for phrase in PHRASES)})(?!\w)")


def says_away(text: str, emoji: str) -> bool:
    """Whether a status says that its person is away, by its words or else by its emoji."""
    name = emoji.strip(":").partition("::")[0]
    return name in EMOJI or _SAYS.search(fold(text)) is not None


def taker(conflict: Conflict, workspace: Workspace, now: datetime) -> str | None:
    """Who is told that the owner's status says away: the deputy, else the chair; None when nobody is.

    Once per conflict, never while an absence holds, and nobody whose own status says the same. Whether
    the status still holds is asked of the instant at which it would be said.
    """
    owner = workspace.people.get(conflict.owner)
    if conflict.status_told or not conflict.is_open or owner is None or not owner.looks_away(now):
        return None
    if not workspace.present(owner.id, now):
        return None
    for person in _line(conflict, workspace):
        said = said_at(now, workspace.hours_of(person), immediate=conflict.route.immediate)
        if owner.looks_away(said) and _can_take(person, conflict, workspace, now):
            return person
    return None


def _line(conflict: Conflict, workspace: Workspace) -> Iterator[str]:
    """The deputy of the seat, then the chair; on their own report only after the other."""
    role = role_of(conflict.seat, workspace)
    named = (role.deputy if role else None, *workspace.chairing)
    line = tuple(dict.fromkeys(person for person in named if person and person != conflict.owner))
    yield from sorted(line, key=lambda person: person == conflict.reporter)


def _can_take(person: str, conflict: Conflict, workspace: Workspace, now: datetime) -> bool:
    """Here, not asked already, and allowed to take over once they are reached."""
    known = workspace.people.get(person)
    if not workspace.present(person, now) or person in conflict.reached or (known and known.looks_away(now)):
        return False
    reached = replace(conflict, reached=(*conflict.reached, person))
    return may(person, Act.TAKE_OVER, reached, workspace, now)


def tell_taker(conflict: Conflict, person: str, workspace: Workspace, now: datetime) -> Outcome:
    """One line with **Take over**; when to look again is the caller's to say."""
    owner = conflict.owner
    changed = replace(conflict, reached=(*conflict.reached, person), status_told=True)
    notice = tell(
        NoticeKind.LOOKS_AWAY,
        person,
        workspace,
        now,
        waits=not conflict.route.immediate,
        before=owner,
        acknowledged=int(conflict.acknowledged_at is not None),
    )
    text = "{owner}’s Slack status says away; {who} was told and may take over"
    words = say(text, owner=Who(owner), who=Who(person))
    event = Event(kind="looks away", at=now, by=None, words=words)
    return Outcome(conflict=changed, timeline=(event,), notices=(notice,))
