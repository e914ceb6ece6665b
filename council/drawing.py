"""How an agenda fills itself: from what the store knows now, what was added, and how it was arranged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from council.action_item import ActionItem
from council.agenda import Agenda, Filled, Material, Point, Some, boxes
from council.conflict import Conflict
from council.sentence import Sentence, say
from council.templates import HANDOFFS, Box, Template

MOST_POINTS = 8
"""So many conflicts, and so many action items, draw themselves; the rest is counted."""
MOST_NAMED = 6

OVERDUE, WAITS, OPEN = "overdue", "waits for this meeting", "open"


def drawn(agenda: Agenda, template: Template, material: Material) -> tuple[Filled, ...]:
    """The agenda as it stands now, box by box; once the meeting has begun, as it stood then.

    Whatever people added or carried over is on it whole; of what draws itself the most urgent is.
    """
    if agenda.fixed:
        return tuple(_as_it_was(filled, material) for filled in agenda.fixed)
    stored: dict[str, Point] = {}
    for point in _stored(agenda, template, material):
        stored.setdefault(point.about, point)
    drew = {point.about: point for point in _drew(agenda, template, material, stored)}
    here = [*drew.values(), *(point for about, point in stored.items() if about not in drew)]
    here.sort(key=lambda point: point.kind == "action")
    owned = [_owned(point, agenda) for point in here]
    return tuple(
        Filled(
            box=box,
            points=tuple(point for point in owned if template.box(point.box).key == box.key),
            lines=tuple(_lines(box, template, material)),
            more=_more(box, template, material, drew.values(), agenda),
        )
        for box in boxes(agenda, template)
    )


def _as_it_was(filled: Filled, material: Material) -> Filled:
    """As it stood when the meeting began, without what has become confidential since."""
    secret = {
        each.number
        for each in material.linked.values()
        if isinstance(each, Conflict) and each.facts.confidential
    }

    def hidden(point: Point) -> bool:
        return point.number in secret if point.conflict else point.item in material.hidden

    points = (
        replace(point, text="", says="", owner=None, confidential=True) if hidden(point) else point
        for point in filled.points
    )
    lines = (
        say("confidential #{number}", number=line.facts["number"])
        if line.facts.get("number") in secret
        else line
        for line in filled.lines
    )
    return replace(filled, points=tuple(points), lines=tuple(lines))


def _owned(point: Point, agenda: Agenda) -> Point:
    """With the owner the chair gave it; of a confidential conflict nobody learns whose it is."""
    return replace(point, owner=None if point.confidential else agenda.owners.get(point.id, point.owner))


def _stored(agenda: Agenda, template: Template, material: Material) -> Iterator[Point]:
    """What was carried over and added, as it stands now, without what has ended or was dropped."""
    carried = (replace(point, kind="carried", carried=point.carried + 1) for point in material.carried)
    for point in (*carried, *(point for point in agenda.points if point.accepted)):
        linked = material.linked.get(point.conflict or point.item or "")
        if point.id in agenda.dropped:
            continue
        if isinstance(linked, Conflict) and linked.is_open:
            fresh = _conflict(linked, template, _standing(linked, material))
            owner = None if fresh.confidential else point.owner or fresh.owner
            yield replace(
                fresh, id=point.id, box=point.box, kind=point.kind, carried=point.carried, owner=owner
            )
        elif isinstance(linked, ActionItem) and linked.is_open:
            fresh = _item(linked, template, material)
            yield replace(fresh, id=point.id, box=point.box, kind=point.kind, carried=point.carried)
        elif point.conflict is None and point.item is None:
            yield point


def _drew(
    agenda: Agenda, template: Template, material: Material, stored: Mapping[str, Point]
) -> Iterator[Point]:
    """What draws itself, without what was dropped; what was carried over comes first, and says how often."""
    conflicts = [_conflict(each, template, WAITS) for each in material.waiting.first]
    if template.draws("conflicts"):
        conflicts += [_conflict(each, template, OVERDUE) for each in material.overdue.first]
    items = [_item(each, template, material) for each in material.late_items.first]
    for drew in (conflicts, items, [*_others(agenda, template, material)]):
        kept = [point for point in drew if point.id not in agenda.dropped]
        kept.sort(key=lambda point: point.about not in stored)
        yield from (replace(point, carried=_times(point, stored)) for point in kept[:MOST_POINTS])


def _times(point: Point, stored: Mapping[str, Point]) -> int:
    """How often it was carried over."""
    return stored[point.about].carried if point.about in stored else 0


def _others(agenda: Agenda, template: Template, material: Material) -> Iterator[Point]:
    """The handoff whose turn it is, and the shared metrics."""
    if template.draws("handoff"):
        text = HANDOFFS[material.held % len(HANDOFFS)]
        box = template.drawing("handoff")
        yield Point(id="handoff", box=box.key, kind="handoff", text=text, owner=material.presenter)
    heard = {reading.metric: reading for reading in agenda.readings}
    for metric in template.metrics:
        reading = heard.get(metric.key)
        yield Point(
            id=f"metric:{metric.key}",
            box=template.drawing("metrics").key,
            kind="metric",
            text=metric.name,
            says=reading.value if reading else "",
            owner=reading.of if reading else None,
        )


def _conflict(conflict: Conflict, template: Template, says: str) -> Point:
    """Of a confidential one nothing but its number."""
    hidden = conflict.facts.confidential
    return Point(
        id=f"conflict:{conflict.id}",
        box=template.drawing("conflicts").key,
        kind="conflict",
        text="" if hidden else conflict.facts.subject,
        says="" if hidden else says,
        owner=None if hidden else conflict.owner,
        conflict=conflict.id,
        number=conflict.number,
        confidential=hidden,
    )


def _standing(conflict: Conflict, material: Material) -> str:
    if any(each.id == conflict.id for each in material.waiting.first):
        return WAITS
    return OVERDUE if conflict.overdue(material.as_of) else OPEN


def _item(item: ActionItem, template: Template, material: Material) -> Point:
    """Of one that comes from a confidential conflict nothing but the conflict's number."""
    hidden = item.id in material.hidden
    return Point(
        id=f"action:{item.id}",
        box=template.drawing("actions").key,
        kind="action",
        text="" if hidden else item.text,
        says=OVERDUE if item in material.late_items.first else "",
        owner=None if hidden else item.owner,
        item=item.id,
        number=item.number,
        due=item.due,
        confidential=hidden,
    )


