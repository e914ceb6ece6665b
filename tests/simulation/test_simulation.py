"""A whole company for some weeks, with trouble: nothing lost, nothing twice, nobody told who must not be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.story import Story, play

ROOT = Path(__file__).parents[2]


def told(story: Story) -> str:
    """What was wrong, and how to see it again."""
    again = f"python -m tests.simulation.story {story.seed} {story.weeks}"
    return "\n".join([*story.wrong[:20], f"see it again: {again}"])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_some_weeks_in_the_company(seed: int) -> None:
    """People report, acknowledge, decide, and do all that people do."""
    story = play(seed, 3)
    assert not story.wrong, told(story)
    done = {what for what, times in story.counts.items() if times}
    assert {"people: reported", "people: acknowledge", "people: decide"} <= done


def test_one_seed_in_two_processes_is_one_story() -> None:
    """The same calls in the same order at the same instants, whatever Python hashes strings to."""
    traces = [_played(7, 2, hash_seed) for hash_seed in ("1", "2")]
    assert traces[0] == traces[1]
    assert _played(8, 2, "1") != traces[0]


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
