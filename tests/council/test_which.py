"""*Which number stands?*: what was decided, else what is agreed, what is open, what held before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.conflict import Conflict, Ruling, Signal, State
from council.matrix import ConflictType, PrecedenceRule
from council.visibility import may_see
from council.which import Answer, answer, named, question_of, questions
from council.workspace import Configuration
from tests.council.builders import FORECAST, LEADS, RULING, TUESDAY, decided, northwind, reported

COMPANY = northwind()
TODAY = date(2025, 11, 18)
LATER = TODAY + timedelta(days=400)
WITHOUT_RULES = replace(COMPANY.configuration, precedence=())


def opened(number: int, subject: str, type: ConflictType = FORECAST, **facts: Any) -> Conflict:
    """An open conflict of that number."""
    made = reported(COMPANY, type, subject=subject, **facts).conflict
    return replace(made, id=f"c{number}", number=number)


def held(
    number: int, subject: str, type: ConflictType = FORECAST, *, by: Ruling = RULING, **facts: Any
) -> Conflict:
    """The same once it is decided."""
    return decided(opened(number, subject, type, **facts), COMPANY, TUESDAY, by).conflict


def told(
    text: str, *known: Conflict, today: date = TODAY, who: str = "kim", about: str | None = None
) -> Answer:
    """The answer for somebody, with the company's own rules."""
    return asked_of(text, known, COMPANY.configuration, today=today, who=who, about=about)


def asked_of(
    text: str,
    known: Iterable[Conflict],
    configuration: Configuration,
    *,
    today: date = TODAY,
    who: str = "kim",
    about: str | None = None,
) -> Answer:
    return answer(
        question_of(text), known, configuration, today, may_see=lambda each: may_see(who, each), about=about
    )


def numbers(conflicts: Iterable[Conflict]) -> list[int]:
    return [conflict.number for conflict in conflicts]


def decisions(found: Answer) -> list[int]:
    return numbers(each.conflict for each in found.decided)


EMEA = held(4, "Q4 pipeline for EMEA")


@pytest.mark.parametrize(
    "text",
    [
        "Q4 pipeline for EMEA",
        "emea PIPELINE",
        "which number stands for the EMEA pipeline today?",
        "emea pipel",
        "pipeline forecast emea",
        "Clari",
    ],
)
def test_a_decision_answers_whatever_it_is_named_by(text: str) -> None:
    """Its subject, kind and sources, in any order; words of the question itself don't count."""
    [found] = told(text, EMEA).decided
    assert found.conflict == EMEA
    assert found.value == "3.1 M€"
    assert found.signal == Signal(source="Rep roll-up", says="3.1 M€")


@pytest.mark.parametrize("text", ["pipeline for APAC", "churn", "renewals", "4.2", "number", ""])
def test_a_word_it_is_not_named_by_is_another_question(text: str) -> None:
    """One region's number is not another's, and a word in its reason does not make it the answer."""
    assert not told(text, EMEA).decided


def test_what_is_named_without_a_number_is_what_the_signal_says() -> None:
    """Without a number to use: what the chosen source says; when no single one stands, no number at all."""
    plain = replace(RULING, number="")
    for stands, value in (("one", "3.1 M€"), ("neither", ""), ("both", "")):
        ruling = replace(plain, stands=stands)  # type: ignore[arg-type]
        [found] = told("EMEA", held(4, "Q4 pipeline for EMEA", by=ruling)).decided
        assert found.value == value


def test_of_several_the_three_best_are_named_and_the_others_counted() -> None:
    """Asked for by the subject first, then the most exactly, then the newest."""
    known = [held(n, f"Q{n} pipeline for EMEA") for n in range(1, 6)]
    long = held(9, "Pipeline for EMEA by segment, region, rep and product")
    by_source = held(10, "Churn", signals=(Signal(source="EMEA pipeline", says="1"), *EMEA.facts.signals[1:]))
    found = told("EMEA pipeline", by_source, *known, long)
    assert (decisions(found), found.others) == ([5, 4, 3], 4)


def test_what_is_named_so_only_by_its_kind_or_source_is_not_said_beside_what_is_about_it() -> None:
    """It is counted; and it is the answer when nothing is about it."""
    by_kind = held(9, "Churn for EMEA")
    found = told("EMEA pipeline", EMEA, by_kind)
    assert (decisions(found), found.others) == ([4], 1)
    assert decisions(told("EMEA pipeline", by_kind)) == [9]


def test_who_names_the_whole_subject_gets_that_one() -> None:
    """*Pipeline*, when there is one about the pipeline and nothing else."""
    found = told("pipeline", held(1, "Pipeline"), EMEA)
    assert (decisions(found), found.others) == ([1], 1)


