"""Changes of the configuration by form: who may, what is refused and where, and what two do at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.cadence import Ceremony
from council.checks import problems
from council.configuring import (
    FORM,
    Edit,
    GoBack,
    OrderTypes,
    PutCeremony,
    PutRole,
    PutRule,
    PutType,
    UseType,
    configured,
    edited,
    free_key,
)
from council.errors import Invalid, Refused
from council.matrix import RESERVED, ConflictType, PrecedenceRule
from council.roles import Role
from council.timeframes import Before, Within
from council.workspace import Configuration, Workspace
from tests.council.builders import FORECAST, HEALTH, HOUR, LEADS, METRIC, PRECEDENCE, northwind, person

ADMIN = person("jonas")


def company() -> Workspace:
    """Northwind, with an admin named."""
    found = northwind()
    return replace(found, configuration=replace(found.configuration, admins=("jonas",)))


def done(edit: Edit, workspace: Workspace | None = None, base: Configuration | None = None) -> Configuration:
    """What comes of the edit."""
    here = workspace or company()
    return configured(edit, base or here.configuration, by=ADMIN, workspace=here)


def refused(edit: Edit, workspace: Workspace | None = None) -> dict[str, str]:
    """What stands under which field."""
    with pytest.raises(Invalid) as wrong:
        done(edit, workspace)
    return {field: sentence.text.format_map(sentence.facts) for field, sentence in wrong.value.errors.items()}


def test_only_who_looks_after_it_may() -> None:
    """The chair is no admin."""
    here = company()
    with pytest.raises(Refused, match="can change the set-up"):
        configured(
            UseType(key=LEADS.key, retired=True), here.configuration, by=person("priya"), workspace=here
        )


def test_a_changed_row_keeps_its_place() -> None:
    """Only that row is another one."""
    after = done(PutType(row=replace(FORECAST, owner="coo")))
    assert [row.key for row in after.matrix] == [LEADS.key, FORECAST.key, METRIC.key, HEALTH.key]
    assert after.matrix[1].owner == "coo"
    assert after.matrix[0] == LEADS


def test_a_new_row_comes_last() -> None:
    """And what is new is new for everybody, whatever its key would be."""
    fresh = replace(LEADS, key="churn", name="Churn")
    after = done(PutType(row=fresh))
    assert after.matrix[-1] == fresh


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (replace(LEADS, name=" "), "name", "The name is empty."),
        (replace(LEADS, name="x" * 300), "name", "longer than 75 characters"),
        (replace(LEADS, name=FORECAST.name.upper()), "name", "There are two of the name"),
        (replace(LEADS, owner="nobody_knows"), "owner", "There is no role “nobody_knows”."),
        (replace(LEADS, owner="deputy"), "owner", "makes sense in a chain only"),
        (replace(LEADS, notify=("chair", "chair")), "notify", "stands here twice"),
        (replace(LEADS, sides=("one",)), "sides", "Name two sides"),
        (replace(LEADS, chain=()), "chain", "Nobody besides the owner would ever be asked"),
        (replace(LEADS, chain=("revops_lead",)), "chain", "Nobody besides the owner would ever be asked"),
        (replace(LEADS, data_owner="vp_sales"), "data_owner", "decides this kind of question already"),
        (replace(LEADS, timeframe=Before(ceremony="no")), "timeframe_before", "There is no ceremony “no”"),
        (
            replace(LEADS, timeframe=Before(ceremony="forecast_meeting", lead=timedelta(days=8))),
            "timeframe_lead",
            "before the one before",
        ),
        (
            replace(LEADS, timeframe=Within(target=3 * HOUR, limit=2 * HOUR)),
            "timeframe",
            "exchange them",
        ),
        (
            replace(LEADS, timeframe=Within(target=timedelta(), limit=timedelta())),
            "timeframe_within",
            "There must be some time.",
        ),
        (replace(LEADS, acknowledge_within=timedelta(days=91)), "acknowledge_within", "no deadline any more"),
    ],
)
def test_what_can_not_be_stands_under_its_field(row: ConflictType, field: str, words: str) -> None:
    """The same sentences as an import's, each where it can be mended."""
    found = refused(PutType(row=row))
    assert list(found) == [field]
    assert words in found[field]


