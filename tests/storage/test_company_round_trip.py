"""What was written reads the same again, whatever people put into it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from council.configuring import configured
from council.errors import TiebreakError
from council.people import Person
from council.workspace import Configuration, Workspace
from storage.company.building import build
from storage.company.reading import read
from storage.company.writing import Names, write
from tests.council.configurations import CONFIGURATIONS
from tests.council.test_configuring import EDITS
from tests.stories.company import juniper

LARKSPUR = Path(__file__).parents[1] / "larkspur.yaml"


class Everybody(dict[str, str]):
    """A name for everyone, with all that could break a comment."""

    def get(self, key: str, default: object = None) -> str:
        return f"{key}: #1\n- 'x' \"\u2028*&"


def again(text: str) -> Configuration:
    found = read(text.encode())
    assert found.mistakes == ()
    assert found.rows is not None
    return build(found.rows, people={}, channels={})


@given(CONFIGURATIONS)
@settings(max_examples=60, deadline=None)
def test_what_was_written_reads_the_same(configuration: Configuration) -> None:
    """Export, import, export: the same configuration and the same text, with and without names."""
    text = write(configuration)
    assert again(text) == configuration
    assert write(again(text)) == text
    named = write(configuration, Names(Everybody(), Everybody()))
    assert again(named) == configuration


def test_names_stand_beside_ids() -> None:
    """Whoever reads an export sees who a user id is."""
    found = read(LARKSPUR.read_bytes())
    assert found.rows is not None
    people = {"runa@larkspur.example": "U0RUNA", "bela@larkspur.example": "U0BELA"}
    company = build(found.rows, people=people, channels={"signals": "C0SIGNALS"})
    text = write(company, Names({"U0RUNA": "Runa Dahl"}, {"C0SIGNALS": "signals"}))
    assert "holder: U0RUNA # Runa Dahl\n" in text
    assert "- U0RUNA # Runa Dahl\n" in text
    assert "council: C0SIGNALS # signals\n" in text


@given(st.lists(EDITS, max_size=6))
@settings(max_examples=60, deadline=None)
def test_what_was_changed_by_form_reads_the_same(edits: list[Any]) -> None:
    """Whatever admins saved in Slack: its file is the same company, and refused by nothing."""
    pavel = Person(id="U0PAVEL", name="Pavel")
    here = Workspace(team="T1", configuration=juniper(), people={pavel.id: pavel})
    for edit in edits:
        try:
            after = configured(edit, here.configuration, by=pavel, workspace=here)
        except TiebreakError:
            continue
        here = replace(here, configuration=after)
    text = write(here.configuration)
    assert again(text) == here.configuration
    assert write(again(text)) == text
