"""From the typed command to the open form: one read, and one call to Slack that the form can't do without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.row import Row, Scale, ms, p50, p99, times
from bench.stage import doing_nothing, staged


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Beside a listener that opens the same window as it was built once."""
    with TemporaryDirectory() as name:
        url = f"sqlite+aiosqlite:///{Path(name) / 'bench.sqlite3'}"
        bare: list[float] = []
        opened: list[float] = []
        async with staged(url) as (line, _):
            await line.timed(line.command("Q4 pipeline"))
            form = line.slack.record.calls_of("views.open")[-1].args["view"]
            async with doing_nothing(process_before_response=True, opens=form) as nothing:
                for n in range(scale.warm + scale.reports):
                    bare.append(await nothing.timed(nothing.command("")))
                    opened.append(await line.timed(line.command(f"Q{n} pipeline")))
    bare, opened = bare[scale.warm :], opened[scale.warm :]
    yield Row("a listener that opens the same window: the floor", f"p50 {ms(p50(bare))}")
    ratio = p50(opened) / p50(bare)
    yield Row("opening the form", f"{times(ratio)} the floor (p50 {ms(p50(opened))}, p99 {ms(p99(opened))})")
