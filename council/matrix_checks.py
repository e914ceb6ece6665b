"""Which rows of the matrix and which rules of precedence make sense."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from council.matrix import NOT_SURE, RESERVED, ConflictType, PrecedenceRule
from council.problems import INTERVALS, Found, Path, Problem, keyed, known_words, named, no_role, role_keys
from council.sentence import say
from council.timeframes import AtNext, Before, Within
from council.workspace import Configuration

LONGEST_TIMEFRAME = timedelta(days=90)
MOST_SIDES = 4

_OWNING = frozenset({"council", "chair", "sponsor", "account_owner"})
_CHAINED = RESERVED - {NOT_SURE}


def in_matrix(configuration: Configuration) -> Found:
    """What speaks against the conflict types."""
    yield from keyed("matrix", configuration.matrix)
    for index, row in enumerate(configuration.matrix):
        yield from _seats(("matrix", index), row, configuration)
        yield from _other_owner(("matrix", index), row)
        yield from _timeframe(("matrix", index), row, configuration)
        yield from _sides(("matrix", index, "sides"), row.sides)


def in_precedence(configuration: Configuration) -> Found:
    """What speaks against the rules of precedence."""
    types = {row.key for row in configuration.matrix}
    seen: Counter[tuple[object, ...]] = Counter()
    for index, rule in enumerate(configuration.precedence):
        path: Path = ("precedence", index)
        if rule.type == NOT_SURE:
            yield Problem(
                (*path, "type"), say("Of what nobody has sorted yet no source can be the agreed one.")
            )
        elif rule.type not in types:
            yield Problem((*path, "type"), say("There is no conflict type “{key}”.", key=rule.type))
        yield from named((*path, "stands"), rule.stands)
        yield from _period(path, rule)
        seen[scope := _scope(rule)] += 1
        if seen[scope] > 1:
            yield Problem(path, say("This rule has the same scope as one above; keep one of them."))


def _seats(path: Path, row: ConflictType, configuration: Configuration) -> Found:
    known = role_keys(configuration)
    yield from known_words((*path, "notify"), row.notify, known | _OWNING)
    for name, word in (
        ("owner", row.owner),
        ("business_owner", row.business_owner),
        ("data_owner", row.data_owner),
    ):
        if word is not None and word not in known | _OWNING:
            yield Problem((*path, name), no_role(word))
    yield from known_words((*path, "chain"), row.chain, known | _CHAINED)
    if row.owner in known | _OWNING and not _reaches_somebody(row, configuration):
        sentence = say("Nobody besides the owner would ever be asked; add a role, chair or sponsor.")
        yield Problem((*path, "chain"), sentence)


def _reaches_somebody(row: ConflictType, configuration: Configuration) -> bool:
    """False when every level of the chain is empty or the owner's own seat.

    An empty chair or sponsor counts: whoever set the bot up holds it until it is named.
    """
    own = _seat(row.owner, configuration)
    owner = configuration.role(own)
    for word in row.chain:
        if word == "deputy":
            if owner is not None and owner.deputy:
                return True
        elif word == "council" or _seat(word, configuration) != own:
            return True
    return False


def _seat(word: str, configuration: Configuration) -> str:
    """The role key behind a reserved word, where there is one."""
    reserved = {"chair": configuration.council.chair, "sponsor": configuration.council.sponsor}
    return reserved.get("chair" if word == "council" else word) or word


def _other_owner(path: Path, row: ConflictType) -> Found:
    same = f"{row.question}_owner"
    if getattr(row, same):
        other = "business_owner" if row.question == "data" else "data_owner"
        sentence = say(
            "The owner decides this kind of question already; name the other as {name}.", name=other
        )
        yield Problem((*path, same), sentence)


def _timeframe(path: Path, row: ConflictType, configuration: Configuration) -> Found:
    match row.timeframe:
        case Within(target=target, limit=limit):
            yield from _within((*path, "timeframe"), target, limit)
        case Before(ceremony=key, lead=lead, otherwise=otherwise):
            yield from _known_ceremony((*path, "timeframe", "before"), key, configuration)
            yield from _lead((*path, "timeframe", "lead"), lead, key, configuration)
            yield from _span((*path, "timeframe", "otherwise"), otherwise)
        case AtNext(ceremony=key, otherwise=otherwise):
            yield from _known_ceremony((*path, "timeframe", "at_next"), key, configuration)
            yield from _span((*path, "timeframe", "otherwise"), otherwise)
    if row.acknowledge_within is not None:
        yield from _span((*path, "acknowledge_within"), row.acknowledge_within)


def _within(path: Path, target: timedelta, limit: timedelta) -> Found:
    if target > limit:
        yield Problem(path, say("The target comes after the limit; exchange them."))
    elif target != limit:
        yield from _span((*path, "target"), target)
    yield from _span((*path, "limit" if target != limit else "within"), limit)


def _span(path: Path, span: timedelta) -> Found:
    if span <= timedelta():
        yield Problem(path, say("There must be some time."))
    elif span > LONGEST_TIMEFRAME:
        yield Problem(
            path, say("More than {days} days is no deadline any more.", days=LONGEST_TIMEFRAME.days)
        )


def _known_ceremony(path: Path, key: str, configuration: Configuration) -> Found:
    known = [ceremony.key for ceremony in configuration.ceremonies]
    if key not in known:
        there = ", ".join(known) or "none"
        yield Problem(path, say("There is no ceremony “{key}”; there are: {known}.", key=key, known=there))


def _lead(path: Path, lead: timedelta, key: str, configuration: Configuration) -> Found:
    every = next((ceremony.every for ceremony in configuration.ceremonies if ceremony.key == key), None)
    if every is not None and lead >= INTERVALS[every]:
        yield Problem(
            path, say("So long before a meeting of every {every} is before the one before.", every=every)
        )


def _sides(path: Path, sides: tuple[str, ...]) -> Found:
    if len(sides) == 1 or len(sides) > MOST_SIDES:
        yield Problem(path, say("Name two sides, up to {most}, or none.", most=MOST_SIDES))
    for index, side in enumerate(sides):
        yield from named((*path, index), side)


def _period(path: Path, rule: PrecedenceRule) -> Found:
    if rule.since and rule.until and rule.until < rule.since:
        yield Problem((*path, "until"), say("The rule would end before it begins."))


def _scope(rule: PrecedenceRule) -> tuple[object, ...]:
    return (*rule.scope, rule.since, rule.until)
