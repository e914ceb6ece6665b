"""What Details draw: the whole story within Slack's limits, and no name that was kept off the card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from council.conflict import Conflict, Event
from council.sentence import Who, say
from handlers.conflicts.details import details_modal
from handlers.conflicts.rows import address, packed
from handlers.conflicts.seeing import Story
from handlers.conflicts.unnamed import hides
from handlers.conflicts.unnamed import told as told_to_others
from sandbox.blocks import check_view, view_too_large
from tests.council.builders import FORECAST, TUESDAY, northwind, reported
from tests.handlers.stories import HOSTILE, company, facts_of, largest, told


def drawn(story: Story, reader: str = "kim") -> str:
    """The window as it is sent."""
    return str(details_modal(story, reader, northwind(), TUESDAY).to_dict())


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_longest_story_is_one_slack_takes(said: str) -> None:
    """Every text as long as can be, every part as many as are kept."""
    view = details_modal(told(largest(said), said), "kim", company(), TUESDAY).to_dict()
    assert not check_view(view)
    assert not view_too_large(view)
    assert len(str(view).encode("unicode_escape")) < 250_000
    assert "more before these" in str(view)


def test_it_says_how_much_came_before() -> None:
    """Of a hundred and one rows the newest forty are shown: *and 61 more before these*."""
    story = told(reported().conflict, "why")
    window = drawn(story)
    assert "and 61 more before these" in window
    assert "handed it over 59" in window
    assert "handed it over 19:" not in window
    assert "and 385 more before these" in window
    assert "and 41 more before these" in drawn(replace(story, replies_in_all=61))
    assert "and 75 more_" in window


def test_a_story_without_anything_added_has_no_empty_parts() -> None:
    """No heading stands alone."""
    window = drawn(Story(conflict=reported().conflict))
    for heading in ("*Context*", "*What happened*", "*Replies in the thread*"):
        assert heading not in window


def test_the_route_says_why_of_every_part() -> None:
    """Owner, deadline, who was told, who is next, and the number of record, each with its because."""
    window = drawn(Story(conflict=reported(type=FORECAST).conflict))
    assert "because VP Sales decides" in window
    assert "To be acknowledged by" in window
    assert "Told: Priya (RevOps lead), because Pipeline forecast discrepancy concerns RevOps lead" in window
    assert "Asked next when there is no answer: the deputy" in window
    assert "Until then use *Rep roll-up in the CRM* (Sales), because theirs" in window


def test_an_earlier_owner_and_an_earlier_deadline_stay_visible() -> None:
    """What changed since is said beside what it was at first."""
    conflict = reported().conflict
    later = replace(conflict.deadline, limit=conflict.deadline.limit.replace(year=2027))
    window = drawn(Story(conflict=replace(conflict, owner="dana", role="deputy", deadline=later)))
    assert "Since then it went to *Dana* (deputy)" in window
    assert "At first by" in window


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://wiki.example/a?b=1&c=2", "<https://wiki.example/a?b=1&amp;c=2|Link>"),
        ("see <!channel>", "see &lt;!channel&gt;"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://a.example|x> <!here>", "https://a.example|x&gt; &lt;!here&gt;"),
    ],
)
def test_only_an_address_becomes_a_link(link: str, shown: str) -> None:
    """Anything else that was typed as a link is shown as the words it is."""
    assert address(link, "Link") == shown


def test_rows_are_never_cut() -> None:
    """Each row stands whole in one of the sections."""
    rows = [f"row {n} " + "x" * 900 for n in range(10)]
    sections = packed("*Rows*", rows)
    assert all(len(section.to_dict()["text"]["text"]) <= 3000 for section in sections)
    assert "\n".join(section.to_dict()["text"]["text"] for section in sections).split("\n") == [
        "*Rows*",
        *rows,
    ]


UNNAMED = facts_of(reported(type=FORECAST, by="nina").conflict, unnamed=True)


@pytest.mark.parametrize(
    ("reader", "learns"),
    [("nina", True), ("marcus", True), ("priya", True), ("tomas", True), ("dana", False), ("kim", False)],
)
def test_who_learns_who_reported_it(reader: str, learns: bool) -> None:
    """The reporter themselves, the owner, and the chair; nobody else."""
    assert hides(UNNAMED, reader, northwind()) is not learns


@pytest.mark.parametrize(
    "event",
    [
        Event(kind="reported", at=TUESDAY, by="nina", words=say("Reported as x")),
        Event(kind="withdrawn", at=TUESDAY, by="nina", words=say("{who} withdrew it", who=Who("nina"))),
        Event(kind="joined", at=TUESDAY, by="nina", words=say("{who} joined", who=Who("nina"))),
        Event(kind="something new", at=TUESDAY, by="nina", words=say("{who} did it", who=Who("nina"))),
        Event(kind="asked", at=TUESDAY, by=None, words=say("{who} was asked", who=Who("nina"))),
    ],
)
def test_no_row_of_the_story_names_an_unnamed_reporter(event: Event) -> None:
    """Whatever the reporter does is told without their name."""
    assert "Nina" in drawn(Story(conflict=UNNAMED, events=(event,)), "nina")
    assert "Nina" not in drawn(Story(conflict=UNNAMED, events=(event,)), "kim")


def test_a_reporter_who_also_decides_is_named_as_the_one_who_decides() -> None:
    """The card names its owner; that they reported it too is not told."""
    own: Conflict = replace(UNNAMED, owner="nina", asked="nina")
    once = Event(kind="acknowledged", at=TUESDAY, by="nina", words=say("Acknowledged at once"))
    assert told_to_others(once, own).words == say("{who} is on it", who=Who("nina"))
    asked = Event(kind="routed", at=TUESDAY, by=None, words=say("{owner} is asked", owner=Who("nina")))
    assert told_to_others(asked, own) == asked
    reporting = Event(kind="reported", at=TUESDAY, by="nina", words=say("Reported as x"))
    assert told_to_others(reporting, own).by is None


def test_a_stand_in_who_was_passed_over_for_reporting_it_is_not_told() -> None:
    """*Nina reported it* is a reason of the route, and is kept like her name."""
    passed = (say("{who} is away", who=Who("marcus")), say("{who} reported it", who=Who("nina")))
    conflict = replace(UNNAMED, route=replace(UNNAMED.route, substitutions=passed))
    assert "Nina reported it" in drawn(Story(conflict=conflict), "priya")
    assert "reported it" not in drawn(Story(conflict=conflict), "kim")
    assert "Marcus is away" in drawn(Story(conflict=conflict), "kim")
