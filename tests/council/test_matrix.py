"""Which source stands while nobody has decided, and what the form offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from council.errors import Unknown
from council.matrix import NOT_SURE, PrecedenceRule, number_of_record
from council.words import content_words, share_enough
from tests.council.builders import FORECAST, HEALTH, LEADS, METRIC, northwind

TODAY = date(2025, 11, 18)
PLAIN = PrecedenceRule(type="metric", stands="Ops report")
ARR = PrecedenceRule(type="metric", metric="ARR", stands="Finance ledger")
ARR_EMEA = PrecedenceRule(type="metric", metric="ARR", segment="EMEA", stands="Regional ledger")
NEWER = replace(ARR, stands="Billing", since=date(2025, 6, 1))
OVER = replace(ARR_EMEA, until=date(2025, 11, 17))
COMING = replace(ARR_EMEA, since=date(2025, 11, 19))


@pytest.mark.parametrize(
    ("rules", "said", "stands"),
    [
        pytest.param([], "ARR", None, id="nothing is agreed"),
        pytest.param([PLAIN, ARR], "churn in APAC", "Ops report", id="the rule without words fits all"),
        pytest.param([PLAIN, ARR], "Which arr do we show?", "Finance ledger", id="the narrowest wins"),
        pytest.param([ARR_EMEA, ARR, PLAIN], "ARR in EMEA", "Regional ledger", id="two words are narrower"),
        pytest.param([ARR, NEWER], "ARR", "Billing", id="among equals the newest"),
        pytest.param([ARR, replace(ARR, stands="CRM")], "ARR", "Finance ledger", id="then the first written"),
        pytest.param([ARR, OVER], "ARR in EMEA", "Finance ledger", id="until yesterday"),
        pytest.param([ARR, COMING], "ARR in EMEA", "Finance ledger", id="from tomorrow on"),
        pytest.param([replace(ARR, type="leads")], "ARR", None, id="another type"),
        pytest.param([replace(ARR, metric="Zürich ARR")], "arr zurich", "Finance ledger", id="accents"),
    ],
)
def test_the_narrowest_rule_in_force_names_the_number_of_record(
    rules: list[PrecedenceRule], said: str, stands: str | None
) -> None:
    """Type, metric, segment and account words narrow a rule down; days count from since to until."""
    found = number_of_record(rules, "metric", said, TODAY)
    assert (found.stands if found else None) == stands


def test_not_sure_is_offered_last_and_retired_types_are_not() -> None:
    """Nobody has to know the matrix to report."""
    company = northwind(types=(LEADS, replace(FORECAST, retired=True), HEALTH))
    assert [row.key for row in company.configuration.offered] == [LEADS.key, HEALTH.key, NOT_SURE]
    assert company.configuration.conflict_type(FORECAST.key).retired
    assert company.configuration.conflict_type(NOT_SURE).owner == "chair"


def test_a_type_that_is_not_in_the_matrix_is_said_so() -> None:
    """Please choose another."""
    with pytest.raises(Unknown, match="choose another"):
        northwind().configuration.conflict_type("gone")


def test_a_row_may_name_both_owners() -> None:
    """Of the data and of the business question; handing over passes it to the other."""
    assert LEADS.other_owner == ("business", "vp_sales")
    assert FORECAST.other_owner == ("data", "revops_lead")
    assert METRIC.other_owner is None


def test_only_some_types_ask_whose_account_it_is() -> None:
    """The form asks for the account owner when somebody has to be told as such."""
    assert (HEALTH.asks_account_owner, LEADS.asks_account_owner) == (True, False)
    assert replace(LEADS, chain=("account_owner",)).asks_account_owner


def test_words_are_compared_without_case_accents_and_stop_words() -> None:
    """*The number for Zürich* and *zurich NUMBER* say the same."""
    assert content_words("The number for Zürich") == content_words("zurich NUMBER") == {"number", "zurich"}


@pytest.mark.parametrize(
    ("one", "other", "enough"),
    [
        pytest.param("Q4 pipeline EMEA", "EMEA pipeline for Q4", True, id="all of them"),
        pytest.param("Q4 pipeline EMEA APAC", "Q4 pipeline", True, id="two, and all of the shorter"),
        pytest.param("Q4 pipeline EMEA deals won", "Q4 pipeline churn leads", True, id="half of the shorter"),
        pytest.param(
            "Q4 pipeline EMEA deals won", "Q4 pipeline churn leads lost", False, id="less than half"
        ),
        pytest.param("pipeline", "pipeline", False, id="one word is not enough"),
        pytest.param("the pipeline of it", "is the pipeline", False, id="stop words do not count"),
        pytest.param("", "", False, id="nothing"),
    ],
)
def test_two_common_words_and_half_of_the_shorter_are_enough(one: str, other: str, enough: bool) -> None:
    """Common subject words: at least two, and half of the shorter subject's."""
    assert share_enough(one, other) is enough
    assert share_enough(other, one) is enough
