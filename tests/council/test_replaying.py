"""What this changes: the past by a new configuration, what is open, and what an admin should know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.conflict import Conflict
from council.differences import differences
from council.errors import Refused
from council.people import Absence
from council.replaying import ENOUGH, Effect, Past, PastAbsence, Replay, as_of, effect, replay, went_to
from council.rerouting import reroute
from council.roles import Role
from council.sentence import Sentence, Who
from council.timeframes import AtNext, Within
from council.workspace import Workspace
from tests.council.builders import (
    FORECAST,
    HEALTH,
    HOUR,
    LEADS,
    METRIC,
    NAMES,
    ROLES,
    TUESDAY,
    TYPES,
    acknowledged,
    decided,
    northwind,
    person,
    reported,
    said,
)

REPORTERS = ("nina", "sam", "priya", "marcus")


def past_of(conflict: Conflict) -> Past:
    """What is kept of it for routing."""
    return Past(
        type=conflict.facts.type,
        reporter=conflict.reporter,
        reported_at=conflict.reported_at,
        account_owner=conflict.facts.account_owner,
        owner=conflict.route.owner,
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[tuple[PastAbsence, ...], tuple[Past, ...]]:
    """Ninety days of absences, some known only after they began, and of reports routed as it was then."""
    found: list[PastAbsence] = []
    for _ in range(draw(st.integers(0, 5))):
        since = TUESDAY + timedelta(hours=draw(st.integers(0, 90 * 24)))
        away = Absence(
            person=draw(st.sampled_from(NAMES)),
            since=since,
            until=since + timedelta(hours=draw(st.integers(1, 400))),
            stand_in=draw(st.none() | st.sampled_from(NAMES)),
        )
        known = since + timedelta(hours=draw(st.integers(-100, 20)))
        found.append(PastAbsence(absence=away, known_from=known))
    reports = []
    for _ in range(draw(st.integers(0, 6))):
        at = TUESDAY + timedelta(hours=draw(st.integers(0, 90 * 24)))
        here = as_of(at, northwind(), found)
        made = reported(
            here, draw(st.sampled_from(TYPES)), by=draw(st.sampled_from(REPORTERS)), now=at
        ).conflict
        reports.append(past_of(made))
    return tuple(found), tuple(reports)


@given(histories())
def test_the_unchanged_matrix_replayed_is_what_happened(
    history: tuple[tuple[PastAbsence, ...], tuple[Past, ...]],
) -> None:
    """Whoever was away then, whoever reported: the same owner, and nothing would have gone elsewhere."""
    absences, past = history
    workspace = northwind()
    for each in past:
        went = went_to(each, as_of(each.reported_at, workspace, absences))
        assert went == each.owner or (went is None and each.owner in workspace.keepers)
    assert replay(workspace, workspace, past, absences) == Replay(counted=len(past))


def changed(*types: object, roles: tuple[Role, ...] = ROLES) -> Workspace:
    """Northwind after the change."""
    return northwind(types=types or TYPES, roles=roles)  # type: ignore[arg-type]


def seen(after: Workspace, *open_now: Conflict, before: Workspace | None = None) -> Effect:
    """What it does today."""
    return effect(
        before or northwind(), after, past=(), absences=(), open_now=open_now, now=TUESDAY + 2 * HOUR
    )


def words(sentences: tuple[Sentence, ...]) -> list[str]:
    return [
        each.text.format_map(
            {key: fact.person.title() if isinstance(fact, Who) else fact for key, fact in each.facts.items()}
        )
        for each in sentences
    ]


PAST = tuple(past_of(reported(type=type).conflict) for type in (LEADS, LEADS, FORECAST, METRIC, HEALTH))


def test_another_owner_would_have_got_it() -> None:
    """Two of the five were leads."""
    after = changed(replace(LEADS, owner="vp_sales"), FORECAST, METRIC, HEALTH)
    assert replay(northwind(), after, PAST, ()) == Replay(counted=5, elsewhere=2)


def test_what_only_the_times_have_changed_is_not_counted() -> None:
    """A seat that was filled anew since is not this change's doing; nor is going back to what was."""
    dana = tuple(replace(role, holder="dana") if role.key == "vp_sales" else role for role in ROLES)
    before = northwind(roles=dana)
    assert replay(before, before, PAST, ()).elsewhere == 0
    assert replay(before, northwind(), PAST, ()).elsewhere == 0


def test_an_empty_line_of_seats_is_nobody() -> None:
    """Whoever set it up would get it; that is said as what it is."""
    empty = tuple(replace(role, holder=None, deputy=None) for role in ROLES)
    after = changed(roles=empty)
    assert replay(northwind(), after, PAST, ()) == Replay(counted=5, nobody=5)


def test_a_retired_type_can_not_be_reported_so() -> None:
    """Nobody knows what they would have been reported as."""
    after = changed(replace(LEADS, retired=True), FORECAST, METRIC, HEALTH)
    assert replay(northwind(), after, PAST, ()) == Replay(counted=5, retired=2)
    assert not Replay(counted=ENOUGH - 1).says_something
    assert Replay(counted=ENOUGH).says_something


