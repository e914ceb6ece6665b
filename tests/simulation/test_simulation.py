"""A whole company for some weeks, with trouble: nothing lost, nothing twice, nobody told who must not be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import SystemRandom

import pytest

from tests.simulation.quiet import OTHERS_MOST, OWNERS_MOST, Week, by_week
from tests.simulation.story import Story, play

ROOT = Path(__file__).parents[2]
SEEDS = (1, 2, 3, 4)


def told(story: Story) -> str:
    """What was wrong, and how to see it again."""
    again = f"python -m tests.simulation.story {story.seed} {story.weeks}"
    return "\n".join([*story.wrong[:20], f"see it again: {again}"])


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    """Some companies, each for two weeks."""
    return [play(seed, 2) for seed in SEEDS]


def test_nothing_is_lost_and_nothing_is_said_twice(stories: list[Story]) -> None:
    """With failing calls, broken sockets, kills, a Slack that is away and a clock that is set."""
    for story in stories:
        assert not story.wrong, told(story)


def test_people_do_what_people_do_and_trouble_comes(stories: list[Story]) -> None:
    """Otherwise it would prove nothing."""
    happened = sum((story.counts for story in stories), Counter[str]())
    people = ("reported", "Acknowledge", "Decide: sent", "Take over", "double click", "command")
    troubles = ("killed", "away", "clock set", "delivers oddly", "socket breaks", "answers too late")
    wanted = {f"people: {what}" for what in people} | {f"trouble: {what}" for what in troubles}
    assert {what for what in wanted if not happened[what]} == set()


def test_it_stays_quiet(stories: list[Story]) -> None:
    """On average of their weeks: six pings for who is asked to decide, three for everybody else."""
    weeks = sum((by_week(story.pings) for story in stories), Counter[Week]())
    for asked, most in ((True, OWNERS_MOST), (False, OTHERS_MOST)):
        mine = [(times, number) for (who, times, _), number in weeks.items() if who is asked]
        pings = sum(times * number for times, number in mine)
        assert 0 < pings / sum(number for _, number in mine) <= most


@pytest.mark.exhaustive
def test_a_story_nobody_has_told_before() -> None:
    """A seed by chance, which prints itself; asked for by name, as it may find what nobody has seen yet."""
    story = play(SystemRandom().randrange(1_000_000), 2)
    print(f"seed {story.seed}: {story.trace}")
    assert not story.wrong, told(story)


def test_one_seed_in_two_processes_is_one_story() -> None:
    """The same calls in the same order at the same instants, whatever Python hashes strings to."""
    traces = [_played(7, 1, hash_seed) for hash_seed in ("1", "2")]
    assert traces[0] == traces[1]
    assert _played(8, 1, "1") != traces[0]


def _played(seed: int, weeks: int, hash_seed: str) -> str:
    """The last line of a story that was played in a process of its own."""
    command = [sys.executable, "-m", "tests.simulation.story", str(seed), str(weeks)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1].split(": ")[1]
