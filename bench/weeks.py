"""Many weeks in many simulated companies: nothing lost, nothing twice, and how often people are pinged.

    python -m bench.weeks --weeks 10000 --seed 1

Each story has a seed of its own, so that one that goes wrong can be seen again. What is done is kept in a
file; the same command goes on from there.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.simulation.quiet import Week, by_week, told
from tests.simulation.story import play

WEEKS_A_STORY = 6
PROCESSES = 2
SPREAD = 1_000_000
"""Stories of one seed have the seeds after its millionth."""
PEOPLE = 14
EVERY = 20.0
"""Seconds between two partial results."""

Row = dict[str, Any]


@dataclass
class Sum:
    """All stories so far."""

    stories: int = 0
    weeks: int = 0
    conflicts: int = 0
    pings: Counter[Week] = field(default_factory=Counter)
    troubles: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.stories += 1
        self.weeks += row["weeks"]
        self.conflicts += row["conflicts"]
        self.troubles += row["troubles"]
        for asked, times, asking, number in row["pings"]:
            self.pings[asked, times, asking] += number
        again = f"python -m tests.simulation.story {row['seed']} {row['weeks']}"
        self.wrong += [f"{what}  ({again})" for what in row["wrong"]]


def one(seed: int) -> Row:
    """One story, as a row of the file."""
    story = play(seed, WEEKS_A_STORY)
    troubles = sum(times for what, times in story.counts.items() if what.startswith("trouble:"))
    return {
        "seed": seed,
        "weeks": WEEKS_A_STORY,
        "trace": story.trace,
        "conflicts": story.counts["people: reported"],
        "troubles": troubles,
        "pings": [[*week, number] for week, number in sorted(by_week(story.pings).items())],
        "wrong": story.wrong,
    }


def known(state: Path) -> dict[int, Row]:
    """What was done before; a last line that was cut off counts for nothing."""
    rows = {}
    for line in state.read_text().splitlines() if state.exists() else []:
        try:
            row = json.loads(line)
        except ValueError:
            continue
        rows[row["seed"]] = row
    return rows


def run(seeds: list[int], state: Path) -> Iterator[Row]:
    """Play the stories, two at a time; each is kept before it is given."""
    with get_context("spawn").Pool(PROCESSES, maxtasksperchild=20) as pool, state.open("a") as kept:
        for row in pool.imap_unordered(one, seeds):
            kept.write(json.dumps(row) + "\n")
            kept.flush()
            yield row


def show(total: Sum, weeks: int, per_second: float) -> None:
    """The result so far."""
    print(
        f"{total.weeks} of {weeks} weeks, {per_second:.2f} a second: {total.conflicts} conflicts, "
        f"{total.troubles} troubles, {len(total.wrong)} wrong",
        flush=True,
    )


def main(weeks: int, seed: int, state: Path) -> int:
    """1 when anything was wrong."""
    seeds = [seed * SPREAD + number for number in range(-(-weeks // WEEKS_A_STORY))]
    total, before = Sum(), known(state)
    for done in seeds:
        if done in before:
            total.add(before[done])
    already, began, last = total.weeks, perf_counter(), 0.0
    for row in run([each for each in seeds if each not in before], state):
        total.add(row)
        now = perf_counter() - began
        if now - last > EVERY:
            last = now
            show(total, weeks, (total.weeks - already) / now)
    show(total, weeks, (total.weeks - already) / max(perf_counter() - began, 1e-9))
    print(*told(total.pings, total.weeks * PEOPLE), sep="\n")
    print(*total.wrong, sep="\n")
    return bool(total.wrong)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Weeks in simulated companies.")
    parser.add_argument("--weeks", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--state", type=Path, help="where results are kept (default: a file for the seed)")
    given = parser.parse_args()
    kept_in = given.state or Path(tempfile.gettempdir()) / f"tiebreak-weeks-{given.seed}.jsonl"
    sys.exit(main(given.weeks, given.seed, kept_in))