def test_an_open_conflict_that_another_would_own_is_offered() -> None:
    """One that was handed over by hand stays out of it when nothing of its kind changes."""
    leads, forecast = reported().conflict, reported(type=FORECAST).conflict
    after = changed(replace(LEADS, owner="vp_sales"), FORECAST, METRIC, HEALTH)
    found = seen(after, leads, replace(forecast, owner="ravi"))
    assert [(move.conflict.facts.type, move.to) for move in found.moves] == [("lead_quality", "marcus")]
    assert words(found.changes) == ["Owner of Lead quality disagreement: RevOps lead → VP Sales"]


def test_who_owns_it_already_is_not_offered_again() -> None:
    """It was handed to the new owner before the matrix said so."""
    leads = replace(reported().conflict, owner="marcus")
    assert seen(changed(replace(LEADS, owner="vp_sales"), FORECAST, METRIC, HEALTH), leads).moves == ()


@pytest.mark.parametrize(
    ("row", "remark"),
    [
        (replace(LEADS, retired=True), "What is open of it goes on as it is: #12"),
        (
            replace(LEADS, owner="empty"),
            "Nobody holds Empty seat: until somebody does, Jonas decides Lead quality disagreement.",
        ),
        (
            replace(
                LEADS,
                timeframe=Within(target=2 * HOUR, limit=4 * HOUR),
                acknowledge_within=2 * HOUR,
            ),
            "2 hours to acknowledge are no less than the 2 hours to decide; a quarter is taken.",
        ),
    ],
)
def test_what_an_admin_should_know(row: object, remark: str) -> None:
    """In words, before it is saved."""
    council = northwind().configuration.council
    roles = (*ROLES[1:], Role(key="empty", name="Empty seat"))
    lonely = replace(council, chair=None, sponsor=None, seats=())
    types = (row, FORECAST, METRIC, HEALTH)
    after = northwind(types=types, roles=roles, council=lonely)  # type: ignore[arg-type]
    before = northwind(roles=roles, council=lonely)
    assert remark in words(seen(after, reported().conflict, before=before).remarks)


def test_a_meeting_out_of_reach_is_said() -> None:
    """The council meets in three weeks; until then something else counts."""
    row = replace(LEADS, timeframe=AtNext(ceremony="council_meeting"))
    found = words(seen(changed(row, FORECAST, METRIC, HEALTH)).remarks)
    assert len(found) == 1
    assert found[0].startswith("The next Council is")
    assert found[0].endswith("more than 14 days away: until then 48 hours count instead.")


def test_a_circle_of_deputies_is_said() -> None:
    """Sensible, until both are away."""
    circle = tuple(
        replace(role, holder="dana", deputy="marcus") if role.key == "sales_manager" else role
        for role in ROLES
    )
    assert words(seen(changed(roles=circle)).remarks) == [
        "Dana and Marcus stand in for one another; with both away it goes to the chair."
    ]


def test_the_new_owner_is_asked_and_the_one_before_told() -> None:
    """The deadline was promised and stays; nobody else hears of it."""
    conflict = acknowledged(reported().conflict, northwind(), TUESDAY)
    after = changed(replace(LEADS, owner="vp_sales"), FORECAST, METRIC, HEALTH)
    outcome = reroute(conflict, by=person("jonas"), workspace=after, now=TUESDAY + HOUR)
    assert outcome is not None
    assert outcome.conflict.owner == "marcus"
    assert outcome.conflict.acknowledged_at is None
    assert outcome.conflict.deadline == conflict.deadline
    assert outcome.conflict.told == conflict.told
    assert said(outcome) == [
        ("marcus", "owner asked"),
        ("priya", "owner changed by the set-up"),
    ]
    assert outcome.wake_at is not None


def test_only_an_admin_sends_it_on_and_only_while_it_is_open() -> None:
    """What was decided meanwhile stays decided; who would get it and has it is not asked again."""
    conflict, after = reported().conflict, changed(replace(LEADS, owner="vp_sales"), FORECAST, METRIC, HEALTH)
    with pytest.raises(Refused):
        reroute(conflict, by=person("nina"), workspace=after, now=TUESDAY)
    ended = decided(conflict, northwind(), TUESDAY).conflict
    assert reroute(ended, by=person("jonas"), workspace=after, now=TUESDAY) is None
    assert reroute(conflict, by=person("jonas"), workspace=northwind(), now=TUESDAY) is None


def test_their_own_report_is_theirs_without_a_message() -> None:
    """Marcus reported it, and now decides it; when nobody else of the chain can."""
    after = changed(replace(LEADS, owner="account_owner"), FORECAST, METRIC, HEALTH)
    conflict = reported(account="Acme", account_owner="marcus", by="marcus").conflict
    outcome = reroute(conflict, by=person("jonas"), workspace=after, now=TUESDAY + HOUR)
    assert outcome is not None
    assert outcome.conflict.owner == "marcus"
    assert said(outcome) == [("priya", "owner changed by the set-up")]


def test_differences_are_none_when_nothing_changes() -> None:
    """A preview of nothing says nothing."""
    assert differences(northwind().configuration, northwind().configuration) == ()
