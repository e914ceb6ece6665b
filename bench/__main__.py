"""Measure what the design promises in figures.

    python -m bench                  everything, in some minutes
    python -m bench report chatter   only these
    python -m bench --markdown       the table as it stands in the README

The first run makes databases of up to a million conflicts in the folder for temporary files and keeps them.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
from collections.abc import AsyncIterator, Callable, Mapping

from bench import chatter, due, history, opening, reporting, small
from bench.row import FULL, SMALLEST, Row, Scale
from bot.logs import configure_logs

Figure = Callable[[Scale], AsyncIterator[Row]]

FIGURES: Mapping[str, Figure] = {
    "report": reporting.rows,
    "due": due.rows,
    "opening": opening.rows,
    "chatter": chatter.rows,
    "small": small.rows,
    "history": history.rows,
}
"""What can be measured, in this order. One more figure is one more file and one more line here."""
WIDTHS = (72, 39)


async def main(chosen: list[str], scale: Scale, show: Callable[[Row], None]) -> list[Row]:
    """Measure and show each as soon as it is known; returns all."""
    measured = []
    for name in chosen:
        async for row in FIGURES[name](scale):
            show(row)
            measured.append(row)
    return measured


def line(row: Row) -> str:
    """For the eye."""
    return f"{row.what:{WIDTHS[0]}} {row.target:{WIDTHS[1]}} {row.verdict:8} {row.measured}"


def markdown(row: Row) -> str:
    """For the README."""
    return f"| {row.what} | {row.target} | {row.measured} | {row.verdict} |"


def arguments(words: list[str]) -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument(
        "figures", nargs="*", choices=[*FIGURES, []], metavar="figure", help=", ".join(FIGURES)
    )
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--smallest", action="store_true", help="only show that everything still runs")
    return parser.parse_args(words)


if __name__ == "__main__":
    typed = arguments(sys.argv[1:])
    configure_logs(io.StringIO())  # written, as when it runs, but not between the figures
    how = markdown if typed.markdown else line
    if typed.markdown:
        print("| figure | promised | measured | |\n| --- | --- | --- | --- |")
    rows = asyncio.run(
        main(
            typed.figures or list(FIGURES),
            SMALLEST if typed.smallest else FULL,
            lambda row: print(how(row), flush=True),
        )
    )
    sys.exit(any(row.met is False for row in rows))
