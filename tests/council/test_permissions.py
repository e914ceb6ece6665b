"""The permission table, run for every act, every kind of person and every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from council.conflict import Conflict, ExtensionWish, State
from council.deciding import acknowledge
from council.errors import Refused, TooLate, Unknown
from council.permissions import (
    NEEDS_OPEN,
    REOPENABLE,
    WHO_MAY,
    Act,
    Part,
    administer,
    admit,
    allow,
    may,
    parts,
)
from council.roles import Council
from council.workspace import Workspace
from tests.council.builders import FORECAST, TUESDAY, at, decided, northwind, person, reported

COMPANY = northwind()
OPEN = reported(type=FORECAST).conflict
"""Pipeline forecast: reporter Nina, owner Marcus; the chain has asked Dana; Ravi joined; Kim is asked, in
Nina's place, whether it may be decided later."""
WISH = ExtensionWish(limit=at("2025-11-21 12:00"), why="data late", by="marcus", of="kim", asked_at=TUESDAY)
ASKED = replace(OPEN, reached=("dana", "priya"), asked="dana", joined=("ravi",), wish=WISH)
ON_IT = acknowledge(ASKED, by=person("marcus"), workspace=COMPANY, now=TUESDAY).conflict
OVERDUE = at("2025-11-21 09:00")

OWN, SHARE = "have a calendar of one's own", "share the council's calendar"
HOLD = "hold meetings and keep their minutes"
ANYBODY = {"join", "add context", "see", "report", "add to an agenda", OWN}
ANYBODY |= {"set an absence", "choose a morning hour"}
CALLS, CALL = "ask for an emergency meeting", "call an emergency meeting"
AGENDA = {"arrange an agenda", "answer for a shared metric"}
CHAIRING = {"extend deadline again", "change kind", "merge", CALL, SHARE, "plan meetings", *AGENDA}
CHAIRING |= {"decide in a meeting", HOLD}
MAY: dict[str, set[str]] = {
    "sam": ANYBODY,
    "nina": ANYBODY | {"withdraw", "correct", "agree to a later deadline", CALLS},
    "kim": ANYBODY | {"agree to a later deadline", "decide in a meeting"},
    "ravi": ANYBODY | {"leave", CALLS},
    "marcus": ANYBODY
    | {
        "acknowledge",
        "decide",
        "decide in a meeting",
        "hand over",
        "extend deadline",
        "change kind",
        "make confidential",
        CALLS,
        "ask for data",
    },
    "dana": ANYBODY | {"take over", CALLS},
    "priya": ANYBODY | CHAIRING | {"take over", CALLS},
    "tomas": ANYBODY | CHAIRING,
    "helen": ANYBODY | {"decide in a meeting"},
    "jonas": ANYBODY | {"configure", SHARE},
}
AFTER = {
    "nina": {"say whether it is solved"},
    "marcus": {"reopen"},
    "priya": {"reopen"},
    "tomas": {"reopen"},
}
"""What is added once it is decided, or closed as resolved."""
KINDS = {
    "sam": "a colleague",
    "nina": "the reporter",
    "kim": "the one asked in the reporter's place",
    "ravi": "one who joined",
    "marcus": "the owner",
    "dana": "the deputy whom the chain asked",
    "priya": "the chair whom the chain asked",
    "tomas": "the chair's deputy",
    "helen": "the sponsor",
    "jonas": "the admin",
}


def allowed(who: str, act: Act, conflict: Conflict, now: datetime = TUESDAY) -> bool:
    try:
        allow(person(who), act, conflict, COMPANY, now)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("act", list(Act), ids=lambda act: act.value)
@pytest.mark.parametrize("who", list(MAY), ids=lambda who: KINDS[who])
def test_R38_everybody_may_what_the_table_says_and_nothing_else(who: str, act: Act) -> None:
    """While it is open: both ways, for every act and every kind of person."""
    assert allowed(who, act, ASKED) is (act.value in MAY[who])
    assert may(who, act, ASKED, COMPANY, TUESDAY) is (act.value in MAY[who])


@pytest.mark.parametrize("act", list(Act), ids=lambda act: act.value)
@pytest.mark.parametrize(
    "state", [State.DECIDED, State.WITHDRAWN, State.MERGED, State.RESOLVED], ids=lambda s: s.value
)
def test_after_the_end_context_is_left_and_a_decision_can_be_taken_up_again(state: State, act: Act) -> None:
    """Whoever comes is too late; looking and adding context stay open to all."""
    ruled = replace(decided(OPEN, COMPANY, TUESDAY).conflict, state=state, joined=("ravi",))
    for who in MAY:
        if act in NEEDS_OPEN:
            with pytest.raises(TooLate) as late:
                allow(person(who), act, ruled, COMPANY, TUESDAY)
            assert late.value.offers == (Act.ADD_CONTEXT,)
        else:
            again = AFTER.get(who, set()) if state in REOPENABLE else set()
            assert allowed(who, act, ruled) is (act.value in MAY[who] | again)


