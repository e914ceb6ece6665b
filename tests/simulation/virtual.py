"""Time that jumps: several event loops in one thread, one callback at a time, no waiting, no sockets.

Nothing here asks the computer's clock; so what happens depends on nothing but what is run.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any, NoReturn, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
MOST_AT_ONE_INSTANT = 200_000
"""So many callbacks without time passing mean that something runs in circles."""


class Stuck(AssertionError):
    """Nothing is ready and nothing is armed, or nothing but the same goes on and on."""


class Loop(asyncio.BaseEventLoop):
    """Callbacks and timers of one process; whoever holds the `Time` runs them. What needs a thread or a
    socket is not there and raises NotImplementedError.

    `run_one` is one step between two awaits: a process may be killed after any of them.
    """

    def __init__(self, time: Time) -> None:
        super().__init__()
        self._time = time
        self._ready: deque[asyncio.Handle] = deque()
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._armed = 0
        self._tasks: dict[asyncio.Task[Any], None] = {}
        self._closed = False
        """True once its process is gone."""
        self.steps = 0
        self.fatal: int | None = None
        """At which step its process dies."""
        self.doomed = False
        """True once its process has died: it is dropped before anything else happens."""
        self.died: Callable[[], None] = lambda: None
        self.unhandled: list[str] = []
        time.loops.append(self)

    # What asyncio needs of a loop

    def time(self) -> float:
        return self._time.now

    def is_closed(self) -> bool:
        return self._closed

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        if not self._closed:
            self._ready.append(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        return self.call_at(self._time.now + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        if not self._closed:
            self._armed += 1
            heapq.heappush(self._timers, (when, self._armed, timer))
        return timer

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Its place in the heap is found empty when its time comes."""

    def create_task(self, coro: Coroutine[Any, Any, T], **options: Any) -> asyncio.Task[T]:  # type: ignore[override]
        task = asyncio.Task(coro, loop=self, **options)
        self._tasks[task] = None
        task.add_done_callback(self._forget)
        return task

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._tasks.pop(task, None)

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        if not self._closed:
            self.unhandled.append(f"{context.get('message')}: {context.get('exception')!r}")

    def run_in_executor(self, *_: object) -> NoReturn:
        raise NotImplementedError("a thread would end all order")

    # What the time needs of it

    def run_one(self) -> bool:
        """Run the next callback that is ready; False when there is none."""
        while self._ready:
            handle = self._ready.popleft()
            if not handle.cancelled():
                self.steps += 1
                handle._run()
                self.doomed = self.doomed or self.steps == self.fatal
                return True
        return False

    def next_timer(self) -> float | None:
        """When its next timer is due."""
        while self._timers and self._timers[0][2].cancelled():
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else None

    def ring(self, now: float) -> None:
        """What is due by now is ready."""
        while self._timers and self._timers[0][0] <= now:
            timer = heapq.heappop(self._timers)[2]
            if not timer.cancelled():
                self._ready.append(timer)

    def drop(self) -> None:
        """The process is gone: nothing of it runs any more, and what waited ends without a word."""
        self._closed = self.doomed = True
        self._ready.clear()
        self._timers.clear()
        if self in self._time.loops:
            self._time.loops.remove(self)
        for task in list(self._tasks):
            bury(task)
        self._tasks.clear()
        self.died()


def bury(task: asyncio.Task[Any]) -> None:
    """Close what a task was doing, now and in this order, instead of whenever memory is tidied."""
    coroutine = task.get_coro()
    if task.done() or coroutine is None:
        return
    try:
        coroutine.close()
    except BaseException:  # noqa: BLE001 - it wanted to do something more; nobody is left to do it
        return


class Time:
    """The one time of all loops, in seconds since the beginning."""

    def __init__(self) -> None:
        self.now = 0.0
        self.loops: list[Loop] = []
        self._here = 0

    def run(self, loop: Loop, work: Coroutine[Any, Any, T]) -> T:
        """Run everything until this work is done; its value. Raises `Stuck`."""
        task = loop.create_task(work)
        while not task.done():
            self._one()
        return task.result()

    def _one(self) -> None:
        ran = False
        for loop in list(self.loops):
            with running(loop):
                ran = loop.run_one() or ran
                if loop.doomed:
                    loop.drop()
        if ran:
            self._here += 1
            if self._here > MOST_AT_ONE_INSTANT:
                raise Stuck(f"it runs in circles at {self.now}")
            return
        self._jump()

    def _jump(self) -> None:
        due = [at for at in (loop.next_timer() for loop in self.loops) if at is not None]
        if not due:
            raise Stuck("nothing is ready, and nothing ever will be")
        if (earliest := min(due)) > self.now:
            self.now, self._here = earliest, 0
        for loop in self.loops:
            loop.ring(self.now)


class running:  # noqa: N801 - reads as a phrase
    """Within the block this loop is the running one."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop

    def __enter__(self) -> None:
        self._before = asyncio._get_running_loop()
        asyncio._set_running_loop(self._loop)

    def __exit__(self, *_: object) -> None:
        asyncio._set_running_loop(self._before)
