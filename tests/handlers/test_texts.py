"""Words in a sandbox: they can show, choose and repeat, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from structlog.testing import capture_logs

from handlers.texts import MOST_TEMPLATE, MOST_TEXT, Mrkdwn, Texts, capped

TEXTS = Texts()
SHIPPED = sorted((Path(__file__).parents[2] / "handlers" / "texts").glob("*.j2"))


def written(source: str, **facts: Any) -> str:
    """A text that somebody reworded, with these facts."""
    return capped(TEXTS.from_string(source), facts)


def test_fields_choices_and_loops_are_enough() -> None:
    """What a text needs."""
    source = "{% for each in names %}{{ each.name | upper }}{{ ', ' if not loop.last else '.' }}{% endfor %}"
    assert written(source, names=[{"name": "ana"}, {"name": "bo"}]) == "ANA, BO."


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a' * 200000000 }}",
        "{{ '%100000000d' % 1 }}",
        "{{ 2 ** 100000000 }}",
        "{{ 'a' | center(100000000) }}",
        "{{ 'a' ~ 'b' }}",
        "{% set x = 'aaaaaaaa' %}{{ x }}",
        "{% set ns = 1 %}",
        "{{ range(100) }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ name.upper() }}",
        "{{ name.format('x') }}",
        "{{ name | attr('upper') }}",
        "{{ name | map('upper') | list }}",
        "{% macro m() %}x{% endmacro %}{{ m() }}",
        "{% include 'decided.j2' %}",
        "{% extends 'decided.j2' %}",
        "{% import 'decided.j2' as d %}",
        "{% call name() %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{{ cycler }}",
        "{{ self }}",
        "{{ nobody }}",
        "{% for a in many recursive %}{% endfor %}",
        "{% for a in many %}{% for b in many %}{% for c in many %}{% endfor %}{% endfor %}{% endfor %}",
        "x" * (MOST_TEMPLATE + 1),
    ],
)
def test_everything_else_is_refused(source: str) -> None:
    """No arithmetic, no calls, no assignment, no other texts, nothing unknown, nothing endless."""
    with pytest.raises((TemplateSyntaxError, SecurityError, UndefinedError)):
        written(source, name="ana", many=[1, 2])


def test_a_refusal_names_its_line_and_its_reason() -> None:
    """So that an admin finds it."""
    with pytest.raises(TemplateSyntaxError) as refused:
        written("fine\nfine\n{% set x = 1 %}")
    assert (refused.value.lineno, refused.value.message) == (3, "Assign is not possible in a text")


def test_rendering_ends_where_the_text_is_long_enough() -> None:
    """A loop over much is cut while it is written, not afterwards."""
    seen: list[int] = []

    def counted() -> Any:
        for number in range(1_000_000):
            seen.append(number)
            yield "x" * 100

    text = written("{% for each in many %}{{ each }}{% endfor %}", many=counted())
    assert len(text) == MOST_TEXT
    assert len(seen) < 100


def test_what_people_typed_is_shown_and_never_run() -> None:
    """Templates, markup and pings in a value are just characters."""
    assert written("{{ name }}", name="{{ 7*7 }} <!channel> & <@U1>") == (
        "{{ 7*7 }} &lt;!channel&gt; &amp; &lt;@U1&gt;"
    )


def test_our_own_markup_loses_its_mark_when_it_is_joined_or_filtered() -> None:
    """So a mistake shows escaped text, never somebody's markup."""
    link = Mrkdwn("<https://x|y>")
    assert written("{{ link }}", link=link) == "<https://x|y>"
    assert written("{{ link | upper }}", link=link) == "&lt;HTTPS://X|Y&gt;"
    assert written("{{ links | join }}", links=[link, "&"]) == "&lt;https://x|y&gt;&amp;"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_text_is_possible(path: Path) -> None:
    """They obey the rules they set."""
    assert TEXTS.get_template(path.name).name == path.name
    assert len(path.read_text()) <= MOST_TEMPLATE


def test_a_reworded_text_is_said_instead_of_the_shipped_one() -> None:
    """With the same facts, and escaped as always."""
    assert TEXTS.worded("can_do", "Ask me about {{ words }}!", {"words": "<b>"}) == "Ask me about &lt;b&gt;!"


@pytest.mark.parametrize(
    ("own", "line"),
    [
        ("{{ nobody }}", "nobody"),
        ("fine\n{% if %}", "line 2"),
        ("{{ words.upper() }}", "line 1"),
        ("{% if false %}x{% endif %}", "nothing"),
    ],
)
def test_a_broken_rewording_never_stops_a_message(own: str, line: str) -> None:
    """It is refused beforehand with its line and reason; should one break later, the shipped text is said."""
    facts = {"installer": Mrkdwn("Pavel"), "yours": False, "words": "x"}
    assert line in TEXTS.mistake(own, facts)
    with capture_logs() as logs:
        assert TEXTS.worded("first_time", own, facts) == TEXTS.write("first_time", facts)
    assert len(logs) == ("nothing" not in line)
