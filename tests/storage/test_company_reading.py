"""A company's file is read as it was meant, or every mistake is named by its line."""

from __future__ import annotations

import time as clock
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council.timeframes import AtNext, Before, Within
from council.workspace import Configuration
from storage.company.building import build
from storage.company.reading import read
from storage.company.tree import LARGEST_FILE

LARKSPUR = Path(__file__).parents[1] / "larkspur.yaml"
HEAD = "version: 1\nworkspace: {time_zone: UTC}\n"
CALL = HEAD + "ceremonies:\n  - key: call\n    name: Call\n    every: week\n    day: thu\n    at: 13:00\n"
MINUTES = "ceremonies.call.minutes"
HOUR = timedelta(hours=1)


def larkspur() -> Configuration:
    found = read(LARKSPUR.read_bytes())
    assert found.mistakes == ()
    assert found.rows is not None
    people = {"runa@larkspur.example": "U0RUNA", "bela@larkspur.example": "U0BELA"}
    return build(found.rows, people=people, channels={"signals": "C0SIGNALS", "signal-log": "C0LOG"})


def reasons(text: str) -> list[str]:
    return [f"{found.line} {found.where}: {found.reason}" for found in read(text.encode()).mistakes]


def test_no_is_norway() -> None:
    """YAML 1.2: NO is a country and a source, not a refusal."""
    company = larkspur()
    assert company.hours.holidays.country == "NO"
    assert company.precedence[1].stands == "NO"


def test_times_need_no_quotes() -> None:
    """08:30, "16:30" and 9:00 are times of day."""
    company = larkspur()
    assert (company.hours.opens, company.hours.closes) == (time(8, 30), time(16, 30))
    assert [ceremony.at for ceremony in company.ceremonies] == [time(9), time(13), time(10), time(10)]
    assert company.ceremonies[2].prompt_at == time(9)


def test_people_and_channels_become_ids() -> None:
    """Addresses and names are replaced by what Slack calls them."""
    company = larkspur()
    assert company.admins == ("U0RUNA", "U0GREY")
    assert [(role.holder, role.deputy) for role in company.roles] == [
        ("U0RUNA", "U0GREY"),
        ("U0MATEO", None),
        ("U0BELA", "U0RUNA"),
        (None, None),
    ]
    assert company.channels.council == company.matrix[0].home_channel == "C0SIGNALS"
    assert company.channels.decision_log == "C0LOG"


def test_every_form_of_a_timeframe() -> None:
    """Within, before a ceremony, at the next one, between a target and a limit."""
    assert [row.timeframe for row in larkspur().matrix] == [
        Within(target=12 * HOUR, limit=12 * HOUR, count="calendar"),
        Before(ceremony="volume_call", lead=1.5 * HOUR, otherwise=48 * HOUR),
        AtNext(ceremony="council_meeting", or_emergency_call=True, otherwise=48 * HOUR),
        Within(target=24 * HOUR, limit=48 * HOUR),
    ]


def test_the_rest_of_the_format() -> None:
    """Owners, chains, rules' dates and decisions, ceremonies' days and leads."""
    company = larkspur()
    assert company.matrix[0].other_owner == ("business", "sales")
    assert company.matrix[0].acknowledge_within == HOUR / 2
    assert company.matrix[3].retired
    assert company.hours.holidays.also == (date(2026, 12, 24), date(2026, 12, 31))
    rule = company.precedence[1]
    assert (rule.since, rule.until, rule.decision) == (date(2026, 1, 1), date(2026, 12, 31), 7)
    assert [ceremony.day for ceremony in company.ceremonies] == ["thu", "last tue", "mon", "1st wed"]
    assert [ceremony.agenda_before for ceremony in company.ceremonies] == [None, 2, None, 1]
    assert company.council.charter == "One number per question.\n  Every item ends with a name.\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "1 : the file is empty"),
        ("# only a remark\n", "1 : the file is empty"),
        ("- a\n", "1 : names with values belong here, like “version: 1”"),
        (HEAD + "roles: [\n", "4 : this is not YAML: expected the node content, but found '<stream end>'"),
        (HEAD + "roles:\n\t- a\n", "4 : this is not YAML: found character '\\t' that cannot start any token"),
        (HEAD + "version: 1\n", "3 : “version” stands here twice, first in line 1"),
        (HEAD + "roles: &all []\n", "3 : anchors (&) and aliases (*) are not read here; write the value out"),
        (HEAD + "roles: !!seq []\n", "3 : types (!) are not read here; leave them out"),
        (HEAD + "---\nversion: 1\n", "3 : a file holds one company; a second begins here"),
        (HEAD + "? [a]\n: b\n", "3 : a name is missing in front of the colon"),
        (HEAD + "rules: []\n", "3 rules: “rules” is not known here; did you mean “roles”?"),
        (HEAD + "council:\n  charter: \"a\\0b\"\n", "4 : there is a character that can't be shown"),
        ("version: 2\nworkspace: {time_zone: UTC}\n", "1 version: “2” is not possible here; choose 1"),
        (HEAD + "council: {seats: ops}\n", "3 council.seats: a list belongs here, like [“ops”]"),
        (HEAD + "council: {chair: [ops]}\n", "3 council.chair: a single text belongs here"),
        (HEAD + "roles:\n  - ops\n", "4 roles.1: names with values belong here, like “name: value”"),
        (HEAD + "roles:\n  - {key: ops}\n", "4 roles.ops.name: “name” is missing"),
        (CALL + "    minutes: -45\n", f"9 {MINUTES}: “-45” is less than nothing; write it without the minus"),
        (CALL + "    minutes: 4.5\n", f"9 {MINUTES}: “4.5” is not a whole number; write it like 45"),
        (CALL + "    minutes: 99999999999\n", f"9 {MINUTES}: “99999999999” is too large a number"),
        (CALL + "    minutes: 0\n", f"9 {MINUTES}: a ceremony lasts at least a minute"),
    ],
)  # fmt: skip
def test_each_mistake_has_line_place_and_reason(text: str, reason: str) -> None:
    """Whatever is wrong is said in plain words, with the line."""
    assert reasons(text) == [reason]