def _lines(box: Box, template: Template, material: Material) -> Iterator[Sentence]:
    """What is said in a box besides its points."""
    match box.draws:
        case "conflicts":
            yield from _named("open: {which}", material.open)
            called = [each for each in _all(material) if each.call and each.call.state == "called"]
            yield from _named("emergency meetings: {which}", Some(tuple(called), len(called)))
            yield from _named("decided since: {which}", material.decided)
        case "decided":
            yield from _lessons(material.decided)
        case "actions":
            late, due = material.late_items.count, material.due_items.count
            parts = (late and "{late} overdue", due and "{due} due before the meeting")
            if late or due:
                yield say(", ".join(part for part in parts if part), late=late, due=due)


def _all(material: Material) -> tuple[Conflict, ...]:
    parts = (material.waiting, material.overdue, material.open, material.decided)
    return tuple(conflict for part in parts for conflict in part.first)


def _named(text: str, some: Some[Conflict]) -> Iterator[Sentence]:
    """By number; how many more there are is counted."""
    if not some.count:
        return
    named = [_number(conflict) for conflict in some.first[:MOST_NAMED]]
    more = some.count - len(named)
    yield say(text, which=", ".join([*named, *([f"and {more} more"] if more else [])]))


def _number(conflict: Conflict) -> str:
    return f"{'confidential ' if conflict.facts.confidential else ''}#{conflict.number}"


def _lessons(decided: Some[Conflict]) -> Iterator[Sentence]:
    """What was learned, decision by decision; those without a lesson are named together."""
    taught = [
        each for each in decided.first if each.ruling and each.ruling.lesson and not each.facts.confidential
    ]
    for conflict in taught[:MOST_NAMED]:
        lesson = conflict.ruling.lesson if conflict.ruling else ""
        yield say(
            "#{number} {subject}: {lesson}",
            number=conflict.number,
            subject=conflict.facts.subject,
            lesson=lesson,
        )
    others = tuple(each for each in decided.first if each not in taught[:MOST_NAMED])
    yield from _named("decided: {which}", Some(others, decided.count - min(len(taught), MOST_NAMED)))


def _more(box: Box, template: Template, material: Material, drew: Iterable[Point], agenda: Agenda) -> int:
    """How many conflicts and action items are left out of this box because there are too many."""
    counts = {"conflict": 0, "action": 0}
    if template.drawing("conflicts").key == box.key:
        overdue = material.overdue.count if template.draws("conflicts") else 0
        counts["conflict"] = material.waiting.count + overdue
    if template.drawing("actions").key == box.key:
        counts["action"] = material.late_items.count
    left = 0
    for kind, count in counts.items():
        shown = sum(point.kind == kind for point in drew)
        dropped = sum(id.startswith(f"{kind}:") for id in agenda.dropped)
        left += max(0, count - shown - dropped)
    return left
