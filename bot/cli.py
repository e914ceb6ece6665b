"""The commands of the `tiebreak` program."""

from __future__ import annotations

from importlib.metadata import version

import typer


def app() -> typer.Typer:
    program = typer.Typer(help="Who decides, by when, and what was decided.", no_args_is_help=True)
    program.callback()(start)
    program.command()(about)
    return program


def start() -> None:
    """Who decides, by when, and what was decided."""


def about() -> None:
    """Say which version this is."""
    typer.echo(f"Tiebreak {version('tiebreak')}")


def main() -> None:
    app()()