def test_a_new_row_is_refused_under_its_own_fields() -> None:
    """Not under those of the row that stands above it."""
    assert list(refused(PutType(row=replace(LEADS, key="churn")))) == ["name"]


def test_what_was_wrong_before_stops_nobody() -> None:
    """A file from an earlier day may hold what is refused now; it is not this form's business."""
    here = company()
    broken = replace(here.configuration, matrix=(replace(HEALTH, owner="gone"), LEADS))
    here = replace(here, configuration=broken)
    assert done(PutType(row=replace(LEADS, owner="coo")), here).matrix[1].owner == "coo"
    assert list(refused(PutType(row=replace(LEADS, owner="gone2")), here)) == ["owner"]


def test_nothing_changed_is_said_so() -> None:
    """Nobody saves a version that is the same."""
    assert refused(PutType(row=LEADS)) == {FORM: "Nothing is changed by this."}
    assert refused(OrderTypes(keys=(LEADS.key,))) == {FORM: "Nothing is changed by this."}


def test_a_ceremony_that_a_type_hangs_on_is_checked_too() -> None:
    """What a form of one thing breaks elsewhere stands above everything."""
    weekly = company().configuration.ceremonies[0]
    assert list(refused(PutCeremony(row=replace(weekly, prompt_at=time(15))))) == ["prompt_at"]
    late = replace(FORECAST, timeframe=Before(ceremony="council_meeting", lead=timedelta(days=20)))
    here = company()
    monthly = here.configuration.ceremonies[1]
    here = replace(here, configuration=replace(here.configuration, matrix=(LEADS, late)))
    assert list(refused(PutCeremony(row=replace(monthly, every="week", day="tue")), here)) == [FORM]


def test_two_at_once_keep_what_both_changed() -> None:
    """Who saves second changes only what they changed themselves."""
    before = company()
    first = done(PutType(row=replace(LEADS, owner="coo")), before)
    meanwhile = replace(before, configuration=first, version=2)
    mine = PutType(row=replace(LEADS, acknowledge_within=2 * HOUR))
    after = done(mine, meanwhile, before.configuration)
    assert after.matrix[0].owner == "coo"
    assert after.matrix[0].acknowledge_within == 2 * HOUR


def test_two_add_the_same_and_the_second_reads_so() -> None:
    """Two rows of one name are never made."""
    before = company()
    fresh = PutType(row=replace(LEADS, key="churn", name="Churn"))
    meanwhile = replace(before, configuration=done(fresh, before), version=2)
    with pytest.raises(Invalid) as wrong:
        done(fresh, meanwhile, before.configuration)
    assert list(wrong.value.errors) == ["name"]


def test_two_of_one_key_and_different_names_are_two() -> None:
    """Keys are ours to give."""
    before = company()
    meanwhile = replace(
        before, configuration=done(PutType(row=replace(LEADS, key="churn", name="Churn!")), before), version=2
    )
    after = done(
        PutType(row=replace(LEADS, key="churn", name="Churn?")), meanwhile, before.configuration
    ).matrix
    assert [row.key for row in after[-2:]] == ["churn", "churn_2"]


def test_what_was_removed_meanwhile_is_not_put_back_silently() -> None:
    """An import took it away; the form says so."""
    before = company()
    gone = replace(before, configuration=replace(before.configuration, matrix=(HEALTH,)), version=2)
    with pytest.raises(Refused, match="removed meanwhile"):
        done(PutType(row=replace(LEADS, owner="coo")), gone, before.configuration)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Lead quality", "lead_quality"),
        ("Chair", "chair_2"),
        ("Not sure", "not_sure_2"),
        ("Zürich: leads & Co.", "zurich_leads_co"),
        ("2024 numbers", "numbers"),
        ("🔥🔥", "kind"),
        ("שלום", "kind"),
        ("x" * 300, "x" * 36),
        ("", "kind"),
    ],
)
def test_keys_come_from_names(name: str, key: str) -> None:
    """Nobody has to know what a key is."""
    assert free_key(name, []) == key