def test_of_two_about_the_same_thing_the_newer_stands() -> None:
    """The same kind, account and words, decided again."""
    again = held(7, "EMEA: pipeline for Q4")
    assert decisions(told("EMEA", EMEA, again)) == [7]
    assert decisions(told("EMEA", EMEA, held(7, "Q4 pipeline for EMEA", account="Acme"))) == [4, 7]


@pytest.mark.parametrize(
    ("text", "subject", "more", "contested"),
    [
        ("EMEA pipeline", "EMEA pipeline again too high", {}, True),
        ("EMEA pipeline", "Q4 pipeline for APAC", {}, False),
        ("EMEA pipeline", "Leads in EMEA", {}, False),
        ("EMEA pipeline", "Q4 pipeline for EMEA", {"type": LEADS}, False),
        ("Acme", "Something else", {"account": "acme "}, True),
        ("EMEA Acme", "Q4 pipeline for EMEA", {"account": "Umbra"}, False),
    ],
)
def test_an_open_conflict_contests_it(text: str, subject: str, more: dict[str, Any], contested: bool) -> None:
    """The same kind, and the same account or enough words; not what is about something else."""
    over = held(4, "Q4 pipeline for EMEA", account="Acme" if "Acme" in text else "")
    questioning = opened(31, subject, **more)
    [found] = told(text, over, questioning).decided
    assert (found.contested == questioning) is contested


def test_the_newest_of_those_that_question_it_is_named() -> None:
    """One is enough; and what has ended questions nothing."""
    older, newer = opened(30, "Q4 pipeline for EMEA"), opened(31, "Q4 pipeline for EMEA")
    over = replace(opened(32, "Q4 pipeline for EMEA"), state=State.WITHDRAWN)
    [found] = told("EMEA", older, newer, over, EMEA).decided
    assert found.contested == newer
    assert not questions(over, EMEA)


def test_what_was_decided_until_yesterday_is_said_to_be_over() -> None:
    """It holds through its last day; then nothing is agreed any more, and until when it held is known."""
    ruling = replace(RULING, holds_until=TODAY)
    older, over = held(3, "Pipeline for EMEA", by=ruling), held(4, "Q4 pipeline for EMEA", by=ruling)
    assert decisions(told("EMEA", over)) == [4]
    found = told("EMEA", older, over, today=TODAY + timedelta(days=1))
    assert (found.decided, found.lapsed) == ((), over)


def test_until_it_is_decided_the_open_conflict_is_the_answer() -> None:
    """Who decides it by when is known; what is open somewhere else is not."""
    here, there = opened(31, "Churn in APAC"), opened(32, "Churn in EMEA")
    found = told("churn in APAC", here, there)
    assert (found.decided, found.undecided) == ((), (here,))


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("pipeline EMEA", ["Rep roll-up in the CRM"]),
        ("metric", ["Ops report"]),
        ("ARR metric", ["Finance ledger"]),
        ("ARR", ["Finance ledger"]),
        ("ops report", ["Ops report"]),
        ("churn in APAC", []),
        ("conflict", []),
    ],
)
def test_until_then_the_agreed_source_stands(text: str, sources: list[str]) -> None:
    """The narrowest rule of each kind that is asked for, by its scope, its source or its kind's name."""
    assert [each.rule.stands for each in told(text).agreed] == sources


def test_rules_count_while_they_are_in_force_and_nothing_is_decided() -> None:
    """Not before, not after, not of a retired kind, and not beside a decision."""
    rule = PrecedenceRule(type="pipeline_forecast", stands="CRM", since=TODAY, until=TODAY)
    company = replace(COMPANY.configuration, precedence=(rule,))
    day = timedelta(days=1)
    for today, count in ((TODAY - day, 0), (TODAY, 1), (TODAY + day, 0)):
        assert len(asked_of("pipeline", (), company, today=today).agreed) == count
    retired = replace(company, matrix=(replace(FORECAST, retired=True),))
    assert not asked_of("pipeline", (), retired).agreed
    assert not told("pipeline", EMEA).agreed


def test_a_rule_leads_to_the_decision_it_came_from() -> None:
    """When who asks may see it."""
    rule = PrecedenceRule(type="pipeline_forecast", stands="CRM", decision=4)
    company = replace(COMPANY.configuration, precedence=(rule,))
    made, hidden = held(4, "Leads", LEADS), held(4, "Leads", LEADS, confidential=True)
    for known, decision in (((made,), made), ((hidden,), None), ((), None)):
        [agreed] = asked_of("pipeline", known, company).agreed
        assert agreed.decision == decision


