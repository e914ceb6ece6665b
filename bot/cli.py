"""The commands of the `tiebreak` program; each imports what it needs when it runs, so that all start fast."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

MOST_LINES = 100
"""Of mistakes; whoever has more mends these first."""

Team = Annotated[str | None, typer.Option(help="The workspace, by its Slack team id.")]


def app() -> typer.Typer:
    """The whole program."""
    program = typer.Typer(
        help="Who decides, by when, and what was decided.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    program.callback()(start)
    program.command()(demo)
    program.command()(run)
    program.command()(check)
    program.command()(migrate)
    program.command("import")(import_)
    program.command()(export)
    program.command()(backup)
    program.command()(about)
    return program


def start() -> None:
    """Who decides, by when, and what was decided."""


def about() -> None:
    """Say which version this is."""
    typer.echo(f"Tiebreak {version('tiebreak')}")


def demo(
    port: Annotated[int, typer.Option(help="The page's port; 0 takes any free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    keep: Annotated[Path | None, typer.Option(help="A new file for the database, kept afterwards.")] = None,
) -> None:
    """Try it in the browser, with an example company and without a Slack account."""
    from bot.demo import demo

    with _in_words():
        asyncio.run(demo(port=port, open_browser=browser, keep=keep))


def run() -> None:
    """Connect to Slack and work until stopped. Needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN."""
    from bot.running import run
    from bot.settings import load_settings, make_room

    with _in_words():
        settings = load_settings()
        make_room(settings)
        asyncio.run(run(settings))


def check() -> None:
    """Look whether tokens, scopes, channels, people and the database are in place."""
    from bot.settings import load_settings

    with _in_words():
        settings = load_settings()
        right = asyncio.run(_check(settings))
    raise typer.Exit(0 if right else 1)


def migrate() -> None:
    """Bring the database up to this version of the program."""
    from bot.settings import load_settings, make_room
    from storage.migrate import migrate

    with _in_words():
        settings = load_settings()
        make_room(settings)
        done = asyncio.run(migrate(settings.database_url))
    for name in done:
        typer.echo(f"Applied {name}")
    if not done:
        typer.echo("The database is up to date.")


def import_(
    file: Annotated[Path, typer.Argument(help="The company's file; - reads standard input.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    team: Team = None,
) -> None:
    """Take a company's file over, whole or not at all."""
    from bot.company import import_company
    from bot.settings import load_settings, make_room

    with _in_words():
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        settings = load_settings()
        if not dry_run:
            make_room(settings)
        imported = asyncio.run(import_company(settings, content, str(file), dry_run=dry_run, team=team))
    for change in imported.changes:
        typer.echo(change)
    for remark in imported.remarks:
        typer.echo(f"Note: {remark}", err=True)
    if not imported.changes:
        typer.echo("Nothing changes." if dry_run else "Nothing has changed.")
    elif dry_run:
        typer.echo("This was a dry run: nothing has been changed.")
    else:
        typer.echo(f"This is version {imported.version} of the configuration.")


def export(
    file: Annotated[Path | None, typer.Argument(help="Where to write it; else it is printed.")] = None,
    team: Team = None,
) -> None:
    """Write the configuration in force as a company's file."""
    from bot.company import export_company
    from bot.settings import load_settings

    with _in_words():
        text = asyncio.run(export_company(load_settings(), team=team))
        if file is None or str(file) == "-":
            sys.stdout.buffer.write(text.encode())
            sys.stdout.buffer.flush()
        else:
            file.write_bytes(text.encode())


def backup(
    file: Annotated[Path, typer.Argument(help="Where the copy goes; a file that is there is kept.")],
) -> None:
    """Copy the SQLite database whole, also while `run` is running."""
    from bot.backup import back_up
    from bot.settings import load_settings

    with _in_words():
        size = back_up(load_settings(), file)
    typer.echo(f"Copied to {file}, {size / 1_000_000:.1f} MB, and read back: it is whole.")


async def _check(settings: Settings) -> bool:
    """Print what is found while it is found; True when nothing is wrong."""
    from bot.check import check

    right = True
    async for finding in check(settings):
        typer.echo(str(finding))
        right = right and not finding.is_wrong
    return right


@contextmanager
def _in_words() -> Iterator[None]:
    """What goes wrong outside of this program is told on standard error, without a traceback."""
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except Exception as problem:
        told = _told(problem)
        if told is None:
            raise
        for line in told[:MOST_LINES]:
            typer.echo(line, err=True)
        if len(told) > MOST_LINES:
            typer.echo(f"and {len(told) - MOST_LINES} more", err=True)
        raise typer.Exit(_code(problem)) from None


def _code(problem: Exception) -> int:
    """2 where another program is to be used instead, else 1."""
    from bot.backup import OtherTool

    return 2 if isinstance(problem, OtherTool) else 1


def _told(problem: Exception) -> list[str] | None:
    """The lines for whoever typed the command; None for a mistake of this program."""
    import sqlite3

    from sqlalchemy.exc import SQLAlchemyError

    from bot.backup import OtherTool
    from bot.company import CannotImport, NothingToExport
    from bot.directory import SlackUnwilling
    from bot.running import CannotStart
    from bot.settings import SettingsMistaken
    from storage.errors import AlreadyRunning, MigrationNeeded, NewerDatabase, NotWhole, Unavailable

    match problem:
        case SettingsMistaken() | CannotImport():
            return list(problem.lines)
        case NothingToExport() | SlackUnwilling() | CannotStart() | OtherTool():
            return [str(problem)]
        case AlreadyRunning() | MigrationNeeded() | NewerDatabase() | NotWhole():
            return [str(problem)]
        case Unavailable():
            return [f"{problem}; look at DATABASE_URL, or try again in a moment"]
        case SQLAlchemyError():
            return [f"the database can't be used ({type(problem).__name__}); look at DATABASE_URL"]
        case sqlite3.Error():
            return [f"the database can't be copied ({problem}); nothing was written"]
        case OSError(filename=str() as name, strerror=str() as why):
            return [f"{name}: {why}"]
        case OSError():
            return [problem.strerror or str(problem)]
    return None


def main() -> None:
    """Run the command that was typed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that knows no ✓ still shows the rest
            stream.reconfigure(errors="replace")
    app()(prog_name="tiebreak")