def test_files_that_nobody_wrote_by_hand_are_refused_quickly() -> None:
    """A huge file, one of brackets only, one that explodes when aliases are followed, one that is no text."""
    begun = clock.monotonic()
    assert reasons("#" * (LARGEST_FILE + 1)) == ["1 : the file is larger than 512 KB"]
    assert reasons("[" * 100_000) == ["1 : brackets or lists are nested too deeply"]
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(50))
    assert "1 : anchors (&) and aliases (*) are not read here; write the value out" in reasons(bomb)
    assert [found.reason for found in read(b"\xff\xfe").mistakes] == [
        "the file is not UTF-8 text; save it as UTF-8"
    ]
    assert clock.monotonic() - begun < 5


TWENTY = """\
version: one
workspace:
  time_zone: [UTC]
  business_hours: {days: [mon, tues], from: 17:00, to: 9:00}
  admins: ana@x.example
roles:
  - {key: ops, name: Ops, holdr: U1}
  - ops
  - {key: cs, name: CS, holder: Dana}
matrix:
  - key: eta
    key: eta
    name: Arrival
    owner: ops
    question: maybe
    timeframe: {with: 48h}
  - key: volume
    owner: &boss ops
    timeframe:
      within: two days
      count: clock
    chain: deputy
precedence: {type: eta}
ceremonies:
  - {key: call, name: Call, every: month, day: tue, at: 540}
  - {key: tools, name: Tools, every: year, day: 1st mon, at: 25:00, agenda_before: 2d}
"""


def test_all_mistakes_are_named_at_once() -> None:
    """Twenty-odd mistakes, one reading; none hides another, and none is said twice."""
    assert [line.partition(": ")[0] for line in reasons(TWENTY)] == [
        "1 version",
        "3 workspace.time_zone",
        "4 workspace.business_hours.days.2",
        "4 workspace.business_hours.to",
        "5 workspace.admins",
        "7 roles.ops.holdr",
        "8 roles.2",
        "9 roles.cs.holder",
        "12 ",
        "15 matrix.eta.question",
        "16 matrix.eta.timeframe",
        "17 matrix.volume.name",
        "18 ",
        "20 matrix.volume.timeframe.within",
        "21 matrix.volume.timeframe.count",
        "22 matrix.volume.chain",
        "23 precedence",
        "25 ceremonies.call.at",
        "25 ceremonies.call.day",
        "26 ceremonies.tools.agenda_before",
        "26 ceremonies.tools.at",
        "26 ceremonies.tools.every",
    ]


BITS = LARKSPUR.read_text("utf-8").splitlines()


@given(
    st.lists(st.sampled_from(BITS) | st.text(max_size=20), max_size=12).map("\n".join)
    | st.binary(max_size=80)
)
@settings(max_examples=200, deadline=None)
def test_nothing_makes_the_reader_fall_over(text: str | bytes) -> None:
    """Whatever a file holds, the answer is rows or mistakes with lines that exist."""
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    found = read(content)
    assert found.rows or found.mistakes
    lines = len(content.decode("utf-8", "replace").splitlines()) + 1
    assert all(1 <= mistake.line <= lines for mistake in found.mistakes)