def test_what_only_resembles_it_is_offered_as_close_never_as_the_answer() -> None:
    """Two words and half of what was asked; less is nothing."""
    found = told("Q4 pipeline for APAC", EMEA, held(5, "Churn for LATAM"))
    assert found.decided == ()
    assert numbers(each.conflict for each in found.close) == [4]


def test_pressed_on_a_card_that_card_is_meant() -> None:
    """Also when it has no words, like 🔥; a newer decision about the same thing stands in its place."""
    odd, other = held(4, "🔥 🔥"), held(5, "🎉")
    assert decisions(told("🔥 🔥", odd, other, about="c4")) == [4]
    assert decisions(told("🔥 🔥", odd, other)) == []
    assert decisions(told("pipeline forecast", odd, other)) == [5, 4]
    assert decisions(told("Q4 pipeline for EMEA", EMEA, held(7, "EMEA pipeline, Q4"), about="c4")) == [7]


def test_what_would_be_named_is_known_before_it_is_contested() -> None:
    """So that what questions it can be looked for."""
    known = [held(n, f"Q{n} pipeline") for n in range(1, 6)]
    assert numbers(named(question_of("pipeline"), known, TODAY)) == decisions(told("pipeline", *known))


TEXTS = st.sampled_from(
    ["Q4 pipeline for EMEA", "EMEA churn", "pipeline", "churn in APAC", "Acme leads", "🔥"]
)
VALUES = st.sampled_from(["3.1 M€", "4.2 M€", "", "17 %", "eighty"])
RULINGS = st.builds(
    Ruling,
    stands=st.sampled_from(["one", "neither", "both"]),
    source=st.sampled_from(["Clari AI", "Rep roll-up"]),
    number=VALUES,
    decision=st.sampled_from(["Present it.", "Use 99 M€"]),
    why=st.just("Because 55 %."),
    by=st.just("marcus"),
    role=st.just(""),
    at=st.just(TUESDAY),
    holds_until=st.sampled_from([None, TODAY - timedelta(days=1), TODAY, LATER]),
)


@st.composite
def conflicts(draw: st.DrawFn) -> Conflict:
    says = (Signal(source="Clari AI", says=draw(VALUES)), Signal(source="Rep roll-up", says=draw(VALUES)))
    number = draw(st.integers(1, 99))
    type = draw(st.sampled_from([FORECAST, LEADS]))
    confidential = draw(st.booleans())
    made = opened(number, draw(TEXTS), type)
    made = replace(made, facts=replace(made.facts, signals=says, confidential=confidential))
    state = draw(st.sampled_from([State.OPEN, State.ACKNOWLEDGED, State.DECIDED, State.WITHDRAWN]))
    ruling = draw(RULINGS) if state is State.DECIDED else None
    return replace(made, id=f"c{number}", state=state, ruling=ruling)


@given(st.lists(conflicts(), max_size=8), TEXTS, st.sampled_from(["kim", "nina", "marcus"]))
def test_it_names_no_number_that_nobody_reported_and_nothing_hidden(
    known: list[Conflict], text: str, who: str
) -> None:
    """Whatever there is: values are those of the report or the decision, of what holds and may be seen."""
    found = told(text, *known, who=who, about=known[0].id if known else None)
    for each in (*found.decided, *found.close):
        ruling, said = each.conflict.ruling, {signal.says for signal in each.conflict.facts.signals}
        assert ruling is not None
        assert each.value in {ruling.number, *said, ""}
        assert ruling.holds_until is None or ruling.holds_until >= TODAY
        assert each.conflict.state is State.DECIDED
    contested = (each.contested for each in found.decided if each.contested)
    shown = [each.conflict for each in (*found.decided, *found.close)]
    shown += [*contested, *found.undecided, *((found.lapsed,) if found.lapsed else ())]
    shown += [each.decision for each in found.agreed if each.decision]
    for conflict in shown:
        assert conflict in known
        assert may_see(who, conflict)
    assert not (found.decided and (found.agreed or found.undecided or found.lapsed or found.close))


@given(st.lists(conflicts(), max_size=8), TEXTS)
def test_without_rules_nothing_said_means_nothing_known(known: list[Conflict], text: str) -> None:
    """*Nothing is agreed* is the answer only when no decision in force has all of the words."""
    found = asked_of(text, known, WITHOUT_RULES, who="marcus")
    if not found.decided:
        assert named(question_of(text), (each for each in known if may_see("marcus", each)), TODAY) == ()
