"""One conflict, #12 of Northwind, in every state its card and messages know."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from council.calling import ask_for_call, call_meeting
from council.changing import hand_over, withdraw
from council.conflict import Conflict, Signal, State
from council.deciding import take_over
from council.extending import agree, extend
from council.matrix import NOT_SURE_TYPE
from council.reopening import reopen
from tests.council.builders import (
    FORECAST,
    RULING,
    TUESDAY,
    acknowledged,
    at,
    decided,
    northwind,
    person,
    reported,
    woken,
)

WORKSPACE = northwind()
LEFT = northwind(gone=("nina",))
OPEN = reported(WORKSPACE, FORECAST, waiting="board deck").conflict
ON_IT = acknowledged(OPEN, WORKSPACE, at("2025-11-18 11:20"))
ASKED, _ = woken(OPEN, WORKSPACE, "2025-11-18 13:00", "2025-11-18 17:00")
OVERDUE, _ = woken(ASKED, WORKSPACE, "2025-11-20 13:00")
LATE_ON_IT, _ = woken(ON_IT, WORKSPACE, "2025-11-20 13:00")
TAKEN = take_over(ASKED, by=person("dana"), workspace=WORKSPACE, now=at("2025-11-18 17:05")).conflict
HANDED = hand_over(
    OPEN, person("priya"), "a question of data", by=person("marcus"), workspace=WORKSPACE, now=TUESDAY
).conflict
WISH = extend(
    OPEN, at("2025-11-21 12:00"), "data late", by=person("marcus"), workspace=WORKSPACE, now=TUESDAY
).conflict
IN_PLACE = extend(
    OPEN, at("2025-11-21 12:00"), "data late", by=person("marcus"), workspace=LEFT, now=TUESDAY
).conflict
AGREED = agree(WISH, at("2025-11-21 12:00"), by=person("nina"), workspace=WORKSPACE, now=TUESDAY).conflict
DECIDED = decided(ON_IT, WORKSPACE, at("2025-11-19 16:05")).conflict
RESOLVED = decided(
    ON_IT, WORKSPACE, at("2025-11-19 16:05"), replace(RULING, stands="resolved", number="")
).conflict
WITHDRAWN = withdraw(
    OPEN, "Clari corrected it", by=person("nina"), workspace=WORKSPACE, now=at("2025-11-18 10:00")
).conflict
MERGED = replace(
    WITHDRAWN, state=State.MERGED, merged_into=9, ended_because="#9: EMEA pipeline, fourth quarter"
)
REOPENED = reopen(
    DECIDED, "the export was wrong", by=person("priya"), workspace=WORKSPACE, now=at("2025-11-19 17:00")
).conflict
WANTED = ask_for_call(
    OPEN, "the board meets tomorrow", by=person("nina"), workspace=WORKSPACE, now=TUESDAY
).conflict
CALLED = call_meeting(
    WANTED,
    at("2025-11-18 15:00"),
    "https://meet.example/1",
    ("lucia",),
    by=person("priya"),
    workspace=WORKSPACE,
    now=TUESDAY,
).conflict
UNSURE = reported(WORKSPACE, NOT_SURE_TYPE).conflict
CORRECTED = replace(
    ON_IT,
    facts=replace(
        ON_IT.facts,
        signals=(replace(ON_IT.facts.signals[0], says="4.0 M€", was="4.2 M€"), ON_IT.facts.signals[1]),
    ),
)
UNNAMED = replace(OPEN, facts=replace(OPEN.facts, unnamed=True))
BY_SALES = replace(UNNAMED, facts=replace(UNNAMED.facts, team="Sales & <Ops>"))
FOUR = replace(
    OPEN,
    facts=replace(
        OPEN.facts,
        account="Acme",
        signals=(
            Signal(source="Clari AI", says="4.2 M€", as_of="17 Nov", link="https://northwind.example/p1"),
            *(Signal(source=name, says="3.1 M€") for name in ("Rep roll-up", "Gong")),
        ),
    ),
)
NOTHING_AGREED = replace(OPEN, route=replace(OPEN.route, standing=None))

STATES: dict[str, tuple[Conflict, datetime]] = {
    "open": (OPEN, TUESDAY),
    "open, three signals, an account": (FOUR, TUESDAY),
    "open, reporter not named": (UNNAMED, TUESDAY),
    "open, reported by a team": (BY_SALES, TUESDAY),
    "open, nothing agreed": (NOTHING_AGREED, TUESDAY),
    "open, window over": (OPEN, at("2025-11-18 13:30")),
    "acknowledged": (ON_IT, at("2025-11-18 12:00")),
    "the chain was asked": (ASKED, at("2025-11-18 17:00")),
    "overdue": (OVERDUE, at("2025-11-20 13:00")),
    "overdue, acknowledged": (LATE_ON_IT, at("2025-11-20 13:00")),
    "taken over": (TAKEN, at("2025-11-18 17:30")),
    "handed over": (HANDED, TUESDAY),
    "decided": (DECIDED, at("2025-11-19 16:05")),
    "resolved itself": (RESOLVED, at("2025-11-19 16:05")),
    "withdrawn": (WITHDRAWN, at("2025-11-18 10:00")),
    "reopened": (REOPENED, at("2025-11-19 17:00")),
    "an emergency meeting is asked for": (WANTED, TUESDAY),
    "an emergency meeting is called": (CALLED, TUESDAY),
    "corrected": (CORRECTED, at("2025-11-18 12:00")),
    "not sure": (UNSURE, TUESDAY),
    "merged": (MERGED, at("2025-11-18 10:00")),
}
