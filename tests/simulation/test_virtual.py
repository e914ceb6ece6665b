"""Time that jumps, and processes that die: nothing waits, nothing comes back from the dead."""

from __future__ import annotations

import asyncio

import pytest

from tests.simulation.virtual import Loop, Stuck, Time


def test_a_year_passes_at_once() -> None:
    """Two loops share one time; what is due first happens first, wherever it waits."""
    time, heard = Time(), list[tuple[str, float]]()
    one, other = Loop(time), Loop(time)

    async def wait(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        heard.append((name, time.now))

    other.create_task(wait("after a day", 86_400))
    one.create_task(wait("after an hour", 3_600))
    time.run(one, wait("after a year", 365 * 86_400))
    assert heard == [("after an hour", 3_600), ("after a day", 86_400), ("after a year", 365 * 86_400)]
    one.drop()
    other.drop()


def test_what_never_comes_is_noticed() -> None:
    """Waiting for nothing is no endless test, and neither is running in circles."""
    time = Time()
    loop = Loop(time)

    async def wait_for_nothing() -> None:
        await loop.create_future()

    async def run_in_circles() -> None:
        while True:  # noqa: ASYNC110 - that is the mistake
            await asyncio.sleep(0)

    with pytest.raises(Stuck, match="nothing ever will"):
        time.run(loop, wait_for_nothing())
    with pytest.raises(Stuck, match="in circles"):
        time.run(loop, run_in_circles())
    loop.drop()


@pytest.mark.parametrize("steps", range(1, 6))
def test_a_process_dies_at_any_step_and_does_nothing_afterwards(steps: int) -> None:
    """Nothing after the step it dies at is done, and nothing it had armed ever rings."""
    time, done = Time(), list[int]()
    world, process = Loop(time), Loop(time)

    async def count() -> None:
        for number in range(10):
            done.append(number)
            await asyncio.sleep(1)

    process.create_task(count())
    process.fatal = steps
    time.run(world, asyncio.sleep(100))
    assert done == list(range((steps + 1) // 2))
    assert process.is_closed()
    world.drop()


def test_threads_are_refused() -> None:
    """They would end all order."""
    loop = Loop(Time())
    with pytest.raises(NotImplementedError):
        loop.run_in_executor(None, print)
    loop.drop()