@pytest.mark.parametrize("act", list(Act), ids=lambda act: act.value)
@pytest.mark.parametrize("flag", ["guest", "bot", "foreign", "deactivated"])
def test_R37_outsiders_may_nothing(flag: str, act: Act) -> None:
    """Not even when they own it, and they are told so politely."""
    outsider = person("marcus", **{flag: True})
    with pytest.raises(Refused) as refused:
        allow(outsider, act, ASKED, COMPANY, TUESDAY)
    assert refused.value.offers == ()


@pytest.mark.parametrize("act", list(Act), ids=lambda act: act.value)
def test_R37_unknown_is_not_allowed(act: Act) -> None:
    """Somebody who could not be looked up may nothing now."""
    with pytest.raises(Refused, match="try again"):
        allow(None, act, ASKED, COMPANY, TUESDAY)


def test_every_act_has_its_row() -> None:
    """An act without a row would be allowed to nobody, and nobody would notice."""
    assert set(WHO_MAY) == set(Act)


@pytest.mark.parametrize("act", sorted(NEEDS_OPEN - {Act.JOIN}), ids=lambda act: act.value)
def test_a_refusal_says_who_may_and_what_to_do_instead(act: Act) -> None:
    """Never a bare no: a sentence, and *Add context*."""
    with pytest.raises(Refused) as refused:
        allow(person("sam"), act, ASKED, COMPANY, TUESDAY)
    assert refused.value.sentence.text.endswith("You can add context.")
    assert refused.value.offers == (Act.ADD_CONTEXT,)


@pytest.mark.parametrize(
    ("conflict", "who", "may_take_over"),
    [
        pytest.param(ASKED, "dana", True, id="the deputy, nobody has acknowledged"),
        pytest.param(ASKED, "priya", True, id="the chair, nobody has acknowledged"),
        pytest.param(ON_IT, "dana", True, id="the deputy, the owner is on it"),
        pytest.param(ON_IT, "priya", False, id="the chair over an owner who is on it"),
    ],
)
def test_the_chair_overrules_a_present_owner_only_after_the_limit(
    conflict: Conflict, who: str, may_take_over: bool
) -> None:
    """Before the limit not; after it whoever the chain has reached may take over."""
    assert allowed(who, Act.TAKE_OVER, conflict) is may_take_over
    assert allowed(who, Act.TAKE_OVER, conflict, OVERDUE)


@pytest.mark.parametrize(
    ("company", "who", "can"),
    [
        pytest.param(northwind(council=Council()), "jonas", True, id="no chair is named: who installed it"),
        pytest.param(northwind(council=Council()), "priya", False, id="then not the RevOps lead"),
        pytest.param(northwind(gone=("priya",)), "tomas", True, id="the chair left: the deputy"),
        pytest.param(northwind(gone=("priya", "tomas")), "jonas", True, id="both left: who installed it"),
    ],
)
def test_whoever_installed_it_holds_an_empty_seat(company: Workspace, who: str, can: bool) -> None:
    """No state without a way out: somebody can always extend a second time."""
    assert (Part.CHAIR in parts(who, ASKED, company)) is can


def test_who_may_not_see_it_learns_nothing() -> None:
    """A confidential one is hidden alike from every act; whoever takes part may as usual."""
    hidden = replace(ASKED, facts=replace(ASKED.facts, confidential=True))
    for act in Act:
        with pytest.raises(Unknown, match="no such conflict"):
            allow(person("sam"), act, hidden, COMPANY, TUESDAY)
    assert allowed("dana", Act.TAKE_OVER, hidden)


def test_only_who_looks_after_it_configures() -> None:
    """The installer and the named admins; others are told whom to ask."""
    assert administer(person("jonas"), COMPANY).id == "jonas"
    with pytest.raises(Refused, match="Only"):
        administer(person("priya"), COMPANY)
    with pytest.raises(Refused, match="Nobody looks after"):
        administer(person("priya"), replace(COMPANY, installer=None))
    with pytest.raises(Refused):
        administer(person("jonas", guest=True), COMPANY)


def test_a_full_member_is_admitted() -> None:
    """Slack admins are full members like all others."""
    assert admit(person("sam", admin=True)).id == "sam"