@given(st.text(max_size=120), st.sets(st.from_regex(r"kind(_[0-9])?|a", fullmatch=True)))
def test_a_key_is_always_one_the_checks_take(name: str, taken: set[str]) -> None:
    """Whatever somebody types as a name."""
    key = free_key(name, taken)
    assert key not in taken | RESERVED
    made = done(PutType(row=replace(LEADS, key=key, name="A name of its own")))
    assert made.matrix[-1].key == key


KEYS = ("lead_quality", "pipeline_forecast", "metric_contradiction", "customer_health")
NAMES = st.sampled_from(
    ["Churn", "🔥", "שלום", "<!channel>", "chair", "Lead quality disagreement", " ", "x" * 90]
)
SEATS = st.sampled_from(["revops_lead", "vp_sales", "chair", "sponsor", "account_owner", "council", "nobody"])
SPANS = st.sampled_from([timedelta(), HOUR, 48 * HOUR, timedelta(days=91)])
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 9))
EDITS: st.SearchStrategy[Any] = st.one_of(
    st.builds(UseType, key=st.sampled_from(KEYS), retired=st.booleans()),
    st.builds(OrderTypes, keys=st.permutations(KEYS).map(tuple)),
    st.builds(
        PutType,
        row=st.builds(
            ConflictType,
            key=st.sampled_from([*KEYS, "churn", "flames"]),
            name=NAMES,
            owner=SEATS,
            chain=st.lists(SEATS, max_size=3).map(tuple),
            timeframe=st.builds(Within, target=SPANS, limit=SPANS)
            | st.builds(Before, ceremony=st.sampled_from(["forecast_meeting", "no"])),
        ),
    ),
    st.builds(
        PutRole, row=st.builds(Role, key=st.sampled_from(["vp_sales", "cfo"]), name=NAMES, holder=st.none())
    ),
    st.builds(
        PutCeremony,
        row=st.builds(
            Ceremony,
            key=st.just("forecast_meeting"),
            name=NAMES,
            every=st.just("week"),
            day=st.just("mon"),
            at=st.just(time(9)),
            minutes=st.sampled_from([30, 600]),
        ),
    ),
    st.builds(
        PutRule,
        was=st.none() | st.sampled_from(PRECEDENCE),
        row=st.none()
        | st.builds(
            PrecedenceRule,
            type=st.sampled_from([*KEYS, "not_sure", "churn"]),
            stands=NAMES,
            metric=st.none() | NAMES,
            since=st.none() | DAYS,
            until=st.none() | DAYS,
        ),
    ),
)


@given(st.lists(EDITS | st.integers(0, 5), max_size=8))
def test_any_sequence_of_edits_and_steps_back_leaves_a_company_that_works(edits: list[Any]) -> None:
    """Whatever admins do one after another: what is saved has nothing against it."""
    here = company()
    versions = [here.configuration]
    for each in edits:
        edit = GoBack(version=each, to=versions[each % len(versions)]) if isinstance(each, int) else each
        try:
            after = configured(edit, here.configuration, by=ADMIN, workspace=here)
        except (Invalid, Refused):
            continue
        assert problems(after) == ()
        versions.append(after)
        here = replace(here, configuration=after, version=here.version + 1)


@given(st.permutations(KEYS))
def test_an_order_holds_what_came_meanwhile(keys: list[str]) -> None:
    """A type that was added while somebody sorted stands at the end."""
    here = company().configuration
    grown = replace(here, matrix=(replace(LEADS, key="churn", name="Churn"), *here.matrix))
    after = edited(OrderTypes(keys=tuple(keys)), here, grown)
    assert [row.key for row in after.matrix] == [*keys, "churn"]
