"""From a modal's state to a form, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers import forms, kit
from handlers.forms import Form


class Example(Form):
    """One field of every kind."""

    words: str = ""
    at: datetime | None = None
    on: date | None = None
    who: str | None = None
    one: str = ""
    some: tuple[str, ...] = ()


def view(**state: dict[str, Any]) -> dict[str, Any]:
    """A modal with this state."""
    return {"state": {"values": {block: {"field": held} for block, held in state.items()}}}


def option(value: str) -> dict[str, Any]:
    """A chosen option; its text comes back escaped, so only the value counts."""
    return {"text": {"type": "plain_text", "text": "R&amp;D"}, "value": value}


def test_every_kind_of_input_is_read() -> None:
    """Text, instants as aware UTC, days, people, one choice, several."""
    read = forms.read(
        Example,
        view(
            words={"type": "plain_text_input", "value": "  4.2 M€ "},
            at={"type": "datetimepicker", "selected_date_time": 1795089600},
            on={"type": "datepicker", "selected_date": "2026-11-19"},
            who={"type": "users_select", "selected_user": "U0VERA"},
            one={"type": "static_select", "selected_option": option("a")},
            some={"type": "checkboxes", "selected_options": [option("b"), option("c")]},
        ),
    )
    assert read.words == "4.2 M€"
    assert read.at == datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
    assert (read.on, read.who, read.one, read.some) == (date(2026, 11, 19), "U0VERA", "a", ("b", "c"))


def test_what_was_left_empty_is_absent() -> None:
    """Slack sends null or an empty list; the form keeps its defaults."""
    empty = view(
        words={"type": "plain_text_input", "value": None},
        one={"type": "static_select", "selected_option": None},
        some={"type": "checkboxes", "selected_options": []},
    )
    assert forms.read(Example, empty) == Example()


def test_a_field_shown_anew_under_a_number_is_the_same_field() -> None:
    """Slack keeps what an input holds while its id stays, so a new prefill needs a new id."""
    assert forms.read(Example, view(words_3={"type": "plain_text_input", "value": "new"})).words == "new"


@pytest.mark.parametrize("typed", ["a\0b", "a\ud800b"])
def test_characters_no_database_takes_are_left_out(typed: str) -> None:
    """NUL, and half a surrogate pair."""
    assert forms.read(Example, view(words={"type": "plain_text_input", "value": typed})).words == "ab"


def test_R19_a_list_longer_than_slack_shows_goes_into_groups() -> None:
    """A hundred options are one list, a hundred and one are two groups, and the choice is still found."""
    options = [kit.option(f"Kind {n}", f"kind_{n}") for n in range(101)]
    short = forms.select(options[:100], "kind_99").to_dict()
    long = forms.select(options, "kind_100").to_dict()
    assert len(short["options"]) == 100
    assert [len(group["options"]) for group in long["option_groups"]] == [100, 1]
    assert "options" not in long
    assert long["initial_option"]["value"] == "kind_100"


def test_an_input_opens_with_no_more_than_it_takes() -> None:
    """A prefill longer than the limit would be refused by Slack."""
    shown = forms.line("x" * 400, most=300).to_dict()
    assert (len(shown["initial_value"]), shown["max_length"]) == (300, 300)
