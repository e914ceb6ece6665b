"""The list of what a strict stand-in must refuse, held against the tests that prove it."""

from __future__ import annotations

import re
from types import ModuleType

from tests.sandbox import test_delivery, test_refused_calls, test_refused_more, test_refused_views

ROWS = range(1, 28)
MODULES = (test_delivery, test_refused_calls, test_refused_more, test_refused_views)
_NUMBERS = re.compile(r"(?P<first>\d+)(?: and (?P<second>\d+))?:")


def rows_of(module: ModuleType) -> set[int]:
    """The rows that the docstrings of a module's tests begin with."""
    docs = [value.__doc__ or "" for name, value in vars(module).items() if name.startswith("test_")]
    found = [match for match in map(_NUMBERS.match, docs) if match]
    return {int(number) for match in found for number in match.groups() if number}


def test_every_refusal_on_the_list_has_a_test() -> None:
    """Rows 1 to 27, each named by at least one test."""
    assert set().union(*map(rows_of, MODULES)) == set(ROWS)
